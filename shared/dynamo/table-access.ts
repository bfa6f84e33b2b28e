import {
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { type BackoffPolicy, backOff } from '../concurrency/backoff.ts';
import { classifyWriteFailure } from './failure.ts';
import { fromItem, type Plain, toItem } from './items.ts';

const writePolicy: BackoffPolicy = { attemptsMax: 8, baseMs: 20, ceilingMs: 1_000 };

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

  /** Runs a conditional write that may be repeated; false where its condition does not hold. */
  async function write(send: () => Promise<unknown>): Promise<boolean> {
    for (let attempt = 1; ; attempt++) {
      try {
        await send();
        return true;
      } catch (error) {
        const failure = classifyWriteFailure(error);
        if (failure === 'MOVED') return false;
        if (failure === 'FATAL' || attempt >= writePolicy.attemptsMax) throw error;
        await backOff(attempt, writePolicy);
      }
    }
  }

  function putNew(item: Plain): Promise<boolean> {
    const input = { TableName: table, Item: toItem(item), ConditionExpression: 'attribute_not_exists(pk)' };
    return write(() => client.send(new PutItemCommand(input)));
  }

  function update(key: { pk: string; sk: string }, input: Omit<UpdateItemCommandInput, 'TableName' | 'Key'>) {
    return write(() => client.send(new UpdateItemCommand({ TableName: table, Key: toItem(key), ...input })));
  }

  return { get, query, write, putNew, update };
}
