import { describe, expect, it } from 'vitest';
import { type Figures, noFigures } from '../../../../functions/settlement/journal/figures.ts';
import { readStatistics } from '../../../../functions/settlement/statistics/read-statistics.ts';
import { statisticsQuery } from '../../../../functions/settlement/statistics/statistics-shapes.ts';

const of = { tenant: 'demo', marketId: 'mkt_chengdu', owner: { kind: 'MERCHANT', id: 'mer_potter' } } as const;

/** One share of 5.00 came, one of 8.00 was taken back: of lines there are none more, of money there is. */
const takenBack: Figures = { ...noFigures, gross: -300n, net: -300n };
const totals = new Map<string, Figures>([
  ['2025-09-26', { ...noFigures, lines: 1n, orders: 1n, gross: 1_000n, net: 1_000n }],
  ['2025-09-27', noFigures],
  ['2025-09-28', takenBack],
]);

describe('statistics', () => {
  it('are of the days on which there is something, also where what came and went is as many lines', async () => {
    const store = { readOwnerTotals: async () => totals };
    const { days, total } = await readStatistics(store, of, { from: '2025-09-26', to: '2025-09-28' });
    expect(days.map(({ date }) => date)).toEqual(['2025-09-26', '2025-09-28']);
    expect(total).toMatchObject({ orders: 1n, gross: 700n, net: 700n });
  });

  it('are nothing on the last day that can be written, and are asked for 366 days at most', async () => {
    const last = { from: '9999-12-31', to: '9999-12-31' };
    expect(statisticsQuery.parse(last)).toEqual(last);
    const store = { readOwnerTotals: async () => new Map<string, Figures>() };
    expect(await readStatistics(store, of, last)).toEqual({ days: [], total: noFigures });
    const refused = (from: string, to: string) => statisticsQuery.safeParse({ from, to }).error?.issues;
    expect(refused('9998-12-31', '9999-12-31')).toBeUndefined();
    expect(refused('9998-12-30', '9999-12-31')).toMatchObject([{ path: ['to'], message: 'Send at most 366 days.' }]);
    expect(refused('9999-12-31', '9999-12-30')).toMatchObject([
      { path: ['to'], message: 'Send the first day or a later one.' },
    ]);
  });
});
