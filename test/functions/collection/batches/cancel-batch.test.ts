import { describe, expect, it } from 'vitest';
import { dueBookings } from '../../../../functions/collection/batches/book-block.ts';
import { cancelItems } from '../../../../functions/collection/batches/cancel-batch.ts';
import { type CollectionItem, itemState, moneyOf } from '../../../../functions/collection/items/item.ts';
import { anItem, aTry, at } from '../items/items.ts';

const now = new Date(at);
const cancel = (...items: CollectionItem[]) => cancelItems(items, now);
const ended = { state: 'CANCELLED', reason: 'CANCELLED', at } as const;

describe('cancelling a batch', () => {
  it('ends at once what waits for its day', () => {
    const [item] = cancel({ ...anItem(), dueOn: '2026-04-01' });
    expect(item).toEqual({ ...anItem(), dueOn: '2026-04-01', ended });
  });

  it('ends what waits for its next try, and then it waits no more', () => {
    const declined = aTry({ state: 'DECLINED', reason: 'INSUFFICIENT_FUNDS' });
    const [item] = cancel({ ...anItem(declined), nextTryAt: '2026-03-03T02:00:00.000Z' });
    expect(item).toEqual({ ...anItem(declined), ended });
  });

  it('gives back the hold of what is routed and in no message yet', () => {
    const [item] = cancel(anItem(aTry({ state: 'ROUTED', booked: { held: true } })));
    expect(item?.tries).toMatchObject([{ state: 'NEVER_LEFT', reason: 'CANCELLED', endedAt: at }]);
    expect(item && itemState(item)).toBe('CANCELLED');
    const { holds, endings } = dueBookings({ items: item ? [item] : [] }, now);
    expect([holds.length, endings.map(({ one }) => one.orderId)]).toEqual([0, ['o1']]);
  });

  it('stops only the rest of what came in part', () => {
    const [item] = cancel(anItem(aTry({ state: 'SETTLED', settled: 60_000n })));
    expect(item && moneyOf(item)).toEqual({
      ...{ open: 0n, settled: 60_000n, failed: 0n, returned: 0n },
      cancelled: 40_000n,
    });
  });

  it.each([
    ['named in a message that may go out at any moment', aTry({ state: 'ROUTED', messageId: 'm1' })],
    ['at the bank', aTry({ state: 'SUBMITTED', messageId: 'm1' })],
    ['perhaps at the bank', aTry({ state: 'UNKNOWN', messageId: 'm1' })],
    ['worked on by the bank', aTry({ state: 'PROCESSING', messageId: 'm1' })],
    ['settled', aTry({ state: 'SETTLED', settled: 100_000n })],
    ['returned', aTry({ state: 'RETURNED', settled: 100_000n, returned: 100_000n })],
  ])('leaves alone what is %s', (_, one) => {
    expect(cancel(anItem(one))).toEqual([anItem(one)]);
  });

  it('leaves alone what failed before', () => {
    const failed = { ...anItem(), ended: { state: 'FAILED', reason: 'NO_RAIL', at } } as const;
    expect(cancel(failed)).toEqual([failed]);
  });

  it('a second time changes nothing', () => {
    const items = [anItem(), anItem(aTry({ state: 'ROUTED' })), anItem(aTry())];
    const once = cancel(...items);
    expect(cancelItems(once, new Date('2026-03-05T00:00:00.000Z'))).toEqual(once);
  });
});
