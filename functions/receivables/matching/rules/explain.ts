import { formatAmount } from '../../../../shared/money/amount.ts';
import { sum } from '../../../../shared/money/sum.ts';
import type { Case } from '../book/case.ts';
import type { Evidence, Explanation } from '../decision.ts';
import type { RuleCode } from '../match-rules.ts';
import type { Hit } from '../references/find-references.ts';
import type { Settlement } from '../terms/settle.ts';

/** An explanation in the making: what it goes by, without the amounts, which are seen from the settlement. */
export interface Ground {
  readonly rule: RuleCode;
  readonly score: number;
  readonly customerId: string;
  readonly evidence: readonly Evidence[];
  /** Each invoice is named by its own number: no other that is open can be meant. */
  readonly isByNumber?: boolean;
}

/**
 * The explanation of a receipt by a settlement that is not booked yet, its evidence complete: who paid, what was named, amounts and terms.
 */
export function explain(of: Case, ground: Ground, settlement: Settlement): Explanation {
  const { receipt, payer } = of;
  const isPayer = payer.customerId === ground.customerId;
  return {
    rule: ground.rule,
    score: ground.score,
    customerId: ground.customerId,
    allocations: settlement.parts.map(({ item, ...amounts }) => ({ invoiceId: item.invoice.id, ...amounts })),
    onAccount: settlement.onAccount,
    evidence: [
      ...(isPayer ? payer.evidence : []),
      ...ground.evidence,
      amountEvidence(receipt, settlement),
      ...termsEvidence(receipt, settlement),
    ],
  };
}

/** All of the receipt is kept for the customer: there is nothing open that it could pay. */
export function explainOnAccount({ receipt, payer }: Case, ground: Ground): Explanation {
  const isPayer = payer.customerId === ground.customerId;
  const { rule, score, customerId } = ground;
  const evidence = [...(isPayer ? payer.evidence : []), ...ground.evidence];
  return { rule, score, customerId, evidence, allocations: [], onAccount: receipt.amount };
}

export function referenceEvidence(hits: readonly Hit[]): Evidence[] {
  return hits.flatMap(({ found, entries }) => {
    const meant = [...new Set(entries.map((entry) => entry.meant))].slice(0, 5).join(', ');
    return meant === '' ? [] : [{ kind: 'REFERENCE', found, meant }];
  });
}

/** The rule of an explanation: the last one that it needed. */
export function ruleOfFit({ fit }: Settlement, plain: RuleCode): RuleCode {
  if (fit === 'DISCOUNT') return 'EARLY_PAYMENT_DISCOUNT';
  if (fit === 'CHARGE') return 'TOLERANCE';
  return fit === 'PART' || fit === 'SHORT' ? 'PART_PAYMENT' : plain;
}

function amountEvidence({ amount, currency }: Case['receipt'], { parts }: Settlement): Evidence {
  const open = sum(parts.map(({ item }) => item.left));
  const numbers = parts.map(({ item }) => item.invoice.number).join(' + ');
  const kind = parts.length > 1 ? 'SET' : 'AMOUNT';
  return { kind, found: formatAmount(amount, currency), meant: `${formatAmount(open, currency)} of ${numbers}` };
}

function termsEvidence({ currency, paidOn }: Case['receipt'], { parts }: Settlement): Evidence[] {
  return parts.flatMap(({ item: { invoice, discountUntil }, discount, charge }): Evidence[] => {
    const given = `${formatAmount(discount, currency)} off ${invoice.number} up to ${discountUntil}`;
    const kept = formatAmount(charge, currency);
    return [
      ...(discount > 0n ? [{ kind: 'TERMS', found: paidOn, meant: given } as const] : []),
      ...(charge > 0n ? [{ kind: 'TERMS', found: kept, meant: `a charge on ${invoice.number}` } as const] : []),
    ];
  });
}
