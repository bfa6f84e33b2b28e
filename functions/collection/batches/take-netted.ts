import type { DomainEvent } from '../../../shared/events/event.ts';
import { type Netted, type NettedPart, readNetted } from '../../../shared/events/netted.ts';
import type { CollectionItem, PassedOn } from '../items/item.ts';
import { orderOfMovement } from '../items/movement-id.ts';
import type { CollectionStore } from '../store.ts';
import { placeOf } from './batch.ts';
import { isChanged } from './block-changes.ts';
import { whereNobodyElseWrites } from './change-items.ts';
import { writeItems } from './write-block.ts';

type Store = Pick<CollectionStore, 'readBlock' | 'replaceBlock' | 'readMandatesInUse'>;

/** A movement that was netted, and the order that it is of. */
interface NettedMovement extends NettedPart {
  readonly orderId: string;
}

/**
 * Notes on collections for others which of their movements a netting cycle has paid to whose they are, each once however often it is
 * told; a block is written once for all that a page tells of it. Of other sources: nothing. Throws Error, after all was tried, where
 * a movement is of no order of ours.
 */
export async function takeNetted(store: Store, event: DomainEvent, now: Date): Promise<void> {
  const netted = readNetted(event, 'COLLECTIONS');
  if (!netted) return;
  const failures: unknown[] = [];
  const byBlock = Map.groupBy(netted.parts, ({ subject }) => blockName(subject));
  for (const parts of byBlock.values()) {
    try {
      await noteInBlock(store, event.tenant, netted, parts.map(movementOf), now);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Some movements that were netted could not be noted.');
}

function blockName(movementId: string): string {
  const place = placeOf(orderOfMovement(movementId) ?? '');
  return place ? `${place.batchId} ${place.block}` : movementId;
}

function movementOf(part: NettedPart): NettedMovement {
  const orderId = orderOfMovement(part.subject);
  if (orderId === undefined) throw new Error(`${part.subject} names no movement of a collection.`);
  return { ...part, orderId };
}

async function noteInBlock(
  store: Store,
  tenant: string,
  netted: Netted,
  movements: readonly NettedMovement[],
  now: Date,
): Promise<void> {
  const [first] = movements;
  const place = first && placeOf(first.orderId);
  if (!place) throw new Error(`${first?.orderId} is no order of ours.`);
  await whereNobodyElseWrites(async () => {
    const block = await store.readBlock(tenant, place.batchId, place.block);
    const orders = new Set(block?.items.flatMap(({ tries }) => tries.map(({ orderId }) => orderId)));
    const unknown = movements.find(({ orderId }) => !orders.has(orderId));
    if (!block || unknown) throw new Error(`There is no order ${(unknown ?? first).orderId}.`);
    const items = block.items.map((item) => withPassedOn(item, netted, movements));
    if (isChanged(block.items, items)) await writeItems(store, block, { items }, now);
  });
}

/** An item with what was netted of it; what is noted on it already stays as it is. */
export function withPassedOn(
  item: CollectionItem,
  { cycleId, valueDate }: Pick<Netted, 'cycleId' | 'valueDate'>,
  movements: readonly NettedMovement[],
): CollectionItem {
  const { tries, passedOn = [] } = item;
  const known = new Set(passedOn.map((one) => `${one.movementId} ${one.cycleId}`));
  const own = movements.filter(({ orderId }) => tries.some((one) => one.orderId === orderId));
  const fresh = own
    .map(({ subject: movementId, amount }): PassedOn => ({ movementId, cycleId, valueDate, amount }))
    .filter((one) => !known.has(`${one.movementId} ${one.cycleId}`));
  return fresh.length === 0 ? item : { ...item, passedOn: [...passedOn, ...fresh] };
}
