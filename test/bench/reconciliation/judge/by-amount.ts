import type { MatchRules } from '../../../../functions/receivables/matching/match-rules.ts';
import type { OpenInvoice } from '../../../../functions/receivables/matching/open-item.ts';
import { clears, type Terms } from '../field-rules.ts';
import { clearedBy, type Draft, inFull, type TrueAllocation } from '../labelled.ts';
import { setsThatGive } from './sets.ts';

/**
 * What the amount of a known payer tells among its open invoices. TRUE: one thing, and it is the truth. WRONG: one thing or
 * several, and none is the truth. SEVERAL: more than one thing of equal rank. UNPROVED: the truth, but more invoices are
 * open than a set is looked for in, so that another might explain it better. NOTHING: nothing.
 */
export type Finding = 'TRUE' | 'WRONG' | 'SEVERAL' | 'UNPROVED' | 'NOTHING';

/** Sets among more than a rule may look through can still be found, once others are paid; those are looked at here. */
const searchedMost = 16;

/** In the published order: one invoice of exactly the amount; a set; one less its discount or a charge. */
export function byAmount(
  { receipt, truth }: Pick<Draft, 'receipt' | 'truth'>,
  open: readonly OpenInvoice[],
  { setCandidatesMax, setSizeMax }: MatchRules,
  terms: Terms,
): Finding {
  const { amount, paidOn } = receipt;
  const exact = open.filter((invoice) => invoice.open === amount).map((invoice) => [inFull(invoice)]);
  if (exact.length > 0) return judged(exact, truth);
  const smaller = open.filter((invoice) => invoice.open < amount);
  const sets = smaller.length <= searchedMost ? setsThatGive(amount, smaller, setSizeMax) : [];
  const proved = open.length <= setCandidatesMax;
  if (sets.length > 0) {
    const finding = judged(
      sets.map((set) => set.map(inFull)),
      truth,
    );
    // Whoever leaves out what is more than the amount may find the bound not reached, and prove more.
    if (finding === 'TRUE' && !proved) return smaller.length <= setCandidatesMax ? 'UNPROVED' : 'SEVERAL';
    return finding;
  }
  const near = open.flatMap((invoice) => clears(invoice, amount, paidOn, terms) ?? []).map((one) => [one]);
  // Of a charge and a discount the rules name one first, and by the truth either may be wrong.
  if (near.length > 1 && new Set(near.map(([one]) => one?.discount === 0n)).size > 1) return 'WRONG';
  if (near.length > 0) {
    const finding = judged(near, truth);
    return finding === 'TRUE' && !proved ? 'UNPROVED' : finding;
  }
  return 'NOTHING';
}

function judged(explanations: readonly (readonly TrueAllocation[])[], truth: readonly TrueAllocation[]): Finding {
  if (!explanations.some((one) => isSame(one, truth))) return 'WRONG';
  return explanations.length > 1 ? 'SEVERAL' : 'TRUE';
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
