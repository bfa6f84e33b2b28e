import { describe, expect, it } from 'vitest';
import { itemsPerBlockMax, orderIdOf } from '../../../../functions/collection/batches/batch.ts';
import { dueTime } from '../../../../functions/collection/batches/due-time.ts';
import type { CollectionItem } from '../../../../functions/collection/items/item.ts';
import { unused, usedIn } from '../../../../functions/collection/mandates/mandate-usage.ts';
import type { RetryPolicy } from '../../../../functions/collection/retries/retry-policy.ts';
import { chinaStateCouncil } from '../../../../shared/calendar/china-state-council.ts';
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

  it('waits a month for a rail from the day of its retry, not from its first day', () => {
    const outages = [{ railId: 'only', from: shanghai('2026-03-01 09:50') }];
    const sixtyDaysOn: RetryPolicy = { when: 'SET_DAYS', days: [60], time: '10:00', partial: false };
    const declined = aTry({
      ...{ railId: 'only', state: 'DECLINED', reason: 'INSUFFICIENT_FUNDS' },
      ...{ routedAt: now.toISOString(), endedAt: now.toISOString() },
    });
    const down = { rails: [railOf('only')], outages };
    const at = (time: string) =>
      routed([anItem(declined)], [aMandate({ retries: sixtyDaysOn })], shanghai(time), down).items[0];
    // 60 days after 2 March is Friday 1 May, a holiday until the 5th.
    expect(at('2026-05-06 10:00')).toMatchObject({ nextTryAt: '2026-05-06T03:00:00.000Z' });
    expect(at('2026-06-06 09:00')?.ended).toBeUndefined();
    expect(at('2026-06-06 10:01')?.ended?.reason).toBe('NO_RAIL');
  });

  it('stays here until its rail opens, and takes no room before', () => {
    const banking = railOf('banking', {
      hours: {
        type: 'SESSION',
        calendar: chinaStateCouncil.name,
        opensOn: 'SAME_DAY',
        opens: '08:30',
        closes: '17:30',
      },
    });
    const sunday = shanghai('2026-03-01 10:00');
    const due = { ...anItem(), dueOn: '2026-03-01' };
    const { items, usages } = routed([due], [aMandate()], sunday, { rails: [banking] });
    expect([rails(items), items[0]?.nextTryAt, usages.size]).toEqual([[[]], '2026-03-02T00:30:00.000Z', 0]);
    expect(dueTime(items, sunday)).toBe('2026-03-02T00:30:00.000Z');
    const opened = routed(items, [aMandate()], shanghai('2026-03-02 08:30'), { rails: [banking] });
    expect(opened.items[0]?.tries[0]).toMatchObject({ railId: 'banking', businessDate: monday });
  });

  it('is handed over before the cut-off of its file', () => {
    const cutOffs = { type: 'CUT_OFFS', calendar: chinaStateCouncil.name, cutOffs: ['16:00'], leadDays: 1 } as const;
    const file = railOf('file', { hours: { ...cutOffs, settlesAt: '09:00' } });
    const { items } = routed([anItem()], [aMandate()], now, { rails: [file] });
    expect(items[0]?.tries[0]).toMatchObject({ railId: 'file', businessDate: '2026-03-03' });
  });

  it('waits for a suspended mandate by the hour, for a month', () => {
    const suspended = [aMandate({ state: 'SUSPENDED' })];
    const { items } = routed([anItem()], suspended, now);
    expect(items[0]).toMatchObject({ tries: [], nextTryAt: '2026-03-02T03:00:00.000Z' });
    expect(rails(routed(items, [aMandate()], shanghai('2026-03-02 11:00')).items)).toEqual([['cheap']]);
    const late = routed([anItem()], suspended, shanghai('2026-04-03 10:00'));
    expect(late.items[0]?.ended?.reason).toBe('MANDATE_NOT_ACTIVE');
  });

  it.each(['DAY_PASSED', 'MANDATE_SUSPENDED'] as const)('goes over the same rail again after %s', (reason) => {
    const never = aTry({ railId: 'cheap', state: 'NEVER_LEFT', reason });
    expect(rails(routed([anItem(never)], [aMandate()], now).items)).toEqual([['cheap', 'cheap']]);
  });

  it('decides the same again for what it decided', () => {
    const first = routed([anItem(), { ...anItem(), line: 2, dueOn: '2026-03-09' }], [aMandate()], now);
    const again = routed(first.items, [aMandate()], now, { usages: first.usages });
    expect(again.items).toEqual(first.items);
    expect(again.usages.size).toBe(0);
    expect(dueTime(again.items, now)).toBe(dueTime(first.items, now));
  });
});
