import type { DomainEvent } from '../../shared/events/event.ts';
import type { ItemChange } from '../../shared/events/relay.ts';
import { deriveId } from '../../shared/identifiers/id.ts';
import type { CurrencyCode } from '../../shared/money/currency.ts';
import { type Block, itemsPerBlockMax } from './batches/batch.ts';
import { batchState } from './batches/batch-figures.ts';
import { batchFromPlain, blockFromPlain } from './batches/block-items.ts';
import { presentBatchHead, presentItem, presentMoney } from './batches/present-batch.ts';
import { progressFromPlain } from './batches/progress-items.ts';
import { type CollectionItem, itemState, moneyOf } from './items/item.ts';

/** What changes of batches and their items tell the world. */
export function collectionEvents({ item = {}, previous }: Pick<ItemChange, 'item' | 'previous'>): DomainEvent[] {
  if (item.kind === 'BATCH') return [acceptedEvent(item)];
  if (item.kind === 'BATCH_PROGRESS') return endedEvents(item);
  // A block that was only stored counts when a batch names it; from then on it changes.
  return previous ? itemEvents(blockFromPlain(item), blockFromPlain(previous)) : [];
}

function acceptedEvent(item: Record<string, unknown>): DomainEvent {
  const batch = batchFromPlain(item);
  const { id, tenant, createdAt, cause } = batch;
  const type = 'collection.batch-accepted.v1';
  const data = presentBatchHead(batch);
  return {
    id: deriveId('evt', type, tenant, id),
    type,
    tenant,
    occurredAt: createdAt,
    subject: id,
    actor: cause,
    data,
  };
}

/** All blocks have come to their end: told once. */
function endedEvents(item: Record<string, unknown>): DomainEvent[] {
  const { tenant, batchId, number, blocks, closed, refused, amount, money, cause, at } = progressFromPlain(item);
  if (closed < blocks) return [];
  const type = 'collection.batch-ended.v1';
  const currency = String(item.currency) as CurrencyCode;
  const state = batchState(money, amount, refused);
  const data = { batchId, number, state, money: presentMoney(money, currency), refusedLines: refused };
  const id = deriveId('evt', type, tenant, batchId);
  return [{ id, type, tenant, occurredAt: at, subject: batchId, actor: cause, data }];
}

/** An event for each item whose state, or whose money, is another than before; of every item that it was accepted, once. */
function itemEvents(after: Block, before: Block): DomainEvent[] {
  return after.items.flatMap((item, place) => {
    const was = before.items[place];
    const told = was && isTold(was, item) ? [itemEvent(after, place, item, nameOf(item))] : [];
    const isFirst = before.revision === 1 && was !== undefined;
    return isFirst ? [itemEvent(after, place, was, 'accepted'), ...told] : told;
  });
}

function isTold(was: CollectionItem, is: CollectionItem): boolean {
  const before = moneyOf(was);
  const after = moneyOf(is);
  return (
    itemState(was) !== itemState(is) ||
    was.tries.length !== is.tries.length ||
    before.settled !== after.settled ||
    before.returned !== after.returned
  );
}

/** What is accepted again waits for its next try. */
function nameOf(item: CollectionItem): string {
  const state = itemState(item);
  return state === 'ACCEPTED' ? 'waiting' : state.toLowerCase();
}

function itemEvent(block: Block, place: number, item: CollectionItem, name: string): DomainEvent {
  const { tenant, batchId, revision, cause } = block;
  const index = String(block.block * itemsPerBlockMax + place);
  const type = `collection.item-${name}.v1`;
  return {
    id: deriveId('evt', type, tenant, batchId, index, String(revision)),
    type,
    tenant,
    occurredAt: block.changedAt,
    subject: batchId,
    actor: cause,
    data: { batchId, ...presentItem(item) },
  };
}
