import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Shortfall } from '../../../functions/settlement/markets/market.ts';
import { sum } from '../../../shared/money/sum.ts';
import { anEngine } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { dueOn, hoursLater, type PlacedLine, refund, runsOnEngine, share, type TestRuns } from './runs-support.ts';
import { SumMarket } from './sums-support.ts';

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
  async function payoutsOf(
    id: string,
    lines: readonly (readonly [date: string, line: PlacedLine[2]])[],
    shortfall: Shortfall = { kind: 'CARRY' },
  ) {
    const market = await own.open(`mkt_${id}`, { [id]: { shortfall } });
    await own.lines(
      market.id,
      lines.map(([date, line]) => [id, date, line]),
    );
    const owed = sum(lines.map(([, { amount }]) => amount));
    if (owed > 0n) await own.owe(market, id, owed);
    const run = await own.run(market.id, 'first');
    expect(run.state).toBe('ENDED');
    const settled = await Promise.all(run.days.map(({ date }) => own.settlementOf(id, date)));
    return {
      ...{ market, run, settled },
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

  it('and bills nothing that other days of it have', async () => {
    const bill = { kind: 'BILL' } as const;
    const billed = await payoutsOf(
      'mer_billed',
      [
        [dayBefore, refund(80n)],
        [dueOn, share(100n)],
      ],
      bill,
    );
    expect(billed.payouts).toEqual(['', '20 SENT']);
    expect(billed.settled).toMatchObject([
      { carriedOn: 80n, billed: 0n },
      { keptBack: 80n, billed: 0n },
    ]);
    expect(billed.run.figures).toMatchObject({ paidOut: 20n, billed: 0n });
    expect(await own.held(billed.market.accounts.own)).toBe(0n);
  });

  it('and bills what none of its days has, on the last of them', async () => {
    const bill = { kind: 'BILL' } as const;
    const lines = [
      [before, share(50n)],
      [dayBefore, refund(100n)],
      [dueOn, share(20n)],
    ] as const;
    const { payouts, settled, run } = await payoutsOf('mer_owes', lines, bill);
    expect(payouts).toEqual(['', '', '']);
    // 1.00 less 0.50 of the 26th, less 0.20 of the 28th.
    expect(settled.map(({ carriedOn, billed }) => [carriedOn, billed])).toEqual([
      [50n, 0n],
      [100n, 0n],
      [0n, 30n],
    ]);
    expect(run.figures).toMatchObject({ paidOut: 0n, billed: 30n });
    // The market has none of it yet.
    expect(settled[2]?.bill).toMatchObject({ reason: expect.stringContaining('0.00') });
  });

  it('and keeps of a day’s sales no more than the rule says where another of its days has the rest', async () => {
    const lines = [
      [before, refund(80n)],
      [dayBefore, share(100n)],
      [dueOn, share(100n)],
    ] as const;
    const half = { kind: 'RECOVER', basisPoints: 5_000n } as const;
    const { payouts, settled } = await payoutsOf('mer_recovers', lines, half);
    // Of the 0.80 the first gives 0.50, and the second 0.30.
    expect(payouts).toEqual(['', '50 SENT', '70 SENT']);
    expect(settled).toMatchObject([{ carriedOn: 80n }, { keptBack: 50n, carriedOn: 30n }, { keptBack: 30n }]);
  });

  it.each([{ kind: 'CARRY' }, { kind: 'RECOVER', basisPoints: 5_000n }] as const)(
    'and pays nothing of what is due later, which is there when it is refunded: $kind',
    async (shortfall) => {
      const sums = await SumMarket.open(own, `mkt_promised_${shortfall.kind.toLowerCase()}`, {
        aggregate: 'AFTER_SPLIT',
      });
      const { market, ids } = sums;
      const potter = await own.merchantOf(ids.potter);
      await own.store.replaceMerchant({ ...potter, shortfall, revision: potter.revision + 1 });
      // 0.80 of what was paid out before were clawed back; 1.00 is due on the 27th.
      await own.lines(market.id, [
        [ids.potter, before, refund(80n)],
        [ids.potter, dayBefore, share(100n)],
      ]);
      await own.owe(market, ids.potter, 20n);
      // Due on the 28th: 1.00 of it the potter's.
      await sums.payAndTell(`SO-${shortfall.kind}`, 300n);
      await own.run(market.id, '26th', before, new Date('2025-09-26T16:30:00.000Z'));
      await own.run(market.id, '27th', dayBefore, new Date('2025-09-26T19:00:00.000Z'));
      expect(await own.settlementOf(ids.potter, dayBefore)).toMatchObject({
        ...{ carriedIn: -80n, keptBack: 80n, payout: 20n, carriedOn: 0n },
        payouts: [{ state: 'SENT' }],
      });
      const { after } = await sums.refund(`SO-${shortfall.kind}`, 'RF-9', 300n, new Date('2025-09-27T04:00:00.000Z'));
      expect(after.refunds).toMatchObject([{ state: 'FUNDED' }]);
    },
  );
});
