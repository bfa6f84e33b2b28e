import type { MatchRules } from '../../../../functions/receivables/matching/match-rules.ts';
import type { OpenInvoice } from '../../../../functions/receivables/matching/open-item.ts';
import { clears, type Terms } from '../field-rules.ts';
import { clearedBy, type Draft, inFull, type TrueAllocation } from '../labelled.ts';
import { setsThatGive } from './sets.ts';

/**
 * What the amount of a known payer tells among its open invoices. TRUE: one thing, and it is the truth. WRONG: one thing,
 * and it is not. SEVERAL: more than one thing of equal rank. UNPROVED: the truth, but more invoices are open than a set is
 * looked for in, so that one might explain it better. NOTHING: nothing.
 */
export type Finding = 'TRUE' | 'WRONG' | 'SEVERAL' | 'UNPROVED' | 'NOTHING';

/** In the published order: one invoice of exactly the amount; a set; one less its discount or a charge. */
export function byAmount(
  { receipt, truth }: Pick<Draft, 'receipt' | 'truth'>,
  open: readonly OpenInvoice[],
  rules: MatchRules,
  terms: Terms,
): Finding {
  const { amount, paidOn } = receipt;
  const exact = open.filter((invoice) => invoice.open === amount).map((invoice) => [inFull(invoice)]);
  if (exact.length > 0) return judged(exact, truth);
  const searched = open.length <= rules.setCandidatesMax;
  const sets = searched ? setsThatGive(amount, open, rules.setSizeMax).map((set) => set.map(inFull)) : [];
  if (sets.length > 0) return judged(sets, truth);
  const near = open.flatMap((invoice) => clears(invoice, amount, paidOn, terms) ?? []).map((one) => [one]);
  // Of a charge and a discount the rules name one first, and by the truth either may be wrong.
  if (near.length > 1 && new Set(near.map(([one]) => one?.discount === 0n)).size > 1) return 'WRONG';
  if (near.length > 0) {
    const finding = judged(near, truth);
    return finding === 'TRUE' && !searched ? 'UNPROVED' : finding;
  }
  return searched || truth.length < 2 ? 'NOTHING' : 'SEVERAL';
}

function judged(explanations: readonly (readonly TrueAllocation[])[], truth: readonly TrueAllocation[]): Finding {
  const [only, ...others] = explanations;
  if (only === undefined || others.length > 0) return 'SEVERAL';
  return isSame(only, truth) ? 'TRUE' : 'WRONG';
}

/** Whether they clear the same invoices by the same, and give the same discounts. */
export function isSame(some: readonly TrueAllocation[], others: readonly TrueAllocation[]): boolean {
  if (some.length !== others.length) return false;
  return some.every((one) =>
    others.some(
      (other) =>
        one.invoiceId === other.invoiceId && clearedBy(one) === clearedBy(other) && one.discount === other.discount,
    ),
  );
}
