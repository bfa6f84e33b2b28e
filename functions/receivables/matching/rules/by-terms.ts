import type { Account } from '../book/account.ts';
import type { Case } from '../book/case.ts';
import type { Item } from '../book/item.ts';
import { findSets, isSearchComplete } from '../sets/find-sets.ts';
import { subsetValuesMax } from '../sets/subsets-of-sum.ts';
import { discountOf } from '../terms/discount.ts';
import { settle, type Terms } from '../terms/settle.ts';
import { chargeMaxOf } from '../terms/tolerance.ts';
import { countingPayer } from './by-amount.ts';
import { ruleOfFit } from './explain.ts';
import { isDisputed } from './is-disputed.ts';
import { claim, hold, isOn, type Proposal, type Run, termsOf } from './proposal.ts';
import { speaksAgainst } from './speaks-against.ts';

/**
 * TOLERANCE and EARLY_PAYMENT_DISCOUNT: a known payer owes one invoice that this clears with its discount, or but for a
 * charge. With two such invoices nothing says which; nor where several may be exactly the amount.
 */
export function byTerms(run: Run, of: Case): Proposal | undefined {
  const payer = countingPayer(run, of);
  if (!payer) return undefined;
  const { customerId, account, scores } = payer;
  const { receipt } = of;
  if (account.open.length === 0) return undefined;
  const terms = termsOf(run, of, customerId);
  const [only, second] = clearedWithin(account, receipt.currency, receipt.amount, terms);
  if (!only) return undefined;
  if (account.isRepeated(receipt)) return hold(scores.CHARGE, 'DUPLICATE', customerId);
  const settlement = settle([only], receipt.amount, terms);
  const score = settlement.fit === 'DISCOUNT' ? scores.DISCOUNT : scores.CHARGE;
  if (second || only.invoice.issuedOn > receipt.paidOn || speaksAgainst(of, [only])) {
    return hold(score, 'AMBIGUOUS', customerId);
  }
  if (isDisputed(settlement)) return hold(score, 'DISPUTED', customerId);
  if (mayBeSet(run, account, receipt.amount, terms)) return hold(score, 'AMBIGUOUS', customerId);
  const rule = ruleOfFit(settlement, payer.rule);
  return claim({ rule, score, customerId, evidence: [] }, settlement);
}

/**
 * Whether a set of the invoices may be exactly the amount where the rule for sets has not looked at all of them. Asked of as
 * many as can be; of more than these nobody knows.
 */
function mayBeSet(run: Run, { open }: Account, amount: bigint, terms: Terms): boolean {
  if (!isOn(run, 'SET_OF_INVOICES')) return false;
  if (isSearchComplete(open, amount, terms, run.rules.setCandidatesMax)) return false;
  const { sets, isComplete } = findSets(open, amount, terms, subsetValuesMax);
  return !isComplete || sets.some(({ items }) => items.length > 1);
}

/** Open invoices that an amount clears with their discount, then those that it clears within tolerance; each by due day. */
export function clearedWithin(account: Account, currency: string, amount: bigint, terms: Terms): Item[] {
  const found = new Set<Item>();
  for (const item of terms.discounts ? account.netOfDiscount(amount) : []) {
    if (discountOf(item, terms.paidOn).some((discount) => item.left - discount === amount)) found.add(item);
  }
  const max = terms.tolerance?.chargeMax[currency] ?? 0n;
  for (const item of max > 0n ? account.between(amount + 1n, amount + max) : []) {
    const charge = terms.tolerance ? chargeMaxOf(terms.tolerance, currency, item.left) : 0n;
    if (item.left - amount <= charge) found.add(item);
  }
  return [...found];
}
