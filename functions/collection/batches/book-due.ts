import type { Problem } from '../../../shared/problems/problem.ts';
import type { CollectionItem, Try } from '../items/item.ts';
import type { CollectionTools } from '../tools.ts';
import type { Batch, Block } from './batch.ts';
import { type BlockTry, dueBookings, holdEnding, holdOrder, returnOrder } from './book-block.ts';

/** Not final: the same order under the same name will tell. */
const notFinal: ReadonlySet<string> = new Set([
  'request/conflict-retry',
  'request/unavailable',
  'request/internal-error',
]);

type Booked = NonNullable<Try['booked']>;

/**
 * Books what is due of a block, and returns its items with what was booked noted. What the ledger refuses to hold never goes
 * to a bank; what it could not say yet is asked again later.
 */
export async function bookBlock(
  { ledger }: CollectionTools,
  batch: Batch,
  block: Block,
  now: Date,
): Promise<readonly CollectionItem[]> {
  const { tenant, currency } = batch;
  const { holds, endings, returns } = dueBookings(block);
  const holdId = ({ one }: BlockTry) => ledger.transferIdOf(tenant, 'collection', one.orderId);
  const endId = ({ one }: BlockTry) => ledger.transferIdOf(tenant, 'collection', one.orderId, 'end');
  const held = await ledger.holdTransfers(
    tenant,
    holds.map((each) => holdOrder(batch, each)),
    now,
  );
  const ended = await ledger.endHolds(
    tenant,
    endings.map((each) => holdEnding(batch, each, holdId(each), currency)),
    now,
  );
  const back = await ledger.postTransfers(
    tenant,
    returns.map((each) => returnOrder(batch, each, endId(each))),
    now,
  );
  const notes = new Map<string, (one: Try) => Try>();
  for (const [index, { one }] of holds.entries()) {
    const result = held[index];
    if (result?.outcome === 'HELD') notes.set(one.orderId, noted({ held: true }));
    else if (result && isFinal(result.problem)) notes.set(one.orderId, refused(now));
  }
  for (const [index, { one }] of endings.entries())
    if (ended[index]?.outcome === 'ENDED') notes.set(one.orderId, noted({ ended: true }));
  for (const [index, { one }] of returns.entries())
    if (back[index]?.outcome === 'POSTED') notes.set(one.orderId, noted({ takenBack: true }));
  if (notes.size === 0) return block.items;
  return block.items.map((item) => ({ ...item, tries: item.tries.map((one) => notes.get(one.orderId)?.(one) ?? one) }));
}

function noted(more: Booked): (one: Try) => Try {
  return (one) => ({ ...one, booked: { ...one.booked, ...more } });
}

function refused(now: Date): (one: Try) => Try {
  return (one) => ({ ...one, state: 'NEVER_LEFT', reason: 'NOT_BOOKED', endedAt: now.toISOString() });
}

function isFinal({ code }: Problem): boolean {
  return !notFinal.has(code);
}
