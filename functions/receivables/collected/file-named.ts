import type { CollectedFile } from '../../collection/published.ts';
import type { ToldEntry } from '../receipts/receipt-of-statement-entry.ts';
import type { ToldTools } from '../tools.ts';

/** A file of collections under the id by which a bank names it. */
export interface NamedFile extends CollectedFile {
  readonly fileId: string;
}

/** The file of collections that an entry of a statement names, and under which id; nothing where it names none. */
export async function fileNamed(
  { collection }: Pick<ToldTools, 'collection'>,
  tenant: string,
  { fileIds }: Pick<ToldEntry, 'fileIds'>,
): Promise<NamedFile | undefined> {
  for (const fileId of fileIds) {
    const file = await collection.collectedUnder(tenant, fileId);
    if (file) return { ...file, fileId };
  }
  return undefined;
}
