import { createHash } from 'node:crypto';
import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { canonicalJson } from '../../../shared/http/canonical-json.ts';
import type { Cause } from '../../../shared/http/cause.ts';
import { deriveId } from '../../../shared/identifiers/id.ts';
import { general } from '../../../shared/problems/general.ts';
import type { SettlementStore } from '../store.ts';
import type { ChannelFile, FileTarget } from './channel-file.ts';
import { findTarget } from './find-target.ts';

export interface AskedUpload {
  readonly target: FileTarget;
  readonly id: string;
  readonly fileName: string;
  readonly fingerprint: string;
  readonly expiresAt: string;
}

/**
 * Opens an upload; asked again it is the same. Problems: those of findTarget, `request/idempotency-key-reused` where the id was
 * opened for something else, and those of decideAndWrite.
 */
export async function openUpload(
  store: SettlementStore,
  { target, id, fileName, fingerprint, expiresAt }: AskedUpload,
  cause: Cause,
  at: string,
): Promise<ChannelFile> {
  await findTarget(store, target);
  return decideAndWrite(async () => {
    const before = await store.readChannelFile(target.tenant, id);
    if (before && before.fingerprint !== fingerprint) {
      const detail = 'This Idempotency-Key came with another request before.';
      throw general['idempotency-key-reused'].with({ detail, errors: [{ header: 'Idempotency-Key', detail }] });
    }
    if (before) return { answer: before };
    const file: ChannelFile = {
      ...{ ...target, id, status: 'WAITING', fileName, expiresAt, bytes: 0, faults: [], faulty: 0 },
      ...{ fingerprint, createdAt: at, revision: 1, changedAt: at, cause },
    };
    return { answer: file, write: () => store.writeChannelFile(file) };
  });
}

/**
 * Opens a file whose bytes are at hand, to be read as soon as they lie in the bucket. The same bytes by the same template are the
 * same file: one that was read is not read again, but stands for its day again where another has taken its place since; one that was
 * refused is read again. Problems: those of findTarget and of
 * decideAndWrite.
 */
export async function openSent(
  store: SettlementStore,
  target: FileTarget,
  bytes: Uint8Array,
  cause: Cause,
  at: string,
): Promise<ChannelFile> {
  const { template } = await findTarget(store, target);
  const { tenant, marketId, channelId, businessDate, part } = target;
  const fingerprint = createHash('sha256').update(bytes).update(canonicalJson(template)).digest('hex');
  const id = deriveId('cfl', tenant, marketId, channelId, businessDate, String(part), fingerprint);
  return decideAndWrite(async () => {
    const before = await store.readChannelFile(tenant, id);
    if (before?.content && !(await isStanding(store, before))) {
      const { content } = before;
      const next = { ...before, revision: before.revision + 1, changedAt: at, cause };
      return { answer: next, write: () => store.completeChannelFile(next, content) };
    }
    if (before && before.status !== 'REFUSED') return { answer: before };
    const { createdAt = at, revision = 0 } = before ?? {};
    const file: ChannelFile = {
      ...{ ...target, id, status: 'READING', bytes: bytes.length, faults: [], faulty: 0 },
      ...{ fingerprint, createdAt, revision: revision + 1, changedAt: at, cause },
    };
    return { answer: file, write: () => store.writeChannelFile(file) };
  });
}

/** Whether no other file has taken its place. */
async function isStanding(store: SettlementStore, file: ChannelFile): Promise<boolean> {
  const { tenant, marketId, channelId, businessDate, part, id } = file;
  const days = { from: businessDate, to: businessDate };
  const standing = await store.readStandingFiles(tenant, marketId, channelId, days);
  return standing.some((one) => one.part === part && one.fileId === id);
}
