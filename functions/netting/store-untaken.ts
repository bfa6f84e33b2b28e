import { DeleteItemCommand, type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { batchGet } from '../../shared/dynamo/batch-get.ts';
import { toItem } from '../../shared/dynamo/items.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { writeRetried } from '../../shared/dynamo/write-retried.ts';
import { keys } from './keys.ts';
import { referenceOf } from './told/told.ts';
import type { Untaken } from './told/untaken.ts';
import { untakenFromPlain, untakenToPlain } from './told/untaken-items.ts';

/** What centres were told and could not take; all reads are strongly consistent. */
export function untakenStore(client: DynamoDBClient, table: string) {
  const { query } = tableAccess(client, table);

  /** Those that there are of some references, by it; references must differ. */
  async function readUntaken(
    tenant: string,
    centreId: string,
    references: readonly string[],
  ): Promise<Map<string, Untaken>> {
    const items = await batchGet(
      client,
      table,
      references.map((reference) => keys.untaken(tenant, centreId, reference)),
    );
    return new Map(items.map(untakenFromPlain).map((one) => [referenceOf(one.told), one]));
  }

  /** A page of those of a centre by reference, from behind one. */
  async function listUntaken(tenant: string, centreId: string, after: string | undefined, count: number) {
    const { items } = await query({
      KeyConditionExpression: after === undefined ? 'pk = :pk' : 'pk = :pk AND sk > :after',
      ExpressionAttributeValues: toItem({
        ':pk': keys.untaken(tenant, centreId, '').pk,
        ...(after !== undefined && { ':after': after }),
      }),
      ConsistentRead: true,
      Limit: count + 1,
    });
    return { untaken: items.slice(0, count).map(untakenFromPlain), more: items.length > count };
  }

  /** In the place of what was told before; false where something later is kept. */
  function keepUntaken(untaken: Untaken): Promise<boolean> {
    return writeRetried(() =>
      client.send(
        new PutItemCommand({
          TableName: table,
          Item: toItem(untakenToPlain(untaken)),
          ConditionExpression: 'attribute_not_exists(pk) OR version <= :version',
          ExpressionAttributeValues: toItem({ ':version': untaken.told.version }),
        }),
      ),
    );
  }

  /** Where nothing later is kept; false where there is, or nothing at all. */
  function dropUntaken({ centreId, told }: Pick<Untaken, 'centreId' | 'told'>): Promise<boolean> {
    return writeRetried(() =>
      client.send(
        new DeleteItemCommand({
          TableName: table,
          Key: toItem(keys.untaken(told.tenant, centreId, referenceOf(told))),
          ConditionExpression: 'version <= :version',
          ExpressionAttributeValues: toItem({ ':version': told.version }),
        }),
      ),
    );
  }

  return { readUntaken, listUntaken, keepUntaken, dropUntaken };
}
