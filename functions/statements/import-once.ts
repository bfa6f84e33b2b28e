import { deriveId } from '../../shared/identifiers/id.ts';
import { type ImportCommand, type ImportTools, importFile, presentImport } from './import-file.ts';
import { keyReused } from './key-reused.ts';

export type ImportAnswer = ReturnType<typeof presentImport>;

const operation = 'importStatements';

export interface KeyedImport extends Omit<ImportCommand, 'importId' | 'beforeWriting'> {
  readonly idempotencyKey: string;
  readonly fingerprint: string;
}

/**
 * Imports the file of a request once per Idempotency-Key: the same key and bytes have the same answer, other bytes are
 * refused. A file that is refused is not remembered. The key is taken before anything is written; an import that broke
 * off is completed by the next request with its key.
 */
export async function importOnce(tools: ImportTools, request: KeyedImport): Promise<ImportAnswer> {
  const { store } = tools;
  const { idempotencyKey, fingerprint, actor, now } = request;
  const { tenant, client, role, requestId } = actor;
  const known = await store.readRecord(tenant, operation, idempotencyKey);
  if (known && known.fingerprint !== fingerprint) throw keyReused();
  if (known?.answer !== undefined) return JSON.parse(known.answer) as ImportAnswer;
  const result = await importFile(tools, {
    ...request,
    importId: deriveId('imp', tenant, idempotencyKey),
    beforeWriting: async () => {
      const by = { client, role, requestId };
      const claimed = await store.claimKey(tenant, operation, idempotencyKey, fingerprint, now.toISOString(), by);
      if (!claimed) throw keyReused();
    },
  });
  const answer = presentImport(result);
  if (await store.keepAnswer(tenant, operation, idempotencyKey, JSON.stringify(answer))) return answer;
  const kept = await store.readRecord(tenant, operation, idempotencyKey);
  return kept?.answer === undefined ? answer : (JSON.parse(kept.answer) as ImportAnswer);
}
