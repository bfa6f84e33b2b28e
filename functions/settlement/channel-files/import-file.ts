import { createHash } from 'node:crypto';
import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { canonicalJson } from '../../../shared/http/canonical-json.ts';
import type { Cause } from '../../../shared/http/cause.ts';
import { deriveId, newId } from '../../../shared/identifiers/id.ts';
import { findChannel } from '../channels/keep-channel.ts';
import { findMarket } from '../markets/keep-market.ts';
import { problems } from '../problems.ts';
import type { SettlementStore } from '../store.ts';
import { findTemplate } from '../templates/keep-templates.ts';
import type { ChannelFile, FileContent, FileTarget } from './channel-file.ts';
import { type FileRefused, type FileToTake, lookAtFile, takeLines } from './take-file.ts';

type Bytes = FileToTake['bytes'];

/**
 * Takes a file whose bytes are at hand. A bad one is refused whole, before anything is written; the same one again is the same
 * import. Problems: `settlement/market-not-found`, `settlement/channel-not-found`, `settlement/template-not-found`,
 * `settlement/channel-file-refused` with its faults by line; and those of decideAndWrite.
 */
export async function importFile(
  store: SettlementStore,
  target: FileTarget,
  bytes: Uint8Array,
  cause: Cause,
  now: Date,
): Promise<{ readonly file: ChannelFile; readonly isReplay: boolean }> {
  const source = async function* () {
    yield bytes;
  };
  const toTake = await prepareFile(store, target, source);
  const { tenant, marketId, channelId, businessDate, part } = target;
  const fingerprint = createHash('sha256').update(bytes).update(canonicalJson(toTake.template)).digest('hex');
  const id = deriveId('cfl', tenant, marketId, channelId, businessDate, String(part), fingerprint);
  const before = await store.readChannelFile(tenant, id);
  if (before?.status === 'COMPLETED') return { file: before, isReplay: true };
  const at = now.toISOString();
  const opened: ChannelFile = {
    ...{ ...target, id, status: 'READING', bytes: bytes.length, faults: [], faulty: 0 },
    ...{ fingerprint, createdAt: at, revision: 0, changedAt: at, cause },
  };
  const taken = await takeFile(store, opened, toTake, now);
  if ('refused' in taken) throw fileRefused(taken.refused);
  return { file: await complete(store, opened, taken.content, at), isReplay: false };
}

/** What a file is read by. Problems: `settlement/market-not-found`, `settlement/channel-not-found`, `settlement/template-not-found`. */
export async function prepareFile(store: SettlementStore, target: FileTarget, bytes: Bytes): Promise<FileToTake> {
  const { tenant, marketId, channelId, businessDate, templateId: id } = target;
  const { currency } = await findMarket(store, tenant, marketId);
  await findChannel(store, { tenant, marketId, channelId });
  const { content } = await findTemplate(store, 'CHANNEL_FILE', { tenant, marketId, id }, 'template');
  return { bytes, template: content, given: { channelId, businessDate }, currency };
}

/** Reads a file twice: first whether it is good, then its lines, to a place of their own that nothing names yet. */
export async function takeFile(
  store: SettlementStore,
  { tenant, id }: Pick<ChannelFile, 'tenant' | 'id'>,
  toTake: FileToTake,
  now: Date,
): Promise<{ readonly content: FileContent } | { readonly refused: FileRefused }> {
  const { summary, refused } = await lookAtFile(toTake);
  if (refused) return { refused };
  const readingId = newId('rdg', now);
  const writer = store.channelLineWriter(tenant, id, readingId);
  await takeLines(toTake, writer.write);
  const blocks = await writer.finish();
  const { tally, skipped, totalsAgree } = summary;
  return { content: { tally, skipped, totalsAgree, readingId, blocks } };
}

/** Makes a file the one that stands for its day. One that was completed meanwhile stays as it is. Problems: those of decideAndWrite. */
export async function complete(
  store: SettlementStore,
  opened: ChannelFile,
  content: FileContent,
  at: string,
): Promise<ChannelFile> {
  const { tenant, id } = opened;
  return decideAndWrite(async () => {
    const before = await store.readChannelFile(tenant, id);
    if (before && (before.status === 'COMPLETED' || before.status === 'REFUSED')) return { answer: before };
    const revision = (before?.revision ?? 0) + 1;
    const file: ChannelFile = { ...(before ?? opened), status: 'COMPLETED', content, revision, changedAt: at };
    return { answer: file, write: () => store.completeChannelFile(file, content) };
  });
}

export function fileRefused({ detail, mend, faulty, faults }: FileRefused) {
  const told = mend === undefined ? detail : `${detail} ${mend}`;
  return problems['channel-file-refused'].with({ detail: told, faulty, faults });
}
