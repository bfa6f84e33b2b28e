import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anEngine } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { dueOn, hoursLater, type PlacedLine, refund, runsOnEngine, share, type TestRuns } from './runs-support.ts';

const before = '2025-09-26';
const dayBefore = '2025-09-27';

describe('a run nets the days of a merchant before it pays any', () => {
  let own: TestRuns;
  quietLog();
  beforeAll(async () => {
    own = await runsOnEngine(anEngine());
  });
  afterAll(() => own?.close());

  /** Lines of one merchant; what is owed to it is what they come to. Its payouts by day, of one run over all. */
  async function payoutsOf(id: string, lines: readonly (readonly [date: string, line: PlacedLine[2]])[]) {
    const market = await own.open(`mkt_${id}`, { [id]: {} });
    await own.lines(
      market.id,
      lines.map(([date, line]) => [id, date, line]),
    );
    await own.owe(
      market,
      id,
      lines.reduce((all, [, { amount }]) => all + amount, 0n),
    );
    const run = await own.run(market.id, 'first');
    expect(run.state).toBe('ENDED');
    const settled = await Promise.all(run.days.map(({ date }) => own.settlementOf(id, date)));
    return {
      ...{ run, settled },
      payouts: settled.map(({ payouts }) => payouts.map(({ amount, state }) => `${amount} ${state}`).join()),
    };
  }

  it('and pays what is due less a refund of what was paid out the day before', async () => {
    const { payouts, settled, run } = await payoutsOf('mer_refunded', [
      [dayBefore, refund(80n)],
      [dueOn, share(100n)],
    ]);
    expect(payouts).toEqual(['', '20 SENT']);
    expect(settled).toMatchObject([
      { carriedOn: 80n, carriedTo: dueOn },
      { carriedIn: -80n, keptBack: 80n, carriedOn: 0n },
    ]);
    expect(run.figures).toMatchObject({ settlements: 2, paidOut: 20n, payouts: 1, carriedOn: 80n });
    expect((await own.run('mkt_mer_refunded', 'next', '2025-09-29', hoursLater(24))).days).toEqual([]);
  });

  it('and pays an earlier day less what a later one lacks', async () => {
    const { payouts, settled } = await payoutsOf('mer_later', [
      [dayBefore, share(100n)],
      [dueOn, refund(80n)],
    ]);
    expect(payouts).toEqual(['20 SENT', '']);
    expect(settled).toMatchObject([{ carriedIn: -80n }, { carriedOn: 80n, carriedTo: dayBefore }]);
  });

  it('and has as many of its days give for what is lacking as it takes', async () => {
    const { payouts } = await payoutsOf('mer_both', [
      [before, share(50n)],
      [dayBefore, refund(80n)],
      [dueOn, share(70n)],
    ]);
    expect(payouts).toEqual(['', '', '40 SENT']);
  });
});
