import {
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { fromItem, type Plain, toItem } from './items.ts';
import { writeRetried } from './write-retried.ts';

export type TableAccess = ReturnType<typeof tableAccess>;

/** The calls of DynamoDB that most stores are made of; reads by key are strongly consistent. */
export function tableAccess(client: DynamoDBClient, table: string) {
  async function get(key: { pk: string; sk: string }): Promise<Plain | undefined> {
    const command = new GetItemCommand({ TableName: table, Key: toItem(key), ConsistentRead: true });
    const { Item } = await client.send(command);
    return Item && fromItem(Item);
  }

  async function query(input: Omit<QueryCommandInput, 'TableName'>) {
    const answer = await client.send(new QueryCommand({ TableName: table, ...input }));
    return { items: (answer.Items ?? []).map(fromItem), lastKey: answer.LastEvaluatedKey };
  }

  /** All items that a query finds, page after page: for keys under which few lie. */
  async function queryAll(input: Omit<QueryCommandInput, 'TableName'>): Promise<Plain[]> {
    const found: Plain[] = [];
    let lastKey: QueryCommandInput['ExclusiveStartKey'];
    do {
      const page = await query({ ...input, ...(lastKey && { ExclusiveStartKey: lastKey }) });
      found.push(...page.items);
      lastKey = page.lastKey;
    } while (lastKey);
    return found;
  }

  function putNew(item: Plain): Promise<boolean> {
    const input = { TableName: table, Item: toItem(item), ConditionExpression: 'attribute_not_exists(pk)' };
    return writeRetried(() => client.send(new PutItemCommand(input)));
  }

  function update(key: { pk: string; sk: string }, input: Omit<UpdateItemCommandInput, 'TableName' | 'Key'>) {
    return writeRetried(() => client.send(new UpdateItemCommand({ TableName: table, Key: toItem(key), ...input })));
  }

  return { get, query, queryAll, putNew, update };
}
