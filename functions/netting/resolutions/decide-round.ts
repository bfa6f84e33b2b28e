import { resolveQueue } from '../queue/resolve-queue.ts';
import type { QueueEntry } from '../queued-payments/kept-payment.ts';
import type { Pair } from '../terms/netting-terms.ts';
import type { LimitsLeft } from './limits-left.ts';
import type { SetLine, WaitingLine } from './resolution-lines.ts';
import { setAside } from './set-aside.ts';
import type { UsableAccounts } from './usable-accounts.ts';

/** What a queue is decided by, as it stands. */
export interface QueueWorld {
  /** In the order of the queue. */
  readonly entries: readonly QueueEntry[];
  readonly usable: UsableAccounts;
  readonly limits: LimitsLeft;
  readonly excludedPairs: readonly Pair[];
  readonly idOf: (entry: QueueEntry) => string;
}

export interface RoundDecision {
  /** By set, in the order in which they have to be settled; within one in the order of the queue. */
  readonly sets: readonly SetLine[];
  /** In the order of the queue; those set aside first. */
  readonly waiting: readonly WaitingLine[];
}

/** What of a queue settles now, in which sets, numbered from behind `setsBefore` on, and why the rest waits; see resolveQueue. */
export function decideRound(
  { entries, usable, limits, excludedPairs, idOf }: QueueWorld,
  setsBefore: number,
): RoundDecision {
  const { kept, aside } = setAside(entries, usable, excludedPairs, idOf);
  const byId = new Map(kept.map((entry) => [idOf(entry), entry]));
  const entryOf = (id: string) => {
    const entry = byId.get(id);
    if (!entry) throw new Error(`The queue has no payment ${id}.`);
    return entry;
  };
  const payments = [...byId].map(([id, { payer, payee, amount }]) => ({ id, payer, payee, amount }));
  const { sets, waiting } = resolveQueue({ payments, available: usable.available, ...limits });
  return {
    sets: sets.flatMap(({ kind, payments: members }, place) =>
      members.map(({ id }): SetLine => ({ ...entryOf(id), set: setsBefore + place + 1, kind })),
    ),
    waiting: [...aside, ...waiting.map(({ payment, reasons }) => ({ ...entryOf(payment.id), reasons }))],
  };
}
