import { describe, expect, it } from 'vitest';
import { retryParked } from '../../../../functions/settlement/journal/retry-parked.ts';
import type { Parked } from '../../../../functions/settlement/journal/step.ts';
import { orderToPlain } from '../../../../functions/settlement/orders/order-items.ts';
import { fromItem, toItem } from '../../../../shared/dynamo/items.ts';
import { anOrder, aPayment } from './orders.ts';

const now = new Date('2025-09-26T03:00:00.000Z');

function parked(orderNo: string): Parked {
  const after = fromItem(toItem(orderToPlain(anOrder({ no: orderNo, payments: [aPayment()] }))));
  return { tenant: 'demo', orderNo, shard: 's', at: '7', reason: 'broken', after, done: 0, since: 'now' };
}

describe('records that were put aside', () => {
  it('are tried each, also behind one that cannot be written', async () => {
    const tried: string[] = [];
    const store = {
      listParked: async () => ({ parked: [parked('A-1'), parked('A-2')] }),
      readSequences: async () => new Map<string, number>(),
      noteLateDay: async () => undefined,
      writeJournal: async (progress: { readonly of: string }) => {
        const { orderNo } = (progress as unknown as { parked: Parked }).parked;
        tried.push(orderNo);
        if (orderNo === 'A-1') throw new Error('Item size has exceeded the maximum.');
      },
    };
    await expect(retryParked(store, now)).rejects.toThrow('could not be tried');
    expect(tried).toEqual(['A-1', 'A-2']);
  });
});
