import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamo } from '../../shared/dynamo/client.ts';
import { requireEnvironment } from '../../shared/service/environment.ts';
import { asideStore } from './store-aside.ts';
import { bankFileStore } from './store-bank-files.ts';
import { bankMessageStore } from './store-bank-messages.ts';
import { batchStore } from './store-batches.ts';
import { blockStore } from './store-blocks.ts';
import { channelStore } from './store-channels.ts';
import { dispatchStore } from './store-dispatches.ts';
import { largeValueStore } from './store-large-values.ts';
import { mandateStore } from './store-mandates.ts';
import { paymentStore } from './store-payments.ts';
import { railStore } from './store-rails.ts';
import { reportStore } from './store-reports.ts';
import { sandboxStore } from './store-sandbox.ts';

export type CollectionStore = ReturnType<typeof collectionStore>;

/** Every DynamoDB expression of collection. */
export function collectionStore(client: DynamoDBClient, table: string) {
  return {
    ...batchStore(client, table),
    ...blockStore(client, table),
    ...asideStore(client, table),
    ...dispatchStore(client, table),
    ...railStore(client, table),
    ...mandateStore(client, table),
    ...channelStore(client, table),
    ...bankMessageStore(client, table),
    ...bankFileStore(client, table),
    ...sandboxStore(client, table),
    ...reportStore(client, table),
    ...paymentStore(client, table),
    ...largeValueStore(client, table),
  };
}

let store: CollectionStore | undefined;

/** The store of this process: the table that the host names. */
export function defaultStore(): CollectionStore {
  store ??= collectionStore(dynamo(), requireEnvironment('TABLE_COLLECTION'));
  return store;
}
