import type { DynamoDBStreamEvent } from 'aws-lambda';
import { foldAll } from './fold-hot.ts';
import { tenantOf } from './keys.ts';
import { defaultStore } from './store.ts';

/**
 * Folds the hot accounts that the batch names. What is folded is read from the table, not from the records: a batch
 * delivered twice, cut in half or out of order folds what is there and nothing twice.
 */
export async function handler(event: DynamoDBStreamEvent): Promise<void> {
  const named = new Map<string, { tenant: string; accountId: string }>();
  for (const { dynamodb } of event.Records) {
    const pk = dynamodb?.NewImage?.pk?.S;
    const accountId = dynamodb?.NewImage?.accountId?.S;
    if (pk && accountId) named.set(`${tenantOf(pk)} ${accountId}`, { tenant: tenantOf(pk), accountId });
  }
  await foldAll(defaultStore(), [...named.values()]);
}
