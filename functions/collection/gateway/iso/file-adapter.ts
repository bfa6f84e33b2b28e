import { FileNotWritten } from '../../../../shared/files/file-not-written.ts';
import { PaymentMessageError } from '../../../../shared/formats/pain/payment-message-error.ts';
import type { CollectionStore } from '../../store.ts';
import type { BankAdapter, Beginning } from '../bank-adapter.ts';
import type { BankMessage, BankReport, Handover } from '../bank-gateway.ts';
import { neverGoes, outcomeOf, requireMessage, startWriting } from '../move-message.ts';
import { idFault, messageDiffers, type SentMessage } from '../sent-message.ts';
import { type FileTerms, messageFile } from './message-file.ts';
import { orderFault } from './order-fault.ts';

/** Where files for banks are put. */
export interface Outbox {
  /** Answers when it lies there. Throws FileNotWritten where it does not; whatever else it throws, it may. */
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
 * The orders are noted, then the message is moved to WRITING, then the file is written, then that is noted. Until it is,
 * again writes the same bytes to the same place. Where the outbox answers that it did not write, and nobody else can have,
 * nothing has gone: only a write without an answer leaves a doubt.
 */
async function send(
  { store, outbox }: FileTools,
  message: BankMessage,
  sent: SentMessage,
  now: Date,
): Promise<Handover> {
  const { terms = '{}', handedAt } = sent;
  const file = await messageFile(message, JSON.parse(terms) as FileTerms, handedAt);
  const [other] = await store.writeSentOrders(message.tenant, message.id, file.orders);
  if (other !== undefined) return await unlessCarried(store, sent, other);
  const { sent: writing, isAlone } = await startWriting(store, sent, now);
  if (writing.state !== 'WRITING') return outcomeOf(writing);
  try {
    await outbox.write(outboxKey(message), new TextEncoder().encode(file.text), now);
  } catch (error) {
    const text = `The file may have been written or not: ${(error as Error).message}`;
    if (isAlone && error instanceof FileNotWritten) await store.moveBankMessage(writing, { state: 'BEGUN' });
    return { outcome: 'UNKNOWN', text };
  }
  await store.noteSent(writing);
  return { outcome: 'TAKEN' };
}

/** Orders of a message that was withdrawn meanwhile may go in another. */
async function unlessCarried(store: CollectionStore, sent: SentMessage, orderId: string): Promise<Handover> {
  const standing = await requireMessage(store, sent);
  if (neverGoes(standing)) return outcomeOf(standing);
  throw carriedAlready(sent.id, orderId);
}

async function requireFree(store: CollectionStore, { tenant, id, orders }: BankMessage): Promise<void> {
  const ids = orders.map((order) => order.id);
  const others = (await store.readSentOrders(tenant, ids)).filter(({ messageId }) => messageId !== id);
  for (const [messageId, [one]] of Map.groupBy(others, (other) => other.messageId)) {
    const carrier = await store.readBankMessage(tenant, messageId);
    if (one && carrier?.state !== 'WITHDRAWN') throw carriedAlready(id, one.id);
  }
}

function carriedAlready(messageId: string, orderId: string) {
  return messageDiffers(messageId, `The order ${orderId} was handed over before, in another message.`);
}

/** Files cannot be asked: what the bank has told by itself. */
async function query(store: CollectionStore, tenant: string, orderIds: readonly string[]): Promise<BankReport[]> {
  const stored = await Promise.all(orderIds.map((id) => store.readReports(tenant, id)));
  return stored.flat().map(({ report }) => report);
}
