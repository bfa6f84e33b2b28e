import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  TransactionCanceledException,
  TransactionConflictException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { classifyWriteFailure } from '../../../shared/dynamo/failure.ts';
import { toItem } from '../../../shared/dynamo/items.ts';
import { anEngine } from '../../support/engines.ts';
import { type FaultRates, injectFaults } from '../../support/faulty-client.ts';
import { type PlainTable, plainTable } from '../../support/plain-table.ts';

describe('the client that injects faults', () => {
  let table: PlainTable;
  let sound: DynamoDBClient;
  beforeAll(async () => {
    table = await plainTable(anEngine());
    sound = table.newClient();
  });
  afterAll(() => table?.close());

  function faulty(rates: Partial<FaultRates>, seed = 1, maxAttempts = 1, faultsMax?: number) {
    const client = table.newClient({ maxAttempts });
    return { client, faults: injectFaults(client, seed, rates, faultsMax) };
  }
  const key = (pk: string) => toItem({ pk, sk: '0' });
  const put = (pk: string) => new PutItemCommand({ TableName: table.name, Item: key(pk) });
  const putOnce = (pk: string) =>
    new PutItemCommand({ TableName: table.name, Item: key(pk), ConditionExpression: 'attribute_not_exists(pk)' });
  const putAll = (...pks: string[]) =>
    new TransactWriteItemsCommand({
      TransactItems: pks.map((pk) => ({ Put: { TableName: table.name, Item: key(pk) } })),
    });
  const exists = async (pk: string) =>
    (await sound.send(new GetItemCommand({ TableName: table.name, Key: key(pk), ConsistentRead: true }))).Item !==
    undefined;
  const failureOf = (call: Promise<unknown>): Promise<unknown> =>
    call.then(
      () => undefined,
      (error) => error,
    );

  it('a timeout after the commit has committed', async () => {
    const error = await failureOf(faulty({ timeoutAfter: 1 }).client.send(put('after')));
    expect(classifyWriteFailure(error)).toBe('UNKNOWN');
    expect(await exists('after')).toBe(true);
  });

  it('a timeout before the request has written nothing', async () => {
    const error = await failureOf(faulty({ timeoutBefore: 1 }).client.send(put('before')));
    expect(classifyWriteFailure(error)).toBe('UNKNOWN');
    expect(await exists('before')).toBe(false);
  });

  it('a conflict cancels a transaction with one reason an item, in their order, and writes nothing', async () => {
    const error = await failureOf(faulty({ conflict: 1 }).client.send(putAll('c1', 'c2', 'c3')));
    expect(error).toBeInstanceOf(TransactionCanceledException);
    const codes = ((error as TransactionCanceledException).CancellationReasons ?? []).map(({ Code }) => Code);
    expect(codes.sort()).toEqual(['None', 'None', 'TransactionConflict']);
    expect(classifyWriteFailure(error)).toBe('BUSY');
    expect(await Promise.all(['c1', 'c2', 'c3'].map(exists))).toEqual([false, false, false]);
  });

  it('a conflict of a single write is its own exception', async () => {
    const error = await failureOf(faulty({ conflict: 1 }).client.send(put('single')));
    expect(error).toBeInstanceOf(TransactionConflictException);
    expect(await exists('single')).toBe(false);
  });

  it('a throttle writes nothing, in either of its forms, alone and in a transaction', async () => {
    const names = new Set<string>();
    const { client } = faulty({ throttle: 1 });
    for (let call = 0; call < 20; call++) {
      const error = await failureOf(call % 2 ? client.send(put('throttled')) : client.send(putAll('throttled')));
      expect(classifyWriteFailure(error)).toBe('BUSY');
      names.add((error as Error).name);
    }
    expect([...names].sort()).toEqual([
      'ProvisionedThroughputExceededException',
      'ThrottlingException',
      'TransactionCanceledException',
    ]);
    expect(await exists('throttled')).toBe(false);
  });

  it('a batch write comes back in part; what it left is not written and what it did is', async () => {
    const pks = ['w1', 'w2', 'w3', 'w4', 'w5'];
    const requests = pks.map((pk) => ({ PutRequest: { Item: key(pk) } }));
    const { client, faults } = faulty({ unprocessed: 1 });
    const answer = await client.send(new BatchWriteItemCommand({ RequestItems: { [table.name]: requests } }));
    const left = (answer.UnprocessedItems?.[table.name] ?? []).map(({ PutRequest }) => PutRequest?.Item?.pk?.S);
    expect(left.length, String(faults)).toBeGreaterThan(0);
    const written = await Promise.all(pks.map(exists));
    expect(pks.filter((_, place) => !written[place])).toEqual(left);
  });

  it('a batch read comes back in part and keeps how it is to be read', async () => {
    await sound.send(putAll('r1', 'r2', 'r3'));
    const asked = { Keys: ['r1', 'r2', 'r3'].map(key), ConsistentRead: true };
    const { client } = faulty({ unprocessed: 1 });
    const answer = await client.send(new BatchGetItemCommand({ RequestItems: { [table.name]: asked } }));
    const found = (answer.Responses?.[table.name] ?? []).map(({ pk }) => pk?.S);
    const left = answer.UnprocessedKeys?.[table.name];
    expect(left?.ConsistentRead).toBe(true);
    expect([...found, ...(left?.Keys ?? []).map(({ pk }) => pk?.S)].sort()).toEqual(['r1', 'r2', 'r3']);
    expect(left?.Keys?.length).toBeGreaterThan(0);
  });

  it('a lost answer that the SDK retries meets its own write: a condition fails though the write is done', async () => {
    const { client, faults } = faulty({ timeoutAfter: 1 }, 1, 2, 1);
    const error = await failureOf(client.send(putOnce('twice')));
    expect(classifyWriteFailure(error), String(faults)).toBe('MOVED');
    expect(await exists('twice')).toBe(true);
  });

  it('a lost answer of an addition that the SDK retries adds twice', async () => {
    const { client, faults } = faulty({ timeoutAfter: 1 }, 1, 2, 1);
    const add = { UpdateExpression: 'ADD amount :one', ExpressionAttributeValues: { ':one': { N: '1' } } };
    await client.send(new UpdateItemCommand({ TableName: table.name, Key: key('sum'), ...add }));
    const { Item } = await sound.send(new GetItemCommand({ TableName: table.name, Key: key('sum') }));
    expect(Item?.amount?.N, String(faults)).toBe('2');
  });

  it('the same seed gives the same faults, another one others', async () => {
    const rates = { conflict: 0.2, throttle: 0.2, timeoutBefore: 0.2, timeoutAfter: 0.2 };
    const run = async (seed: number) => {
      const { client, faults } = faulty(rates, seed);
      for (let call = 0; call < 30; call++) await failureOf(client.send(put('seeded')));
      return faults.faults;
    };
    const [first, again, other] = [await run(5), await run(5), await run(6)];
    expect(first.length).toBeGreaterThan(5);
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  it('the log names the seed and what was injected, for whoever has to repeat the run', async () => {
    const { client, faults } = faulty({ throttle: 1 }, 77);
    await failureOf(client.send(put('logged')));
    expect(String(faults)).toBe('SEED=77, 1 faults in 1 calls; the last: 1 PutItem throttle');
    expect(faults.countOf('throttle')).toBe(1);
  });

  it('is an ordinary client once stopped', async () => {
    const { client, faults } = faulty({ timeoutBefore: 1 });
    faults.stop();
    await client.send(put('stopped'));
    expect(await exists('stopped')).toBe(true);
  });
});
