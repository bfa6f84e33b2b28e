import type { Problem } from '../../shared/problems/problem.ts';
import type { Command, Guard, MakeTransfer } from './commands.ts';
import { ownerNamedBy, recordIdOfName } from './record-name.ts';
import type { LedgerStore } from './store.ts';
import { type Outcome, submit } from './submit.ts';
import { type Cause, type Leg, legsMax, type TransferContent } from './transfer.ts';

/** Orders that are read, decided and written together. */
export const ordersPerSubmitMax = 1_000;

/** A transfer that another capability asks for, posted at once. */
export interface TransferOrder {
  /** Parts that identify the order, two or more: its key for ever, and with the tenant the id of its transfer. */
  readonly name: readonly string[];
  /** What the name is checked against: the same name with another fingerprint is refused. Guards belong in it too. */
  readonly fingerprint: string;
  readonly legs: readonly Omit<Leg, 'held'>[];
  /** Default: the day of booking. */
  readonly valueDate?: string;
  readonly description?: string;
  readonly references?: Readonly<Record<string, string>>;
  readonly guards?: readonly Guard[];
  readonly cause: Cause;
}

export type TransferResult =
  | {
      readonly id: string;
      readonly outcome: 'POSTED';
      readonly legs: readonly Leg[];
      /** ISO instant. */
      readonly bookedAt: string;
    }
  | BookingRefused;

export interface BookingRefused {
  readonly id: string;
  readonly outcome: 'REFUSED';
  readonly problem: Problem;
}

export interface PostingOptions {
  /** All or none; the orders have different names and fit one transaction. */
  readonly atomic?: boolean;
}

/** Posts orders, in order; see `postTransfers` in `published.ts`. */
export async function postOrders(
  store: LedgerStore,
  tenant: string,
  orders: readonly TransferOrder[],
  now: Date,
  options: PostingOptions = {},
): Promise<TransferResult[]> {
  const commands = orders.map((order) => transferCommand(tenant, order, { mode: 'POSTED' }));
  const posted = ({ id, legs, bookedAt }: TransferContent) => ({ id, outcome: 'POSTED' as const, legs, bookedAt });
  return await booked(store, tenant, commands, now, posted, options);
}

/** What the commands came to, in their order, told of each transfer that they made. */
export async function booked<Told>(
  store: LedgerStore,
  tenant: string,
  commands: readonly Command[],
  now: Date,
  tell: (transfer: TransferContent) => Told,
  { atomic = false }: PostingOptions = {},
): Promise<(Told | BookingRefused)[]> {
  const results: (Told | BookingRefused)[] = [];
  const step = atomic ? Math.max(1, commands.length) : ordersPerSubmitMax;
  for (let start = 0; start < commands.length; start += step) {
    const together = commands.slice(start, start + step);
    const outcomes = await submit(store, tenant, together, now, { atomic });
    results.push(...together.map((command, index) => toldOf(command, outcomes[index], tell)));
  }
  return results;
}

/** An order as a command of the ledger. Throws RangeError on a number of legs or an amount that no transfer has. */
export function transferCommand(
  tenant: string,
  { name, fingerprint, legs, cause, ...order }: TransferOrder,
  booking: Pick<MakeTransfer, 'mode' | 'expiresAt'>,
): MakeTransfer {
  if (legs.length < 1 || legs.length > legsMax || legs.some(({ amount }) => amount <= 0n)) {
    throw new RangeError(`A transfer has 1 to ${legsMax} legs, each of an amount above zero.`);
  }
  const { valueDate, description, references = {}, guards } = order;
  return {
    command: 'TRANSFER',
    id: recordIdOfName(tenant, name),
    fingerprint,
    cause,
    ...ownerNamedBy(name),
    ...booking,
    legs,
    references,
    ...(valueDate !== undefined && { valueDate }),
    ...(description !== undefined && { description }),
    ...(guards !== undefined && { guards }),
  };
}

function toldOf<Told>(
  { id }: Command,
  outcome: Outcome | undefined,
  tell: (transfer: TransferContent) => Told,
): Told | BookingRefused {
  if (outcome?.outcome === 'REFUSED') return { id, outcome: 'REFUSED', problem: outcome.problem };
  if (outcome?.outcome !== 'TRANSFER') throw new Error(`The record ${id} is of another command than a transfer.`);
  return tell(outcome.transfer);
}
