import { describe, expect, test } from 'vitest';
import type { Decision, Explanation } from '../../../../functions/receivables/matching/decision.ts';
import { generate } from '../generate.ts';
import type { LabelledItems } from '../labelled.ts';
import { breachesOf } from './breaches.ts';
import { caseRows } from './cases.ts';
import { kindRows, qualityOf, ruleRows } from './rows.ts';
import { isMissed, isWrong, scoreAll } from './score.ts';

const labelled = generate(2_000, 5);

/** What a matcher would say that knows the truth: it books what is decidable and suggests what is not. */
function allKnowing({ items, labels }: LabelledItems): Decision[] {
  return items.receipts.map(({ id, amount }) => {
    const { truth, verdict, meant } = labels.get(id) ?? { truth: [], verdict: 'UNDECIDABLE', meant: [] };
    const cash = truth.reduce((sum, one) => sum + one.cash, 0n);
    const explanation = explained(truth, amount - cash);
    if (verdict === 'DECIDABLE') return { receiptId: id, outcome: 'MATCHED', explanation, alternatives: [] };
    if (meant.length === 0) return { receiptId: id, outcome: 'UNMATCHED', alternatives: [] };
    const allocations = meant.map((invoiceId) => ({ invoiceId, cash: 1n, discount: 0n, charge: 0n }));
    return { receiptId: id, outcome: 'SUGGESTED', alternatives: [explained(allocations, 0n)] };
  });
}

function explained(allocations: Explanation['allocations'], onAccount: bigint): Explanation {
  return { rule: 'REFERENCE', score: 1_000, customerId: 'c', allocations, onAccount, evidence: [] };
}

/** The decisions with one of them changed: the first for which the change is none of its own. */
function changed(decisions: readonly Decision[], change: (decision: Decision) => Decision | undefined): Decision[] {
  const at = decisions.findIndex((decision) => change(decision) !== undefined);
  return decisions.map((decision, n) => (n === at ? (change(decision) as Decision) : decision));
}

const perfect = allKnowing(labelled);
const wanted = perfect.reduce((sum, { explanation }) => sum + (explanation?.allocations.length ?? 0), 0);

describe('the measurement', () => {
  test('gives who knows the truth full marks', () => {
    const scored = scoreAll(labelled, perfect);
    expect(qualityOf(scored)).toMatchObject({
      receipts: 2_000,
      precision: 100,
      recall: 100,
      undecidablePosted: 0,
      wrongReceipts: 0,
      truthFirst: 100,
      truthAmong: 100,
    });
    expect(breachesOf(labelled.items, perfect)).toEqual([]);
    expect(kindRows(scored).reduce((sum, { receipts }) => sum + receipts, 0)).toBe(2_000);
    expect(ruleRows(scored)[1]).toMatchObject({ rule: 'REFERENCE', share: 100, wrong: 0 });
  });

  test('takes a cent less on an invoice for wrong and for missed', () => {
    const less = changed(perfect, ({ explanation, ...rest }) => {
      const [first, ...others] = explanation?.allocations ?? [];
      if (!first || !explanation || first.cash < 2n) return undefined;
      return {
        ...rest,
        explanation: explained([{ ...first, cash: first.cash - 1n }, ...others], explanation.onAccount + 1n),
      };
    });
    const scored = scoreAll(labelled, less);
    const marks = Math.round(((wanted - 1) / wanted) * 100_000) / 1_000;
    expect(qualityOf(scored)).toMatchObject({ precision: marks, recall: marks, wrongReceipts: 1 });
    expect(scored.filter(isWrong)).toHaveLength(1);
    expect(scored.filter(isMissed)).toHaveLength(1);
    expect(breachesOf(labelled.items, less)).toEqual([]);
  });

  test('takes a lucky guess for posted though undecidable', () => {
    const lucky = changed(perfect, ({ receiptId, outcome }) => {
      const { truth, verdict } = labelled.labels.get(receiptId) ?? { truth: [] };
      if (outcome !== 'SUGGESTED' || verdict !== 'UNDECIDABLE' || truth.length === 0) return undefined;
      return { receiptId, outcome: 'MATCHED', explanation: explained(truth, 0n), alternatives: [] };
    });
    expect(qualityOf(scoreAll(labelled, lucky))).toMatchObject({
      undecidablePosted: 1,
      wrongReceipts: 1,
      precision: 100,
    });
  });

  test('sees an invoice cleared twice, a receipt left over, and a receipt without a decision', () => {
    const booked = perfect.find(({ explanation }) => explanation && explanation.onAccount === 0n);
    const { invoiceId = '', cash = 0n } = booked?.explanation?.allocations[0] ?? {};
    const other = labelled.items.receipts.find(
      ({ id, amount, legalEntity, currency }) =>
        id !== booked?.receiptId &&
        amount >= cash &&
        labelled.items.invoices.some(
          (one) => one.id === invoiceId && one.legalEntity === legalEntity && one.currency === currency,
        ),
    );
    const again = perfect.map((decision): Decision => {
      if (decision.receiptId !== other?.id) return decision;
      const explanation = explained([{ invoiceId, cash, discount: 0n, charge: 0n }], other.amount - cash - 1n);
      return { receiptId: other.id, outcome: 'MATCHED', explanation, alternatives: [] };
    });
    const breaches = breachesOf(labelled.items, again.slice(0, -1));
    expect(breaches[0]).toBe('2000 receipts have 1999 decisions of 1999 receipts');
    expect(breaches).toContainEqual(expect.stringContaining(`${other?.id}: `));
    expect(breaches).toContainEqual(expect.stringContaining(`${invoiceId}: cleared by`));
  });

  test('shows a receipt with what it says and what is true of it', () => {
    const scored = scoreAll(labelled, perfect).filter(({ label }) => label.kind === 'STRUCTURED_REFERENCE');
    const [row] = caseRows(labelled, scored, 1);
    expect(caseRows(labelled, scored, 5)).toHaveLength(5);
    expect(row?.booked).toBe(row?.truth);
    expect(row?.says).toContain(row?.truth.split(' ')[0]);
  });
});
