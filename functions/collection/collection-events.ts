import type { DomainEvent } from '../../shared/events/event.ts';
import type { ItemChange } from '../../shared/events/relay.ts';
import { deriveId } from '../../shared/identifiers/id.ts';
import { presentAmount } from '../../shared/money/present.ts';
import { defined } from '../../shared/objects/defined.ts';
import { type Batch, type Block, isOnlyStored, itemsPerBlockMax } from './batches/batch.ts';
import { batchFromPlain, blockFromPlain } from './batches/block-items.ts';
import { ownerIdOf, ownerOf } from './batches/owner.ts';
import {
  presentBatchHead,
  presentCollectionHead,
  presentContradiction,
  presentItem,
  presentMoney,
} from './batches/present-batch.ts';
import { type BatchProgress, isEnded, progressFromPlain, stateOf } from './batches/progress-items.ts';
import type { CollectionItem } from './items/item.ts';
import { itemAt } from './items/item-at.ts';
import { factsOf, type ItemFact, newFacts } from './items/item-facts.ts';
import { movementIdOf } from './items/movement-id.ts';

/** What changes of batches and their items tell the world. */
export function collectionEvents({ item = {}, previous }: Pick<ItemChange, 'item' | 'previous'>): DomainEvent[] {
  if (item.kind === 'BATCH') return [acceptedEvent(batchFromPlain(item))];
  if (item.kind === 'BATCH_PROGRESS')
    return endedEvents(progressFromPlain(item), previous && progressFromPlain(previous));
  return blockEvents(blockFromPlain(item), previous && blockFromPlain(previous));
}

function acceptedEvent(batch: Batch): DomainEvent {
  const { id, tenant, createdAt, single, cause } = batch;
  const type = `collection.${single ? 'collection' : 'batch'}-accepted.v1`;
  const data = single ? presentCollectionHead(batch) : presentBatchHead(batch);
  return {
    id: deriveId('evt', type, tenant, id),
    type,
    tenant,
    occurredAt: createdAt,
    subject: data.id,
    actor: cause,
    data,
  };
}

/** All blocks have come to their end: told once. Money that comes back later is told of its item. */
function endedEvents(progress: BatchProgress, before: BatchProgress | undefined): DomainEvent[] {
  if (!isEnded(progress) || (before && isEnded(before))) return [];
  const { tenant, batchId, number, single, refused, currency, money, cause, at } = progress;
  const type = `collection.${single ? 'collection' : 'batch'}-ended.v1`;
  const figures = { state: stateOf(progress), money: presentMoney(money, currency) };
  const ofBatch = single ? {} : { number, refusedLines: refused };
  return [
    {
      id: deriveId('evt', type, tenant, batchId),
      type,
      tenant,
      occurredAt: at,
      subject: ownerIdOf(progress),
      actor: cause,
      data: { ...ownerOf(progress), ...ofBatch, ...figures },
    },
  ];
}

/**
 * What came to be so of the items of a block since before, each with the item as it was then. Without a before, as a redrive has it, all
 * that is so of them, under the ids under which it was told; what the items do not remember the time of, as of the block's last change. A
 * block that was only stored tells nothing; it is written again when its batch is carried on.
 */
function blockEvents(after: Block, before: Block | undefined): DomainEvent[] {
  if (isOnlyStored(after) || after.revision === before?.revision) return [];
  const known = before && !isOnlyStored(before) ? before.items : [];
  return after.items.flatMap((item, place) => {
    const was = known[place];
    const facts = was ? newFacts(was, item) : factsOf(item);
    return facts.map((fact) => itemEvent(after, place, itemAt(was, item, fact), fact));
  });
}

function itemEvent(block: Block, place: number, item: CollectionItem, fact: ItemFact): DomainEvent {
  const { tenant, batchId, cause, changedAt } = block;
  const { name, key, at: occurredAt = changedAt, settledNow, returnedNow, told } = fact;
  const index = String(block.block * itemsPerBlockMax + place);
  const type = name === 'contradicted' ? 'collection.report-contradicts.v1' : `collection.item-${name}.v1`;
  const show = (minor: bigint | undefined) => (minor === undefined ? undefined : presentAmount(minor, item.currency));
  const now = defined({
    settledNow: show(settledNow),
    returnedNow: show(returnedNow),
    movementId: movementIdOf(fact),
    report: told && presentContradiction(told, item.currency),
  });
  return {
    id: deriveId('evt', type, tenant, batchId, index, key),
    type,
    tenant,
    occurredAt,
    subject: ownerIdOf(block),
    actor: cause,
    data: { ...ownerOf(block), ...presentItem(item), ...now },
  };
}
