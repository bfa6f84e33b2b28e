import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import type { Cause } from '../../../shared/http/cause.ts';
import { general } from '../../../shared/problems/general.ts';
import { Problem } from '../../../shared/problems/problem.ts';
import { problems } from '../problems.ts';
import type { SettlementStore } from '../store.ts';
import type { ChannelFile, FileTarget } from './channel-file.ts';
import { complete, fileRefused, prepareFile, takeFile } from './import-file.ts';
import type { FileRefused, FileToTake } from './take-file.ts';
import { uploadBytesMax } from './upload-key.ts';

export interface AskedUpload {
  readonly target: FileTarget;
  readonly id: string;
  readonly fileName: string;
  readonly fingerprint: string;
  readonly expiresAt: string;
}

/**
 * Opens an upload; asked again it is the same. Problems: those of prepareFile, `request/idempotency-key-reused` where the id was
 * opened for something else, and those of decideAndWrite.
 */
export async function openUpload(
  store: SettlementStore,
  { target, id, fileName, fingerprint, expiresAt }: AskedUpload,
  cause: Cause,
  at: string,
): Promise<ChannelFile> {
  await prepareFile(store, target, async function* () {});
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
 * Takes the bytes of an upload and ends it, COMPLETED or REFUSED; one that has ended is left as it is, so a message that comes twice
 * does nothing. A failure that is not the file's is thrown, to be tried again; on the last try the file is REFUSED first.
 */
export async function takeUpload(
  store: SettlementStore,
  { tenant, id }: { readonly tenant: string; readonly id: string },
  bytes: FileToTake['bytes'],
  isLastTry: boolean,
  now: Date,
): Promise<void> {
  const at = now.toISOString();
  const file = await store.readChannelFile(tenant, id);
  if (!file) throw new Error(`There is no upload ${id}.`);
  if (file.status === 'COMPLETED' || file.status === 'REFUSED') return;
  try {
    const counter = { bytes: 0 };
    const toTake = await prepareFile(store, file, () => counted(bytes(), counter));
    await change(store, file, { status: 'READING' }, at);
    const taken = await takeFile(store, file, toTake, now);
    await change(store, file, { bytes: counter.bytes }, at);
    if ('refused' in taken) await refuse(store, file, taken.refused, at);
    else await complete(store, file, taken.content, at);
  } catch (error) {
    const problem = problemOf(error, isLastTry);
    if (problem) {
      const told = { code: problem.code, detail: problem.fields.detail };
      await change(store, file, { status: 'REFUSED', problem: told }, at);
    }
    if (problem !== error) throw error;
  }
}

async function refuse(store: SettlementStore, file: ChannelFile, refused: FileRefused, at: string): Promise<void> {
  const { code, fields } = fileRefused(refused);
  const { faulty, faults } = refused;
  await change(store, file, { status: 'REFUSED', problem: { code, detail: fields.detail }, faulty, faults }, at);
}

/** The problem a file ends with; none where another try may help. */
function problemOf(error: unknown, isLastTry: boolean): Problem | undefined {
  if (error instanceof Problem && error.status < 500) return error;
  if (!isLastTry) return undefined;
  const detail = 'Reading broke off for a reason that is not the file’s, and is not tried again.';
  return problems['channel-file-broke-off'].with({ detail }, { cause: error });
}

/** What has ended does not change any more. */
async function change(
  store: SettlementStore,
  { tenant, id }: ChannelFile,
  more: Partial<ChannelFile>,
  at: string,
): Promise<void> {
  await decideAndWrite(async () => {
    const before = await store.readChannelFile(tenant, id);
    if (!before || before.status === 'COMPLETED' || before.status === 'REFUSED') return { answer: undefined };
    const next: ChannelFile = { ...before, ...more, revision: before.revision + 1, changedAt: at };
    return { answer: undefined, write: () => store.writeChannelFile(next) };
  });
}

async function* counted(pieces: AsyncIterable<Uint8Array>, counter: { bytes: number }): AsyncGenerator<Uint8Array> {
  counter.bytes = 0;
  for await (const piece of pieces) {
    counter.bytes += piece.length;
    if (counter.bytes > uploadBytesMax) {
      const detail = `The file is larger than ${uploadBytesMax} bytes; send it in parts.`;
      throw problems['channel-file-refused'].with({ detail, faulty: 0, faults: [] });
    }
    yield piece;
  }
}
