import { describe, expect, it } from 'vitest';
import { roomShifts, usagesAfter } from '../../../../functions/collection/batches/room.ts';
import type { CollectionItem } from '../../../../functions/collection/items/item.ts';
import { type MandateUsage, unused, usedIn } from '../../../../functions/collection/mandates/mandate-usage.ts';
import type { RetryPolicy } from '../../../../functions/collection/retries/retry-policy.ts';
import { anItem, aTry } from '../items/items.ts';
import { aMandate } from '../mandates/mandates.ts';
import { shanghai } from '../routing/samples.ts';
import { routed } from './samples.ts';

const monday = '2026-03-02';
const now = shanghai(`${monday} 10:00`);
const mandate = aMandate({ limits: { daily: 100_000n } });
const itemsOf = (...amounts: bigint[]) => amounts.map((amount, index) => ({ ...anItem(), line: index + 1, amount }));
const told = (items: readonly CollectionItem[]) =>
  items.map(({ tries, ended }) => ended?.reason ?? tries.at(-1)?.state);
const roomLeft = (before: readonly CollectionItem[], items: readonly CollectionItem[], usage: MandateUsage) =>
  usagesAfter(roomShifts(before, items), new Map([['man_1', usage]])).get('man_1') ?? usage;

describe('room under the limits of a mandate', () => {
  it('is taken line by line for the day on which a rail carries it, and what finds none has failed', () => {
    const { items, usages } = routed(itemsOf(60_000n, 50_000n, 40_000n), [mandate], now);
    expect(told(items)).toEqual(['ROUTED', 'MANDATE_LIMIT', 'ROUTED']);
    expect(usedIn(usages.get('man_1') ?? unused, monday)).toBe(100_000n);
  });

  it('is taken once, however often it is asked for', () => {
    const first = routed(itemsOf(60_000n, 50_000n), [mandate], now);
    const again = routed(first.items, [mandate], now, { usages: first.usages });
    expect([again.items, again.usages.size]).toEqual([first.items, 0]);
  });

  it('is not there for a mandate that was revoked meanwhile', () => {
    const revoked = aMandate({ state: 'REVOKED' });
    const { items, usages } = routed(itemsOf(60_000n), [revoked], now);
    expect([told(items), usages.size]).toEqual([['MANDATE_REVOKED'], 0]);
  });

  it('is free again once an order brought nothing, and but for what came where it brought a part', () => {
    const open = [anItem(aTry({ state: 'SUBMITTED', amount: 60_000n }))];
    const full: MandateUsage = { ...unused, used: [{ period: monday, amount: 60_000n }], collections: 1, revision: 1 };
    const declined = [anItem(aTry({ state: 'DECLINED', amount: 60_000n }))];
    expect(roomLeft(open, declined, full)).toMatchObject({ collections: 0, revision: 1 });
    expect(usedIn(roomLeft(open, declined, full), monday)).toBe(0n);
    const partly = [anItem(aTry({ state: 'SETTLED', amount: 60_000n, settled: 25_000n }))];
    expect(usedIn(roomLeft(open, partly, full), monday)).toBe(25_000n);
    expect(roomLeft(open, partly, full).collections).toBe(1);
    const whole = [anItem(aTry({ state: 'SETTLED', amount: 60_000n, settled: 60_000n }))];
    expect(roomShifts(open, whole)).toEqual([]);
  });

  it('stays taken by money that went back: the payer was debited on the day', () => {
    const settled = [anItem(aTry({ state: 'SETTLED', settled: 100_000n }))];
    const returned = [anItem(aTry({ state: 'RETURNED', settled: 100_000n, returned: 100_000n }))];
    expect(roomShifts(settled, returned)).toEqual([]);
  });

  it('is asked for anew on the day of a retry, where others may have taken it', () => {
    const nextDay: RetryPolicy = { when: 'SET_DAYS', days: [1], time: '10:00', partial: false };
    const retried = aMandate({ limits: { daily: 100_000n }, retries: nextDay });
    const declined = aTry({ state: 'DECLINED', reason: 'INSUFFICIENT_FUNDS', endedAt: now.toISOString() });
    const waiting = { ...anItem(declined), nextTryAt: '2026-03-03T02:00:00.000Z' };
    const tuesday = shanghai('2026-03-03 10:00');
    const free = routed([waiting], [retried], tuesday);
    expect(told(free.items)).toEqual(['ROUTED']);
    expect(usedIn(free.usages.get('man_1') ?? unused, '2026-03-03')).toBe(100_000n);
    const taken: MandateUsage = { ...unused, used: [{ period: '2026-03-03', amount: 1n }], collections: 1 };
    const full = routed([waiting], [retried], tuesday, { usages: new Map([['man_1', taken]]) });
    expect(told(full.items)).toEqual(['MANDATE_LIMIT']);
  });
});
