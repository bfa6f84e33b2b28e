import { PaymentMessageError } from '../../../../shared/formats/pain/payment-message-error.ts';
import type { CollectionStore } from '../../store.ts';
import type { BankGateway, BankMessage, BankReport, Handover } from '../bank-gateway.ts';
import {
  fingerprintOfMessage,
  messageDiffers,
  messageFault,
  notTakenSinceWithdrawn,
  requireSameMessage,
  type SentMessage,
} from '../sent-message.ts';
import { type CollectionFile, collectionFile, type FileTerms } from './collection-file.ts';

/** Where files for banks are put; answers when they lie there. */
export interface Outbox {
  write(key: string, bytes: Uint8Array<ArrayBuffer>, now: Date): Promise<void>;
}

export interface FileTools {
  readonly store: CollectionStore;
  readonly outbox: Outbox;
}

/** A bank that is reached by files of ISO 20022: pain.008 out; what comes back is read as it comes in. */
export function fileGateway(tools: FileTools, terms: FileTerms): BankGateway {
  return {
    hand: (message, now) => hand(tools, terms, message, now),
    query: (tenant, orderIds) => query(tools.store, tenant, orderIds),
  };
}

/**
 * Where the file of a message lies. The rail is part of it: the file itself has no place for it, and a connector takes
 * folders to the bank's order types.
 */
export function outboxKey({ tenant, id, orders }: BankMessage): string {
  const rail = orders[0]?.railKind ?? 'FILE';
  return `outbox/${nameOf(tenant)}/${rail}/${nameOf(id)}.xml`;
}

/** Another for each id, of characters that need no escaping in a signed URL or in a folder. */
function nameOf(id: string): string {
  const escaped = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(id).replace(/[!'()*]/g, escaped);
}

/**
 * The message is remembered with what its file is made of, then its orders, then the file is written, then that is
 * noted. Until it is, handing the message over again writes the same bytes to the same place; after it, nothing.
 */
async function hand(
  { store, outbox }: FileTools,
  terms: FileTerms,
  message: BankMessage,
  now: Date,
): Promise<Handover> {
  const { tenant, id } = message;
  const fault = messageFault(message);
  if (fault !== undefined) return { outcome: 'NOT_TAKEN', text: fault };
  const fingerprint = fingerprintOfMessage('FILES', message);
  const known = await store.readBankMessage(tenant, id);
  if (known?.state === 'WITHDRAWN') return notTakenSinceWithdrawn;
  if (known) requireSameMessage(known, fingerprint);
  if (known?.state === 'SENT') return { outcome: 'TAKEN' };
  const begun = known ?? (await begin(store, terms, message, fingerprint, now));
  if ('outcome' in begun) return begun;
  const file = await fileOf(message, begun);
  await noteOrders(store, message, file);
  try {
    await outbox.write(outboxKey(message), new TextEncoder().encode(file.text), now);
  } catch (error) {
    return { outcome: 'UNKNOWN', text: `The file may have been written or not: ${(error as Error).message}` };
  }
  await store.moveBankMessage(begun, { state: 'SENT', handedAt: begun.handedAt });
  return { outcome: 'TAKEN' };
}

/** Remembers a message that can be written; where another was faster, that one's. */
async function begin(
  store: CollectionStore,
  terms: FileTerms,
  message: BankMessage,
  fingerprint: string,
  now: Date,
): Promise<SentMessage | Handover> {
  const { tenant, id, orders } = message;
  const handedAt = now.toISOString();
  const draft = { tenant, id, fingerprint, state: 'BEGUN', handedAt, terms: JSON.stringify(terms) } as const;
  const file = await writable(message, { ...draft, count: orders.length, sum: '' });
  if ('outcome' in file) return file;
  await requireFree(store, message);
  const asked: SentMessage = { ...draft, count: orders.length, sum: file.sum };
  if (await store.claimBankMessage(asked)) return asked;
  const held = await store.readBankMessage(tenant, id);
  if (!held) throw new Error(`The message ${id} was there and is not.`);
  if (held.state === 'WITHDRAWN') return notTakenSinceWithdrawn;
  requireSameMessage(held, fingerprint);
  return held;
}

async function writable(message: BankMessage, draft: SentMessage): Promise<CollectionFile | Handover> {
  try {
    return await fileOf(message, draft);
  } catch (error) {
    if (error instanceof PaymentMessageError) return { outcome: 'NOT_TAKEN', text: error.message };
    throw error;
  }
}

function fileOf(message: BankMessage, { terms = '{}', handedAt }: SentMessage): Promise<CollectionFile> {
  return collectionFile(message, JSON.parse(terms) as FileTerms, handedAt);
}

async function requireFree(store: CollectionStore, { tenant, id, orders }: BankMessage): Promise<void> {
  const sent = await store.readSentOrders(
    tenant,
    orders.map((order) => order.id),
  );
  const other = sent.find(({ messageId }) => messageId !== id);
  if (other) throw carriedAlready(id, other.id);
}

async function noteOrders(
  store: CollectionStore,
  { tenant, id }: BankMessage,
  { orders }: CollectionFile,
): Promise<void> {
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
