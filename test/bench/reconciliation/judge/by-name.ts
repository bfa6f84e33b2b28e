import type { OpenInvoice } from '../../../../functions/receivables/matching/open-item.ts';
import { discountOf, isCharge, paidByName, type Terms } from '../field-rules.ts';
import { clearedBy, type Draft, type TrueAllocation, type Verdict } from '../labelled.ts';
import { isPlain } from '../numbers/number-spellings.ts';
import { isSame } from './by-amount.ts';

/** What a receipt tells that names its invoices whole; nothing where the rules explain its amount by something untrue. */
export function byName({ receipt, told, truth }: Draft, terms: Terms): Verdict | undefined {
  const { named } = told;
  const { amount, paidOn, legalEntity, currency } = receipt;
  const elsewhere = named.some((one) => one.legalEntity !== legalEntity || one.currency !== currency);
  if (elsewhere || told.twice === 'SECOND' || named.some(({ disputed }) => disputed)) return 'UNDECIDABLE';
  const [one, ...others] = named;
  if (one === undefined) return 'UNDECIDABLE';
  if (others.length > 0) {
    if (!explainsAll(named, amount, paidOn, terms)) return 'UNDECIDABLE';
    return clearsAll(named, truth) ? 'DECIDABLE' : undefined;
  }
  if (!isSame([paidByName(one, amount, paidOn, terms)], truth)) return undefined;
  // The rules do not say what a number is worth that may be anything, or part of the money from nobody we know.
  const doubtful = told.payer.known !== 'KNOWN' && (amount !== one.open || isPlain(one.number));
  return doubtful ? 'EITHER' : 'DECIDABLE';
}

/** To the last unit, less the discounts of those paid in time, less one charge, or with something over. */
function explainsAll(named: readonly OpenInvoice[], amount: bigint, paidOn: string, terms: Terms): boolean {
  const sum = named.reduce((total, { open }) => total + open, 0n);
  const kept = named.reduce((total, invoice) => total + discountOf(invoice, paidOn), 0n);
  return amount >= sum || amount === sum - kept || isCharge(sum - amount, sum, terms);
}

function clearsAll(named: readonly OpenInvoice[], truth: readonly TrueAllocation[]): boolean {
  return named.every(({ id, open }) => truth.some((one) => one.invoiceId === id && clearedBy(one) === open));
}
