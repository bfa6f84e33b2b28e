import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamo } from '../../shared/dynamo/client.ts';
import { requireEnvironment } from '../../shared/service/environment.ts';
import { dueLoanStore } from './store-due-loans.ts';
import { interestRunStore } from './store-interest-runs.ts';
import { interestTermsStore } from './store-interest-terms.ts';
import { poolLedgerStore } from './store-ledgers.ts';
import { paymentStore } from './store-payments.ts';
import { poolStore } from './store-pools.ts';
import { runStore } from './store-runs.ts';

/** Every DynamoDB expression of pooling that has to do with pools, their members and runs. */
export type PoolingStore = ReturnType<typeof poolingStore>;

export function poolingStore(client: DynamoDBClient, table: string) {
  const pools = poolStore(client, table);
  return {
    ...pools,
    ...runStore(client, table, pools),
    ...paymentStore(client, table, pools),
    ...poolLedgerStore(client, table, pools),
    ...dueLoanStore(client, table),
    ...interestTermsStore(client, table, pools),
    ...interestRunStore(client, table, pools),
  };
}

let store: PoolingStore | undefined;

/** The store of this process: the table that the host names. */
export function defaultStore(): PoolingStore {
  store ??= poolingStore(dynamo(), requireEnvironment('TABLE_POOLING'));
  return store;
}
