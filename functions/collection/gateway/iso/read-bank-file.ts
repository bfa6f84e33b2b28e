import { createHash } from 'node:crypto';
import type { StatusIndex } from '../../../../shared/formats/pain/status-index.ts';
import { normaliseAccountNumber } from '../../../../shared/identifiers/account-number.ts';
import { deriveId } from '../../../../shared/identifiers/id.ts';
import type { CollectionStore } from '../../store.ts';
import type { BankReport, TakeReports } from '../bank-gateway.ts';
import { neverGoes } from '../move-message.ts';
import { bankIdLengthMax } from '../sent-message.ts';
import { type BankFile, bankFileBytesMax } from './bank-file.ts';
import { FileRefused, refusalOf } from './file-refused.ts';
import { type MessageName, parseBankFile } from './parse-bank-file.ts';
import { type Movement, reportsOfMovements } from './read-movements.ts';
import { reportsOfStatus } from './read-status-report.ts';

export interface ReadTools {
  readonly store: CollectionStore;
  readonly take: TakeReports;
  /** The bytes of the file, the same at every call. */
  readonly read: () => AsyncIterable<Uint8Array>;
}

interface Reading {
  readonly tenant: string;
  readonly fileId: string;
  readonly source: string;
  readonly readAt: string;
}

/**
 * Takes in what a file of a bank reports, whole or not at all, and notes what became of it. A file that was read changes
 * nothing when it comes again; one that broke off is read again, and its reports are the same. It is read twice, once for
 * its name and once for what it says, so that it never is in memory whole.
 */
export async function readBankFile(
  { store, take, read }: ReadTools,
  { tenant, key }: { readonly tenant: string; readonly key: string },
  now: Date,
): Promise<BankFile> {
  const digest = await digestOf(read());
  const id = deriveId('bfl', tenant, digest ?? `too-large:${key}`);
  const known = await store.readBankFile(tenant, id);
  if (known?.status === 'READ') return known;
  const at = now.toISOString();
  const file = { tenant, id, key, at };
  try {
    if (digest === undefined) throw new FileRefused('too-large', `The file is larger than ${bankFileBytesMax} bytes.`);
    const reports = await reportsIn(store, read(), { tenant, fileId: id, source: `file:${id}`, readAt: at });
    await take(tenant, reports, now);
    return await store.noteBankFile({ ...file, status: 'READ', reports: reports.length });
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    const { reason, message: detail } = refusal;
    return await store.noteBankFile({ ...file, status: 'REFUSED', reports: 0, reason, detail });
  }
}

/** SHA-256 of a file; nothing where it is beyond the limit. */
async function digestOf(chunks: AsyncIterable<Uint8Array>): Promise<string | undefined> {
  const digest = createHash('sha256');
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > bankFileBytesMax) return undefined;
    digest.update(chunk);
  }
  return digest.digest('hex');
}

/** What a file says, whose messages are kept for it last: a file that is refused keeps none. */
async function reportsIn(
  store: CollectionStore,
  chunks: AsyncIterable<Uint8Array>,
  reading: Reading,
): Promise<BankReport[]> {
  const parsed = await parseBankFile(chunks);
  if (parsed.kind === 'STATUS') return await statusReports(store, parsed.index, reading);
  const reports = await movementReports(store, parsed.movements, reading);
  await requireFirst(store, parsed.names, reading);
  return reports;
}

/** A bank gives a MsgId once: what comes under it again, with other content, is not taken for more of it. */
async function requireFirst(store: CollectionStore, names: readonly MessageName[], { tenant, fileId }: Reading) {
  const repeated = await store.claimFileMessages(tenant, names, fileId);
  if (!repeated) return;
  const [kind, messageId] = repeated;
  throw new FileRefused('message-id-repeated', `Another ${kind} came with the MsgId ${messageId}.`);
}

/** The bank that answers is that of our account in the message. */
async function statusReports(store: CollectionStore, index: StatusIndex, reading: Reading): Promise<BankReport[]> {
  const { originalMessageId, messageId } = index.report;
  const message = await store.readBankMessage(reading.tenant, originalMessageId);
  if (message?.channel !== 'FILES' || neverGoes(message)) {
    throw new FileRefused('unknown-message', `No file was sent with the message ${originalMessageId}.`);
  }
  const orders = await store.readOrdersOfMessage(reading.tenant, originalMessageId);
  const reports = reportsOfStatus(index, message, orders, reading);
  const account = normaliseAccountNumber(message.account.number);
  await requireFirst(store, messageId === undefined ? [] : [['pain.002', messageId, account]], reading);
  return reports;
}

async function movementReports(store: CollectionStore, movements: readonly Movement[], reading: Reading) {
  const ids = movements.map(({ endToEndId }) => endToEndId).filter((one) => one.length <= bankIdLengthMax);
  const sent = await store.readSentOrders(reading.tenant, ids);
  return reportsOfMovements(movements, new Map(sent.map((order) => [order.id, order])), reading);
}
