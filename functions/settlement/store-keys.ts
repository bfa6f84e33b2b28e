import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { keyReader } from '../../shared/dynamo/key-records.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';

/** What Idempotency-Keys were used for. */
export function keyStore(client: DynamoDBClient, table: string) {
  return { readKey: keyReader(tableAccess(client, table)) };
}
