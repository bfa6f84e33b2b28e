import { addDays } from '../../../shared/calendar/plain-date.ts';
import { smaller } from '../../../shared/money/compare.ts';
import { basisPointsHalfUp } from '../../../shared/money/rounding.ts';
import { sum } from '../../../shared/money/sum.ts';
import { type Invoice, openOf } from '../invoices/invoice.ts';
import type { Allocation } from '../matching/decision.ts';
import type { Tolerance } from '../matching/open-item.ts';
import { chargeMaxOf } from '../matching/terms/tolerance.ts';
import { type Receipt, unappliedOf } from '../receipts/receipt.ts';
import { surely, type Use } from './use.ts';

/** What somebody wants done with money of a receipt. Minor units. */
export interface HandAllocation {
  readonly customerId: string;
  readonly invoices: readonly { readonly invoiceId: string; readonly amount: bigint }[];
  readonly onAccount: bigint;
  /** Where the money of the invoices comes from. */
  readonly from: 'UNAPPLIED' | 'ON_ACCOUNT';
}

/** A use that somebody decided on: cash only, for a discount is given by its terms and a charge by the tolerance. */
export function allocateByHand({ customerId, invoices, onAccount, from }: HandAllocation): Use {
  const allocations = invoices.map(({ invoiceId, amount: cash }) => ({ invoiceId, cash, discount: 0n, charge: 0n }));
  const fromOnAccount = from === 'ON_ACCOUNT' ? sum(allocations.map(({ cash }) => cash)) : 0n;
  return { ...byHand, customerId, allocations, onAccount, fromOnAccount };
}

const byHand = { rule: 'BY_HAND', score: surely, evidence: [], alternatives: [] } as const;

/**
 * How what is not used of a receipt pays the invoices that somebody names, all of one customer: each in full and the rest on
 * account; where it is less, with the discounts that were still open on the day of payment, or short by what a bank may keep;
 * else part by part, the oldest due first. A payment that clears all but for a discount or charge says so in its allocations.
 */
export function explainNamed(receipt: Receipt, invoices: readonly Invoice[], tolerance: Tolerance): Use {
  const money = unappliedOf(receipt);
  const inOrder = [...invoices].sort(byDueDay);
  const open = sum(inOrder.map(openOf));
  const customerId = inOrder[0]?.customerId ?? receipt.customerId ?? '';
  const use = (allocations: readonly Allocation[], onAccount = 0n): Use => ({
    ...byHand,
    customerId,
    allocations,
    onAccount,
    fromOnAccount: 0n,
  });
  if (money >= open)
    return use(
      inOrder.map((invoice) => inFull(invoice)),
      money - open,
    );
  const discounted = inOrder.map((invoice) => inFull(invoice, { discount: discountOf(invoice, receipt) }));
  if (money === sum(discounted.map(({ cash }) => cash))) return use(discounted);
  const short = open - money;
  const last = inOrder.at(-1);
  if (last && short < openOf(last) && short <= chargeMaxOf(tolerance, receipt.currency, open)) {
    return use([...inOrder.slice(0, -1).map((invoice) => inFull(invoice)), inFull(last, { charge: short })]);
  }
  return use(partByPart(inOrder, money));
}

function byDueDay(one: Invoice, other: Invoice): number {
  const [a, b] = [`${one.dueOn} ${one.number}`, `${other.dueOn} ${other.number}`];
  return a < b ? -1 : a > b ? 1 : 0;
}

function inFull(invoice: Invoice, { discount = 0n, charge = 0n } = {}): Allocation {
  return { invoiceId: invoice.id, cash: openOf(invoice) - discount - charge, discount, charge };
}

/** Of an invoice that nothing was paid of yet, within its days; half up. */
function discountOf({ amount, credited, cleared, issuedOn, discount }: Invoice, { paidOn }: Receipt): bigint {
  if (!discount || cleared > 0n || paidOn > addDays(issuedOn, discount.withinDays)) return 0n;
  return basisPointsHalfUp(amount - credited, BigInt(discount.basisPoints));
}

function partByPart(invoices: readonly Invoice[], money: bigint): Allocation[] {
  const parts: Allocation[] = [];
  let left = money;
  for (const invoice of invoices) {
    const cash = smaller(left, openOf(invoice));
    left -= cash;
    if (cash > 0n) parts.push({ invoiceId: invoice.id, cash, discount: 0n, charge: 0n });
  }
  return parts;
}
