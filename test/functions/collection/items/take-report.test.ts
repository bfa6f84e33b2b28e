import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bankStates } from '../../../../functions/collection/gateway/bank-gateway.ts';
import { type CollectionItem, itemState, moneyOf } from '../../../../functions/collection/items/item.ts';
import { takeHandover, takeReport } from '../../../../functions/collection/items/take-report.ts';
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

  it('whose return is told before its settlement stands for both', () => {
    const change = takeReport(anItem(aTry()), report('RETURNED'));
    expect(change).toMatchObject({ post: { amount: 100_000n }, takeBack: { amount: 100_000n } });
    expect(takeReport(change?.item ?? anItem(), report('SETTLED'))).toBeUndefined();
  });

  it.each(bankStates.filter((state) => state !== 'RETURNED'))('that is settled takes no %s any more', (state) => {
    const done = anItem(aTry({ state: 'SETTLED', settled: 100_000n }));
    expect(takeReport(done, report(state, { code: 'AM04' }))).toBeUndefined();
  });

  it.each(bankStates)('that was declined takes no %s any more', (state) => {
    const declined = anItem(aTry({ state: 'DECLINED', reason: 'INSUFFICIENT_FUNDS' }));
    expect(takeReport(declined, report(state))).toBeUndefined();
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
          if (change.post || change.release) ended.push(change.post ? 'post' : 'release');
          if (change.takeBack) back.push(change.takeBack.amount);
          expect(takeReport(item, one), 'told again').toBeUndefined();
        }
        const money = moneyOf(item);
        expect(money.open + money.settled + money.failed + money.returned + money.cancelled).toBe(item.amount);
        for (const figure of Object.values(money)) expect(figure).toBeGreaterThanOrEqual(0n);
        expect(ended.length).toBeLessThanOrEqual(1);
        expect([booked.length <= 1, back.length <= 1]).toEqual([true, true]);
        const [posted = 0n] = booked;
        const [taken = 0n] = back;
        expect([money.settled, money.returned]).toEqual([posted - taken, taken]);
      }),
      { seed, numRuns: 2_000 },
    );
  });
});
