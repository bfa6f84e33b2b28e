import { deriveId } from '../../../shared/identifiers/id.ts';
import { Problem } from '../../../shared/problems/problem.ts';
import type { BankChannel } from '../channels/bank-channel.ts';
import type { Handover } from '../gateway/bank-gateway.ts';
import type { CollectionItem, Try } from '../items/item.ts';
import { takeHandover } from '../items/take-report.ts';
import { mandateState } from '../mandates/mandate.ts';
import type { CollectionTools } from '../tools.ts';
import type { Batch, Block } from './batch.ts';
import { afterReports } from './block-changes.ts';
import { blockMessages } from './block-messages.ts';

/**
 * Fixes which message carries which order, before any goes out. An order whose mandate was revoked or suspended meanwhile
 * stays behind: from the moment of a revocation nothing more is handed over.
 */
export async function nameMessages(
  { store }: CollectionTools,
  block: Block,
  now: Date,
): Promise<readonly CollectionItem[]> {
  const waiting = block.items.filter(({ tries }) => tries.some(isWaiting));
  if (waiting.length === 0) return block.items;
  const { mandates } = await store.readMandatesInUse(
    block.tenant,
    waiting.map(({ mandateId }) => mandateId),
  );
  const isActive = ({ mandateId, dueOn }: CollectionItem) => {
    const mandate = mandates.get(mandateId);
    return mandate !== undefined && mandateState(mandate, dueOn) === 'ACTIVE';
  };
  const going = waiting.filter(isActive).flatMap(({ tries }) => tries.filter(isWaiting));
  const messageOf = new Map<string, string>();
  for (const [rail, orders] of Map.groupBy(going, ({ railId }) => railId)) {
    const ids = orders.map(({ orderId }) => orderId).sort();
    for (const id of ids) messageOf.set(id, deriveId('m', block.tenant, rail, ...ids).slice('m_'.length));
  }
  const at = now.toISOString();
  return block.items.map((item) => ({
    ...item,
    tries: item.tries.map((one): Try => {
      if (!isWaiting(one)) return one;
      const messageId = messageOf.get(one.orderId);
      if (messageId !== undefined) return { ...one, messageId };
      return { ...one, state: 'NEVER_LEFT', reason: 'MANDATE_REVOKED', endedAt: at };
    }),
  }));
}

function isWaiting({ state, booked, messageId }: Try): boolean {
  return state === 'ROUTED' && booked?.held === true && messageId === undefined;
}

/** Hands over what is named, and asks the bank for what it may have got; again is the same. */
export async function handOver(
  tools: CollectionTools,
  batch: Batch,
  block: Block,
  channel: BankChannel,
  now: Date,
): Promise<readonly CollectionItem[]> {
  const { store } = tools;
  const { mandates } = await store.readMandatesInUse(
    batch.tenant,
    block.items.map(({ mandateId }) => mandateId),
  );
  const gateway = tools.gatewayOf(channel);
  let { items } = block;
  for (const message of blockMessages(block, mandates, channel)) {
    const handover = await gateway.hand(message, now).catch(unlessFinal);
    items = afterHandover(
      items,
      message.orders.map(({ id }) => id),
      handover,
      now.toISOString(),
    );
  }
  const unknown = items.flatMap(({ tries }) => tries.filter(({ state }) => state === 'UNKNOWN'));
  if (unknown.length === 0) return items;
  const reports = await gateway.query(
    batch.tenant,
    unknown.map(({ orderId }) => orderId),
    now,
  );
  return afterReports(items, reports);
}

/** What the table or the bucket could not say yet is unknown; what the bank has got under this number before, it has. */
function unlessFinal(error: unknown): Handover {
  if (error instanceof Problem) throw error;
  return { outcome: 'UNKNOWN', text: 'The hand-over was not answered.' };
}

function afterHandover(
  items: readonly CollectionItem[],
  orderIds: readonly string[],
  handover: Handover,
  at: string,
): readonly CollectionItem[] {
  return items.map((item) =>
    orderIds.reduce((one, orderId) => takeHandover(one, orderId, handover, at)?.item ?? one, item),
  );
}
