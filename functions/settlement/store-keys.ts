import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import type { KeyRecord } from '../../shared/http/key-claim.ts';
import { keys } from './keys.ts';

/** What Idempotency-Keys were used for. */
export function keyStore(client: DynamoDBClient, table: string) {
  const { get } = tableAccess(client, table);

  async function readKey(tenant: string, operation: string, key: string): Promise<KeyRecord | undefined> {
    const item = await get(keys.record(tenant, operation, key));
    return item && { fingerprint: String(item.fingerprint), id: String(item.id) };
  }

  return { readKey };
}
