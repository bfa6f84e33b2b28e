import type { BankChannel } from '../channels/bank-channel.ts';
import { requireChannel } from '../channels/bank-channel.ts';
import { railCalendars } from '../routing/default-rails.ts';
import { routeQuoter } from '../routing/quote-routes.ts';
import type { CollectionTools } from '../tools.ts';
import type { Batch, Block } from './batch.ts';
import { isChanged } from './block-changes.ts';
import { bookBlock } from './book-due.ts';
import { handOver, nameMessages } from './hand-over-block.ts';
import { type BlockStep, routeBlock } from './route-block.ts';

/** Later is soon enough for what broke off; what is under way is most likely not stuck. */
export const restMs = 60_000;
const roundsMax = 6;

/**
 * Takes a block as far as it goes: room, rail, hold, hand-over, booking. Each step is decided on the block as it stands and
 * written before the next begins, under names that follow from the orders; so that killed at any point and taken up again, or
 * carried on by two at once, each order is held, handed over and booked once.
 */
export async function carryOnBlock(
  tools: CollectionTools,
  { tenant, batchId, block: number }: Pick<Block, 'tenant' | 'batchId' | 'block'>,
  now: Date,
): Promise<void> {
  const batch = await tools.store.readBatch(tenant, batchId);
  if (!batch) return;
  const channel = requireChannel(await tools.store.readChannel(tenant));
  for (let round = 1; round <= roundsMax; round++) {
    const block = await tools.store.readBlock(tenant, batchId, number);
    if (!block) return;
    if (!(await oneRound(tools, batch, block, channel, now))) return;
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
    await write(tools, { ...block, items: step.items }, block, new Date(now.getTime() + restMs), step.usages);
    return true;
  }
  const booked = await bookBlock(tools, batch, block, now);
  if (isChanged(block.items, booked)) {
    await write(tools, { ...block, items: booked }, block, new Date(now.getTime() + restMs));
    return true;
  }
  const named = await nameMessages(tools, block, now);
  if (isChanged(block.items, named)) {
    await write(tools, { ...block, items: named }, block, new Date(now.getTime() + restMs));
    return true;
  }
  const handed = await handOver(tools, batch, block, channel, now);
  const due = handed.some(({ tries }) => tries.some(({ state }) => state === 'UNKNOWN'))
    ? new Date(now.getTime() + restMs)
    : step.nextTryAt;
  const isMore = isChanged(block.items, handed);
  await write(tools, { ...block, items: handed }, block, isMore ? new Date(now.getTime() + restMs) : due);
  return isMore;
}

async function decide(
  tools: CollectionTools,
  batch: Batch,
  block: Block,
  { creditor }: BankChannel,
  now: Date,
): Promise<BlockStep> {
  const { store, calendar } = tools;
  const [{ mandates, usages }, rails] = await Promise.all([
    store.readMandatesInUse(
      batch.tenant,
      block.items.map(({ mandateId }) => mandateId),
    ),
    store.readRails(batch.tenant),
  ]);
  const outages = rails.outages.flatMap((held) => held.outages);
  const quote = routeQuoter({ rails: rails.rails, outages, calendars: railCalendars });
  return routeBlock(batch, block, { mandates, usages, quote, payeeBank: creditor.bank, calendar, now });
}

/** Writes the next state of a block; where another was faster, that one's stands and this throws. */
async function write(
  { store }: CollectionTools,
  block: Block,
  read: Block,
  dueAt: Date | undefined,
  usages?: Parameters<CollectionTools['store']['replaceBlock']>[2],
): Promise<void> {
  await store.replaceBlock({ block, dueAt: dueAt?.toISOString() }, read, usages);
}
