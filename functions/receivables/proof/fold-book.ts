import { sum } from '../../../shared/money/sum.ts';
import { cashOf, type Match } from '../matches/match.ts';
import { dismissedOf, type Receipt, type Refund, unappliedOf } from '../receipts/receipt.ts';

/** What receipts of one book come to, minor units. */
export interface ReceiptSums {
  readonly count: number;
  readonly amount: bigint;
  readonly allocated: bigint;
  readonly onAccount: bigint;
  readonly refunded: bigint;
  readonly unapplied: bigint;
}

/** What their matches that stand, and their refunds, come to by themselves. */
export interface MatchSums {
  readonly cash: bigint;
  readonly onAccount: bigint;
  readonly discount: bigint;
  readonly charge: bigint;
  readonly refunded: bigint;
}

export const noReceipts: ReceiptSums = {
  count: 0,
  amount: 0n,
  allocated: 0n,
  onAccount: 0n,
  refunded: 0n,
  unapplied: 0n,
};
export const noMatches: MatchSums = { cash: 0n, onAccount: 0n, discount: 0n, charge: 0n, refunded: 0n };

/** One that was merged counts in the receipt that it was merged into; what was dismissed counts for nothing. */
export function addReceipt(sums: ReceiptSums, receipt: Receipt): ReceiptSums {
  if (receipt.merged) return sums;
  return {
    count: sums.count + 1,
    amount: sums.amount + receipt.amount - dismissedOf(receipt),
    allocated: sums.allocated + receipt.allocated,
    onAccount: sums.onAccount + receipt.onAccount,
    refunded: sums.refunded + receipt.refunded,
    unapplied: sums.unapplied + unappliedOf(receipt),
  };
}

/** What matches put on account, less what later ones and refunds took from there. */
export function addHistory(sums: MatchSums, matches: readonly Match[], refunds: readonly Refund[]): MatchSums {
  const standing = matches.filter(({ undone }) => !undone);
  const allocations = standing.flatMap((match) => match.allocations);
  const put = sum(standing.map(({ onAccount, fromOnAccount }) => onAccount - fromOnAccount));
  return {
    cash: sums.cash + sum(standing.map(cashOf)),
    onAccount: sums.onAccount + put - sum(refunds.map(({ fromOnAccount }) => fromOnAccount)),
    discount: sums.discount + sum(allocations.map(({ discount }) => discount)),
    charge: sums.charge + sum(allocations.map(({ charge }) => charge)),
    refunded: sums.refunded + sum(refunds.map(({ amount }) => amount)),
  };
}
