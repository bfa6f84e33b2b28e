import type { JournalingStore } from '../store.ts';
import { bookPostings } from './booking/book-postings.ts';
import type { BookingTools, RoleAccounts } from './booking/role-accounts.ts';
import { postingFromPlain } from './journal-items.ts';
import { readChange } from './read-change.ts';
import { stepsOf } from './step.ts';
import { writeSteps } from './write-steps.ts';

/** A record of the table's stream. Images are plain objects. */
export interface StreamChange {
  readonly at: string;
  readonly isNew: boolean;
  readonly before?: Readonly<Record<string, unknown>>;
  readonly after?: Readonly<Record<string, unknown>>;
}

export interface JournalTools extends BookingTools {
  readonly store: BookingTools['store'] & Pick<JournalingStore, 'readBefore' | 'writeJournal' | 'noteLateDay'>;
}

/**
 * Works off records of one shard: what they mean of orders goes into the journal, postings that were written go into the ledger. Both
 * are tried before the first failure is thrown.
 */
export async function takeChanges(
  tools: JournalTools,
  accounts: RoleAccounts,
  shard: string,
  changes: readonly StreamChange[],
  now: Date,
): Promise<void> {
  const ofOrders = changes.filter((change) => kindOf(change) === 'ORDER');
  const postings = changes.filter((change) => change.isNew && kindOf(change) === 'POSTING');
  const steps = stepsOf(ofOrders.map((change) => readChange(orderRecord(change, shard), now)));
  const done = await Promise.allSettled([
    writeSteps(tools.store, shard, steps, now),
    bookPostings(
      tools,
      accounts,
      postings.flatMap(({ after }) => (after ? [postingFromPlain(after)] : [])),
      now,
    ),
  ]);
  const failures = done.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
  if (failures.length > 0) throw new AggregateError(failures, 'Some of the journal is not written or not booked.');
}

function kindOf({ before, after }: StreamChange): unknown {
  return (after ?? before)?.kind;
}

/** The key says whose it is, also where the rest cannot be read. */
function orderRecord({ at, before, after }: StreamChange, shard: string) {
  const { pk, sk } = after ?? before ?? {};
  const [tenant = ''] = String(pk).split('#');
  return { tenant, orderNo: String(sk), shard, at, ...(before && { before }), ...(after && { after }) };
}
