import { businessDateOf } from '../../../shared/calendar/plain-date.ts';
import { deriveId } from '../../../shared/identifiers/id.ts';
import type { CollectionItem, Try } from '../items/item.ts';
import { type Mandate, mandateState } from '../mandates/mandate.ts';
import type { CollectionTools } from '../tools.ts';
import type { Block } from './batch.ts';

/**
 * Fixes which message carries which order, before any goes out. An order whose mandate was revoked or suspended meanwhile
 * stays behind: from the moment of a revocation nothing more is handed over.
 */
export async function nameMessages(
  { store }: CollectionTools,
  { tenant, items }: Block,
  now: Date,
): Promise<readonly CollectionItem[]> {
  const waiting = items.filter(({ tries }) => tries.some(isWaiting));
  if (waiting.length === 0) return items;
  const mandates = await store.readMandates(
    tenant,
    waiting.map(({ mandateId }) => mandateId),
  );
  const going = waiting
    .filter((item) => isUnderActive(item, mandates, now))
    .flatMap(({ tries }) => tries.filter(isWaiting));
  const messageOf = new Map<string, string>();
  for (const [rail, orders] of Map.groupBy(going, ({ railId }) => railId)) {
    const ids = orders.map(({ orderId }) => orderId).sort();
    // Banks take no underscore in the number of a message.
    for (const id of ids) messageOf.set(id, deriveId('m', tenant, rail, ...ids).slice('m_'.length));
  }
  const at = now.toISOString();
  return items.map((item) => ({ ...item, tries: item.tries.map((one) => (isWaiting(one) ? named(one) : one)) }));

  function named(one: Try): Try {
    const messageId = messageOf.get(one.orderId);
    if (messageId !== undefined) return { ...one, messageId };
    return { ...one, state: 'NEVER_LEFT', reason: 'MANDATE_REVOKED', endedAt: at };
  }
}

/** The orders of a message that never went: they are named anew, but for those whose mandates do not stand. */
export function withdrawn(items: readonly CollectionItem[], withdrawnId: string): readonly CollectionItem[] {
  return items.map((item) => ({
    ...item,
    tries: item.tries.map((one) => {
      const { messageId, ...unnamed } = one;
      return messageId === withdrawnId ? unnamed : one;
    }),
  }));
}

export function isOfMessage({ tries }: CollectionItem, id: string): boolean {
  return tries.some(({ messageId }) => messageId === id);
}

/** Whether its mandate may be collected under now. */
export function isUnderActive(
  { mandateId }: CollectionItem,
  mandates: ReadonlyMap<string, Mandate>,
  now: Date,
): boolean {
  const mandate = mandates.get(mandateId);
  return mandate !== undefined && mandateState(mandate, businessDateOf(now)) === 'ACTIVE';
}

/** Held, and in no message yet. */
function isWaiting({ state, booked, messageId }: Try): boolean {
  return state === 'ROUTED' && booked?.held === true && messageId === undefined;
}
