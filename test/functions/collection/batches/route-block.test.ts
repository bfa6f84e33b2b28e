import { describe, expect, it } from 'vitest';
import { itemsPerBlockMax, orderIdOf } from '../../../../functions/collection/batches/batch.ts';
import { dueTime } from '../../../../functions/collection/batches/due-time.ts';
import type { CollectionItem } from '../../../../functions/collection/items/item.ts';
import { unused, usedIn } from '../../../../functions/collection/mandates/mandate-usage.ts';
import type { RetryPolicy } from '../../../../functions/collection/retries/retry-policy.ts';
import { anItem, aTry } from '../items/items.ts';
import { aMandate } from '../mandates/mandates.ts';
import { railOf, shanghai } from '../routing/samples.ts';
import { aBatch, routed } from './samples.ts';

/** A Monday. */
const monday = '2026-03-02';
const now = shanghai(`${monday} 10:00`);
const nextDay: RetryPolicy = { when: 'SET_DAYS', days: [1], time: '10:00', partial: false };
const rails = (items: readonly CollectionItem[]) => items.map(({ tries }) => tries.map(({ railId }) => railId));

describe('a block of collections', () => {
  it('takes room for what is due and sends it over the best rail, under the number of its place', () => {
    const { items, usages } = routed([anItem(), anItem()], [aMandate()], now, { block: 2 });
    expect(rails(items)).toEqual([['cheap'], ['cheap']]);
    const first = 2 * itemsPerBlockMax;
    expect(items.map(({ tries }) => tries[0]?.orderId)).toEqual([
      orderIdOf(aBatch().id, first, 1),
      orderIdOf(aBatch().id, first + 1, 1),
    ]);
    expect(items[0]?.tries[0]).toMatchObject({ state: 'ROUTED', amount: 100_000n, fee: 100n, partial: false });
    expect(usages.get('man_1')).toMatchObject({ collections: 2 });
  });

  it('waits until midnight in Shanghai with what is due another day, and takes no room for it yet', () => {
    const later = { ...anItem(), dueOn: '2026-03-05' };
    const { items, usages } = routed([later, { ...later, line: 2, dueOn: '2026-03-04' }], [aMandate()], now);
    expect(items).toEqual([later, { ...later, line: 2, dueOn: '2026-03-04' }]);
    expect(usages.size).toBe(0);
    expect(dueTime(items, now)).toBe('2026-03-03T16:00:00.000Z');
    const onTheDay = routed([later], [aMandate()], shanghai('2026-03-05 00:00'));
    expect(rails(onTheDay.items)).toEqual([['cheap']]);
    const justBefore = routed([later], [aMandate()], shanghai('2026-03-04 23:59:59'));
    expect(rails(justBefore.items)).toEqual([[]]);
  });

  it('sends over another rail what never left by the first, and fails it when none is left', () => {
    const never = aTry({ railId: 'cheap', state: 'NEVER_LEFT', reason: 'RAIL_UNAVAILABLE' });
    const once = routed([anItem(never)], [aMandate()], now);
    expect(rails(once.items)).toEqual([['cheap', 'dear']]);
    expect(once.items[0]?.tries[1]?.orderId).toBe(orderIdOf(aBatch().id, 0, 2));
    const twice = anItem(never, { ...never, orderId: 'o2', railId: 'dear' });
    const { items } = routed([twice], [aMandate()], now);
    expect(items[0]?.ended).toEqual({ state: 'FAILED', reason: 'NO_RAIL', at: now.toISOString() });
  });

  it('keeps what the payer could not pay until the day agreed, then tries it over any rail', () => {
    const declined = aTry({
      ...{ railId: 'cheap', state: 'DECLINED', reason: 'INSUFFICIENT_FUNDS' },
      ...{ routedAt: now.toISOString(), endedAt: now.toISOString() },
    });
    const mandate = aMandate({ retries: nextDay });
    const { items, usages } = routed([anItem(declined)], [mandate], now);
    expect(items[0]?.nextTryAt).toBe('2026-03-03T02:00:00.000Z');
    expect(dueTime(items, now)).toBe('2026-03-03T02:00:00.000Z');
    expect(usages.size).toBe(0);
    const again = routed(items, [mandate], shanghai('2026-03-03 10:00'));
    expect(rails(again.items)).toEqual([['cheap', 'cheap']]);
    expect(again.items[0]?.nextTryAt).toBeUndefined();
  });

  it('leaves no room taken where no rail carries it', () => {
    const small = railOf('small', { maximum: 50_000n });
    const { items, usages } = routed([anItem()], [aMandate()], now, { rails: [small] });
    expect(items[0]?.ended?.reason).toBe('NO_RAIL');
    expect(usedIn(usages.get('man_1') ?? unused, monday)).toBe(0n);
  });

  it('goes as first under its mandate once, and as recurrent from then on', () => {
    const mandate = aMandate({ sequence: 'FRST' });
    const { items, usages } = routed(
      [1, 2].map((line) => ({ ...anItem(), line })),
      [mandate],
      now,
    );
    expect(items.map(({ tries }) => tries[0]?.sequence)).toEqual(['FRST', 'RCUR']);
    const third = routed([{ ...anItem(), line: 3 }], [mandate], now, { usages });
    expect(third.items[0]?.tries[0]?.sequence).toBe('RCUR');
  });

  it('goes as first where what was before it found no rail', () => {
    const mandate = aMandate({ sequence: 'FRST' });
    const large = { ...anItem(), amount: 200_000n };
    const small = railOf('small', { maximum: 100_000n });
    const { items } = routed([large, { ...anItem(), line: 2 }], [mandate], now, { rails: [small] });
    expect(items[0]?.ended?.reason).toBe('NO_RAIL');
    expect(items[1]?.tries[0]?.sequence).toBe('FRST');
  });

  it('cut into pieces takes room piece by piece', () => {
    const mandate = aMandate({ sequence: 'FRST', limits: { perTransaction: 40_000n, daily: 70_000n } });
    const pieces = [40_000n, 40_000n, 20_000n].map((amount, index) => ({ ...anItem(), piece: index + 1, amount }));
    const { items, usages } = routed(pieces, [mandate], now);
    expect(items.map(({ tries, ended }) => tries[0]?.sequence ?? ended?.reason)).toEqual([
      ...['FRST', 'MANDATE_LIMIT', 'RCUR'],
    ]);
    expect(usedIn(usages.get('man_1') ?? unused, monday)).toBe(60_000n);
  });

  it('waits for its only rail while that is down, and fails a month later', () => {
    const outages = [{ railId: 'only', from: shanghai('2026-03-02 09:50'), to: shanghai('2026-03-02 10:10') }];
    const down = { rails: [railOf('only')], outages };
    const { items, usages } = routed([anItem()], [aMandate()], now, down);
    expect([items[0]?.ended, items[0]?.nextTryAt, usages.size]).toEqual([undefined, '2026-03-02T02:10:00.000Z', 0]);
    expect(routed(items, [aMandate()], now, down).items).toEqual(items);
    expect(rails(routed(items, [aMandate()], shanghai('2026-03-02 10:10'), down).items)).toEqual([['only']]);
    const forEver = { rails: [railOf('only')], outages: [{ railId: 'only', from: shanghai('2026-03-02 09:50') }] };
    expect(routed([anItem()], [aMandate()], now, forEver).items[0]?.nextTryAt).toBe('2026-03-02T03:00:00.000Z');
    const late = routed([anItem()], [aMandate()], shanghai('2026-04-03 10:00'), forEver);
    expect(late.items[0]?.ended?.reason).toBe('NO_RAIL');
  });

  it('decides the same again for what it decided', () => {
    const first = routed([anItem(), { ...anItem(), line: 2, dueOn: '2026-03-09' }], [aMandate()], now);
    const again = routed(first.items, [aMandate()], now, { usages: first.usages });
    expect(again.items).toEqual(first.items);
    expect(again.usages.size).toBe(0);
    expect(dueTime(again.items, now)).toBe(dueTime(first.items, now));
  });
});
