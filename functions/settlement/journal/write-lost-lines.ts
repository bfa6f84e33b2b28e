import { classifyWriteFailure } from '../../../shared/dynamo/failure.ts';
import type { Plain } from '../../../shared/dynamo/items.ts';
import { describeError, writeLog } from '../../../shared/http/log.ts';
import { orderFromPlain } from '../orders/order-items.ts';
import type { JournalingStore } from '../store.ts';
import { bookPostings } from './booking/book-postings.ts';
import type { RoleAccounts } from './booking/role-accounts.ts';
import { postingFromPlain } from './journal-items.ts';
import { dayOfBlock } from './journal-keys.ts';
import { noteLateDays } from './late-days.ts';
import { LinesOfOrders, type LostLines, orderKey } from './lost-lines.ts';
import { unpackLine } from './pack-lines.ts';
import { daysOf, planBatch } from './plan-batch.ts';
import { type Step, stepsOf } from './step.ts';
import type { JournalTools } from './take-changes.ts';
import type { Posting } from './transaction.ts';

export interface LostLinesTools extends JournalTools {
  readonly store: JournalTools['store'] & Pick<JournalingStore, 'readSequences'>;
  /** All items of some kinds, read one after the other, each as it then stands. */
  readonly readAll: (kinds: readonly string[]) => AsyncIterable<Plain>;
}

/** What came of it: orders of the time, those of which lines were written, and those that could not be read or moved meanwhile. */
export interface FoundLines {
  readonly orders: number;
  readonly written: number;
  readonly left: number;
  /** Handed to the ledger, which has booked nearly all of them before. */
  readonly postings: number;
}

/** A stream keeps a record for a day; an hour on, whoever had one in hand is done with it. */
const STREAM_MS = 25 * 3_600_000;
const POSTINGS_AT_ONCE = 100;

interface Found {
  readonly lines: LinesOfOrders;
  readonly orders: number;
  readonly unreadable: number;
  /** Orders with a record that was put aside: its lines come with it. */
  readonly parked: ReadonlySet<string>;
  /** How often lines that were lost were written before, by order. */
  readonly times: ReadonlyMap<string, number>;
  readonly postings: number;
}

/**
 * Writes what the journal lacks of orders, each line once, because a record of the stream never reached it; and books what it posted
 * and nobody booked. Of orders that were changed last between two instants, and not in the last 25 hours: all that will come of
 * them by itself has come. How often it was done is noted on each order and read before its lines are: of two that do it at the same
 * time one writes, and what is broken off goes on from what stands. Reads the whole table twice, and keeps the orders of the
 * time in memory. Throws where the ledger could not say, or a write is wrong in itself; running it again is safe.
 */
export async function writeLostLines(
  tools: LostLinesTools,
  accounts: RoleAccounts,
  { from, to }: { readonly from: string; readonly to: string },
  now: Date,
): Promise<FoundLines> {
  const quietSince = new Date(now.getTime() - STREAM_MS).toISOString();
  const before = to < quietSince ? to : quietSince;
  const { lines, orders, unreadable, parked, times, postings } = await findOrders(tools, accounts, from, before, now);
  for await (const { pk, text } of tools.readAll(['LINES'])) {
    lines.take({ ...dayOfBlock(String(pk)), lines: String(text).split('\n').map(unpackLine) });
  }
  let written = 0;
  let left = unreadable;
  for (const lost of lines.lost()) {
    const key = orderKey(lost.order.tenant, lost.order.no);
    if (!parked.has(key) && (await writeOne(tools.store, lost, times.get(key) ?? 0, now))) written += 1;
    else left += 1;
  }
  return { orders, written, left, postings };
}

async function findOrders(
  tools: LostLinesTools,
  accounts: RoleAccounts,
  from: string,
  before: string,
  now: Date,
): Promise<Found> {
  const lines = new LinesOfOrders();
  const parked = new Set<string>();
  const times = new Map<string, number>();
  const postings: Posting[] = [];
  let [orders, unreadable, booked] = [0, 0, 0];
  const book = async () => {
    booked += postings.length;
    await bookPostings(tools, accounts, postings.splice(0), now);
  };
  for await (const item of tools.readAll(['ORDER', 'PARKED', 'LOST_LINES', 'POSTING'])) {
    const key = orderKey(String(item.tenant), String(item.orderNo));
    if (item.kind === 'PARKED') parked.add(key);
    if (item.kind === 'LOST_LINES') times.set(key, Number(item.revision));
    if (item.kind === 'ORDER') {
      const found = expectOrder(lines, item, from, before);
      if (found !== 'OF_ANOTHER_TIME') orders += 1;
      if (found === 'UNREADABLE') unreadable += 1;
    }
    // One that was refused is in its own hands.
    if (item.kind === 'POSTING' && item.revision === undefined) postings.push(postingFromPlain(item));
    if (postings.length >= POSTINGS_AT_ONCE) await book();
  }
  await book();
  return { lines, orders, unreadable, parked, times, postings: booked };
}

function expectOrder(lines: LinesOfOrders, item: Plain, from: string, before: string) {
  try {
    const order = orderFromPlain(item);
    if (order.changedAt < from || order.changedAt >= before) return 'OF_ANOTHER_TIME';
    lines.expect(order);
    return 'EXPECTED';
  } catch (error) {
    writeLog({ level: 'ERROR', message: 'order not compared', order: String(item.pk), error: describeError(error) });
    return 'UNREADABLE';
  }
}

/** False where the order, a day or the number of times moved meanwhile, or the table is busy: the next time finds what is left. */
async function writeOne(
  store: LostLinesTools['store'],
  { order, entries }: LostLines,
  times: number,
  now: Date,
): Promise<boolean> {
  const { tenant, no, marketId } = order;
  const at = String(times + 1);
  const result = { outcome: 'LINES', marketId, entries } as const;
  const steps = stepsOf([{ tenant, orderNo: no, at, result }]).map((step, place): Step => ({ ...step, place }));
  await noteLateDays(store, daysOf(steps), now);
  const sequences = await store.readSequences(daysOf(steps));
  let done = times;
  try {
    for (const transaction of planBatch(['lost', no], steps, { position: undefined, sequences })) {
      await store.writeJournal({ of: 'LOST', order, times: done }, transaction);
      done += 1;
    }
  } catch (error) {
    if (classifyWriteFailure(error) === 'FATAL') throw error;
    return false;
  }
  return true;
}
