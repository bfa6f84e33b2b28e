import { type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { fromItem, type Item, type Plain, toItem } from '../../shared/dynamo/items.ts';

/** All items of some kinds, page after page, strongly consistent each by itself. Reads the whole table: for operators. */
export function wholeTable(client: DynamoDBClient, table: string) {
  return async function* readAll(kinds: readonly string[]): AsyncGenerator<Plain> {
    const names = kinds.map((_, place) => `:kind${place}`);
    const filter = {
      FilterExpression: `#kind IN (${names.join(', ')})`,
      ExpressionAttributeNames: { '#kind': 'kind' },
      ExpressionAttributeValues: toItem(Object.fromEntries(names.map((name, place) => [name, kinds[place]]))),
    };
    let after: Item | undefined;
    do {
      const page = await client.send(
        new ScanCommand({
          TableName: table,
          ConsistentRead: true,
          ...filter,
          ...(after && { ExclusiveStartKey: after }),
        }),
      );
      for (const item of page.Items ?? []) yield fromItem(item);
      after = page.LastEvaluatedKey;
    } while (after);
  };
}
