import type { Case } from '../book/case.ts';
import { amountRuleOf } from '../payers/payer.ts';
import { amountScores } from '../scores.ts';
import { settle } from '../terms/settle.ts';
import { claim, hold, isOn, type Proposal, type Run, termsOf } from './proposal.ts';
import { speaksAgainst } from './speaks-against.ts';

/** A payer that lets an amount count: known by something whose rule is not off. */
export function countingPayer(run: Run, { payer, account }: Case) {
  const rule = amountRuleOf(payer);
  if (payer.customerId === undefined || payer.by === undefined || !account) return undefined;
  if (!rule || !isOn(run, rule)) return undefined;
  return { customerId: payer.customerId, account, rule, scores: amountScores[payer.by] };
}

/**
 * VIRTUAL_ACCOUNT, KNOWN_ACCOUNT_AND_AMOUNT, NAME_AND_AMOUNT: the payer is known and owes one invoice of exactly this amount.
 * With two of them nothing says which; and money that came before its invoice may be for something else.
 */
export function byAmount(run: Run, of: Case): Proposal | undefined {
  const payer = countingPayer(run, of);
  if (!payer) return undefined;
  const { customerId, account, rule, scores } = payer;
  const [only, second] = account.ofAmount(of.receipt.amount);
  if (!only) return undefined;
  const isLater = only.invoice.issuedOn > of.receipt.paidOn;
  if (second || isLater || speaksAgainst(of, [only])) return hold(scores.EXACT, 'AMBIGUOUS', customerId);
  if (only.invoice.disputed) return hold(scores.EXACT, 'DISPUTED', customerId);
  const settlement = settle([only], of.receipt.amount, termsOf(run, of, customerId));
  return claim({ rule, score: scores.EXACT, customerId, evidence: [] }, settlement);
}
