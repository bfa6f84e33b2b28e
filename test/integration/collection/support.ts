import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type CollectionStore, collectionStore } from '../../../functions/collection/store.ts';
import type { TestEngine } from '../../support/engines.ts';
import { snapshotOf } from '../../support/ledger.ts';
import { createTables, localAccess } from '../../support/tables.ts';

export interface TestCollection {
  readonly endpoint: string;
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly store: CollectionStore;
  /** Every item of the table as text, by key. */
  snapshot(): Promise<Map<string, string>>;
  close(): void;
}

let tables = 0;

/** A table of its own on an engine. */
export async function collectionOnEngine({ endpoint }: TestEngine): Promise<TestCollection> {
  tables += 1;
  const names = await createTables(endpoint, `c${process.pid}_${Math.floor(performance.now())}_${tables}`);
  const table = names.TABLE_COLLECTION ?? '';
  const client = new DynamoDBClient({ endpoint, ...localAccess, maxAttempts: 1 });
  return {
    endpoint,
    client,
    table,
    store: collectionStore(client, table),
    snapshot: () => snapshotOf(client, table),
    close: () => client.destroy(),
  };
}
