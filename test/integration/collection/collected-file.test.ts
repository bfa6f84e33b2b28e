import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Block, orderIdOf } from '../../../functions/collection/batches/batch.ts';
import { blockToPlain } from '../../../functions/collection/batches/block-items.ts';
import { collectedFile } from '../../../functions/collection/gateway/collected-file.ts';
import type { SentOrder } from '../../../functions/collection/gateway/sent-message.ts';
import type { CollectionItem } from '../../../functions/collection/items/item.ts';
import { toItem } from '../../../shared/dynamo/items.ts';
import { engines } from '../../support/engines.ts';
import { collectionOnEngine, type TestCollection } from './support.ts';

const tenant = 'demo';
const batchId = 'cb_01KAVG2Y7T8XJ4N5QW3R6S9Z0A';
const messageId = '01KAVG2Y7T8XJ4N5QW3R6S9Z0M';
const [first, second] = ['01KAVG2Y7T8XJ4N5QW3R6S9Z0P', '01KAVG2Y7T8XJ4N5QW3R6S9Z0Q'];
const order = (index: number, paymentInformationId = first): SentOrder => ({
  id: orderIdOf(batchId, index, 1),
  ...{ direction: 'COLLECT', messageId, paymentInformationId, amount: 100_000n, currency: 'CNY' },
});

/** Orders of 1,000.00 in a file; the money in fen. */
describe.each(engines())('what a file of collections has brought, on $kind', (engine) => {
  let own: TestCollection;
  beforeAll(async () => {
    own = await collectionOnEngine(engine);
    // Item 41 lies in the second block.
    await own.store.writeSentOrders(tenant, messageId, [order(0), order(1), order(41, second)]);
    const block = (number: number, ...settled: readonly (readonly [index: number, settled?: bigint])[]) => {
      const items = settled.map(([index, came]) => ({
        ...{ line: index + 1, amount: 100_000n, currency: 'CNY', references: {} },
        tries: [
          {
            orderId: orderIdOf(batchId, index, 1),
            state: 'SETTLED',
            ...(came !== undefined && { settled: came }),
            ...(index === 41 && { returned: 10_000n }),
          },
          { orderId: orderIdOf(batchId, index, 2), state: 'SETTLED', settled: 7n, returned: 7n },
        ],
      }));
      const whole = { tenant, batchId, block: number, revision: 2, changedAt: '2026-03-02T02:00:00.000Z' };
      return { ...whole, items: items as unknown as CollectionItem[] } as unknown as Block;
    };
    for (const one of [block(0, [0, 100_000n], [1]), block(1, [41, 60_000n])]) {
      await own.client.send(new PutItemCommand({ TableName: own.table, Item: toItem(blockToPlain(one)) }));
    }
  });
  afterAll(() => own?.close());

  it('is found by its message and by each payment information, and counts its own orders alone', async () => {
    const of = (fileId: string) => collectedFile(own.store, tenant, fileId);
    expect(await of(messageId)).toEqual({ orders: 3, currency: 'CNY', settled: 160_000n, returned: 10_000n });
    expect(await of(first)).toEqual({ orders: 2, currency: 'CNY', settled: 100_000n, returned: 0n });
    expect(await of(second)).toEqual({ orders: 1, currency: 'CNY', settled: 60_000n, returned: 10_000n });
  });

  it('is found by an order that it carries', async () => {
    const orders = await own.store.readSentOrders(tenant, [order(41).id]);
    expect(orders.map((one) => [one.messageId, one.paymentInformationId])).toEqual([[messageId, second]]);
  });

  it('is nothing for an id of another, of another tenant, or of payments', async () => {
    expect(await collectedFile(own.store, tenant, '01KAVG2Y7T8XJ4N5QW3R6S9Z0X')).toBeUndefined();
    expect(await collectedFile(own.store, tenant, 'NOTPROVIDED')).toBeUndefined();
    expect(await collectedFile(own.store, 'demo2', messageId)).toBeUndefined();
    const paid = { ...order(0), id: 'P1', messageId: '01KAVG2Y7T8XJ4N5QW3R6S9Z0R', direction: 'PAY' } as const;
    await own.store.writeSentOrders(tenant, paid.messageId, [paid]);
    expect(await collectedFile(own.store, tenant, paid.messageId)).toBeUndefined();
  });
});
