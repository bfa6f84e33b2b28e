import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bankStates } from '../../../../functions/collection/gateway/bank-gateway.ts';
import {
  type CollectionItem,
  firstCame,
  firstWentBack,
  itemState,
  moneyOf,
} from '../../../../functions/collection/items/item.ts';
import { takeHandover, takeReport } from '../../../../functions/collection/items/take-report.ts';
import { sum } from '../../../../shared/money/sum.ts';
import { testSeed } from '../../../support/random.ts';
import { anItem, aTry, at, report } from './items.ts';

const none = { open: 0n, settled: 0n, failed: 0n, returned: 0n, cancelled: 0n };

describe('a collection at the bank', () => {
  it('goes from submitted over processing to settled, and posts what it held', () => {
    const processing = takeReport(anItem(aTry()), report('PROCESSING'));
    expect(processing && itemState(processing.item)).toBe('PROCESSING');
    expect(processing).toEqual({ item: anItem(aTry({ state: 'PROCESSING' })) });
    const change = takeReport(processing?.item ?? anItem(), report('SETTLED'));
    expect(change).toMatchObject({ post: { orderId: 'o1', amount: 100_000n } });
    expect(change && [itemState(change.item), moneyOf(change.item)]).toEqual([
      'SETTLED',
      { ...none, settled: 100_000n },
    ]);
  });

  it('of which a part came leaves the rest open', () => {
    const change = takeReport(anItem(aTry({ partial: true })), report('SETTLED', { amount: 60_000n }));
    expect(change).toMatchObject({ post: { amount: 60_000n } });
    expect(change && [itemState(change.item), moneyOf(change.item)]).toEqual([
      'ACCEPTED',
      { ...none, open: 40_000n, settled: 60_000n },
    ]);
  });

  it('of which another source tells of more has that much, the difference booked', () => {
    const [first, whole] = [report('SETTLED', { amount: 60_000n }), report('SETTLED', { source: 'b' })];
    const part = takeReport(anItem(aTry()), first)?.item ?? anItem();
    const ended = { state: 'FAILED', reason: 'SETTLED_SHORT', at } as const;
    const change = takeReport({ ...part, ended }, whole);
    expect(change?.post).toEqual({ orderId: 'o1', amount: 40_000n });
    expect(change?.item.tries).toMatchObject([
      { state: 'SETTLED', settled: 100_000n, further: [{ kind: 'CAME', amount: 40_000n, at }] },
    ]);
    expect(change?.item.ended).toBeUndefined();
    expect(change && moneyOf(change.item)).toEqual({ ...none, settled: 100_000n });
    for (const again of [first, whole]) expect(takeReport(change?.item ?? anItem(), again)).toBeUndefined();
    const less = takeReport({ ...part, ended }, report('SETTLED', { amount: 80_000n }));
    expect(less && moneyOf(less.item)).toEqual({ ...none, settled: 80_000n, failed: 20_000n });
  });

  it('of which another source tells of more takes nothing that another try asked for since', () => {
    const part = aTry({ state: 'SETTLED', partial: true, settled: 60_000n });
    const next = aTry({ orderId: 'o2', amount: 40_000n });
    const noted = { contradicted: [{ orderId: 'o1', state: 'SETTLED', amount: 100_000n, at, source: 'test' }] };
    const open = anItem(part, next);
    expect(takeReport(open, report('SETTLED'))).toEqual({ item: { ...open, ...noted } });
    const done = anItem(part, { ...next, state: 'SETTLED', settled: 40_000n });
    expect(takeReport(done, report('SETTLED'))).toEqual({ item: { ...done, ...noted } });
    const declined = takeReport(anItem(part, { ...next, state: 'DECLINED' }), report('SETTLED'));
    expect(declined && moneyOf(declined.item)).toEqual({ ...none, settled: 100_000n });
  });

  it('that the payer’s side declines gives its hold free and keeps the reason', () => {
    expect(takeReport(anItem(aTry()), report('REJECTED', { code: 'AM04' }))).toEqual({
      item: anItem(aTry({ state: 'DECLINED', reason: 'INSUFFICIENT_FUNDS', code: 'AM04', endedAt: at })),
      release: { orderId: 'o1' },
    });
  });

  it.each([
    ['AB10', 'RAIL_UNAVAILABLE'],
    ['TM01', 'CUT_OFF_MISSED'],
  ])('that the rail does not carry is free for another: %s', (code, reason) => {
    const change = takeReport(anItem(aTry()), report('REJECTED', { code }));
    expect(change?.item.tries).toMatchObject([{ state: 'REFUSED', reason }]);
  });

  it.each(['AM05', 'DU01', 'DUPL'])('that the bank takes for one it has is asked about, not failed: %s', (code) => {
    const asked = takeReport(anItem(aTry()), report('REJECTED', { code }));
    expect(asked).toEqual({ item: anItem(aTry({ state: 'UNKNOWN' })) });
    // The one that it has settles.
    expect(takeReport(asked?.item ?? anItem(), report('SETTLED'))).toMatchObject({ post: { amount: 100_000n } });
  });

  it('that comes back after it was settled (退汇) takes its money back, once', () => {
    const done = anItem(aTry({ state: 'SETTLED', settled: 100_000n, endedAt: at }));
    const change = takeReport(done, report('RETURNED', { code: 'AC04' }));
    expect(change).toMatchObject({ takeBack: { orderId: 'o1', amount: 100_000n } });
    expect(change && [itemState(change.item), moneyOf(change.item)]).toEqual([
      'RETURNED',
      { ...none, returned: 100_000n },
    ]);
    expect(takeReport(change?.item ?? anItem(), report('RETURNED'))).toBeUndefined();
  });

  it('that comes back keeps when its money had come', () => {
    const done = anItem(aTry({ state: 'SETTLED', settled: 100_000n, endedAt: at }));
    const change = takeReport(done, report('RETURNED', { at: '2026-03-04T02:00:00.000Z' }));
    expect(change?.item.tries).toMatchObject([{ settledAt: at, endedAt: '2026-03-04T02:00:00.000Z' }]);
  });

  it('that comes back in parts, on several days, takes each back once, whichever files tell of it', () => {
    const on = (day: number, amount: bigint, source: string) =>
      report('RETURNED', { amount, source, at: `2026-03-0${day}T02:00:00.000Z` });
    const told = [
      on(4, 40_000n, 'camt.054 a'),
      on(4, 40_000n, 'camt.053 a'),
      on(4, 10_000n, 'camt.054 b'),
      on(4, 50_000n, 'camt.053 b'),
      on(5, 40_000n, 'camt.054 c'),
      on(6, 30_000n, 'camt.054 d'),
    ];
    let item = anItem(aTry({ state: 'SETTLED', settled: 100_000n, endedAt: at }));
    const back = told.map((one) => {
      const change = takeReport(item, one);
      item = change?.item ?? item;
      return change?.takeBack?.amount;
    });
    expect(back).toEqual([40_000n, undefined, 10_000n, undefined, 40_000n, 10_000n]);
    expect([itemState(item), moneyOf(item).returned]).toEqual(['RETURNED', 100_000n]);
    expect(item.tries).toMatchObject([
      {
        settledAt: at,
        endedAt: '2026-03-04T02:00:00.000Z',
        further: [
          { kind: 'WENT_BACK', amount: 10_000n },
          { kind: 'WENT_BACK', amount: 40_000n, at: '2026-03-05T02:00:00.000Z' },
          { kind: 'WENT_BACK', amount: 10_000n },
        ],
      },
    ]);
  });

  it.each([true, false])('whose return of a part is told first waits for what came (a part allowed: %s)', (partial) => {
    const early = takeReport(anItem(aTry({ partial })), report('RETURNED', { amount: 50_000n }));
    expect(early && [itemState(early.item), moneyOf(early.item)]).toEqual(['SUBMITTED', { ...none, open: 100_000n }]);
    expect(takeReport(early?.item ?? anItem(), report('RETURNED', { amount: 50_000n, source: 'b' }))).toBeUndefined();
    const change = takeReport(early?.item ?? anItem(), report('SETTLED', { amount: 50_000n }));
    expect(change).toMatchObject({ post: { amount: 50_000n }, takeBack: { amount: 50_000n } });
    expect(change && moneyOf(change.item)).toEqual({ ...none, returned: 50_000n, open: 50_000n });
    expect(change?.item.tries).toMatchObject([{ state: 'RETURNED', settled: 50_000n, returned: 50_000n }]);
    expect(change?.item.tries[0]).not.toHaveProperty('heldBack');
  });

  it('of which a part may be taken and that comes back before it came waits to learn how much that was', () => {
    const early = takeReport(anItem(aTry({ partial: true })), report('RETURNED'));
    const change = takeReport(early?.item ?? anItem(), report('SETTLED', { amount: 60_000n }));
    expect(change && moneyOf(change.item)).toEqual({ ...none, returned: 60_000n, open: 40_000n });
  });

  it('whose return as a whole is told before its settlement stands for both', () => {
    const change = takeReport(anItem(aTry()), report('RETURNED'));
    expect(change).toMatchObject({ post: { amount: 100_000n }, takeBack: { amount: 100_000n } });
    expect(takeReport(change?.item ?? anItem(), report('SETTLED'))).toBeUndefined();
  });

  it.each(bankStates.filter((state) => state !== 'RETURNED'))('that is settled takes no %s any more', (state) => {
    const done = anItem(aTry({ state: 'SETTLED', settled: 100_000n }));
    expect(takeReport(done, report(state, { code: 'AM04' }))).toBeUndefined();
  });

  const withoutMoney = bankStates.filter((state) => state !== 'RETURNED' && state !== 'SETTLED');
  it.each(withoutMoney)('that was declined takes no %s any more', (state) => {
    const declined = anItem(aTry({ state: 'DECLINED', reason: 'INSUFFICIENT_FUNDS' }));
    expect(takeReport(declined, report(state))).toBeUndefined();
  });

  it.each(['SETTLED', 'RETURNED'] as const)(
    'that failed notes once that it is told as %s, and stays as it is',
    (state) => {
      for (const ended of ['DECLINED', 'REFUSED', 'NEVER_LEFT'] as const) {
        const failed = anItem(aTry({ state: ended }));
        const change = takeReport(failed, report(state, { amount: 60_000n }));
        const noted = { orderId: 'o1', state, amount: 60_000n, at, source: 'test' };
        expect(change).toEqual({ item: { ...failed, contradicted: [noted] } });
        const again = report(state, { amount: 60_000n, source: 'another file' });
        expect(takeReport(change?.item ?? anItem(), again)).toBeUndefined();
      }
    },
  );

  it('notes what is told to have come or gone back beyond what can have, and books what can', () => {
    const more = takeReport(anItem(aTry()), report('SETTLED', { amount: 120_000n }));
    expect([more?.post?.amount, more?.item.contradicted]).toMatchObject([
      100_000n,
      [{ state: 'SETTLED', amount: 120_000n }],
    ]);
    const part = anItem(aTry({ state: 'SETTLED', settled: 60_000n, endedAt: at }));
    const back = takeReport(part, report('RETURNED', { amount: 70_000n }));
    expect([back?.takeBack?.amount, back?.item.contradicted]).toMatchObject([
      60_000n,
      [{ state: 'RETURNED', amount: 70_000n }],
    ]);
    const early = takeReport(anItem(aTry()), report('RETURNED', { amount: 30_000n }))?.item ?? anItem();
    const failed = takeReport(early, report('REJECTED', { code: 'AC04' }));
    expect(failed?.item.contradicted).toMatchObject([{ state: 'RETURNED', amount: 30_000n }]);
  });

  it('takes no report of another order', () => {
    expect(takeReport(anItem(aTry()), report('SETTLED', { orderId: 'o2' }))).toBeUndefined();
  });

  it('is not handed over twice, and is free again where provably nothing arrived', () => {
    const routed = anItem(aTry({ state: 'ROUTED' }));
    const taken = takeHandover(routed, 'o1', { outcome: 'TAKEN' }, at);
    expect(taken && itemState(taken.item)).toBe('SUBMITTED');
    expect(takeHandover(taken?.item ?? routed, 'o1', { outcome: 'TAKEN' }, at)).toBeUndefined();
    expect(takeHandover(routed, 'o1', { outcome: 'UNKNOWN', text: '' }, at)?.item.tries).toMatchObject([
      { state: 'UNKNOWN' },
    ]);
    expect(takeHandover(routed, 'o1', { outcome: 'NOT_TAKEN', text: '' }, at)).toMatchObject({
      item: { tries: [{ state: 'NEVER_LEFT' }] },
      release: { orderId: 'o1' },
    });
  });

  it('that may have arrived is free again once it is told that nothing did, and waits while nobody knows', () => {
    const unknown = anItem(aTry({ state: 'UNKNOWN' }));
    expect(takeHandover(unknown, 'o1', { outcome: 'UNKNOWN', text: '' }, at)).toBeUndefined();
    expect(takeHandover(unknown, 'o1', { outcome: 'NOT_TAKEN', text: '' }, at)).toMatchObject({
      item: { tries: [{ state: 'NEVER_LEFT', reason: 'RAIL_UNAVAILABLE', endedAt: at }] },
      release: { orderId: 'o1' },
    });
  });
});

describe('reports in any order and as often as they come', () => {
  const seed = testSeed();
  const some = fc.array(
    fc.record({
      state: fc.constantFrom(...bankStates),
      code: fc.constantFrom(undefined, 'AM04', 'AC04', 'AB10', 'AM05'),
      amount: fc.option(fc.integer({ min: 1, max: 120_000 }).map(BigInt), { nil: undefined }),
    }),
    { maxLength: 12 },
  );

  it(`leave every cent in one place, and book no more than was held and came, seed ${seed}`, () => {
    fc.assert(
      fc.property(some, (told) => {
        let item: CollectionItem = anItem(aTry());
        const [booked, ended, back] = [[], [], []] as [bigint[], string[], bigint[]];
        for (const { state, code, amount } of told) {
          const one = { ...report(state), ...(code && { code }), ...(amount && { amount }) };
          const change = takeReport(item, one);
          if (!change) continue;
          item = change.item;
          if (change.post) booked.push(change.post.amount);
          if (change.release) ended.push('release');
          if (change.takeBack) back.push(change.takeBack.amount);
          expect(takeReport(item, one), 'told again').toBeUndefined();
        }
        const money = moneyOf(item);
        expect(money.open + money.settled + money.failed + money.returned + money.cancelled).toBe(item.amount);
        for (const figure of Object.values(money)) expect(figure).toBeGreaterThanOrEqual(0n);
        expect(ended.length + Math.min(booked.length, 1)).toBeLessThanOrEqual(1);
        const [posted, taken] = [sum(booked), sum(back)];
        expect([money.settled, money.returned]).toEqual([posted - taken, taken]);
        const [only = aTry()] = item.tries;
        expect([firstCame(only) > 0n, firstWentBack(only) > 0n]).toEqual([posted > 0n, taken > 0n]);
        expect((only.further ?? []).every((one) => one.amount > 0n)).toBe(true);
      }),
      { seed, numRuns: 2_000 },
    );
  });
});
