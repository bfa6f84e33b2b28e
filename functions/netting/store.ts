import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamo } from '../../shared/dynamo/client.ts';
import { keyReader } from '../../shared/dynamo/key-records.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { requireEnvironment } from '../../shared/service/environment.ts';
import { bankPaymentStore } from './store-bank-payments.ts';
import { centreStore } from './store-centres.ts';
import { cycleStore } from './store-cycles.ts';
import { identityStore } from './store-identities.ts';
import { obligationStore } from './store-obligations.ts';
import { queueStore } from './store-queue.ts';
import { resolutionStore } from './store-resolutions.ts';
import { resultStore } from './store-results.ts';
import { tellingStore } from './store-tellings.ts';
import { untakenStore } from './store-untaken.ts';

export type NettingStore = ReturnType<typeof nettingStore>;

/** Every DynamoDB expression of netting. */
export function nettingStore(client: DynamoDBClient, table: string) {
  const queue = queueStore(client, table);
  return {
    readKey: keyReader(tableAccess(client, table)),
    ...centreStore(client, table),
    ...cycleStore(client, table),
    ...obligationStore(client, table),
    ...resultStore(client, table),
    ...bankPaymentStore(client, table),
    ...queue,
    ...resolutionStore(client, table, queue.headPart),
    ...identityStore(client, table),
    ...untakenStore(client, table),
    ...tellingStore(client, table),
  };
}

let store: NettingStore | undefined;

/** The store of this process: the table that the host names. */
export function defaultStore(): NettingStore {
  store ??= nettingStore(dynamo(), requireEnvironment('TABLE_NETTING'));
  return store;
}
