import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { groupOf } from '../../../functions/settlement/journal/groups.ts';
import { journalKeys } from '../../../functions/settlement/journal/journal-keys.ts';
import type { SumLine } from '../../../functions/settlement/journal/line.ts';
import { readUpcoming, sumUpcoming } from '../../../functions/settlement/settlements/upcoming.ts';
import { readUpcomingSums } from '../../../functions/settlement/settlements/upcoming-sums.ts';
import { fromItem, toItem } from '../../../shared/dynamo/items.ts';
import { itemBytes } from '../../../shared/dynamo/write-units.ts';
import { anEngine } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { countedStore, dueOn, hoursLater, now, runsOnEngine, share, type TestRuns, tenant } from './runs-support.ts';
import { SumMarket } from './sums-support.ts';

describe('what arrives when', () => {
  let own: TestRuns;
  quietLog();
  beforeAll(async () => {
    own = await runsOnEngine(anEngine());
  });
  afterAll(() => own?.close());

  it('tells of a day of the month before last for which a line comes only now, as the next run pays it', async () => {
    const market = await own.open('mkt_late', { mer_late: {} });
    // The run of the 28th has been; 10.00 of the 20th of August is told behind it, and 5.00 is due on the 30th.
    await own.run('mkt_late', 'first');
    await own.lines('mkt_late', [
      ['mer_late', '2025-08-20', share(1_000n)],
      ['mer_late', '2025-09-30', share(500n)],
    ]);
    const merchant = await own.merchantOf('mer_late');
    const days = await readUpcoming(own.store, merchant, market, 7, now);
    expect(days.map(({ date, arrivesOn, figures }) => [date, arrivesOn, figures.net])).toEqual([
      ['2025-08-20', '2025-09-29', 1_000n],
      ['2025-09-30', '2025-09-30', 500n],
    ]);
    expect(sumUpcoming(days).net).toBe(1_500n);
    const nextRun = hoursLater(24);
    expect(await own.run('mkt_late', 'second', '2025-09-29', nextRun)).toMatchObject({ figures: { paidOut: 1_000n } });
    expect(await readUpcoming(own.store, merchant, market, 7, nextRun)).toMatchObject([{ date: '2025-09-30' }]);
  });

  it('tells of the sum of such a day, and of no other day that the run does not look at', async () => {
    const market = await SumMarket.open(own, 'mkt_late_sum');
    const amounts = { amount: 90n, fee: 0n, order: 90n, cash: 90n };
    const line = { kind: 'SUMMED', orderNo: 'U-1', subOrderNo: '1', ...amounts } as const;
    await market.summed('2025-08-20', [line]);
    await market.summed('2025-08-25', [line], { at: new Date('2025-08-25T04:00:00.000Z') });
    const potter = await own.merchantOf(market.ids.potter);
    const { sums } = await readUpcomingSums(own.store, potter, market.market, 7, now);
    expect(sums.map(({ date, base, expected }) => [date, base, expected])).toEqual([['2025-08-20', 90n, 30n]]);
    expect(await own.run('mkt_late_sum', 'all', dueOn)).toMatchObject({ figures: { settlements: 3, paidOut: 90n } });
    expect((await readUpcomingSums(own.store, potter, market.market, 7, now)).sums).toEqual([]);
  });

  it('reads no line of a sum: of 600 orders in two sums as much as of one in one', async () => {
    const one = await SumMarket.open(own, 'mkt_few');
    const many = await SumMarket.open(own, 'mkt_many');
    // 1.00 less a fee of 0.01 each; half of them with a coupon of 0.10 of the potter's own, a third where others may have 0.30 at most.
    const lineOf = (place: number): SumLine => ({
      ...{ kind: 'SUMMED', orderNo: `U-${place}`, subOrderNo: '1', fee: 1n, order: 100n },
      ...(place % 2 === 0 ? { amount: 99n, cash: 100n } : { amount: 89n, cash: 90n, coupon: 10n }),
      ...(place % 3 === 0 && { room: 30n }),
    });
    await one.summed('2025-09-30', [lineOf(0)]);
    const cut = 50;
    for (let from = 0; from < 300; from += cut) {
      const lines = Array.from({ length: cut }, (_, place) => lineOf(from + place));
      for (const date of ['2025-09-29', '2025-09-30']) await many.summed(date, lines, { key: `${from}` });
    }
    const { store, calls } = countedStore(own);
    const readOf = async ({ market, ids }: SumMarket) => {
      const merchant = await own.merchantOf(ids.potter);
      calls.length = 0;
      const { sums } = await readUpcomingSums(store, merchant, market, 7, now);
      return { sums, reads: [...calls] };
    };
    const few = await readOf(one);
    const read = await readOf(many);
    expect(read.reads).toEqual(few.reads);
    // Paid were 150 × 1.00 and 150 × 0.90: a third of it is 95.00, and the fees of 3.00 are the potter's. The two others may have
    // 188.00 of 200 orders and 30.00 of the other 100, and 190.00 is less.
    const day = { orders: 300n, base: 28_200n, expected: 9_200n };
    expect(read.sums).toMatchObject([
      { date: '2025-09-29', ...day },
      { date: '2025-09-30', ...day },
    ]);
    // A write is paid for by the kilobyte: what is kept for it costs no further unit.
    const owner = { kind: 'SUM', id: `${many.rule.id}:1:${many.ids.potter}` } as const;
    const place = { tenant, marketId: many.market.id, date: '2025-09-30', owner, group: groupOf(tenant, owner) };
    const Key = toItem(journalKeys.total({ ...place, sequence: 0 }));
    const { Item = {} } = await own.client.send(new GetItemCommand({ TableName: own.table, Key }));
    expect(fromItem(Item)).toMatchObject({ order: 30_000n, cash: 28_500n, room: 21_800n });
    expect(itemBytes(Item)).toBeLessThan(512);
    expect(few.sums).toMatchObject([{ orders: 1n, base: 99n, expected: 99n }]);
  });
});
