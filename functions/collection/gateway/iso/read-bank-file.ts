import { createHash } from 'node:crypto';
import type { StatusIndex } from '../../../../shared/formats/pain/status-index.ts';
import { deriveId } from '../../../../shared/identifiers/id.ts';
import type { CollectionStore } from '../../store.ts';
import type { BankReport, TakeReports } from '../bank-gateway.ts';
import { neverGoes } from '../move-message.ts';
import { bankIdLengthMax } from '../sent-message.ts';
import { type BankFile, bankFileBytesMax } from './bank-file.ts';
import { FileRefused, refusalOf } from './file-refused.ts';
import { parseBankFile } from './parse-bank-file.ts';
import { type Movement, reportsOfMovements } from './read-movements.ts';
import { reportsOfStatus } from './read-status-report.ts';

export interface ReadTools {
  readonly store: CollectionStore;
  readonly take: TakeReports;
  /** The bytes of the file. */
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
 * nothing when it comes again; one that broke off is read again, and its reports are the same.
 */
export async function readBankFile(
  { store, take, read }: ReadTools,
  { tenant, key }: { readonly tenant: string; readonly key: string },
  now: Date,
): Promise<BankFile> {
  const bytes = await wholeOf(read());
  const digest = bytes ? createHash('sha256').update(bytes).digest('hex') : `too-large:${key}`;
  const id = deriveId('bfl', tenant, digest);
  const known = await store.readBankFile(tenant, id);
  if (known?.status === 'READ') return known;
  const at = now.toISOString();
  const file = { tenant, id, key, at };
  try {
    if (!bytes) throw new FileRefused('too-large', `The file is larger than ${bankFileBytesMax} bytes.`);
    const reports = await reportsIn(store, bytes, { tenant, fileId: id, source: `file:${id}`, readAt: at });
    await take(tenant, reports, now);
    return await store.noteBankFile({ ...file, status: 'READ', reports: reports.length });
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    const { reason, message: detail } = refusal;
    return await store.noteBankFile({ ...file, status: 'REFUSED', reports: 0, reason, detail });
  }
}

/** The whole file; nothing where it is beyond the limit. */
async function wholeOf(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array | undefined> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > bankFileBytesMax) return undefined;
    parts.push(chunk);
  }
  return Buffer.concat(parts);
}

async function reportsIn(store: CollectionStore, bytes: Uint8Array, reading: Reading): Promise<BankReport[]> {
  const parsed = await parseBankFile(bytes);
  const reports =
    parsed.kind === 'STATUS'
      ? await statusReports(store, parsed.index, reading)
      : await movementReports(store, parsed.movements, reading);
  for (const name of parsed.names) await requireFirst(store, name, reading);
  return reports;
}

/** A bank gives a MsgId once: what comes under it again, with other content, is not taken for more of it. */
async function requireFirst(store: CollectionStore, name: readonly string[], { tenant, fileId }: Reading) {
  if ((await store.claimFileMessage(tenant, name, fileId)) === fileId) return;
  const [kind, messageId] = name;
  throw new FileRefused('message-id-repeated', `Another ${kind} came with the MsgId ${messageId}.`);
}

async function statusReports(store: CollectionStore, index: StatusIndex, reading: Reading): Promise<BankReport[]> {
  const { originalMessageId } = index.report;
  const message = await store.readBankMessage(reading.tenant, originalMessageId);
  if (message?.channel !== 'FILES' || neverGoes(message)) {
    throw new FileRefused('unknown-message', `No file was sent with the message ${originalMessageId}.`);
  }
  const orders = await store.readOrdersOfMessage(reading.tenant, originalMessageId);
  return reportsOfStatus(index, message, orders, reading);
}

async function movementReports(store: CollectionStore, movements: readonly Movement[], reading: Reading) {
  const ids = movements.map(({ endToEndId }) => endToEndId).filter((one) => one.length <= bankIdLengthMax);
  const sent = await store.readSentOrders(reading.tenant, ids);
  return reportsOfMovements(movements, new Map(sent.map((order) => [order.id, order])), reading);
}
