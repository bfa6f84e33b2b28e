import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ApiClient, expectSuccess } from './api-client.ts';
import type { Entry, ImportedFile, ReadStatement, Statement } from './read-statement.ts';
import { counted } from './table.ts';

const statementsPerFileMax = 1_000;
const entryPagesMax = 20;
const followMsMax = 600_000;
const followEveryMs = 250;

/** Sends every file of a folder to `POST /v1/statements` and reads back what became of it. */
export async function importFolder(api: ApiClient, folder: string): Promise<ImportedFile[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  if (files.length === 0) throw new Error(`There are no files in ${folder}.`);
  const imported: ImportedFile[] = [];
  for (const [index, file] of files.sort().entries()) {
    const result = await importFile(api, file, await readFile(join(folder, file)));
    const outcome =
      result.refused ??
      `${counted(result.statements.length, 'statement')}${result.alreadyImported ? ', here already' : ''}`;
    console.log(`[${String(index + 1).padStart(2)}/${files.length}] ${file}: ${outcome}`);
    imported.push(result);
  }
  return imported;
}

export async function importFile(api: ApiClient, file: string, bytes: Uint8Array): Promise<ImportedFile> {
  const key = `demo-${file}-${crypto.randomUUID()}`;
  const answer = await api.sendFile('/v1/statements', new Uint8Array(bytes), key);
  if (answer.status === 202) return await followUpload(api, file, answer.body.id);
  if (answer.status >= 300)
    return { file, refused: `refused, ${answer.body.code}: ${answer.body.detail}`, statements: [] };
  return await readImport(api, file, answer.body);
}

async function followUpload(api: ApiClient, file: string, id: string): Promise<ImportedFile> {
  for (const started = Date.now(); Date.now() - started < followMsMax; ) {
    const { status, result, problem } = expectSuccess(await api.get(`/v1/statement-uploads/${id}`));
    if (status === 'COMPLETED') return await readImport(api, file, result);
    if (status === 'REFUSED') return { file, refused: `refused, ${problem.code}: ${problem.detail}`, statements: [] };
    await new Promise((resolve) => setTimeout(resolve, followEveryMs));
  }
  throw new Error(`The upload ${id} of ${file} did not end in ${followMsMax / 1_000} s.`);
}

async function readImport(
  api: ApiClient,
  file: string,
  result: { alreadyImported: boolean; statements: readonly { id: string }[] },
): Promise<ImportedFile> {
  const statements: ReadStatement[] = [];
  for (const { id } of result.statements.slice(0, statementsPerFileMax)) {
    const statement: Statement = expectSuccess(await api.get(`/v1/statements/${id}`));
    const entries = await readEntries(api, id);
    const transactions = entries.reduce((sum, { detailsCount }) => sum + detailsCount, 0);
    statements.push({ ...statement, transactions, notBooked: entries.filter(({ status }) => status !== 'BOOKED') });
  }
  return { file, alreadyImported: result.alreadyImported, statements };
}

async function readEntries(api: ApiClient, id: string): Promise<Entry[]> {
  const entries: Entry[] = [];
  let cursor = '';
  for (let page = 0; page < entryPagesMax; page++) {
    const body = expectSuccess(await api.get(`/v1/statements/${id}/entries?limit=1000${cursor}`));
    entries.push(...body.entries);
    if (!body.nextCursor) break;
    cursor = `&cursor=${body.nextCursor}`;
  }
  return entries;
}
