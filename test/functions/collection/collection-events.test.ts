import { describe, expect, it } from 'vitest';
import type { Block } from '../../../functions/collection/batches/batch.ts';
import { blockToPlain } from '../../../functions/collection/batches/block-items.ts';
import { toEvents } from '../../../functions/collection/events.ts';
import type { CollectionItem } from '../../../functions/collection/items/item.ts';
import { fromItem, type Plain, toItem } from '../../../shared/dynamo/items.ts';
import type { DomainEvent } from '../../../shared/events/event.ts';
import { aBlock } from './batches/samples.ts';
import { anItem, aTry, at } from './items/items.ts';

const yuan = (amount: string) => ({ amount, currency: 'CNY' });
const stored = (plain: Plain): Plain => fromItem(toItem(plain));
const later = '2026-03-02T03:00:00.000Z';

/** What the world is told when a block is written in its first revision, and again with each of these items. */
function history(...steps: readonly (readonly CollectionItem[])[]): DomainEvent[][] {
  const blocks = steps.map((items, place): Block => ({ ...aBlock(items), revision: place + 1, changedAt: later }));
  return blocks.map((block, place) => told(block, blocks[place - 1]));
}

function told(block: Block, previous?: Block): DomainEvent[] {
  const item = stored(blockToPlain(block));
  if (!previous) return [...toEventsOf({ kind: 'INSERT', item })];
  return [...toEventsOf({ kind: 'MODIFY', item, previous: stored(blockToPlain(previous)) })];
}

const toEventsOf = (change: Parameters<typeof toEvents>[0]): DomainEvent[] => toEvents(change);
const names = (events: readonly DomainEvent[]) =>
  events.map(({ type }) => type.replace('collection.item-', '').replace('.v1', ''));

const waiting = anItem();
const withTry = (more: Parameters<typeof aTry>[0]) => anItem(aTry(more));
const ended = (state: 'FAILED' | 'CANCELLED') => ({ ended: { state, reason: 'CANCELLED' as const, at } });

describe('what the world is told of an item', () => {
  it('is each of its states as it comes to be', () => {
    const [first, accepted, ...others] = history(
      [waiting],
      [waiting],
      [withTry({ state: 'ROUTED' })],
      [withTry({ state: 'SUBMITTED' })],
      [withTry({ state: 'PROCESSING' })],
      [withTry({ state: 'SETTLED', settled: 100_000n })],
      [withTry({ state: 'RETURNED', settled: 100_000n, returned: 100_000n })],
    );
    expect([first, accepted, ...others].map((events = []) => names(events))).toEqual([
      [],
      ['accepted'],
      ['routed'],
      ['submitted'],
      ['processing'],
      ['settled'],
      ['returned'],
    ]);
    expect(names(history([waiting], [waiting], [{ ...waiting, ...ended('FAILED') }])[2] ?? [])).toEqual(['failed']);
    const cancelled = history([waiting], [waiting], [{ ...waiting, ...ended('CANCELLED') }])[2] ?? [];
    expect(names(cancelled)).toEqual(['cancelled']);
  });

  it('leaves none out that was passed in one step', () => {
    const [, , events = []] = history([waiting], [waiting], [withTry({ state: 'SETTLED', settled: 100_000n })]);
    expect(names(events)).toEqual(['routed', 'submitted', 'settled']);
    expect(events.map(({ data }) => data)).toMatchObject([
      { state: 'ROUTED', tries: [{ state: 'ROUTED' }] },
      { state: 'SUBMITTED', tries: [{ state: 'SUBMITTED' }] },
      { state: 'SETTLED', tries: [{ state: 'SETTLED' }] },
    ]);
    expect(events[1]?.data).toMatchObject({ money: { open: yuan('1000.00'), settled: yuan('0.00') } });
    const [, atOnce = []] = history([waiting], [withTry({ state: 'ROUTED' })]);
    expect(names(atOnce)).toEqual(['accepted', 'routed']);
    expect(atOnce.map(({ data }) => data)).toMatchObject([
      { state: 'ACCEPTED', tries: [] },
      { state: 'ROUTED', tries: [{ orderId: 'o1' }] },
    ]);
  });

  it('is, where half came and the rest waits, both, with what came by it', () => {
    const half = withTry({ state: 'SETTLED', settled: 50_000n });
    const rest = { ...half, nextTryAt: '2026-03-03T02:00:00.000Z' };
    const [, , events = []] = history([waiting], [withTry({ state: 'SUBMITTED' })], [rest]);
    expect(names(events)).toEqual(['settled', 'waiting']);
    expect(events[0]?.data).toMatchObject({ settledNow: yuan('500.00'), money: { open: yuan('500.00') } });
    expect(events[1]?.data).toMatchObject({ state: 'ACCEPTED', nextTryAt: '2026-03-03T02:00:00.000Z' });
  });

  it('is that a bank got it only once that is known', () => {
    const states = ['ROUTED', 'UNKNOWN', 'SUBMITTED'] as const;
    const steps = history([waiting], ...states.map((state) => [withTry({ state })]));
    expect(steps.slice(1).map(names)).toEqual([['accepted', 'routed'], [], ['submitted']]);
    const never = history([waiting], ...(['UNKNOWN', 'NEVER_LEFT'] as const).map((state) => [withTry({ state })]));
    expect(never.slice(1).map(names)).toEqual([['accepted', 'routed'], []]);
  });

  it('is, of what one write brings, each as it was then', () => {
    const back = { kind: 'WENT_BACK', amount: 30_000n, at: later } as const;
    const returned = { state: 'RETURNED', settled: 60_000n, endedAt: later, settledAt: at } as const;
    const first = aTry({ ...returned, returned: 50_000n, further: [back] });
    const second = aTry({ orderId: 'o2', amount: 40_000n, state: 'DECLINED', reason: 'ACCOUNT_CLOSED' });
    const failed = { ...anItem(first, second), ...ended('FAILED') };
    const [, , events = []] = history([waiting], [withTry({ state: 'SUBMITTED' })], [failed]);
    const shown = events.map(({ type, data }) => {
      const { state, money, tries } = data as { state: string; money: Record<string, { amount: string }>; tries: [] };
      const figures = ['open', 'settled', 'returned', 'failed'].map((part) => money[part]?.amount);
      return [type.replace(/.*item-|.v1/g, ''), state, tries.length, ...figures];
    });
    expect(shown).toEqual([
      ['settled', 'ACCEPTED', 1, '400.00', '600.00', '0.00', '0.00'],
      ['returned', 'ACCEPTED', 1, '400.00', '400.00', '200.00', '0.00'],
      ['returned', 'ACCEPTED', 1, '400.00', '100.00', '500.00', '0.00'],
      ['routed', 'ROUTED', 2, '400.00', '100.00', '500.00', '0.00'],
      ['submitted', 'SUBMITTED', 2, '400.00', '100.00', '500.00', '0.00'],
      ['failed', 'SETTLED', 2, '0.00', '100.00', '500.00', '400.00'],
    ]);
  });

  it('is of money that went back whole after more of it had come that nothing is left', () => {
    const further = [{ kind: 'CAME', amount: 40_000n, at: later }] as const;
    const came = withTry({ state: 'SETTLED', settled: 100_000n, further });
    const back = withTry({ state: 'RETURNED', settled: 100_000n, returned: 100_000n, further });
    const [, , told = []] = history([waiting], [came], [back]);
    const [, , atOnce = []] = history([waiting], [withTry({ state: 'SUBMITTED' })], [back]);
    const nothingLeft = { settled: yuan('0.00'), returned: yuan('1000.00'), open: yuan('0.00') };
    expect(told.map(({ data }) => data)).toMatchObject([{ state: 'RETURNED', money: nothingLeft }]);
    expect(names(atOnce)).toEqual(['settled', 'returned', 'settled']);
    expect(atOnce.at(1)?.data).toMatchObject({ money: nothingLeft });
  });

  it('is of each try what came by it, and no more', () => {
    const first = aTry({ orderId: 'o1', state: 'SETTLED', settled: 60_000n });
    const second = aTry({ orderId: 'o2', amount: 40_000n, state: 'SETTLED', settled: 40_000n });
    const [, , events = []] = history([waiting], [anItem(first)], [anItem(first, second)]);
    expect(names(events)).toEqual(['routed', 'submitted', 'settled']);
    expect(events[2]?.data).toMatchObject({
      settledNow: yuan('400.00'),
      money: { settled: yuan('1000.00') },
      state: 'SETTLED',
    });
  });

  it('is of money of which a part went back that it was returned, not settled again', () => {
    const item = withTry({ state: 'RETURNED', settled: 100_000n, returned: 30_000n });
    const [, , events = []] = history([waiting], [withTry({ state: 'SETTLED', settled: 100_000n })], [item]);
    expect(names(events)).toEqual(['returned']);
    expect(events[0]?.data).toMatchObject({ returnedNow: yuan('300.00'), money: { settled: yuan('700.00') } });
  });

  it('is of money that came, or went back, once more how much it was each time', () => {
    const came = { kind: 'CAME', amount: 40_000n, at: later } as const;
    const back = { kind: 'WENT_BACK', amount: 10_000n, at: later } as const;
    const first = withTry({ state: 'RETURNED', settled: 60_000n, returned: 20_000n });
    const then = withTry({ state: 'RETURNED', settled: 100_000n, returned: 30_000n, further: [came, back] });
    const [, before = [], events = []] = history([waiting], [first], [then]);
    expect(before.map(({ data }) => data).slice(-2)).toMatchObject([
      { settledNow: yuan('600.00') },
      { returnedNow: yuan('200.00') },
    ]);
    expect(names(events)).toEqual(['settled', 'returned']);
    expect(events.map(({ data }) => data)).toMatchObject([
      { settledNow: yuan('400.00') },
      { returnedNow: yuan('100.00') },
    ]);
    const ids = [...before, ...events].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('is what a bank told of it against its end, once', () => {
    const report = { orderId: 'o1', state: 'SETTLED', amount: 100_000n, at, source: 'file:bfl_1#1' } as const;
    const failed = { ...withTry({ state: 'DECLINED', reason: 'ACCOUNT_CLOSED' }), ...ended('FAILED') };
    const told = { ...failed, contradicted: [report] };
    const [, , events = [], again = []] = history([waiting], [failed], [told], [told]);
    expect(events).toMatchObject([
      {
        type: 'collection.report-contradicts.v1',
        occurredAt: at,
        data: {
          state: 'FAILED',
          report: { orderId: 'o1', state: 'SETTLED', amount: yuan('1000.00'), source: 'file:bfl_1#1' },
          contradicted: [{ orderId: 'o1', state: 'SETTLED' }],
        },
      },
    ]);
    expect(again).toEqual([]);
  });

  it('is, where a part came and the rest failed, that it failed', () => {
    const half = withTry({ state: 'SETTLED', settled: 50_000n });
    const [, , events = []] = history([waiting], [half], [{ ...half, ...ended('FAILED') }]);
    expect(names(events)).toEqual(['failed']);
    expect(events[0]?.data).toMatchObject({ money: { settled: yuan('500.00'), failed: yuan('500.00') } });
  });

  it('is, each time that it waits, until when', () => {
    const declined = aTry({ state: 'DECLINED', reason: 'INSUFFICIENT_FUNDS' });
    const again = aTry({ orderId: 'o2', state: 'DECLINED', reason: 'INSUFFICIENT_FUNDS' });
    const [, ...steps] = history(
      [waiting],
      [{ ...anItem(declined), nextTryAt: '2026-03-03T02:00:00.000Z' }],
      [{ ...anItem(declined, again), nextTryAt: '2026-03-05T02:00:00.000Z' }],
    );
    expect(steps.map(names)).toEqual([
      ['accepted', 'routed', 'submitted', 'waiting'],
      ['routed', 'submitted', 'waiting'],
    ]);
    const ids = steps.flat().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('carries your own references, and which batch or collection it belongs to', () => {
    const item = { ...withTry({ state: 'SETTLED', settled: 100_000n }), references: { orderNo: 'SO-1' } };
    const block = { ...aBlock([item], 2), revision: 2 };
    const settled = told(block, { ...block, items: [waiting], revision: 1 }).at(-1);
    expect(settled).toMatchObject({
      type: 'collection.item-settled.v1',
      subject: 'cb_01KAVG2Y7T8XJ4N5QW3R6S9Z0A',
      data: { batchId: 'cb_01KAVG2Y7T8XJ4N5QW3R6S9Z0A', references: { orderNo: 'SO-1' } },
    });
    const single = told({ ...block, single: true }).at(-1);
    expect(single).toMatchObject({
      subject: 'col_01KAVG2Y7T8XJ4N5QW3R6S9Z0A',
      data: { collectionId: 'col_01KAVG2Y7T8XJ4N5QW3R6S9Z0A' },
    });
    expect(single?.data).not.toHaveProperty('batchId');
  });
});

describe('a block', () => {
  it('that no batch came about for tells nothing, stored, put off or forgotten', () => {
    const due = { ...aBlock([waiting]), dueAt: at };
    expect(told(due)).toEqual([]);
    expect(told({ ...due, dueAt: later }, due)).toEqual([]);
    expect(told(aBlock([waiting]), due)).toEqual([]);
  });

  it('that is only looked at another time tells nothing again', () => {
    const block = { ...aBlock([withTry({ state: 'ROUTED' })]), revision: 3 };
    expect(told({ ...block, dueAt: later }, { ...block, dueAt: at })).toEqual([]);
    expect(told({ ...block, revision: 4 }, block)).toEqual([]);
  });

  it('told again without what it was before has the ids and times that were told, and none that was not', () => {
    const settledTry = aTry({ state: 'SETTLED', settled: 60_000n });
    const open = anItem(settledTry, aTry({ orderId: 'o2', amount: 40_000n, state: 'PROCESSING' }));
    const steps = history([waiting], [withTry({ state: 'ROUTED' })], [anItem(settledTry)], [open]);
    const last = { ...aBlock([open]), revision: 4, changedAt: later };
    const again = told(last);
    expect(names(again)).toEqual(['accepted', 'routed', 'submitted', 'settled', 'routed', 'submitted', 'processing']);
    const when = ({ id, type, occurredAt }: DomainEvent) => ({ id, type, occurredAt });
    expect(again.map(when)).toEqual(steps.flat().map(when));
    expect(again[0]).toEqual(steps[1]?.[0]);
  });
});
