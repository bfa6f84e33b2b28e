import { describe, expect, it } from 'vitest';
import { type Figures, noFigures, sumFigures } from '../../../../functions/settlement/journal/figures.ts';
import {
  presentMarketStatistics,
  presentMerchantStatistics,
} from '../../../../functions/settlement/statistics/present-statistics.ts';
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

  it('say of a merchant what is neither share nor refund, so that its lines add up', () => {
    const share = { split: 'PLAN', sequence: 1, base: 10_000n, fee: 60n, kind: 'MERCHANT' } as const;
    const of = { orderNo: 'A', subOrderNo: '1' };
    const figures = sumFigures([
      { kind: 'SHARE', amount: 9_940n, share, ...of },
      { kind: 'REFUND', amount: -2_000n, refundNo: 'R', ...of },
      { kind: 'BILLED', amount: 500n, refundNo: 'R', ...of },
      { kind: 'HELD', amount: -3_000n, ...of },
      { kind: 'CARRIED_IN', amount: -40n, date: '2025-09-25' },
    ]);
    const days = [{ date: '2025-09-26', figures }];
    const shown = presentMerchantStatistics({ days, total: figures }, 'CNY');
    const yuan = (amount: string) => ({ amount, currency: 'CNY' });
    // 100.00 - 0.60 - 20.00 + (5.00 - 30.00 - 0.40) = 54.00
    const day = { gross: yuan('100.00'), fees: yuan('0.60'), refunds: yuan('20.00'), adjustments: yuan('-25.40') };
    expect(shown.days).toMatchObject([{ date: '2025-09-26', ...day, net: yuan('54.00') }]);
    expect(shown.total).toMatchObject(day);
    expect(presentMarketStatistics({ days, total: figures }, 'CNY').total).not.toHaveProperty('adjustments');
  });
});
