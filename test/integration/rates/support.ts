import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type RateStore, rateStore } from '../../../functions/rates/store.ts';
import type { TestEngine } from '../../support/engines.ts';
import { snapshotOf } from '../../support/ledger.ts';
import { createTables, localAccess } from '../../support/tables.ts';

export interface TestRates {
  readonly endpoint: string;
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly store: RateStore;
  /** Every item of the table as text, by key. */
  snapshot(): Promise<Map<string, string>>;
  close(): void;
}

let tables = 0;

/** A table of its own on an engine, with a stream only where that is asked for. */
export async function ratesOnEngine({ endpoint }: TestEngine, { streams = false } = {}): Promise<TestRates> {
  tables += 1;
  const names = await createTables(endpoint, `r${process.pid}_${Math.floor(performance.now())}_${tables}`, { streams });
  const table = names.TABLE_RATES ?? '';
  const client = new DynamoDBClient({ endpoint, ...localAccess, maxAttempts: 1 });
  return {
    endpoint,
    client,
    table,
    store: rateStore(client, table),
    snapshot: () => snapshotOf(client, table),
    close: () => client.destroy(),
  };
}
