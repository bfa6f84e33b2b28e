import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SumLine } from '../../../functions/settlement/journal/line.ts';
import type { RuleVersion } from '../../../functions/settlement/rules/stored-rule.ts';
import { readUpcomingSums } from '../../../functions/settlement/settlements/upcoming-sums.ts';
import { anEngine } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { dueOn, now, runsOnEngine, type TestRuns, tenant } from './runs-support.ts';
import { idsOf, SumMarket } from './sums-support.ts';

/** 10 % to the teahouse, the rest to the potter. */
const tenth = (marketId: string, base: RuleVersion['base']): Partial<RuleVersion> => ({
  base,
  lines: [
    { sequence: 1, receiver: idsOf(marketId).teahouse, share: { kind: 'RATIO', basisPoints: 1_000n } },
    { sequence: 2, share: { kind: 'REMAINDER' } },
  ],
});

/** 2025-09-27 at noon in Chengdu. */
const yesterday = new Date('2025-09-27T04:00:00.000Z');

describe('what a merchant expects of a sum is what the run gives', () => {
  let own: TestRuns;
  quietLog();
  beforeAll(async () => {
    own = await runsOnEngine(anEngine());
  });
  afterAll(() => own?.close());

  /** A sum of one order. */
  const summed = (market: SumMarket, of: Omit<SumLine, 'kind' | 'orderNo' | 'subOrderNo'>, date = dueOn) =>
    market.summed(date, [{ kind: 'SUMMED', orderNo: 'U-1', subOrderNo: '1', ...of }]);

  /** Sums of 0.10 of as many other sellers, whose names are before the potter's. */
  function others(market: SumMarket, date: string, count: number): Promise<void> {
    const given = { amount: 10n, fee: 0n, order: 10n, cash: 10n };
    const lines = Array.from({ length: count }, (_, place): SumLine => {
      return { kind: 'SUMMED', orderNo: `O-${place}`, subOrderNo: '1', ...given };
    });
    return market.summed(date, lines, { key: 'others', sellerOf: (place) => `mer_a${place}` });
  }

  /** What the potter, the teahouse and the van expect; and what the run then gives them. */
  async function expectedAndGiven(market: SumMarket, key: string) {
    const ids = Object.values(market.ids);
    const upcoming = await Promise.all(
      ids.map(async (id) => readUpcomingSums(own.store, await own.merchantOf(id), market.market, 7, now)),
    );
    await own.run(market.market.id, key);
    const sum = { ruleId: market.rule.id, version: 1, sellerId: market.ids.potter };
    const split = await own.store.readSplitSums({ tenant, marketId: market.market.id, sum, date: dueOn });
    const shares = split.at(-1)?.shares ?? [];
    const given = ids.map((id) =>
      shares.reduce((all, { receiver, amount }) => (receiver === id ? all + amount : all), 0n),
    );
    return { expected: upcoming.map(({ sums }) => sums[0]?.expected ?? 0n), given };
  }

  it.each([
    {
      of: 'an order of 1.00 with a coupon of 0.10 that the potter bears, by a tenth of the order',
      ...{ id: 'mkt_order', rule: tenth('mkt_order', 'ORDER') },
      ...{ line: { amount: 90n, fee: 0n, order: 100n, cash: 90n, coupon: 10n }, comesTo: [80n, 10n, 0n] },
    },
    {
      of: 'the same by a tenth of what was paid',
      ...{ id: 'mkt_paid', rule: tenth('mkt_paid', 'PAID') },
      ...{ line: { amount: 90n, fee: 0n, order: 100n, cash: 90n, coupon: 10n }, comesTo: [81n, 9n, 0n] },
    },
    {
      of: 'thirds where the channel lets others have less than two of them',
      ...{ id: 'mkt_cap', rule: {} },
      ...{ line: { amount: 90n, fee: 0n, order: 90n, cash: 90n, room: 59n }, comesTo: [90n, 0n, 0n] },
    },
    {
      of: 'thirds where it lets them have just that',
      ...{ id: 'mkt_room', rule: {} },
      ...{ line: { amount: 90n, fee: 0n, order: 90n, cash: 90n, room: 60n }, comesTo: [30n, 30n, 30n] },
    },
  ])('of $of', async ({ id, rule, line, comesTo }) => {
    const market = await SumMarket.open(own, id, rule);
    await summed(market, line);
    expect(await expectedAndGiven(market, id)).toEqual({ expected: comesTo, given: comesTo });
  });

  it('of what came back after the split, by what each still holds of it', async () => {
    const market = await SumMarket.open(own, 'mkt_late');
    await summed(market, { amount: 90n, fee: 0n, order: 90n, cash: 90n });
    await own.run('mkt_late', 'first');
    const line: SumLine = {
      ...{ kind: 'SUMMED', orderNo: 'U-2', subOrderNo: '1', takesBack: true },
      ...{ amount: -30n, fee: 0n, order: -30n, cash: -30n },
    };
    await market.summed(dueOn, [line], { key: 'late' });
    const comesTo = [-10n, -10n, -10n];
    expect(await expectedAndGiven(market, 'second')).toEqual({ expected: comesTo, given: comesTo });
  });

  it('of what comes behind a thousand sums of others, and behind what is past', async () => {
    const market = await SumMarket.open(own, 'mkt_behind');
    // 0.90 of the potter's tomorrow by thirds, behind 1,000 sums of other sellers; and 0.60 of the day before yesterday.
    await others(market, dueOn, 1_000);
    await market.payAndTell('B-1', 90n);
    await summed(market, { amount: 60n, fee: 0n, order: 60n, cash: 60n }, '2025-09-25');
    const potter = await own.merchantOf(market.ids.potter);
    const { sums, isCut, next } = await readUpcomingSums(own.store, potter, market.market, 7, yesterday);
    expect(sums.map(({ date, base, expected }) => [date, base, expected])).toEqual([
      ['2025-09-25', 60n, 20n],
      [dueOn, 90n, 30n],
    ]);
    expect([isCut, next]).toEqual([false, undefined]);
  });

  it('page after page, where the market has more than are read for one answer, each once and what is past at first', async () => {
    const market = await SumMarket.open(own, 'mkt_pages');
    await others(market, '2025-09-27', 30);
    await others(market, '2025-09-28', 30);
    const given = { amount: 90n, fee: 0n, order: 90n, cash: 90n };
    for (const date of ['2025-09-25', '2025-09-27', '2025-09-28', '2025-09-29']) await summed(market, given, date);
    const potter = await own.merchantOf(market.ids.potter);
    // Of three sums at a time, ten times: thirty for one answer.
    const store = {
      ...own.store,
      readSumTotals: (...[of, on, after]: Parameters<typeof own.store.readSumTotals>) =>
        own.store.readSumTotals(of, on, after, 3),
    };
    const pages: string[][] = [];
    let after: string | undefined;
    do {
      const { sums, isCut, next } = await readUpcomingSums(store, potter, market.market, 7, yesterday, after);
      pages.push(sums.map(({ date }) => date));
      expect(isCut).toBe(next !== undefined);
      after = next;
    } while (after !== undefined && pages.length < 9);
    // The potter's is behind the others of its day: the 31st of the 27th, the 62nd in all, and the 63rd.
    expect(pages).toEqual([['2025-09-25'], ['2025-09-27'], ['2025-09-28', '2025-09-29']]);
  });
});
