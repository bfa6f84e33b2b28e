import { DescribeTableCommand, type DynamoDBClient, type KeySchemaElement } from '@aws-sdk/client-dynamodb';
import type { Item } from './items.ts';
import type { IndexKeys } from './write-units.ts';

/** The keys of a table and of its global secondary indexes; the partition key comes first. */
export interface TableShape {
  readonly keys: readonly string[];
  readonly indexes: readonly (IndexKeys & { readonly name: string })[];
}

export async function readTableShape(client: DynamoDBClient, table: string): Promise<TableShape> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: table }));
  const keys = keyNames(Table?.KeySchema);
  const indexes = (Table?.GlobalSecondaryIndexes ?? []).map(({ IndexName = '', KeySchema, Projection }) => ({
    name: IndexName,
    keys: keyNames(KeySchema),
    ...(Projection?.ProjectionType !== 'ALL' && { projected: [...keys, ...(Projection?.NonKeyAttributes ?? [])] }),
  }));
  return { keys, indexes };
}

export function keyOf(item: Item, { keys }: TableShape): Item {
  return Object.fromEntries(Object.entries(item).filter(([name]) => keys.includes(name)));
}

function keyNames(schema: readonly KeySchemaElement[] = []): string[] {
  const byRole = (role: string) => schema.filter(({ KeyType }) => KeyType === role);
  return [...byRole('HASH'), ...byRole('RANGE')].map(({ AttributeName = '' }) => AttributeName);
}
