import type { BankChannel } from '../channels/bank-channel.ts';
import { requireChannel } from '../channels/bank-channel.ts';
import { railCalendars } from '../routing/default-rails.ts';
import { routeQuoter } from '../routing/quote-routes.ts';
import type { CollectionTools } from '../tools.ts';
import type { Batch, Block } from './batch.ts';
import { isChanged } from './block-changes.ts';
import { bookBlock } from './book-due.ts';
import { dueTime } from './due-time.ts';
import { handOver } from './hand-over-block.ts';
import { nameMessages } from './name-messages.ts';
import { type BlockStep, routeBlock } from './route-block.ts';
import { writeItems } from './write-block.ts';

const roundsMax = 8;

/**
 * Takes a block as far as it goes: room, rail, hold, hand-over, booking. Each step is decided on the block as it stands and
 * written before the next begins, under names that follow from the orders; so that killed at any point and taken up again, or
 * carried on by two at once, each order is held, handed over and booked once. Throws what DynamoDB throws where another
 * was faster.
 */
export async function carryOnBlock(
  tools: CollectionTools,
  { tenant, batchId, block: number }: Pick<Block, 'tenant' | 'batchId' | 'block'>,
  now: Date,
): Promise<void> {
  const { store } = tools;
  const [batch, channel] = await Promise.all([store.readBatch(tenant, batchId), store.readChannel(tenant)]);
  if (!batch) return;
  for (let round = 1; round <= roundsMax; round++) {
    const block = await store.readBlock(tenant, batchId, number);
    if (!block || !(await oneRound(tools, batch, block, requireChannel(channel), now))) return;
  }
}

/** One step of a block; false where there is nothing more to do now. */
async function oneRound(
  tools: CollectionTools,
  batch: Batch,
  block: Block,
  channel: BankChannel,
  now: Date,
): Promise<boolean> {
  const step = await decide(tools, batch, block, channel, now);
  if (step.usages.size > 0 || isChanged(block.items, step.items)) {
    await writeItems(tools.store, block, step.items, now, step.usages);
    return true;
  }
  const booked = await bookBlock(tools, batch, block, now);
  const named = await nameMessages(tools, { ...block, items: booked }, now);
  if (isChanged(block.items, named)) {
    await writeItems(tools.store, block, named, now);
    return true;
  }
  const handed = await handOver(tools, block, channel, now);
  if (isChanged(block.items, handed) || block.dueAt !== dueTime(handed, now)) {
    await writeItems(tools.store, block, handed, now);
  }
  return isChanged(block.items, handed);
}

async function decide(
  tools: CollectionTools,
  batch: Batch,
  block: Block,
  { creditor }: BankChannel,
  now: Date,
): Promise<BlockStep> {
  const { store, calendar } = tools;
  const mandateIds = block.items.map(({ mandateId }) => mandateId);
  const [{ mandates, usages }, rails] = await Promise.all([
    store.readMandatesInUse(batch.tenant, mandateIds),
    store.readRails(batch.tenant),
  ]);
  const outages = rails.outages.flatMap((held) => held.outages);
  const quote = routeQuoter({ rails: rails.rails, outages, calendars: railCalendars });
  return routeBlock(batch, block, { mandates, usages, quote, payeeBank: creditor.bank, calendar, now });
}
