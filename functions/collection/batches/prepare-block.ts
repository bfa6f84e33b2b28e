import type { BankChannel } from '../channels/bank-channel.ts';
import type { BankReport } from '../gateway/bank-gateway.ts';
import type { TryState } from '../items/item.ts';
import { termsOver } from '../retries/terms-over.ts';
import { railCalendars } from '../routing/default-rails.ts';
import { routeQuoter } from '../routing/quote-routes.ts';
import type { CollectionTools } from '../tools.ts';
import { type Batch, type Block, isOnlyStored } from './batch.ts';
import { afterReports, isChanged } from './block-changes.ts';
import { messagesIn } from './block-messages.ts';
import { bookBlock } from './book-due.ts';
import { changeItems, type ItemsChange } from './change-items.ts';
import { dueTime } from './due-time.ts';
import { nameMessages } from './name-messages.ts';
import { type BlockStep, routeBlock } from './route-block.ts';
import { writeItems } from './write-block.ts';

/** Of these nobody knows more until the bank says it; where no word comes, it is asked. */
const openStates: readonly TryState[] = ['UNKNOWN', 'SUBMITTED', 'PROCESSING'];
const roundsMax = 8;

/** What the blocks of a batch have in common. */
export interface BatchContext {
  readonly batch: Batch;
  readonly channel: BankChannel;
}

/** The messages that are to be handed over, as far as a block knows. */
export interface Prepared {
  readonly toHand: ReadonlySet<string>;
  /** Nobody knows whether the bank has them, and it is time to hand them over again. */
  readonly toHandAgain: ReadonlySet<string>;
}

const nothing: Prepared = { toHand: new Set(), toHandAgain: new Set() };

/**
 * Takes a block as far as it goes by itself: a change from outside, room, rail, hold, the naming of messages, booking. Each
 * step is decided on the block as it stands and written before the next begins, under names that follow from the orders; so
 * that killed at any point and taken up again, or carried on by two at once, each order is held and booked once. Throws
 * what DynamoDB throws where another was faster.
 */
export async function prepareBlock(
  tools: CollectionTools,
  context: BatchContext,
  number: number,
  change: ItemsChange | undefined,
  now: Date,
): Promise<Prepared> {
  const { store } = tools;
  const { tenant, id } = context.batch;
  const first = await store.readBlock(tenant, id, number);
  if (!first) return nothing;
  const isTime = first.dueAt !== undefined && first.dueAt <= now.toISOString();
  const told = isTime ? await reportsOn(tools, context.channel, first, openStates, now) : [];
  const whole: ItemsChange = (items) => (change ?? unchanged)(afterReports(items, told));
  await changeItems(tools, first, whole, now);
  for (let round = 1; round <= roundsMax; round++) {
    const block = await store.readBlock(tenant, id, number);
    if (!block) return nothing;
    if (await oneStep(tools, context, block, now)) continue;
    const toHandAgain = isTime ? messagesIn(block, 'UNKNOWN') : nothing.toHandAgain;
    return { toHand: messagesIn(block, 'ROUTED'), toHandAgain };
  }
  return nothing;
}

/** One step of a block; false where there is nothing more to do by itself. */
async function oneStep(
  tools: CollectionTools,
  { batch, channel }: BatchContext,
  block: Block,
  now: Date,
): Promise<boolean> {
  const { store } = tools;
  const step = await decide(tools, batch, block, channel, now);
  if (step.usages.size > 0 || isChanged(block.items, step.items)) {
    await writeItems(store, block, step, now);
    return true;
  }
  const booked = await bookBlock(tools, batch, block, now);
  const named = await nameMessages(tools, channel, { ...block, items: booked }, now);
  if (isChanged(block.items, named.items)) {
    await writeItems(store, block, named, now);
    return true;
  }
  const items = afterReports(block.items, await reportsOn(tools, channel, block, ['UNKNOWN'], now));
  const isAnother = isChanged(block.items, items);
  // What was only stored is written in any case: that is how its items are told.
  const isToWrite = isAnother || isOnlyStored(block) || isDueAtAnother(block, dueTime(items, now), now);
  if (isToWrite) await writeItems(store, block, { items }, now);
  return isAnother;
}

/** Looked at too early does no harm; too late, or never, would. */
function isDueAtAnother({ dueAt }: Block, due: string | undefined, now: Date): boolean {
  if (dueAt === undefined || due === undefined) return dueAt !== due;
  return due < dueAt || dueAt <= now.toISOString();
}

async function decide(
  { store, calendar }: CollectionTools,
  batch: Batch,
  block: Block,
  { channel, creditor }: BankChannel,
  now: Date,
): Promise<BlockStep> {
  const mandateIds = block.items.map(({ mandateId }) => mandateId);
  const [{ mandates, usages }, rails] = await Promise.all([
    store.readMandatesInUse(batch.tenant, mandateIds),
    store.readRails(batch.tenant),
  ]);
  const outages = rails.outages.flatMap((held) => held.outages);
  const quote = routeQuoter({ rails: rails.rails, outages, calendars: railCalendars });
  const terms = termsOver(channel, mandates);
  return routeBlock(batch, block, { mandates: terms, usages, quote, payeeBank: creditor.bank, calendar, now });
}

/** What the bank says of the orders of a block in these states, where it is asked. */
async function reportsOn(
  tools: CollectionTools,
  channel: BankChannel,
  { tenant, items }: Block,
  states: readonly TryState[],
  now: Date,
): Promise<readonly BankReport[]> {
  const open = items.flatMap(({ tries }) => tries.filter(({ state }) => states.includes(state)));
  if (open.length === 0) return [];
  const orderIds = open.map(({ orderId }) => orderId);
  return await tools.gatewayOf(channel).query(tenant, orderIds, now);
}

function unchanged<Items>(items: Items): Items {
  return items;
}
