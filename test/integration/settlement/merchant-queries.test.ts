import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JournalLine } from '../../../functions/settlement/journal/line.ts';
import type { Market } from '../../../functions/settlement/markets/market.ts';
import type { Merchant } from '../../../functions/settlement/merchants/merchant.ts';
import { linesCsv } from '../../../functions/settlement/settlements/lines-csv.ts';
import { ownerDayOf } from '../../../functions/settlement/settlements/open-days.ts';
import { type LinePlace, pageLines } from '../../../functions/settlement/settlements/page-lines.ts';
import { sumOfLines } from '../../../functions/settlement/settlements/settle-day.ts';
import { readUpcoming } from '../../../functions/settlement/settlements/upcoming.ts';
import { anEngine } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { countedStore, dueOn, now, refund, runsOnEngine, share, type TestRuns, tenant } from './runs-support.ts';

const largeDay = 100_000;

describe('what a merchant asks', () => {
  let own: TestRuns;
  let market: Market;
  quietLog();
  beforeAll(async () => {
    own = await runsOnEngine(anEngine());
    market = await own.open('mkt_q', { mer_large: {}, mer_small: {} });
  });
  afterAll(() => own?.close());

  const merchantOf = async (id: string) => (await own.store.readMerchant(tenant, id)) as Merchant;

  async function pagesOf(merchant: Merchant, count: number) {
    const { store, calls } = countedStore(own);
    const pages: JournalLine[][] = [];
    const reads: number[] = [];
    let place: LinePlace | undefined;
    do {
      calls.length = 0;
      const { lines, next } = await pageLines(store, ownerDayOf(merchant, { date: dueOn, sequence: 0 }), place, count);
      pages.push(lines);
      reads.push(calls.length);
      place = next;
    } while (place);
    return { pages, reads };
  }

  it('is answered page by page in three reads at most, of a day with 100,000 lines', async () => {
    const cut = 10_000;
    for (let from = 0; from < largeDay; from += cut) {
      const lines = Array.from({ length: cut }, (_, place) => share(1n, `SO-${String(from + place).padStart(6, '0')}`));
      await own.lines(
        'mkt_q',
        lines.map((line) => ['mer_large', dueOn, line] as const),
      );
    }
    const merchant = await merchantOf('mer_large');
    const { store, calls } = countedStore(own);
    const day = ownerDayOf(merchant, { date: dueOn, sequence: 0 });
    const first = await pageLines(store, day, undefined, 50);
    const second = await pageLines(store, day, first.next, 50);
    expect(calls).toEqual(['QueryCommand', 'QueryCommand']);
    expect([...first.lines, ...second.lines].map((line) => 'orderNo' in line && line.orderNo)).toEqual(
      Array.from({ length: 100 }, (_, place) => `SO-${String(place).padStart(6, '0')}`),
    );
    const { pages, reads } = await pagesOf(merchant, 1_000);
    expect(pages.map(({ length }) => length)).toEqual(Array.from({ length: 100 }, () => 1_000));
    expect(Math.max(...reads)).toBeLessThanOrEqual(3);
    const numbers = new Set(pages.flat().map((line) => ('orderNo' in line ? line.orderNo : '')));
    expect(numbers.size).toBe(largeDay);
  });

  it('is answered in few reads where lines came one by one, and each line comes once', async () => {
    for (let place = 0; place < 70; place++) {
      await own.lines('mkt_q', [['mer_small', dueOn, share(10n, `ONE-${place}`)]]);
    }
    const merchant = await merchantOf('mer_small');
    for (const count of [1, 7, 70, 100]) {
      const { pages, reads } = await pagesOf(merchant, count);
      expect(pages.flat().map((line) => 'orderNo' in line && line.orderNo)).toEqual(
        Array.from({ length: 70 }, (_, place) => `ONE-${place}`),
      );
      expect(Math.max(...reads)).toBeLessThanOrEqual(7);
    }
  });

  it('of what arrives when is read from totals, in two reads of keys behind two that tell which days', async () => {
    const merchant = await merchantOf('mer_large');
    await own.lines('mkt_q', [
      ['mer_large', '2025-10-09', share(500n)],
      ['mer_large', '2025-10-09', refund(100n)],
    ]);
    const { store, calls } = countedStore(own);
    expect(await readUpcoming(store, merchant, market, 35, now)).toMatchObject([
      // It is past 02:00: that day's run has been.
      { date: dueOn, arrivesOn: '2025-09-29', figures: { orders: BigInt(largeDay), net: BigInt(largeDay) } },
      { date: '2025-10-09', arrivesOn: '2025-10-09', figures: { orders: 1n, gross: 500n, refunds: 100n, net: 400n } },
    ]);
    expect(calls).toEqual(['QueryCommand', 'QueryCommand', 'BatchGetItemCommand', 'BatchGetItemCommand']);
  });

  it('of a settled day adds up to its payout, lines of carrying and billing too', async () => {
    const small = await merchantOf('mer_small');
    await own.lines('mkt_q', [['mer_small', dueOn, refund(1_000n)]]);
    await own.owe(market, 'mer_large', BigInt(largeDay));
    await own.run('mkt_q', 'q1');
    const settlement = await own.settlementOf('mer_small');
    expect(settlement).toMatchObject({ payout: 0n, carriedOn: 300n });
    const { lines } = await pageLines(own.store, ownerDayOf(small, settlement), undefined, 1_000);
    expect(sumOfLines(lines.flatMap((line) => ('amount' in line ? [line] : [])))).toBe(0n);
    expect(lines.at(-1)).toEqual({ kind: 'CARRIED_ON', amount: 300n, date: '2025-09-29' });
    expect(await own.settlementOf('mer_large')).toMatchObject({
      payout: BigInt(largeDay),
      payouts: [{ state: 'SENT' }],
    });
    expect(await readUpcoming(own.store, small, market, 7, now)).toMatchObject([
      { date: '2025-09-29', figures: { net: -300n }, carriedIn: -300n },
    ]);
  });

  it('comes as CSV in files of 10,000 lines, each behind the other', async () => {
    const merchant = await merchantOf('mer_large');
    const settlement = await own.settlementOf('mer_large');
    const first = await linesCsv(own.store, merchant, settlement, undefined);
    const rows = first.text.replace('\uFEFF', '').trimEnd().split('\r\n');
    expect(rows).toHaveLength(10_001);
    expect(rows[0]?.split(',').slice(0, 4)).toEqual(['date', 'kind', 'orderNo', 'subOrderNo']);
    expect(rows[1]).toContain('2025-09-28,SHARE,SO-000000,1,0.01,');
    const second = await linesCsv(own.store, merchant, settlement, first.next);
    expect(second.text.split('\r\n')[1]).toContain('SO-010000');
  });

  it('of settlements between two days is answered by day, and nothing of another merchant', async () => {
    const { store, calls } = countedStore(own);
    const days = { from: '2025-09-01', to: dueOn };
    const { settlements, next } = await store.listSettlements({ tenant, merchantId: 'mer_small' }, days, undefined, 10);
    expect(settlements.map(({ merchantId, date }) => [merchantId, date])).toEqual([['mer_small', dueOn]]);
    expect([next, calls.length]).toEqual([undefined, 1]);
  });
});
