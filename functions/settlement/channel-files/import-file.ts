import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { newId } from '../../../shared/identifiers/id.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { isFinal } from '../../../shared/problems/lasting-answers.ts';
import { Problem } from '../../../shared/problems/problem.ts';
import { problems } from '../problems.ts';
import type { SettlementStore } from '../store.ts';
import type { ChannelFile, FileContent } from './channel-file.ts';
import { findTarget } from './find-target.ts';
import { type FileRefused, type FileToTake, lookAtFile, takeLines } from './take-file.ts';
import { uploadBytesMax } from './upload-key.ts';

/**
 * Takes a file whose bytes lie in the bucket and ends it, COMPLETED or REFUSED; one that has ended is left as it is, so a message
 * that comes twice does nothing. A failure that is not the file's is thrown, to be tried again; on the last try the file is
 * REFUSED first.
 */
export async function importFile(
  store: SettlementStore,
  { tenant, id }: Pick<ChannelFile, 'tenant' | 'id'>,
  bytes: FileToTake['bytes'],
  isLastTry: boolean,
  now: Date,
): Promise<void> {
  const at = now.toISOString();
  const file = await store.readChannelFile(tenant, id);
  if (!file) throw new Error(`No file ${id} was opened.`);
  if (hasEnded(file)) return;
  try {
    const counter = { bytes: 0 };
    const { channelId, businessDate } = file;
    const given = { channelId, businessDate };
    const toTake = { ...(await findTarget(store, file)), bytes: () => counted(bytes(), counter), given };
    if (file.status === 'WAITING') await change(store, file, { status: 'READING' }, at);
    const taken = await takeFile(store, file, toTake, now);
    const { bytes: read } = counter;
    if ('refused' in taken) await change(store, file, { ...refusedFor(taken.refused), bytes: read }, at);
    else await complete(store, file, taken.content, read, at);
  } catch (error) {
    const problem = problemOf(error, isLastTry);
    if (problem) {
      const told = { code: problem.code, detail: problem.fields.detail };
      await change(store, file, { status: 'REFUSED', problem: told }, at);
    }
    if (problem !== error) throw error;
  }
}

/** Reads a file twice: first whether it is good, then its lines, to a place of their own that nothing names yet. */
async function takeFile(
  store: SettlementStore,
  { tenant, id }: ChannelFile,
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
  return { content: { tally, skipped, ...defined({ totalsAgree }), readingId, blocks } };
}

/** Makes a file the one that stands for its day. */
function complete(store: SettlementStore, file: ChannelFile, content: FileContent, bytes: number, at: string) {
  const write = (next: ChannelFile) => store.completeChannelFile(next, content);
  return change(store, file, { status: 'COMPLETED', content, bytes }, at, write);
}

function refusedFor({ detail: found, mend, faulty, faults }: FileRefused) {
  const detail = mend === undefined ? found : `${found} ${mend}`;
  const problem = { code: problems['channel-file-refused'].code, detail };
  return { status: 'REFUSED' as const, problem, faulty, faults };
}

/** The problem a file ends with; none where another try may help. */
function problemOf(error: unknown, isLastTry: boolean): Problem | undefined {
  if (error instanceof Problem && error.status < 500 && isFinal(error)) return error;
  if (!isLastTry) return undefined;
  const detail = 'Reading broke off for a reason that is not the file’s, and is not tried again.';
  return problems['channel-file-broke-off'].with({ detail }, { cause: error });
}

/** What has ended does not change any more. Problems: those of decideAndWrite. */
async function change(
  store: SettlementStore,
  { tenant, id }: ChannelFile,
  more: Partial<ChannelFile>,
  at: string,
  write: (next: ChannelFile) => Promise<void> = store.writeChannelFile,
): Promise<void> {
  await decideAndWrite(async () => {
    const before = await store.readChannelFile(tenant, id);
    if (!before || hasEnded(before)) return { answer: undefined };
    const next: ChannelFile = { ...before, ...more, revision: before.revision + 1, changedAt: at };
    return { answer: undefined, write: () => write(next) };
  });
}

const hasEnded = ({ status }: ChannelFile) => status === 'COMPLETED' || status === 'REFUSED';

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
