import { Problem } from '../../../shared/problems/problem.ts';
import type { BankChannel } from '../channels/bank-channel.ts';
import type { BankGateway, BankMessage, Handover } from '../gateway/bank-gateway.ts';
import type { CollectionItem } from '../items/item.ts';
import { takeHandover } from '../items/take-report.ts';
import type { Mandate } from '../mandates/mandate.ts';
import type { CollectionTools } from '../tools.ts';
import type { Block } from './batch.ts';
import { afterReports } from './block-changes.ts';
import { blockMessages } from './block-messages.ts';
import { isOfMessage, isUnderActive, withdrawn } from './name-messages.ts';

type Mandates = ReadonlyMap<string, Mandate>;

/** Hands over what is named, and asks the bank for what it may have got; again is the same. */
export async function handOver(
  tools: CollectionTools,
  block: Block,
  channel: BankChannel,
  now: Date,
): Promise<readonly CollectionItem[]> {
  const { tenant } = block;
  const mandateIds = block.items.map(({ mandateId }) => mandateId);
  const mandates = await tools.store.readMandates(tenant, mandateIds);
  const gateway = tools.gatewayOf(channel);
  let { items } = block;
  for (const message of blockMessages(block, 'ROUTED', mandates, channel)) {
    if (await isWithdrawn(tools, items, message, mandates, now)) items = withdrawn(items, message.id);
    else items = await handed(gateway, items, message, now);
  }
  items = await asked(gateway, tenant, items, now);
  const isTime = block.dueAt !== undefined && block.dueAt <= now.toISOString();
  if (!isTime) return items;
  for (const message of blockMessages({ tenant, items }, 'UNKNOWN', mandates, channel)) {
    const isAllowed = items.every((item) => !isOfMessage(item, message.id) || isUnderActive(item, mandates, now));
    if (isAllowed) items = await handed(gateway, items, message, now);
  }
  return items;
}

/**
 * Withdraws a message of which a mandate was revoked or suspended since it was named, where nothing of it has gone yet: its
 * id is taken, so that nobody hands it over any more. Once its hand-over has begun, the bank may have it: then it goes on.
 */
async function isWithdrawn(
  { store }: CollectionTools,
  items: readonly CollectionItem[],
  { tenant, id, orders }: BankMessage,
  mandates: Mandates,
  now: Date,
): Promise<boolean> {
  const stands = items.every((item) => !isOfMessage(item, id) || isUnderActive(item, mandates, now));
  if (stands) return false;
  const handedAt = now.toISOString();
  const last = { tenant, id, fingerprint: '', state: 'WITHDRAWN', handedAt, count: orders.length, sum: '' } as const;
  if (await store.claimBankMessage(last)) return true;
  return (await store.readBankMessage(tenant, id))?.state === 'WITHDRAWN';
}

async function handed(
  gateway: BankGateway,
  items: readonly CollectionItem[],
  message: BankMessage,
  now: Date,
): Promise<readonly CollectionItem[]> {
  const handover = await gateway.hand(message, now).catch(unlessFinal);
  const at = now.toISOString();
  const after = (item: CollectionItem, orderId: string) => takeHandover(item, orderId, handover, at)?.item ?? item;
  return items.map((item) => message.orders.reduce((one, { id }) => after(one, id), item));
}

/** What the table or the bucket could not say yet is unknown; what the bank has got under this number before, it has. */
function unlessFinal(error: unknown): Handover {
  if (error instanceof Problem) throw error;
  return { outcome: 'UNKNOWN', text: 'The hand-over was not answered.' };
}

/** Items after the bank was asked what became of those of which nobody knows. */
async function asked(
  gateway: BankGateway,
  tenant: string,
  items: readonly CollectionItem[],
  now: Date,
): Promise<readonly CollectionItem[]> {
  const unknown = items.flatMap(({ tries }) => tries.filter(({ state }) => state === 'UNKNOWN'));
  if (unknown.length === 0) return items;
  const reports = await gateway.query(
    tenant,
    unknown.map(({ orderId }) => orderId),
    now,
  );
  return afterReports(items, reports);
}
