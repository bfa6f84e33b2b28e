import { lastPayout, type PayoutState, type Settlement } from './settlement.ts';

const MINUTE_MS = 60_000;

/** Minutes after which a payout is looked at again, by its state; one that is paid never is. */
const waits: Readonly<Record<PayoutState, number | undefined>> = {
  DUE: 15,
  PENDING_FUNDS: 15,
  SENDING: 15,
  UNCERTAIN: 15,
  SENT: 60,
  HELD: 60,
  FAILED: 60,
  RETURNED: 60,
  PAID: undefined,
};

/** A settlement with the instant at which it is looked at again, where anything of it is open. */
export function withAskAt(settlement: Settlement, now: Date): Settlement {
  const { askAt: _, ...rest } = settlement;
  const last = lastPayout(settlement);
  const minutes = last && waits[last.state];
  if (minutes === undefined) return rest;
  return { ...rest, askAt: new Date(now.getTime() + minutes * MINUTE_MS).toISOString() };
}
