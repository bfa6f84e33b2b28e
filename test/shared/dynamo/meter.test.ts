import {
  BatchWriteItemCommand,
  DeleteItemCommand,
  type DynamoDBClient,
  ExecuteStatementCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { toItem } from '../../../shared/dynamo/items.ts';
import { meterWrites, type WriteMeter } from '../../../shared/dynamo/meter.ts';
import { engines } from '../../support/engines.ts';
import { injectFaults } from '../../support/faulty-client.ts';
import { type PlainTable, plainTable } from '../../support/plain-table.ts';

describe.each(engines())('the meter on $kind', (engine) => {
  let table: PlainTable;
  let client: DynamoDBClient;
  let meter: WriteMeter;
  beforeAll(async () => {
    table = await plainTable(engine);
    client = table.newClient();
    meter = meterWrites(client);
  });
  beforeEach(() => meter.reset());
  afterAll(() => table?.close());

  const key = (pk: string) => toItem({ pk, sk: '0' });
  const item = (pk: string, kilobytes: number, more = {}) =>
    toItem({ pk, sk: '0', kind: 'NOTE', text: 'x'.repeat(kilobytes * 1024 - 100), ...more });
  const put = (pk: string, kilobytes: number, more = {}) =>
    client.send(new PutItemCommand({ TableName: table.name, Item: item(pk, kilobytes, more) }));
  const shorten = (pk: string) => ({
    TableName: table.name,
    Key: key(pk),
    UpdateExpression: 'SET #text = :text',
    ExpressionAttributeNames: { '#text': 'text' },
    ExpressionAttributeValues: { ':text': { S: '' } },
  });

  it('charges a put of 3 KB with 3 units, to its partition key', async () => {
    await put('put', 3);
    const { total, byPartitionKey, hottest } = meter.report();
    expect(total).toBe(3);
    expect([...byPartitionKey]).toEqual([[`${table.name} put`, 3]]);
    expect(hottest).toEqual({ key: `${table.name} put`, units: 3 });
  });

  it('charges a small put over a large item for the large one', async () => {
    await put('over', 4);
    meter.reset();
    await put('over', 1);
    expect(meter.report().total).toBe(4);
  });

  it('charges an update for the larger of before and after, either way', async () => {
    await put('update', 5);
    meter.reset();
    await client.send(new UpdateItemCommand(shorten('update')));
    expect(meter.report().total).toBe(5);
    meter.reset();
    const longer = { ...shorten('update'), ExpressionAttributeValues: { ':text': { S: 'x'.repeat(2500) } } };
    await client.send(new UpdateItemCommand(longer));
    expect(meter.report().total).toBe(3);
  });

  it('charges a delete for what was there, and one unit for nothing', async () => {
    await put('delete', 2);
    meter.reset();
    await client.send(new DeleteItemCommand({ TableName: table.name, Key: key('delete') }));
    await client.send(new DeleteItemCommand({ TableName: table.name, Key: key('delete') }));
    expect(meter.report().total).toBe(2 + 1);
  });

  it('charges a transaction twice per kilobyte and item, checks included', async () => {
    await put('checked', 2);
    await put('updated', 3);
    await put('deleted', 1);
    meter.reset();
    const TableName = table.name;
    await client.send(
      new TransactWriteItemsCommand({
        TransactItems: [
          { Put: { TableName, Item: item('fresh', 4) } },
          { Update: shorten('updated') },
          { Delete: { TableName, Key: key('deleted') } },
          { ConditionCheck: { TableName, Key: key('checked'), ConditionExpression: 'attribute_exists(pk)' } },
        ],
      }),
    );
    const { total, byOperation, byKind } = meter.report();
    expect(total).toBe(2 * (4 + 3 + 1 + 2));
    expect([...byOperation]).toEqual([
      ['TransactWriteItems Put', 8],
      ['TransactWriteItems Update', 6],
      ['TransactWriteItems ConditionCheck', 4],
      ['TransactWriteItems Delete', 2],
    ]);
    expect([...byKind]).toEqual([['NOTE', 20]]);
  });

  it('charges a refused condition, and tells it apart', async () => {
    await put('taken', 3);
    meter.reset();
    const again = { TableName: table.name, Item: item('taken', 1), ConditionExpression: 'attribute_not_exists(pk)' };
    await expect(client.send(new PutItemCommand(again))).rejects.toThrow();
    expect(meter.report()).toMatchObject({ total: 3, refused: 3 });
  });

  it('charges every item of a refused transaction', async () => {
    await put('held', 2);
    meter.reset();
    const TableName = table.name;
    const TransactItems = [
      { Put: { TableName, Item: item('other', 1) } },
      { Put: { TableName, Item: item('held', 1), ConditionExpression: 'attribute_not_exists(pk)' } },
    ];
    await expect(client.send(new TransactWriteItemsCommand({ TransactItems }))).rejects.toThrow();
    expect(meter.report()).toMatchObject({ total: 2 * (1 + 2), refused: 6 });
  });

  it('charges nothing for a request that is malformed', async () => {
    const wrong = { ...shorten('update'), UpdateExpression: 'nonsense' };
    await expect(client.send(new UpdateItemCommand(wrong))).rejects.toThrow();
    expect(meter.report().total).toBe(0);
  });

  it('charges the index, once and under its own key, and not twice in a transaction', async () => {
    const Item = item('indexed', 2, { owner: 'anna' });
    await client.send(new TransactWriteItemsCommand({ TransactItems: [{ Put: { TableName: table.name, Item } }] }));
    expect([...meter.report().byPartitionKey]).toEqual([
      [`${table.name} indexed`, 4],
      [`${table.name}/byOwner anna`, 2],
    ]);
  });

  it('charges both places of the index when the owner changes', async () => {
    await put('moved', 1, { owner: 'anna' });
    meter.reset();
    await put('moved', 1, { owner: 'bert' });
    expect(meter.report().byPlace.get(`${table.name}/byOwner`)).toBe(2);
  });

  it('charges what a batch did and not what it left', async () => {
    const faulty = table.newClient();
    const own = meterWrites(faulty, table.newClient());
    const faults = injectFaults(faulty, 7, { unprocessed: 1 });
    const requests = [1, 2, 3, 4].map((n) => ({ PutRequest: { Item: item(`batch${n}`, n) } }));
    const { UnprocessedItems } = await faulty.send(
      new BatchWriteItemCommand({ RequestItems: { [table.name]: requests } }),
    );
    const left = UnprocessedItems?.[table.name]?.length ?? 0;
    expect(left, String(faults)).toBeGreaterThan(0);
    const doneKilobytes = [1, 2, 3, 4].slice(0, 4 - left).reduce((sum, n) => sum + n, 0);
    expect(own.report().total, String(faults)).toBe(doneKilobytes);
  });

  it('refuses PartiQL rather than under-report it', async () => {
    const statement = new ExecuteStatementCommand({
      Statement: `DELETE FROM "${table.name}" WHERE pk = 'a' AND sk = 'b'`,
    });
    await expect(client.send(statement)).rejects.toThrow('ExecuteStatement cannot be metered');
  });

  it('is off the client after a stop', async () => {
    const other = table.newClient();
    const own = meterWrites(other);
    own.stop();
    await other.send(new PutItemCommand({ TableName: table.name, Item: item('unmetered', 1) }));
    expect(own.report().total).toBe(0);
  });
});
