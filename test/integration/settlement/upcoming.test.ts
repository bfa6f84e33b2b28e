import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SumLine } from '../../../functions/settlement/journal/line.ts';
import { stepsOf } from '../../../functions/settlement/journal/step.ts';
import { writeSteps } from '../../../functions/settlement/journal/write-steps.ts';
import { readUpcoming, sumUpcoming } from '../../../functions/settlement/settlements/upcoming.ts';
import { readUpcomingSums } from '../../../functions/settlement/settlements/upcoming-sums.ts';
import { anEngine } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { dueOn, hoursLater, now, runsOnEngine, share, type TestRuns, tenant } from './runs-support.ts';
import { SumMarket } from './sums-support.ts';

describe('what arrives when', () => {
  let own: TestRuns;
  quietLog();
  beforeAll(async () => {
    own = await runsOnEngine(anEngine());
  });
  afterAll(() => own?.close());

  /** As the journal writes them, of orders of the potter's under the market's rule. */
  async function summed(market: SumMarket, date: string, lines: readonly SumLine[], at = now): Promise<void> {
    const owner = { kind: 'SUM', id: `${market.rule.id}:1:${market.ids.potter}` } as const;
    const entries = lines.map((line, place) => ({ id: String(place), owner, date, line }));
    const result = { outcome: 'LINES' as const, marketId: market.market.id, entries };
    const steps = stepsOf([{ tenant, orderNo: 'U', at: '1', result }]);
    await writeSteps(own.store, `${market.market.id} ${date}`, steps, at);
  }

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
    await summed(market, '2025-08-20', [line]);
    await summed(market, '2025-08-25', [line], new Date('2025-08-25T04:00:00.000Z'));
    const potter = await own.merchantOf(market.ids.potter);
    const { sums } = await readUpcomingSums(own.store, potter, market.market, 7, now);
    expect(sums.map(({ date, base, expected }) => [date, base, expected])).toEqual([['2025-08-20', 90n, 30n]]);
    expect(await own.run('mkt_late_sum', 'all', dueOn)).toMatchObject({ figures: { settlements: 3, paidOut: 90n } });
    expect((await readUpcomingSums(own.store, potter, market.market, 7, now)).sums).toEqual([]);
  });
});
