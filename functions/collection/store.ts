import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamo } from '../../shared/dynamo/client.ts';
import { requireEnvironment } from '../../shared/service/environment.ts';
import { mandateStore } from './store-mandates.ts';
import { railStore } from './store-rails.ts';

export type CollectionStore = ReturnType<typeof collectionStore>;

/** Every DynamoDB expression of collection. */
export function collectionStore(client: DynamoDBClient, table: string) {
  return { ...railStore(client, table), ...mandateStore(client, table) };
}

let store: CollectionStore | undefined;

/** The store of this process: the table that the host names. */
export function defaultStore(): CollectionStore {
  store ??= collectionStore(dynamo(), requireEnvironment('TABLE_COLLECTION'));
  return store;
}
