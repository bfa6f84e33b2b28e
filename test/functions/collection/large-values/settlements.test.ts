import { describe, expect, it } from 'vitest';
import { daysToMark, settlementsOn } from '../../../../functions/collection/large-values/settlements.ts';
import { anItem, aTry } from '../items/items.ts';

/** In Shanghai the second of March ends at 16:00 in UTC. */
const lastOfMonday = '2026-03-02T15:59:59.999Z';
const firstOfTuesday = '2026-03-02T16:00:00.000Z';
const monday = new Date('2026-03-02T03:00:00.000Z');
const tuesday = new Date('2026-03-03T03:00:00.000Z');

const settled = (endedAt: string, orderId = 'o1') => aTry({ orderId, state: 'SETTLED', settled: 100_000n, endedAt });

describe('money of a day', () => {
  it('is what came on it in Shanghai, to its last millisecond', () => {
    const items = [anItem(settled(lastOfMonday, 'o1')), anItem(settled(firstOfTuesday, 'o2'))];
    const ordersOn = (date: string) => settlementsOn({ batchId: 'cb_1', items }, date).map(({ orderId }) => orderId);
    expect([ordersOn('2026-03-01'), ordersOn('2026-03-02'), ordersOn('2026-03-03')]).toEqual([[], ['o1'], ['o2']]);
  });

  it('says where it lies and what came, a part of what was asked for too', () => {
    const item = anItem(aTry({ state: 'SETTLED', amount: 100_000n, settled: 60_000n, endedAt: lastOfMonday }));
    expect(settlementsOn({ batchId: 'cb_1', items: [{ ...item, line: 7, piece: 2 }] }, '2026-03-02')).toEqual([
      { batchId: 'cb_1', line: 7, piece: 2, mandateId: 'man_1', orderId: 'o1', amount: 60_000n, currency: 'CNY' },
    ]);
  });

  it('is of the day on which it came, whenever it went back', () => {
    const back = aTry({
      state: 'RETURNED',
      settled: 100_000n,
      returned: 100_000n,
      settledAt: lastOfMonday,
      endedAt: '2026-03-04T02:00:00.000Z',
    });
    expect(settlementsOn({ batchId: 'cb_1', items: [anItem(back)] }, '2026-03-02')).toMatchObject([
      { amount: 100_000n },
    ]);
    expect(settlementsOn({ batchId: 'cb_1', items: [anItem(back)] }, '2026-03-04')).toEqual([]);
  });

  it('is none of what failed, or is on its way', () => {
    const items = [anItem(aTry({ state: 'DECLINED', endedAt: lastOfMonday })), anItem(aTry())];
    expect(settlementsOn({ batchId: 'cb_1', items }, '2026-03-02')).toEqual([]);
  });
});

describe('the days to mark a block for', () => {
  const open = anItem(aTry());

  it('are those of the money that a step brings', () => {
    const after = [anItem(settled(lastOfMonday, 'o1')), anItem(settled(firstOfTuesday, 'o2'))];
    expect(daysToMark([open, open], after, tuesday)).toEqual(['2026-03-02', '2026-03-03']);
    expect(daysToMark([open], [open], monday)).toEqual([]);
  });

  it('are not those that it was marked for before on the same day', () => {
    const first = anItem(settled('2026-03-02T02:00:00.000Z', 'o1'));
    const second = anItem(settled('2026-03-02T02:30:00.000Z', 'o2'));
    expect(daysToMark([first, open], [first, second], monday)).toEqual([]);
  });

  it('are those of a day that is over, again, as somebody may have looked at it', () => {
    const first = anItem(settled('2026-03-02T02:00:00.000Z', 'o1'));
    const late = anItem(settled('2026-03-02T02:30:00.000Z', 'o2'));
    expect(daysToMark([first, open], [first, late], tuesday)).toEqual(['2026-03-02']);
  });

  it('are none where money goes back', () => {
    const came = settled(lastOfMonday);
    const back = { ...came, state: 'RETURNED' as const, returned: 100_000n, settledAt: lastOfMonday };
    const later = anItem({ ...back, endedAt: '2026-03-04T02:00:00.000Z' });
    expect(daysToMark([anItem(came)], [later], new Date('2026-03-04T02:00:00.000Z'))).toEqual([]);
  });
});
