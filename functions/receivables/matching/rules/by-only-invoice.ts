import type { Case } from '../book/case.ts';
import { settle } from '../terms/settle.ts';
import { countingPayer } from './by-amount.ts';
import { ruleOfFit } from './explain.ts';
import { claim, hold, isOn, type Proposal, type Run, termsOf } from './proposal.ts';
import { speaksAgainst } from './speaks-against.ts';

/**
 * PART_PAYMENT: a known payer owes one invoice and pays a part of it. So it is cleared step by step, and the last payment may
 * miss by a charge or the discount. More than is open is no part of it, and is left for a person.
 */
export function byOnlyInvoice(run: Run, of: Case): Proposal | undefined {
  const payer = countingPayer(run, of);
  if (!payer) return undefined;
  const { customerId, account, scores } = payer;
  const { receipt } = of;
  const [only] = account.open;
  if (!only || account.open.length > 1 || receipt.amount > only.left) return undefined;
  if (account.isRepeated(receipt)) return hold(scores.PART, 'DUPLICATE', customerId);
  const settlement = settle([only], receipt.amount, termsOf(run, of, customerId));
  const { fit } = settlement;
  const score = fit === 'DISCOUNT' || fit === 'CHARGE' || fit === 'EXACT' ? scores[fit] : scores.PART;
  const isPartOff = fit === 'PART' && !isOn(run, 'PART_PAYMENT');
  if (only.invoice.disputed) return hold(score, 'DISPUTED', customerId);
  const isLater = only.invoice.issuedOn > receipt.paidOn;
  if (isPartOff || isLater || speaksAgainst(of, [only])) return hold(score, 'SHORT_PAID', customerId);
  const rule = ruleOfFit(settlement, 'PART_PAYMENT');
  return claim({ rule, score, customerId, evidence: [] }, settlement);
}
