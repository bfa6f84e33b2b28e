import { describe, expect, it } from 'vitest';
import {
  bytesPerDayFile,
  type DayFilePlace,
  linesPerDayFile,
  readDayFile,
} from '../../../../functions/settlement/day-files/read-day-file.ts';
import type { Owner } from '../../../../functions/settlement/journal/entry.ts';
import { noFigures } from '../../../../functions/settlement/journal/figures.ts';
import { groupOf } from '../../../../functions/settlement/journal/groups.ts';
import type { JournalLine } from '../../../../functions/settlement/journal/line.ts';
import { aMarket, aMerchant } from '../samples.ts';

const market = aMarket();
const date = '2025-09-26';
const linesPerPage = 1_000;
const payment = (no: number): JournalLine => ({
  ...{ kind: 'PAYMENT', orderNo: String(no), channelId: 'wechat', transactionId: String(no), amount: 1n, fee: 0n },
  at: '2025-09-26T02:00:00.000Z',
});
const share = (no: number): JournalLine => ({ kind: 'SHARE', amount: 1n, orderNo: String(no) });
const merchants: Record<string, number> = { mer_b: 2, mer_a: 9_500, mer_c: 0 };

/** A day with lines of the market and of its merchants, in pages of the store's own. */
const store: Parameters<typeof readDayFile>[0] = {
  readTotals: async ({ group }) =>
    Object.keys(merchants)
      .map((id): Owner => ({ kind: 'MERCHANT', id }))
      .filter((owner) => groupOf(market.tenant, owner) === group)
      .flatMap((owner) => [0, 1].map((sequence) => ({ owner, sequence, figures: noFigures }))),
  readLines: async (_, { kind, id }, __, { after = '0' }) => {
    const count = kind === 'MARKET' ? 11_500 : (merchants[id] ?? 0);
    const all = Array.from({ length: count }, (_, place) => (kind === 'MARKET' ? payment(place) : share(place)));
    const end = Number(after) + linesPerPage;
    return { lines: all.slice(Number(after), end), ...(end < count && { next: String(end) }) };
  },
  readMerchants: async (_, ids) => new Map([...ids].map((id) => [id, aMerchant({ id, name: `商家 ${id}` })])),
};

describe('the lines of a daily file', () => {
  it('come in parts, each line once: those of the market, then those of merchants by id', async () => {
    const parts: number[] = [];
    const seen: string[] = [];
    let place: DayFilePlace | undefined;
    do {
      const page = await readDayFile(store, market, date, place, () => 0);
      parts.push(page.lines.length);
      seen.push(...page.lines.map(({ merchantId = '', orderNo }) => `${merchantId} ${orderNo}`));
      place = page.next;
    } while (place !== undefined);
    expect(linesPerDayFile).toBe(10_000);
    // 11,500 + 9,500 + 2: a part ends with the page that fills it, also at the end of an owner.
    expect(parts).toEqual([10_000, 10_500, 502]);
    expect(new Set(seen).size).toBe(21_002);
    expect([seen[0], seen[11_500], seen.at(-1)]).toEqual([' 0', 'mer_a 0', 'mer_b 1']);
  });

  it('have the names of their merchants, those of the market none', async () => {
    const names = new Set<string>();
    let place: DayFilePlace | undefined;
    do {
      const page = await readDayFile(store, market, date, place, () => 0);
      for (const { merchantId, merchantName } of page.lines) names.add(`${merchantId} ${merchantName}`);
      place = page.next;
    } while (place !== undefined);
    expect([...names]).toEqual(['undefined undefined', 'mer_a 商家 mer_a', 'mer_b 商家 mer_b']);
  });

  it('end a part earlier where rows are long, so that it fits an answer', async () => {
    const rowBytes = 1_000;
    const page = await readDayFile(store, market, date, undefined, (lines) => lines.length * rowBytes);
    expect(page.lines).toHaveLength(bytesPerDayFile / rowBytes);
    expect(page.next).toEqual({ owner: market.id, after: '3000' });
  });
});
