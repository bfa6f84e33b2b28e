import { describe, expect, it } from 'vitest';
import { applyExplanation } from '../../../../functions/receivables/matches/apply-explanation.ts';
import { bookedByMatches, compare } from '../../../../functions/receivables/runs/compare.ts';
import {
  addFigures,
  figuresOfDecisions,
  figuresOfReceipts,
  noFigures,
} from '../../../../functions/receivables/runs/figures.ts';
import type { RunDecision } from '../../../../functions/receivables/runs/run.ts';
import { itemsPerRunMax, requireRoom } from '../../../../functions/receivables/runs/run-items-max.ts';
import { aReceipt, byId, paying, step } from '../receipt-samples.ts';
import { anInvoice, cause, entity } from '../samples.ts';

const [one, two] = [anInvoice(), anInvoice({ number: 'FP-2026-0002' })];
const receipt = aReceipt();
const matchOn = (invoice = one, onAccount = 0n) =>
  applyExplanation(receipt, byId(invoice), paying([[invoice, 100_000n - onAccount]], onAccount), step);

function decision(outcome: 'MATCHED' | 'SUGGESTED' | 'UNMATCHED'): RunDecision {
  const { rule, score, customerId, allocations, onAccount, evidence } = paying([[one, 100_000n]]);
  if (rule === 'BY_HAND' || rule === 'NETTING') throw new Error('A rule explains it.');
  const explanation = { rule, score, customerId, allocations, onAccount, evidence };
  const of = { receiptId: receipt.id, outcome, alternatives: [] };
  return {
    ...{ legalEntity: entity, currency: 'CNY', amount: 100_000n },
    decision: outcome === 'MATCHED' ? { ...of, explanation } : of,
  };
}

describe('a dry run beside what is booked', () => {
  it.each([
    ['SAME', 'MATCHED', [matchOn().match]],
    ['OTHER', 'MATCHED', [matchOn(two).match]],
    ['OTHER', 'MATCHED', [matchOn(one, 5n).match]],
    ['ONLY_RUN', 'MATCHED', []],
    ['ONLY_RUN', 'MATCHED', [{ ...matchOn().match, undone: { at: step.at, reason: '认领错误', cause } }]],
    ['NOT_RUN', 'SUGGESTED', [matchOn().match]],
    ['SAME', 'UNMATCHED', []],
  ] as const)('is %s where it says %s', (as, outcome, matches) => {
    expect(compare(decision(outcome), bookedByMatches(matches)).as).toBe(as);
  });
});

describe('figures', () => {
  it('count receipts and sum their money by outcome, rule and currency', () => {
    const dollars = { ...decision('MATCHED'), currency: 'USD', amount: 7n };
    const all = [decision('MATCHED'), dollars, decision('UNMATCHED')];
    const matched = { count: 2, amounts: { CNY: 100_000n, USD: 7n } };
    const figures = {
      outcomes: { MATCHED: matched, UNMATCHED: { count: 1, amounts: { CNY: 100_000n } } },
      rules: { REFERENCE: matched },
    };
    expect(figuresOfDecisions(all)).toEqual(figures);
    const parts = all.map((part) => figuresOfDecisions([part]));
    expect(parts.reduce(addFigures, noFigures)).toEqual(figures);
  });

  it('tell what is the run’s and what somebody else was faster with', () => {
    const { receipt: used, match } = matchOn();
    const of = (runId?: string) => new Map([[receipt.id, [{ ...match, ...(runId && { runId }) }]]]);
    expect(Object.keys(figuresOfReceipts('run_1', [used], of('run_1')).outcomes)).toEqual(['MATCHED']);
    expect(Object.keys(figuresOfReceipts('run_1', [used], of('run_2')).outcomes)).toEqual(['ELSEWHERE']);
    expect(Object.keys(figuresOfReceipts('run_1', [receipt], new Map()).outcomes)).toEqual(['UNMATCHED']);
  });
});

describe('a run', () => {
  it('takes so many and no more, and says what to do about it', () => {
    expect(() => requireRoom('invoices', itemsPerRunMax)).not.toThrow();
    expect(() => requireRoom('invoices', itemsPerRunMax + 1)).toThrow(/invoices; name a legal entity/);
  });
});
