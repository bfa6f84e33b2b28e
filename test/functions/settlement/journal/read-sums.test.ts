import { expect, it } from 'vitest';
import type { Figures } from '../../../../functions/settlement/journal/figures.ts';
import { readSums } from '../../../../functions/settlement/journal/proof/read-sums.ts';
import type { SplitSum, SumBase } from '../../../../functions/settlement/sums/sum.ts';
import { sumIdOf } from '../../../../functions/settlement/sums/sum.ts';
import { aMarket, at } from '../samples.ts';

const date = '2025-09-28';
const market = aMarket();
const sum = { ruleId: 'rule_1', version: 1, sellerId: 'mer_kiln' };
/** Three orders of 1.00, a fee of 0.03 taken off, of which 0.60 were paid in cash and others may have 0.90 at most. */
const figures: Figures = {
  ...{ lines: 3n, orders: 3n, gross: 300n, fees: 3n, coupons: 0n, refunds: 0n, net: 297n },
  base: { order: 300n, cash: 60n, room: 90n },
};
const base: SumBase = { orders: 3n, order: 300n, paid: 300n, cash: 60n, fee: 3n, coupons: 0n, mostToOthers: 90n };
const share = { receiver: 'mer_kiln', sequence: 1, amount: 297n, fee: 3n, base: 300n, kind: 'REMAINDER' } as const;

async function isSplitWrong(more: Partial<SplitSum>): Promise<boolean | undefined> {
  const split: SplitSum = {
    ...{ tenant: market.tenant, marketId: market.id, date, sum, sequence: 0, runId: 'run_1', base },
    ...{ shares: [share], takenOver: 0n, lacking: 0n, splitAt: at },
    ...more,
  };
  const total = { owner: { kind: 'SUM' as const, id: sumIdOf(sum) }, sequence: 0, figures, date, place: '' };
  const store = { readSumTotals: async () => ({ totals: [total] }), readSplitSums: async () => [split] };
  const [day] = await readSums(store, market, date, async () => figures);
  return day?.isSplitWrong;
}

it('a sum that gave all that came to it, by what its running total says, is right', async () => {
  expect(await isSplitWrong({})).toBeUndefined();
});

it.each<[string, Partial<SplitSum>]>([
  ['gave a fen less', { shares: [{ ...share, amount: 296n }] }],
  ['was split by other cash', { base: { ...base, cash: 61n } }],
  ['let others have more', { base: { ...base, mostToOthers: 91n } }],
  ['counted another order', { base: { ...base, orders: 4n } }],
  ['is of another settlement of the day', { sequence: 1 }],
])('one that %s is not', async (_, more) => {
  expect(await isSplitWrong(more)).toBe(true);
});
