import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { batchGet } from '../../shared/dynamo/batch-get.ts';
import { type Plain, toItem } from '../../shared/dynamo/items.ts';
import { writeRetried } from '../../shared/dynamo/write-retried.ts';
import { type Identity, type IdentityRecord, identityName } from './centres/identity.ts';
import { keys } from './keys.ts';

/** To which participant of which centre an identity leads; all reads are strongly consistent. */
export function identityStore(client: DynamoDBClient, table: string) {
  /** Those that there are, by `identityName`. */
  async function readIdentities(tenant: string, identities: Iterable<Identity>): Promise<Map<string, IdentityRecord>> {
    const wanted = new Map([...identities].map((one) => [identityName(one), one]));
    const items = await batchGet(
      client,
      table,
      [...wanted.keys()].map((name) => keys.identity(tenant, name)),
    );
    return new Map(items.map(recordFromPlain).map((record) => [identityName(record), record]));
  }

  /** Only over the record that was read, or none; false where another was faster. */
  function claimIdentity(record: IdentityRecord, before: IdentityRecord | undefined): Promise<boolean> {
    const item = { ...keys.identity(record.tenant, identityName(record)), kind: 'IDENTITY', ...record };
    const condition = before
      ? {
          ConditionExpression: 'centreId = :centre AND participantId = :participant AND claimedAt = :at',
          ExpressionAttributeValues: toItem({
            ':centre': before.centreId,
            ':participant': before.participantId,
            ':at': before.claimedAt,
          }),
        }
      : { ConditionExpression: 'attribute_not_exists(pk)' };
    return writeRetried(() => client.send(new PutItemCommand({ TableName: table, Item: toItem(item), ...condition })));
  }

  return { readIdentities, claimIdentity };
}

function recordFromPlain({ pk: _pk, sk: _sk, kind: _kind, ...facts }: Plain): IdentityRecord {
  return facts as unknown as IdentityRecord;
}
