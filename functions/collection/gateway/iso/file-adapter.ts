import { PaymentMessageError } from '../../../../shared/formats/pain/payment-message-error.ts';
import type { CollectionStore } from '../../store.ts';
import type { BankAdapter, Beginning } from '../bank-adapter.ts';
import type { BankMessage, BankReport, Handover } from '../bank-gateway.ts';
import { idFault, messageDiffers, type SentMessage } from '../sent-message.ts';
import { type FileTerms, type MessageFile, messageFile } from './message-file.ts';
import { orderFault } from './order-fault.ts';

/** Where files for banks are put; answers when they lie there. */
export interface Outbox {
  write(key: string, bytes: Uint8Array<ArrayBuffer>, now: Date): Promise<void>;
}

export interface FileTools {
  readonly store: CollectionStore;
  readonly outbox: Outbox;
}

/** A bank that is reached by files of ISO 20022: pain.008 and pain.001 out; what comes back is read as it comes in. */
export function fileAdapter(tools: FileTools, terms: FileTerms): BankAdapter {
  return {
    faultOf: (order) => idFault(order.id) ?? orderFault(order, terms.characters),
    begin: (message, at) => begin(tools.store, terms, message, at),
    send: (message, sent, _, now) => send(tools, message, sent, now),
    query: (tenant, orderIds) => query(tools.store, tenant, orderIds),
  };
}

/**
 * Where the file of a message lies. The rail is part of it: the file itself has no place for it, and a connector takes
 * folders to the bank's order types.
 */
export function outboxKey({ direction, tenant, id, orders }: BankMessage): string {
  const rail = orders[0]?.railKind ?? 'FILE';
  const folder = direction === 'PAY' ? `payments/${rail}` : rail;
  return `outbox/${nameOf(tenant)}/${folder}/${nameOf(id)}.xml`;
}

/** Another for each id, of characters that need no escaping in a signed URL or in a folder. */
function nameOf(id: string): string {
  const escaped = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(id).replace(/[!'()*]/g, escaped);
}

/** A message that can be written, and whose orders no other has carried. */
async function begin(store: CollectionStore, terms: FileTerms, message: BankMessage, at: string): Promise<Beginning> {
  try {
    const { sum } = await messageFile(message, terms, at);
    await requireFree(store, message);
    return { state: 'BEGUN', terms: JSON.stringify(terms), sum };
  } catch (error) {
    if (error instanceof PaymentMessageError) return { state: 'NOT_TAKEN', text: error.message };
    throw error;
  }
}

/**
 * The orders are remembered, then the file is written, then that is noted. Until it is, again writes the same bytes to the
 * same place.
 */
async function send(
  { store, outbox }: FileTools,
  message: BankMessage,
  sent: SentMessage,
  now: Date,
): Promise<Handover> {
  const { terms = '{}', handedAt } = sent;
  const file = await messageFile(message, JSON.parse(terms) as FileTerms, handedAt);
  await noteOrders(store, message, file);
  try {
    await outbox.write(outboxKey(message), new TextEncoder().encode(file.text), now);
  } catch (error) {
    return { outcome: 'UNKNOWN', text: `The file may have been written or not: ${(error as Error).message}` };
  }
  await store.moveBankMessage(sent, { state: 'SENT', handedAt });
  return { outcome: 'TAKEN' };
}

async function requireFree(store: CollectionStore, { tenant, id, orders }: BankMessage): Promise<void> {
  const sent = await store.readSentOrders(
    tenant,
    orders.map((order) => order.id),
  );
  const other = sent.find(({ messageId }) => messageId !== id);
  if (other) throw carriedAlready(id, other.id);
}

async function noteOrders(store: CollectionStore, { tenant, id }: BankMessage, { orders }: MessageFile): Promise<void> {
  const [other] = await store.writeSentOrders(tenant, id, orders);
  if (other !== undefined) throw carriedAlready(id, other);
}

function carriedAlready(messageId: string, orderId: string) {
  return messageDiffers(messageId, `The order ${orderId} was handed over before, in another message.`);
}

/** Files cannot be asked: what the bank has told by itself. */
async function query(store: CollectionStore, tenant: string, orderIds: readonly string[]): Promise<BankReport[]> {
  const stored = await Promise.all(orderIds.map((id) => store.readReports(tenant, id)));
  return stored.flat().map(({ report }) => report);
}
