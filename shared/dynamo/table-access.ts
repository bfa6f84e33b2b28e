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

  function putNew(item: Plain): Promise<boolean> {
    const input = { TableName: table, Item: toItem(item), ConditionExpression: 'attribute_not_exists(pk)' };
    return writeRetried(() => client.send(new PutItemCommand(input)));
  }

  function update(key: { pk: string; sk: string }, input: Omit<UpdateItemCommandInput, 'TableName' | 'Key'>) {
    return writeRetried(() => client.send(new UpdateItemCommand({ TableName: table, Key: toItem(key), ...input })));
  }

  return { get, query, putNew, update };
}
