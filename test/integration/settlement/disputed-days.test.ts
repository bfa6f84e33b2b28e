import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OwnerDay } from '../../../functions/settlement/journal/transaction.ts';
import { resolveDispute } from '../../../functions/settlement/orders/act-on-order.ts';
import { readSettledLegs } from '../../../functions/settlement/orders/read-settled-legs.ts';
import { legKey } from '../../../functions/settlement/orders/taken-back.ts';
import { carryOnRun } from '../../../functions/settlement/settlements/carry-on-run.ts';
import { findRun, startRun } from '../../../functions/settlement/settlements/start-run.ts';
import { takeTurn } from '../../../functions/settlement/settlements/take-turn.ts';
import { aLeg, anOrder, aSplit, aSubOrder } from '../../functions/settlement/journal/orders.ts';
import { engines } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { claim } from './journal-support.ts';
import { dueOn, hoursLater, now, runsOnEngine, share, type TestRuns, tenant } from './runs-support.ts';
import { SumMarket } from './sums-support.ts';

/** Of orders that are split one by one, each 90 by thirds and due on the 28th; `now` is an hour after its run should have begun. */
describe.each(engines())('a dispute around the run of the day on $kind', (engine) => {
  let own: TestRuns;
  quietLog();
  beforeAll(async () => {
    own = await runsOnEngine(engine);
  });
  afterAll(() => own?.close());

  const openMarket = async (marketId: string) => {
    const sums = await SumMarket.open(own, marketId, { aggregate: 'AFTER_SPLIT' });
    await sums.payAndTell('A-1', 90n);
    await sums.payAndTell('A-2', 30n);
    return sums;
  };
  const dispute = async (sums: SumMarket, at: Date) => {
    const { before, after } = await sums.dispute('A-1', at);
    await sums.tell(before, after, at);
  };
  const start = async ({ market }: SumMarket) => {
    const asked = { ...claim(market.id), operation: 'start' };
    return (await startRun(own.store, tenant, { marketId: market.id, businessDate: dueOn }, asked, now)).id;
  };
  const resolveAndRun = async (sums: SumMarket) => {
    const at = new Date('2025-09-29T02:00:00.000Z');
    const resolved = await sums.change('A-1', (order, facts) => resolveDispute(order, facts, at.toISOString()), at);
    await sums.tell(resolved.before, resolved.after, at);
    return own.run(sums.market.id, 'resolved', '2025-09-29', new Date('2025-09-29T04:00:00.000Z'));
  };

  it('holds what the run has not begun with, however late it is', async () => {
    const sums = await openMarket('mkt_before');
    await dispute(sums, now);
    expect(await own.run('mkt_before', 'run')).toMatchObject({ figures: { paidOut: 30n } });
    expect(await sums.owed()).toEqual([30n, 30n, 30n]);
    expect(await resolveAndRun(sums)).toMatchObject({ figures: { paidOut: 90n } });
    expect(await sums.owed()).toEqual([0n, 0n, 0n]);
  });

  it('holds what is in a day that the run has closed, as long as its merchants are not settled', async () => {
    const sums = await openMarket('mkt_closed');
    const runId = await start(sums);
    // It looks, closes the day and splits its sums.
    await carryOnRun(own.runs, { tenant, runId, stepsMax: 3 }, now);
    expect(await findRun(own.store, tenant, runId)).toMatchObject({ state: 'SETTLING' });
    await dispute(sums, now);
    await takeTurn(own.runs, tenant, runId, now);
    expect(await findRun(own.store, tenant, runId)).toMatchObject({ state: 'ENDED', figures: { paidOut: 30n } });
    expect(await own.settlementOf(sums.ids.van)).toMatchObject({ payout: 10n, carriedOn: 0n });
    expect(await sums.owed()).toEqual([30n, 30n, 30n]);
    expect(await own.run('mkt_closed', 'again')).toMatchObject({ figures: { paidOut: 0n, carriedOn: 0n } });
    expect(await resolveAndRun(sums)).toMatchObject({ figures: { paidOut: 90n } });
    expect([await sums.owed(), await sums.prove()]).toMatchObject([[0n, 0n, 0n], { isBalanced: true }]);
  });

  it('holds nothing that was settled, and all that came after that', async () => {
    const sums = await openMarket('mkt_settled');
    // At 01:00 in Chengdu: by hand, before the run of the day.
    expect(await own.run('mkt_settled', 'by hand', dueOn, hoursLater(-2))).toMatchObject({
      figures: { paidOut: 120n },
    });
    await sums.payAndTell('A-3', 60n);
    await dispute(sums, hoursLater(-1));
    const { before, after } = await sums.dispute('A-3', hoursLater(-1));
    expect(after.disputes[0]?.settledBefore).toBeUndefined();
    await sums.tell(before, after, hoursLater(-1));
    expect(await own.run('mkt_settled', 'daily')).toMatchObject({ figures: { paidOut: 0n, carriedOn: 0n } });
    expect(await sums.owed()).toEqual([20n, 20n, 20n]);
  });

  it('is told of an order of twenty sub-orders by one look at the settled day of their merchant', async () => {
    const market = await own.open('mkt_looks', { mer_looks: {} });
    // The order C-\1, twenty times 1.00; of C-\10, whose number begins like it, 2.00 more.
    const numbers = Array.from({ length: 20 }, (_, place) => `${place + 1}`);
    const of = (orderNo: string, subOrderNo: string, amount = 100n) =>
      ['mer_looks', dueOn, share(amount, orderNo, { subOrderNo })] as const;
    await own.lines('mkt_looks', [...numbers.slice(1).map((no) => of('C-\\1', no)), of('C-\\10', '1', 200n)]);
    await own.owe(market, 'mer_looks', 2_100n);
    await own.run('mkt_looks', 'run');
    // The share of the first arrives when the day is closed, and is settled by no run yet.
    await own.lines('mkt_looks', [of('C-\\1', '1')]);
    const subOrders = numbers.map((no) => aSubOrder({ no, splits: [aSplit([aLeg(1, 'mer_looks', '1.00')])] }));
    const order = anOrder({ tenant, no: 'C-\\1', marketId: 'mkt_looks', subOrders });
    const looks: string[] = [];
    const store = {
      ...own.store,
      readOrderLines: async (day: OwnerDay, orderNo: string) => {
        looks.push(`${day.owner.id} ${day.date} ${day.sequence}`);
        return own.store.readOrderLines(day, orderNo);
      },
    };
    const settled = await readSettledLegs(store, order);
    expect([...settled].toSorted()).toEqual(
      numbers
        .slice(1)
        .map((no) => legKey(no, 'PLAN', 1))
        .toSorted(),
    );
    expect(looks).toEqual([`mer_looks ${dueOn} 0`]);
  });
});
