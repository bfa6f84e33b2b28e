import {
  BatchGetItemCommand,
  DynamoDBClient,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { linesBetween } from '../../../../functions/settlement/journal/lines-between.ts';
import { stepsOf } from '../../../../functions/settlement/journal/step.ts';
import { writeSteps } from '../../../../functions/settlement/journal/write-steps.ts';
import { handler } from '../../../../functions/settlement/on-order.ts';
import { journalingStore } from '../../../../functions/settlement/store.ts';
import { anOrder, aPayment } from './orders.ts';

const dynamo = mockClient(DynamoDBClient);
const store = journalingStore(new DynamoDBClient({}), 'settlement');
const now = new Date('2025-09-26T03:00:00.000Z');
const quick = { attemptsMax: 4, baseMs: 1, ceilingMs: 1 };
/** One payment, so one line of the market, in one group. */
const order = anOrder({ payments: [aPayment()] });
const steps = stepsOf([
  {
    ...{ tenant: 'demo', orderNo: 'A-1', at: '7' },
    result: { outcome: 'LINES', marketId: order.marketId, entries: linesBetween(undefined, order) },
  },
]);
const work = () => writeSteps(store, 'shard-1', steps, now, quick);

const cancelled = (Code: string) =>
  new TransactionCanceledException({ message: Code, $metadata: {}, CancellationReasons: [{ Code: 'None' }, { Code }] });
const reads = () => dynamo.commandCalls(BatchGetItemCommand).length;
const writes = () => dynamo.commandCalls(TransactWriteItemsCommand);
const standsAt = (at: string, done: string) => ({
  Responses: {
    settlement: [0, 1, 2, 3, 4, 5, 6, 7].map((group) => ({
      pk: { S: `#POSITION#shard-1#${group}` },
      sk: { S: 'P' },
      at: { S: at },
      done: { N: done },
    })),
  },
});

beforeEach(() => {
  dynamo.reset();
  dynamo.on(BatchGetItemCommand).resolves({ Responses: {} });
  dynamo.on(TransactWriteItemsCommand).resolves({});
});

describe('a group', () => {
  it('is written by one read and one transaction', async () => {
    await work();
    expect([reads(), writes().length]).toEqual([1, 1]);
  });

  it.each([['TransactionConflict'], ['ThrottlingError'], ['ProvisionedThroughputExceeded']])(
    'tries again after %s, from what it reads then',
    async (code) => {
      dynamo.on(TransactWriteItemsCommand).rejectsOnce(cancelled(code)).rejectsOnce(cancelled(code)).resolves({});
      await work();
      expect([reads(), writes().length]).toEqual([3, 3]);
    },
  );

  it('leaves to another what the other was faster with', async () => {
    dynamo.on(BatchGetItemCommand).resolvesOnce({ Responses: {} }).resolves(standsAt('7', '1'));
    dynamo.on(TransactWriteItemsCommand).rejects(cancelled('ConditionalCheckFailed'));
    await work();
    expect([reads(), writes().length]).toEqual([2, 1]);
  });

  it('reads after a write without an answer, and writes only what is not there', async () => {
    const lost = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
    dynamo.on(BatchGetItemCommand).resolvesOnce({ Responses: {} }).resolves(standsAt('7', '1'));
    dynamo.on(TransactWriteItemsCommand).rejects(lost);
    await work();
    expect(writes()).toHaveLength(1);
  });

  it('goes on from the position that it reads: the condition is on it', async () => {
    dynamo.on(BatchGetItemCommand).resolves(standsAt('6', '3'));
    await work();
    expect(writes()[0]?.args[0].input.TransactItems?.[0]?.Put).toMatchObject({
      ConditionExpression: '#at = :at AND done = :done',
      ExpressionAttributeValues: { ':at': { S: '6' }, ':done': { N: '3' } },
      Item: { at: { S: '7' }, done: { N: '1' } },
    });
  });

  it('gives the batch back where contention does not end, and at once where the request is wrong', async () => {
    dynamo.on(TransactWriteItemsCommand).rejects(cancelled('TransactionConflict'));
    await expect(work()).rejects.toThrow('TransactionConflict');
    expect(writes()).toHaveLength(4);
    dynamo.on(TransactWriteItemsCommand).rejects(cancelled('ValidationError'));
    await expect(work()).rejects.toThrow('ValidationError');
    expect(writes()).toHaveLength(5);
  });

  it('of which all is written costs a read only', async () => {
    dynamo.on(BatchGetItemCommand).resolves(standsAt('8', '0'));
    await work();
    expect([reads(), writes().length]).toEqual([1, 0]);
  });
});

describe('the last call of a window, without records', () => {
  it('does nothing: not even the table is asked for', async () => {
    const event = {
      ...{ Records: [], state: {}, shardId: 'shard-1', eventSourceARN: 'arn' },
      window: { start: '2025-09-26T02:00:00Z', end: '2025-09-26T02:01:00Z' },
      ...{ isFinalInvokeForWindow: true, isWindowTerminatedEarly: false },
    };
    expect(await handler(event)).toEqual({ state: {}, batchItemFailures: [] });
  });
});
