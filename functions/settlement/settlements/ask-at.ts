import { owedAgain } from './payout-after-report.ts';
import { openBill, openPayout, type PayoutState, type Settlement } from './settlement.ts';

const MINUTE_MS = 60_000;

/** Minutes after which a payout is looked at again by the job of each hour, by its state; one that is paid never is. */
const waits: Readonly<Record<PayoutState, number | undefined>> = {
  DUE: 30,
  PENDING_FUNDS: 30,
  SENDING: 30,
  UNCERTAIN: 30,
  SENT: 50,
  HELD: 50,
  FAILED: 50,
  RETURNED: 50,
  PAID: undefined,
  NETTED: undefined,
};

/** A settlement with the instant at which it is looked at again, where anything of it is open. */
export function withAskAt(settlement: Settlement, now: Date): Settlement {
  const { askAt: _, ...rest } = settlement;
  const state = openState(settlement, openPayout(settlement)?.state);
  const minutes = state && waits[state];
  if (minutes === undefined) return rest;
  return { ...rest, askAt: new Date(now.getTime() + minutes * MINUTE_MS).toISOString() };
}

const ends: ReadonlySet<PayoutState | undefined> = new Set(['PAID', 'NETTED', 'FAILED', 'RETURNED'] as const);

/**
 * A bill waits for what the market has to give. More may come back of an earlier payout when the last is paid; and what came back may
 * be nothing that is owed, but is to be booked all the same.
 */
function openState(settlement: Settlement, last: PayoutState | undefined): PayoutState | undefined {
  if (openBill(settlement)) return 'PENDING_FUNDS';
  if (!ends.has(last)) return last;
  const isOpen = owedAgain(settlement) > 0n || settlement.payouts.some(({ isUnbooked }) => isUnbooked);
  return isOpen ? 'RETURNED' : 'PAID';
}
