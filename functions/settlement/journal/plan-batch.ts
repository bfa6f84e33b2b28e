import { type Sequences, TransactionDraft } from './draft.ts';
import { isBehind, type Position, type Step } from './step.ts';
import type { DayRef, JournalTransaction } from './transaction.ts';

/** What stands in the table before a batch is written. */
export interface Before {
  readonly position: Position | undefined;
  readonly sequences: Sequences;
}

/**
 * The transactions that write steps of one group, one after the other: each moves the position from where the one before it left it,
 * and has 90 items at the most. What lies at the position or before it is written already, and left out. `name` is of the shard
 * and group. The same steps from the same position give the same transactions.
 */
export function planBatch(name: readonly string[], steps: readonly Step[], { position, sequences }: Before) {
  const planned: JournalTransaction[] = [];
  let draft = new TransactionDraft(name, position, sequences);
  const end = () => {
    const transaction = draft.done();
    if (transaction) planned.push(transaction);
    return transaction?.to;
  };
  for (const step of steps) {
    if (!isBehind(step, position) || draft.take(step)) continue;
    draft = new TransactionDraft(name, end(), sequences);
    draft.take(step);
  }
  end();
  return planned;
}

/** The days of markets that lines of steps need to be open, each once. */
export function daysOf(steps: readonly Step[]): DayRef[] {
  const days = new Map<string, DayRef>();
  for (const step of steps) {
    if (step.work === 'PARK' || step.entry.owner.kind === 'MARKET') continue;
    const { tenant, marketId, group } = step;
    const { date } = step.entry;
    days.set(`${tenant}#${marketId}#${date}#${group}`, { tenant, marketId, date, group });
  }
  return [...days.values()];
}
