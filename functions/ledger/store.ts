import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamo } from '../../shared/dynamo/client.ts';
import { requireEnvironment } from '../../shared/service/environment.ts';
import { ledgerReads } from './store-reads.ts';
import { ledgerWrites } from './store-writes.ts';

/** Every DynamoDB expression of the ledger: what it reads and what it writes. */
export type LedgerStore = ReturnType<typeof ledgerStore>;

export function ledgerStore(client: DynamoDBClient, table: string) {
  return { ...ledgerReads(client, table), ...ledgerWrites(client, table) };
}

let store: LedgerStore | undefined;

/** The store of this process: the table that the host names. */
export function defaultStore(): LedgerStore {
  store ??= ledgerStore(dynamo(), requireEnvironment('TABLE_LEDGER'));
  return store;
}
