import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RoleAccounts } from '../../../functions/settlement/journal/booking/role-accounts.ts';
import { askAgainForSteps } from '../../../functions/settlement/orders/booking/carry-out-step.ts';
import { findOrder } from '../../../functions/settlement/orders/change-order.ts';
import { withdrawRefund } from '../../../functions/settlement/orders/refund-result.ts';
import { payRetried } from '../../../functions/settlement/settlements/pay-retried.ts';
import { takeTurn } from '../../../functions/settlement/settlements/take-turn.ts';
import { anEngine } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { prove } from './journal-support.ts';
import { closedRun } from './payouts-support.ts';
import { dueOn, hoursLater, now, runsOnEngine, type TestRuns, tenant } from './runs-support.ts';
import { SumMarket } from './sums-support.ts';

/** Saturday noon: what was paid on Friday is due on Sunday, and the run of that is to come. */
const saturday = new Date('2025-09-27T04:00:00.000Z');

describe('a refund for which merchants have too little', () => {
  let own: TestRuns;
  quietLog();
  beforeAll(async () => {
    own = await runsOnEngine(anEngine());
  });
  afterAll(() => own?.close());

  const askAgain = (at: Date) =>
    askAgainForSteps({ store: own.store, ledger: own.tools.ledger }, new RoleAccounts(), at);

  async function opened(name: string, aggregate: 'AFTER_SPLIT' | 'BEFORE_SPLIT' = 'AFTER_SPLIT') {
    const sums = await SumMarket.open(own, `mkt_${name}`, { aggregate });
    const { market, ids } = sums;
    const no = `SO-${name}`;
    const order = () => findOrder(own.store, tenant, no);
    /** All of it is asked back, and told to the journal. */
    const refund = async (amount: bigint, at: Date) => {
      const { before, after } = await sums.refund(no, `RF-${name}`, amount, at);
      expect(after.refunds).toMatchObject([{ state: 'PENDING_FUNDS' }]);
      await sums.tell(before, after, at);
      return after;
    };
    const withdraw = async (at: Date) => {
      const decide = (one: Awaited<ReturnType<typeof order>>, facts: Parameters<typeof withdrawRefund>[2]) =>
        withdrawRefund(one, `RF-${name}`, facts, at.toISOString());
      const { before, after } = await sums.change(no, decide, at);
      await sums.tell(before, after, at);
    };
    const stateOf = async () => (await order()).refunds[0]?.state;
    const fund = async (at: Date) => {
      const before = await order();
      await askAgain(at);
      await sums.tell(before, await order(), at);
      return [await stateOf(), await sums.owed()];
    };
    const balanced = async (at: Date) => {
      expect(await prove(own, market, at, { isAnew: true })).toMatchObject({ isBalanced: true });
    };
    return { sums, market, ids, no, order, refund, withdraw, fund, stateOf, balanced };
  }

  /** 3.00 over a channel that keeps its fee of 0.06: asked back whole, the potter who bears it lacks 0.06. */
  async function shortOfItsFee(name: string, aggregate: 'AFTER_SPLIT' | 'BEFORE_SPLIT') {
    const of = await opened(name, aggregate);
    await of.sums.tell(undefined, await of.sums.pay(of.no, 300n, 6n, of.sums.rule.id, 'ALIPAY'));
    await of.refund(300n, saturday);
    return of;
  }

  it('keeps its shares from being paid out, until it has what it lacks', async () => {
    const { sums, market, ids, no, fund, balanced } = await shortOfItsFee('kept', 'AFTER_SPLIT');
    await own.run(market.id, 'sunday');
    expect(await own.settlementOf(ids.van)).toMatchObject({ payout: 0n, figures: { gross: 100n, refunds: 100n } });
    expect(await sums.owed()).toEqual([94n, 100n, 100n]);
    await balanced(hoursLater(1));
    // The potter sells for 0.18, of which 0.06 are its own.
    await sums.payAndTell(`${no}-2`, 18n);
    expect(await fund(hoursLater(2))).toEqual(['FUNDED', [0n, 6n, 6n]]);
    await balanced(hoursLater(3));
  });

  it('is paid out by the next run when it is withdrawn', async () => {
    const { sums, market, ids, withdraw, balanced } = await shortOfItsFee('withdrawn', 'AFTER_SPLIT');
    await own.run(market.id, 'sunday');
    await withdraw(hoursLater(4));
    await own.run(market.id, 'late', '2025-09-29', hoursLater(24));
    expect(await own.settlementOf(ids.van, dueOn, 1)).toMatchObject({ payout: 100n, payouts: [{ amount: 100n }] });
    expect(await sums.owed()).toEqual([0n, 0n, 0n]);
    await balanced(hoursLater(25));
  });

  it('keeps its part out of a sum of the day, which is split without it', async () => {
    const { sums, market, ids, no, fund, order, balanced } = await shortOfItsFee('summed', 'BEFORE_SPLIT');
    await sums.payAndTell(`${no}-2`, 30n);
    await own.run(market.id, 'sunday');
    expect(await own.settlementOf(ids.van)).toMatchObject({ payout: 10n, figures: { gross: 10n, refunds: 0n } });
    // What is supervised is that of this order alone.
    expect(await sums.supervised()).toBe(294n);
    await balanced(hoursLater(1));
    // The potter was paid 0.04 of 0.10: the fee that it lacked is there.
    expect(await fund(hoursLater(2))).toEqual(['FUNDED', [0n, 0n, 0n]]);
    expect((await order()).refunds[0]).toMatchObject({ pendingOn: '2025-09-27', fundedOn: '2025-09-28' });
    expect(await sums.supervised()).toBe(0n);
    await balanced(hoursLater(3));
  });

  it('is in the sum again when it is withdrawn, and split by the next run', async () => {
    const { sums, market, ids, withdraw, balanced } = await shortOfItsFee('back', 'BEFORE_SPLIT');
    await own.run(market.id, 'sunday');
    await withdraw(hoursLater(4));
    await own.run(market.id, 'monday', '2025-09-29', hoursLater(24));
    expect(await own.settlementOf(ids.van, dueOn, 1)).toMatchObject({ payout: 100n });
    expect(await sums.supervised()).toBe(0n);
    await balanced(hoursLater(25));
  });

  it.each([
    ['disputed', 'AFTER_SPLIT'],
    ['not disputed', 'AFTER_SPLIT'],
    ['in a sum', 'BEFORE_SPLIT'],
  ] as const)('keeps its shares, %s, of a day that a run has closed and not settled yet', async (name, aggregate) => {
    const id = name.replaceAll(' ', '_');
    const { sums, market, no, refund, balanced } = await opened(id, aggregate);
    await sums.tell(undefined, await sums.pay(no, 300n, 6n, sums.rule.id, 'ALIPAY'));
    if (name === 'disputed') {
      const { before, after } = await sums.dispute(no, saturday);
      await sums.tell(before, after, saturday);
    }
    const runId = await closedRun(own, market.id);
    await refund(300n, now);
    await takeTurn(own.runs, tenant, runId, now);
    expect(await sums.owed()).toEqual([94n, 100n, 100n]);
    await balanced(hoursLater(1));
  });

  /** The three were paid 1.00 each; then 1.50 are asked back. */
  async function paidOut(name: string, kind: 'CARRY' | 'BILL') {
    const of = await opened(name);
    const { sums, market, no } = of;
    await own.store.replaceMarket({ ...market, shortfall: { kind }, revision: market.revision + 1 });
    await sums.payAndTell(no, 300n);
    await own.run(market.id, 'sunday');
    expect(await sums.owed()).toEqual([0n, 0n, 0n]);
    await of.refund(150n, hoursLater(8));
    return of;
  }

  it('is carried on day by day, and taken of the next sales before these are paid out', async () => {
    const { sums, market, ids, no, fund, balanced } = await paidOut('carried', 'CARRY');
    await own.run(market.id, 'monday', '2025-09-29', hoursLater(24));
    expect(await own.settlementOf(ids.van, dueOn, 1)).toMatchObject({ payout: 0n, carriedOn: 50n });
    await sums.payAndTell(`${no}-2`, 210n);
    await own.run(market.id, 'tuesday', '2025-09-30', hoursLater(48));
    // 0.70 each, less 0.50: nobody has asked for the refund again, and its money is there.
    expect(await sums.owed()).toEqual([50n, 50n, 50n]);
    await balanced(hoursLater(49));
    expect(await fund(hoursLater(50))).toEqual(['FUNDED', [0n, 0n, 0n]]);
    await balanced(hoursLater(51));
  });

  it('is given off what the market has where it bills: by the run, and no more than is there', async () => {
    const { sums, market, ids, fund, balanced } = await paidOut('billed', 'BILL');
    await own.fund(market, 149n);
    await own.run(market.id, 'monday', '2025-09-29', hoursLater(24));
    expect(await own.settlementOf(ids.teahouse, dueOn, 1)).toMatchObject({ payout: 0n, billed: 50n, carriedOn: 0n });
    expect([await own.held(market.accounts.own), (await sums.owed()).toSorted()]).toEqual([49n, [0n, 50n, 50n]]);
    expect((await fund(hoursLater(25)))[0]).toBe('PENDING_FUNDS');
    await balanced(hoursLater(25));
    await own.fund(market, 1n);
    for (const id of Object.values(ids)) {
      const { id: settlementId } = await own.settlementOf(id, dueOn, 1);
      await payRetried({ ...own.runs, store: own.store }, tenant, settlementId, hoursLater(26));
    }
    expect(await fund(hoursLater(28))).toEqual(['FUNDED', [0n, 0n, 0n]]);
    expect(await own.held(market.accounts.own)).toBe(0n);
    await balanced(hoursLater(29));
  });
});
