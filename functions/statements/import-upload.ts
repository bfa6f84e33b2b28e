import { deriveId } from '../../shared/identifiers/id.ts';
import { Problem } from '../../shared/problems/problem.ts';
import { type ImportTools, importFile, presentImport } from './import-file.ts';
import { parsedFile } from './parsed-file.ts';
import { problems } from './problems.ts';
import type { Upload, UploadStore } from './store-uploads.ts';
import { uploadBytesMax } from './upload-key.ts';

/** Bytes read between two notes of progress. */
const bytesPerNote = 8 * 1024 * 1024;

export interface UploadTools extends ImportTools {
  readonly uploads: UploadStore;
  /** The bytes of the upload's file, from its beginning. */
  readonly read: () => AsyncIterable<Uint8Array>;
}

/**
 * Imports an uploaded file and ends its upload: COMPLETED with the answer, or REFUSED with the problem. An upload that
 * has ended is left as it is, so a message that comes twice does nothing. A failure that is not the file's is thrown, to
 * be tried again; where that cannot help (`isLastTry`, or a write that the table rejects) the upload is REFUSED first.
 */
export async function importUpload(tools: UploadTools, upload: Upload, now: Date, isLastTry = false): Promise<void> {
  const { uploads } = tools;
  const { tenant, id } = upload;
  if (!(await uploads.noteProgress(tenant, id, { bytes: 0, entries: 0 }))) return;
  const counter = { bytes: 0 };
  const events = parsedFile(() =>
    counted(tools.read(), counter, (bytes) => uploads.noteProgress(tenant, id, { bytes })),
  );
  try {
    const result = await importFile(tools, {
      actor: { ...upload.createdBy, tenant },
      now,
      importId: deriveId('imp', tenant, id),
      events,
      onProgress: async (entries) => {
        await uploads.noteProgress(tenant, id, { entries });
      },
    });
    const { entries } = result.facts;
    const answer = JSON.stringify(presentImport(result));
    await uploads.endUpload(upload, { status: 'COMPLETED', bytes: counter.bytes, entries, result: answer });
  } catch (error) {
    const problem = problemOf(error, isLastTry);
    if (problem) {
      const text = JSON.stringify(problem.toBody());
      await uploads.endUpload(upload, { status: 'REFUSED', bytes: counter.bytes, entries: 0, problem: text });
    }
    if (problem !== error) throw error;
  }
}

/** The problem an import ends with; none where another try may help. */
function problemOf(error: unknown, isLastTry: boolean): Problem | undefined {
  if (error instanceof Problem) return error;
  const isRejected = error instanceof Error && error.name === 'ValidationException';
  if (!isLastTry && !isRejected) return undefined;
  const detail = 'The import broke off for a reason that is not the file’s, and is not tried again.';
  return problems['import-failed'].with({ detail }, { cause: error });
}

async function* counted(
  chunks: AsyncIterable<Uint8Array>,
  counter: { bytes: number },
  note: (bytes: number) => Promise<unknown>,
): AsyncGenerator<Uint8Array> {
  counter.bytes = 0;
  let noted = 0;
  for await (const chunk of chunks) {
    counter.bytes += chunk.length;
    if (counter.bytes > uploadBytesMax) {
      const detail = `The file is larger than ${uploadBytesMax} bytes.`;
      throw problems['too-large'].with({ detail, limit: uploadBytesMax });
    }
    yield chunk;
    if (counter.bytes - noted < bytesPerNote) continue;
    noted = counter.bytes;
    await note(counter.bytes);
  }
}
