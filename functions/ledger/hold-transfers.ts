import type { EndPending, PostPending } from './commands.ts';
import { type BookingRefused, booked, type TransferOrder, transferCommand } from './post-transfers.ts';
import { ownerNamedBy, recordIdOfName } from './record-name.ts';
import type { LedgerStore } from './store.ts';
import type { Cause, Leg } from './transfer.ts';

/** A pending transfer that another capability asks for; its value date is that of its posting. */
export interface HoldOrder extends Omit<TransferOrder, 'valueDate'> {
  /** ISO instant at which it ends by itself; without it, it stands until it is ended. */
  readonly expiresAt?: string;
}

export type HoldResult = { readonly id: string; readonly outcome: 'HELD'; readonly bookedAt: string } | BookingRefused;

/** What is to become of a pending transfer. */
export interface HoldEnding {
  /** Parts that identify the ending, two or more, as those of an order do. */
  readonly name: readonly string[];
  readonly fingerprint: string;
  readonly pendingId: string;
  readonly end: 'POST' | 'VOID';
  /** POST: what of each leg moves, minor units; the rest is released. Legs that are not named post in full. */
  readonly amounts?: PostPending['amounts'];
  /** POST: the day by value; default: the day of booking. */
  readonly valueDate?: string;
  readonly cause: Cause;
}

export type HoldEndResult =
  | { readonly id: string; readonly outcome: 'ENDED'; readonly legs: readonly Leg[]; readonly bookedAt: string }
  | BookingRefused;

/** Holds orders, in order; see `holdTransfers` in `published.ts`. */
export async function holdOrders(
  store: LedgerStore,
  tenant: string,
  orders: readonly HoldOrder[],
  now: Date,
): Promise<HoldResult[]> {
  const commands = orders.map(({ expiresAt, ...order }) =>
    transferCommand(tenant, order, {
      mode: 'PENDING',
      ...(expiresAt !== undefined && { expiresAt }),
    }),
  );
  return await booked(store, tenant, commands, now, ({ id, bookedAt }) => ({ id, outcome: 'HELD', bookedAt }));
}

/** Ends holds, in order; see `endHolds` in `published.ts`. */
export async function endHeld(
  store: LedgerStore,
  tenant: string,
  endings: readonly HoldEnding[],
  now: Date,
): Promise<HoldEndResult[]> {
  const commands = endings.map((ending) => endingCommand(tenant, ending));
  return await booked(store, tenant, commands, now, ({ id, legs, bookedAt }) => {
    return { id, outcome: 'ENDED', legs, bookedAt };
  });
}

function endingCommand(
  tenant: string,
  { name, fingerprint, pendingId, end, amounts = [], valueDate, cause }: HoldEnding,
): PostPending | EndPending {
  const keyed = { id: recordIdOfName(tenant, name), fingerprint, cause, pendingId, ...ownerNamedBy(name) };
  if (end === 'VOID') return { ...keyed, command: 'VOID' };
  return { ...keyed, command: 'POST', amounts, ...(valueDate !== undefined && { valueDate }) };
}
