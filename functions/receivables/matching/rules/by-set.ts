import type { Case } from '../book/case.ts';
import { findSets } from '../sets/find-sets.ts';
import { countingPayer } from './by-amount.ts';
import { isDisputed } from './is-disputed.ts';
import { claim, hold, isOn, type Proposal, type Run, termsOf } from './proposal.ts';
import { speaksAgainst } from './speaks-against.ts';

/**
 * SET_OF_INVOICES: the only set of a known payer's open invoices that adds up to the amount, at full or each less its discount.
 * A second set, one that is too large, or a search that left invoices out proves nothing. Asked after the exact amount.
 */
export function bySet(run: Run, of: Case): Proposal | undefined {
  const payer = countingPayer(run, of);
  if (!payer || !isOn(run, 'SET_OF_INVOICES')) return undefined;
  const { customerId, account, scores } = payer;
  const { receipt } = of;
  if (account.open.length < 2) return undefined;
  if (account.isRepeated(receipt)) return hold(scores.SET, 'DUPLICATE', customerId);
  const terms = termsOf(run, of, customerId);
  const { sets, isComplete } = findSets(account.open, receipt.amount, terms, run.rules.setCandidatesMax);
  const [only, second] = sets;
  // One invoice less its discount is no set; the rule for discounts finds it.
  if (!only || (!second && only.items.length === 1)) return undefined;
  const isLater = only.items.some(({ invoice }) => invoice.issuedOn > receipt.paidOn);
  const isProved = isComplete && !second && !isLater && only.items.length <= run.rules.setSizeMax;
  if (!isProved || speaksAgainst(of, only.items)) return hold(scores.SET, 'AMBIGUOUS', customerId);
  if (isDisputed(only.settlement)) return hold(scores.SET, 'DISPUTED', customerId);
  const ground = { rule: 'SET_OF_INVOICES', score: scores.SET, customerId, evidence: [] } as const;
  return claim(ground, only.settlement);
}
