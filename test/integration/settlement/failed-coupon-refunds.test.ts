import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RoleAccounts } from '../../../functions/settlement/journal/booking/role-accounts.ts';
import type { Market } from '../../../functions/settlement/markets/market.ts';
import { unfreezeRest } from '../../../functions/settlement/orders/act-on-order.ts';
import type { StepKind } from '../../../functions/settlement/orders/booking/booking-step.ts';
import { askAgainForSteps, carryOutStep } from '../../../functions/settlement/orders/booking/carry-out-step.ts';
import { findOrder } from '../../../functions/settlement/orders/change-order.ts';
import { readPlanFacts } from '../../../functions/settlement/orders/read-plan-facts.ts';
import { tellResult } from '../../../functions/settlement/orders/refund-result.ts';
import { takePayment } from '../../../functions/settlement/orders/take-payment.ts';
import { anOrder, aSubOrder, aTold } from '../../functions/settlement/orders/samples.ts';
import { anEngine } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { prove } from './journal-support.ts';
import { hoursLater, now, runsOnEngine, type TestRuns, tenant } from './runs-support.ts';
import { SumMarket } from './sums-support.ts';

/** 100.00 with a coupon of 10.00 that the platform gives; refunded whole, and the channel says later that it failed. */
describe('a refund that failed, of an order with a coupon', () => {
  let own: TestRuns;
  let sums: SumMarket;
  let market: Market;
  quietLog();
  beforeAll(async () => {
    own = await runsOnEngine(anEngine());
    sums = await SumMarket.open(own, 'mkt_coupons');
    market = sums.market;
  });
  afterAll(() => own?.close());

  const steps = () => ({ store: own.store, ledger: own.tools.ledger });
  const stateOf = async (no: string) => (await findOrder(own.store, tenant, no)).refunds[0]?.state;
  const balanced = async (at = now) => {
    expect(await prove(own, market, at, { isAnew: true })).toMatchObject({ isBalanced: true });
  };

  async function told(no: string, act: () => Promise<unknown>) {
    const before = await findOrder(own.store, tenant, no);
    await act();
    await sums.tell(before, await findOrder(own.store, tenant, no));
  }

  const step = (orderNo: string, kind: StepKind, about = '') =>
    told(orderNo, () => carryOutStep(steps(), new RoleAccounts(), { tenant, orderNo, kind, about }, now));

  async function pay(no: string, gives: 'PLATFORM' | undefined) {
    const funders = [{ kind: 'PLATFORM' as const, basisPoints: 10_000n }];
    const coupons = gives ? [{ id: 'C', amount: 1_000n, funders }] : [];
    const subOrder = aSubOrder({ merchantId: sums.ids.potter, plan: { by: 'MANUAL' }, coupons });
    const unpaid = anOrder({ tenant, no, marketId: market.id, subOrders: [subOrder] });
    const channelId = 'WECHAT_PAY';
    const asked = aTold({ channelId, transactionId: `T-${no}`, amount: gives ? 9_000n : 10_000n, fee: 0n });
    const taken = takePayment(unpaid, asked, await readPlanFacts(own.store, unpaid, { channelId }), asked.paidAt);
    if (taken.outcome !== 'TAKEN') throw new Error(taken.outcome);
    await own.put(taken.order);
    await sums.tell(undefined, taken.order);
    if (gives) await step(no, 'SUBSIDY');
  }

  async function refundAndFail(no: string) {
    const { before, after } = await sums.refund(no, `RF-${no}`, 10_000n);
    await sums.tell(before, after);
    expect(after.refunds).toMatchObject([{ state: 'FUNDED', toFunders: [{ amount: 1_000n }] }]);
    return async () => {
      const failed = await sums.change(no, (order, facts) => {
        return tellResult(order, `RF-${no}`, 'FAILED', { at: now.toISOString(), facts, reason: '账户异常' });
      });
      await sums.tell(failed.before, failed.after);
      await step(no, 'REFUND_BACK', `RF-${no}`);
    };
  }

  it('goes on when the funder has given its part again', async () => {
    await own.fund(market, 1_000n);
    await pay('SO-back', 'PLATFORM');
    const fail = await refundAndFail('SO-back');
    expect(await own.held(market.accounts.own)).toBe(1_000n);
    await fail();
    const order = await findOrder(own.store, tenant, 'SO-back');
    expect(order.refunds).toMatchObject([{ state: 'FAILED', resultReason: '账户异常' }]);
    expect([await own.held(market.accounts.own), await sums.supervised()]).toEqual([0n, 10_000n]);
    await balanced();
  });

  it('is not split of what others paid while the funder has spent its part: it stands until that is there', async () => {
    const before = await sums.supervised();
    await own.fund(market, 1_000n);
    await pay('SO-spent', 'PLATFORM');
    const fail = await refundAndFail('SO-spent');
    // The next order takes the coupon's money.
    await pay('SO-next', 'PLATFORM');
    await fail();
    expect([await stateOf('SO-spent'), await sums.supervised()]).toEqual(['FUNDED', before + 10_000n]);
    const { steps: waiting } = await own.store.listStepsOf(tenant, market.id, undefined, 10);
    expect(waiting).toMatchObject([{ orderNo: 'SO-spent', kind: 'REFUND_BACK', code: 'ledger/insufficient-funds' }]);
    // Nothing of it is left to be split.
    const unfreeze = () =>
      sums.change('SO-spent', (order, facts) => unfreezeRest(order, undefined, facts, now.toISOString()));
    const { after } = await unfreeze().catch(async () => ({ after: await findOrder(own.store, tenant, 'SO-spent') }));
    expect(after.subOrders[0]?.splits).toEqual([]);
    await balanced();

    await own.fund(market, 1_000n);
    await told('SO-spent', () => askAgainForSteps(steps(), new RoleAccounts(), hoursLater(2)));
    expect([await stateOf('SO-spent'), await sums.supervised()]).toEqual(['FAILED', before + 20_000n]);
    const unfrozen = await unfreeze();
    await sums.tell(unfrozen.before, unfrozen.after);
    expect(unfrozen.after.subOrders[0]?.splits[0]?.legs).toMatchObject([{ amount: 10_000n }]);
    expect(await sums.supervised()).toBe(before + 10_000n);
    await balanced(hoursLater(3));
  });
});
