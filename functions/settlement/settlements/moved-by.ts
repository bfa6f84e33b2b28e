import { sum } from '../../../shared/money/sum.ts';
import { backOf } from './payout-after-report.ts';
import { isOnItsWay, type PayoutLine, type Settlement } from './settlement.ts';

/** What a settlement moved on the account of what is owed to its merchant: less by payouts that stand, more by what it billed. Minor units. */
export function movedBy({ payouts, billed }: Pick<Settlement, 'payouts' | 'billed'>): bigint {
  return billed - sum(payouts.map(paidOut));
}

function paidOut(line: PayoutLine): bigint {
  const { state, amount, settles = 0n, returns = [] } = line;
  if (state === 'FAILED') return settles;
  if (state === 'RETURNED') return amount - backOf(line) + sum(returns.map((one) => one.settles ?? 0n));
  return state === 'PAID' || state === 'NETTED' || isOnItsWay(state) ? amount : 0n;
}
