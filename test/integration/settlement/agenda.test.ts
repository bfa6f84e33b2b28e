import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unfreezeRest } from '../../../functions/settlement/orders/act-on-order.ts';
import { readPlanFacts } from '../../../functions/settlement/orders/read-plan-facts.ts';
import { takePayment } from '../../../functions/settlement/orders/take-payment.ts';
import { carryOnRun } from '../../../functions/settlement/settlements/carry-on-run.ts';
import { endWaitingBy } from '../../../functions/settlement/settlements/run-tools.ts';
import { findRun, startRun } from '../../../functions/settlement/settlements/start-run.ts';
import { takeTurn } from '../../../functions/settlement/settlements/take-turn.ts';
import { addDays } from '../../../shared/calendar/plain-date.ts';
import { anOrder, aSubOrder, aTold } from '../../functions/settlement/orders/samples.ts';
import { anEngine } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { claim } from './journal-support.ts';
import { openDue } from './payouts-support.ts';
import { dueOn, hoursLater, now, runsOnEngine, type TestRuns, tenant } from './runs-support.ts';
import { SumMarket } from './sums-support.ts';

describe('what waits for its last day', () => {
  let own: TestRuns;
  quietLog();
  beforeAll(async () => {
    own = await runsOnEngine(anEngine());
  });
  afterAll(() => own?.close());

  /** An order that is paid and waits to be split by hand. */
  async function waitingOrder(market: SumMarket, no: string) {
    const plan = { by: 'MANUAL' } as const;
    const subOrders = [aSubOrder({ merchantId: market.ids.potter, amount: 90n, plan })];
    const unpaid = anOrder({ tenant, no, marketId: market.market.id, subOrders });
    const told = aTold({ channelId: 'WECHAT_PAY', transactionId: `T-${no}`, amount: 90n, fee: 0n });
    const facts = await readPlanFacts(own.store, unpaid, { channelId: 'WECHAT_PAY' });
    const taken = takePayment(unpaid, told, facts, told.paidAt);
    if (taken.outcome !== 'TAKEN') throw new Error(taken.outcome);
    await own.put(taken.order);
    await market.tell(undefined, taken.order);
    return { order: taken.order, at: told.paidAt, until: taken.order.subOrders[0]?.waitsUntil ?? '' };
  }

  /** A run of a day at 03:00 in Chengdu and each hour after it, so often. */
  async function runOn(market: SumMarket, businessDate: string, hours: number, endWaiting = endWaitingBy(own.store)) {
    const at = (hour: number) => new Date(Date.parse(`${businessDate}T03:00:00.000+08:00`) + hour * 3_600_000);
    const tools = { ...own.runs, endWaiting };
    const asked = { ...claim(`${market.market.id} ${businessDate}`), operation: 'start' };
    const { id } = await startRun(own.store, tenant, { marketId: market.market.id, businessDate }, asked, at(0));
    for (let hour = 0; hour < hours; hour++) await takeTurn(tools, tenant, id, at(hour));
    return findRun(own.store, tenant, id);
  }

  it('and was split before keeps no run waiting, on that day or later', async () => {
    const market = await SumMarket.open(own, 'mkt_split');
    const { at, until } = await waitingOrder(market, 'W-1');
    const split = await market.change('W-1', (order, facts) => unfreezeRest(order, undefined, facts, at));
    await market.tell(split.before, split.after);
    // The order is not even looked at.
    const endWaiting = () => Promise.reject(new Error('asked of an order that is split'));
    for (const date of [until, addDays(until, 20)]) {
      expect(await runOn(market, date, 1, endWaiting)).toMatchObject({ state: 'ENDED', looks: 1, waited: 0 });
    }
  });

  it('is asked of each once, some hundreds in a step, however often the run is handed on', async () => {
    await own.open('mkt_many', {});
    const numbers = Array.from({ length: 1_100 }, (_, place) => `N-${place}`);
    await own.waiting('mkt_many', '2025-09-20', numbers.slice(0, 700));
    await own.waiting('mkt_many', '2025-09-27', numbers.slice(700));
    const asked: string[] = [];
    const endWaiting = async ({ orderNo }: { readonly orderNo: string }) => asked.push(orderNo) > 0;
    const key = { ...claim('many'), operation: 'start' };
    const { id } = await startRun(own.store, tenant, { marketId: 'mkt_many', businessDate: dueOn }, key, now);
    const states: unknown[] = [];
    for (let turn = 0; turn < 3; turn++) {
      await carryOnRun({ ...own.runs, endWaiting }, { tenant, runId: id, stepsMax: 1 }, now);
      const { state, looks, waited } = await findRun(own.store, tenant, id);
      states.push([state, looks, waited, asked.length]);
    }
    expect(states).toEqual([
      ['LOOKING', 0, 500, 500],
      ['LOOKING', 0, 1_000, 1_000],
      ['LOOKING', 1, 1_100, 1_100],
    ]);
    expect(asked.toSorted()).toEqual(numbers.toSorted());
  });

  it('and cannot be split keeps nobody from being paid, and is asked of twice in a run and again in the next', async () => {
    await openDue(own, 'mkt_stuck', { mer_paid: 100n });
    await own.waiting('mkt_stuck', '2025-09-26', ['W-3', 'W-4']);
    const asked: string[] = [];
    // W-4 is split the second time.
    const endWaiting = async ({ orderNo }: { readonly orderNo: string }) => {
      asked.push(orderNo);
      if (orderNo === 'W-3' || asked.indexOf(orderNo) === asked.length - 1) throw new Error(`${orderNo} is locked.`);
      return false;
    };
    const runAt = async (key: string, businessDate: string, at: Date) => {
      const by = { ...claim(key), operation: 'start' };
      const { id } = await startRun(own.store, tenant, { marketId: 'mkt_stuck', businessDate }, by, at);
      await takeTurn({ ...own.runs, endWaiting }, tenant, id, at);
      return findRun(own.store, tenant, id);
    };
    // 1.00 is on its way in the one turn of the run.
    expect(await runAt('stuck', dueOn, now)).toMatchObject({ state: 'ENDED', looks: 1, figures: { paidOut: 100n } });
    expect(asked.toSorted()).toEqual(['W-3', 'W-3', 'W-4', 'W-4']);
    expect(await runAt('next', '2025-09-29', hoursLater(24))).toMatchObject({ state: 'ENDED' });
    expect(asked.toSorted()).toEqual(['W-3', 'W-3', 'W-3', 'W-3', 'W-4', 'W-4', 'W-4']);
  });

  it('goes to the merchant who sells on that day, and is counted once however often the run looks', async () => {
    const market = await SumMarket.open(own, 'mkt_over');
    const { until } = await waitingOrder(market, 'W-2');
    // What the order says of it does not reach the journal before the run ends.
    expect(await runOn(market, until, 3)).toMatchObject({ state: 'ENDED', looks: 2, waited: 1 });
    const after = await own.store.readOrder(tenant, 'W-2');
    expect(after?.subOrders[0]?.splits).toMatchObject([{ no: 'REST', legs: [{ amount: 90n }] }]);
  });
});
