import { sum } from '../../../shared/money/sum.ts';
import type { MarketAccounts } from '../markets/market.ts';
import { backOf } from './payout-after-report.ts';
import { isOnItsWay, type PayoutLine, type Settlement } from './settlement.ts';

/**
 * What a settlement moved on the account of what is owed to its merchant: less by payouts that stand, more by what the market gave for a
 * bill. Minor units.
 */
export function movedBy({ payouts, billed, bill }: Pick<Settlement, 'payouts' | 'billed' | 'bill'>): bigint {
  return (bill?.isBooked ? billed : 0n) - sum(payouts.map(paidOut));
}

function paidOut(line: PayoutLine): bigint {
  const { state, amount, settles = 0n, returns = [] } = line;
  if (state === 'FAILED') return settles;
  if (state === 'RETURNED') return amount - backOf(line) + sum(returns.map((one) => one.settles ?? 0n));
  return state === 'PAID' || state === 'NETTED' || isOnItsWay(state) ? amount : 0n;
}

/** Accounts of a market that settlements move, and not orders; into claims merchants pay besides. */
export const settlementAccounts = [
  'inTransit',
  'paidOut',
  'claims',
] as const satisfies readonly (keyof MarketAccounts)[];
export type SettlementAccount = (typeof settlementAccounts)[number];

type Moving = Pick<Settlement, 'payouts' | 'netted'>;

/**
 * What a settlement moved on the accounts of its market: on its way, paid out less what came back, and owed by its merchant, below zero.
 * With movedBy, what went to accounts of the ledger, and what the market gave for a bill, that is zero. Minor units.
 */
export function movedOnMarket({ payouts, netted = [] }: Moving): Record<SettlementAccount, bigint> {
  const beyond = sum(netted.map((one) => one.beyond));
  const amounts = (lines: readonly PayoutLine[]) => sum(lines.map(({ amount }) => amount));
  const arrived = payouts.filter(({ state, to }) => state === 'RETURNED' || (state === 'PAID' && to.to === 'BANK'));
  const returns = payouts.flatMap((line) => line.returns ?? []);
  return {
    inTransit: amounts(payouts.filter(({ state }) => isOnItsWay(state))),
    paidOut: amounts(arrived) - sum(arrived.map(backOf)) + sum(netted.map(({ amount }) => amount)) + beyond,
    claims: sum([...payouts, ...returns].map(({ settles = 0n }) => settles)) - beyond,
  };
}
