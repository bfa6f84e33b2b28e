import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RoleAccounts } from '../../../functions/settlement/journal/booking/role-accounts.ts';
import {
  askAgainForSteps,
  carryOutStep,
  type StepTools,
} from '../../../functions/settlement/orders/booking/carry-out-step.ts';
import { findOrder } from '../../../functions/settlement/orders/change-order.ts';
import { tellResult, withdrawRefund } from '../../../functions/settlement/orders/refund-result.ts';
import { anEngine } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { prove } from './journal-support.ts';
import { dueOn, runsOnEngine, type TestRuns, tenant } from './runs-support.ts';
import { SumMarket } from './sums-support.ts';

/** On the day on which all were paid out. */
const noon = new Date('2025-09-28T04:00:00.000Z');
const later = (minutes: number) => new Date(noon.getTime() + minutes * 60_000);

/**
 * An order of 3.00, of which a potter, a teahouse and a van were paid 1.00 each at 03:00. Their market bills what they lack. At noon
 * 1.50 are refunded, 0.50 of each.
 */
describe('a refund of merchants that were paid out, and are billed', () => {
  let own: TestRuns;
  quietLog();
  beforeAll(async () => {
    own = await runsOnEngine(anEngine());
  });
  afterAll(() => own?.close());

  async function paidOut(name: string) {
    const sums = await SumMarket.open(own, `mkt_${name}`, { aggregate: 'AFTER_SPLIT' });
    const market = { ...sums.market, shortfall: { kind: 'BILL' }, revision: sums.market.revision + 1 } as const;
    await own.store.replaceMarket(market);
    const no = `SO-${name}`;
    await sums.payAndTell(no, 300n);
    await own.run(market.id, name);
    expect(await sums.owed()).toEqual([0n, 0n, 0n]);
    const refundNo = `RF-${name}`;
    const tools: StepTools = { store: own.store, ledger: own.tools.ledger };
    const askAgain = (at: Date, by = tools) => askAgainForSteps(by, new RoleAccounts(), at);
    const order = () => findOrder(own.store, tenant, no);
    const ended = async () => {
      const [refund] = (await order()).refunds;
      return { state: refund?.state, billed: refund?.takes.map(({ billed }) => billed) };
    };
    const ask = () => sums.refund(no, refundNo, 150n, noon);
    /** Refused at once, and again a moment later: what merchants have may only not be booked yet. */
    const askedTwice = async () => {
      const { before } = await ask();
      await askAgain(noon);
      expect(await ended()).toMatchObject({ state: 'PENDING_FUNDS' });
      return before;
    };
    const given = async () => own.held(market.accounts.own);
    return { sums, market, no, refundNo, tools, askAgain, order, ended, ask, askedTwice, given };
  }

  const linesOf = async (merchantId: string) => {
    const { lines } = await own.store.readLines(tenant, { kind: 'MERCHANT', id: merchantId }, dueOn, { blocks: 10 });
    return lines.flatMap((line) => ('amount' in line && 'refundNo' in line ? [`${line.kind} ${line.amount}`] : []));
  };

  it('waits a minute for what may be on its way to them, and is then given by the market', async () => {
    const { sums, market, askedTwice, askAgain, ended, given, order } = await paidOut('given');
    await own.fund(market, 200n);
    const before = await askedTwice();
    await askAgain(later(1));
    expect(await ended()).toEqual({ state: 'FUNDED', billed: [50n, 50n, 50n] });
    expect([await given(), await sums.owed()]).toEqual([50n, [0n, 0n, 0n]]);

    await sums.tell(before, await order(), later(1));
    expect(await linesOf(sums.ids.teahouse)).toEqual(['REFUND -50', 'BILLED 50']);
    await own.run(market.id, 'late', dueOn, later(2));
    expect(await own.settlementOf(sums.ids.teahouse, dueOn, 1)).toMatchObject({
      ...{ payout: 0n, payouts: [], carriedOn: 0n, billed: 0n },
      figures: { refunds: 50n, net: 0n },
    });
    expect(await prove(own, market, later(3))).toMatchObject({ isBalanced: true });
  });

  it('is given no more than they lack', async () => {
    const { sums, market, no, askedTwice, askAgain, ended, given, order } = await paidOut('part');
    await own.fund(market, 200n);
    // 0.20 of each, told late for the 28th.
    await sums.payAndTell(`${no}-2`, 60n);
    const before = await askedTwice();
    await askAgain(later(1));
    expect(await ended()).toEqual({ state: 'FUNDED', billed: [30n, 30n, 30n] });
    expect([await given(), await sums.owed()]).toEqual([110n, [0n, 0n, 0n]]);
    await sums.tell(before, await order(), later(1));
    await own.run(market.id, 'late', dueOn, later(2));
    expect(await own.settlementOf(sums.ids.van, dueOn, 1)).toMatchObject({ payout: 0n, figures: { net: 0n } });
    expect(await prove(own, market, later(3))).toMatchObject({ isBalanced: true });
  });

  it('gives all back where the channel failed: to the market what it gave', async () => {
    const { sums, market, no, refundNo, tools, askedTwice, askAgain, given, order } = await paidOut('failed');
    await own.fund(market, 200n);
    const before = await askedTwice();
    await askAgain(later(1));
    await sums.tell(before, await order(), later(1));
    const failed = await sums.change(no, (order, facts) =>
      tellResult(order, refundNo, 'FAILED', { at: later(2).toISOString(), facts }),
    );
    const back = { tenant, orderNo: no, kind: 'REFUND_BACK', about: refundNo } as const;
    for (const at of [later(2), later(3)]) await carryOutStep(tools, new RoleAccounts(), back, at);
    expect([await given(), await sums.owed()]).toEqual([200n, [0n, 0n, 0n]]);
    await sums.tell(failed.before, failed.after, later(2));
    expect(await linesOf(sums.ids.potter)).toEqual(['REFUND -50', 'BILLED 50', 'REFUND 50', 'BILLED -50']);
    expect(await prove(own, market, later(3))).toMatchObject({ isBalanced: true });
  });

  it('waits where the market has too little, and asks again', async () => {
    const { sums, market, askedTwice, askAgain, ended, given } = await paidOut('poor');
    await own.fund(market, 149n);
    await askedTwice();
    await askAgain(later(1));
    expect(await ended()).toMatchObject({ state: 'PENDING_FUNDS' });
    expect([await given(), await sums.owed()]).toEqual([149n, [0n, 0n, 0n]]);
    await own.fund(market, 1n);
    await askAgain(later(60));
    expect(await ended()).toEqual({ state: 'FUNDED', billed: [50n, 50n, 50n] });
    expect(await given()).toBe(0n);
  });

  it('takes what has come to them meanwhile first', async () => {
    const { sums, market, no, askedTwice, askAgain, ended, given } = await paidOut('richer');
    await askedTwice();
    await askAgain(later(1));
    await sums.payAndTell(`${no}-2`, 120n);
    await own.fund(market, 200n);
    // Of 0.50 each has 0.40 by now.
    await askAgain(later(60));
    expect(await ended()).toEqual({ state: 'FUNDED', billed: [10n, 10n, 10n] });
    expect([await given(), await sums.owed()]).toEqual([170n, [0n, 0n, 0n]]);
  });

  it.each(['have enough', 'are billed no more'])('takes nothing of the market once they %s', async (name) => {
    const { sums, market, no, askedTwice, askAgain, ended, given } = await paidOut(name.replaceAll(' ', ''));
    await askedTwice();
    await askAgain(later(1));
    await own.fund(market, 200n);
    if (name === 'have enough') await sums.payAndTell(`${no}-2`, 300n);
    else await own.store.replaceMarket({ ...market, shortfall: { kind: 'CARRY' }, revision: market.revision + 1 });
    await askAgain(later(60));
    const state = name === 'have enough' ? 'FUNDED' : 'PENDING_FUNDS';
    expect(await ended()).toEqual({ state, billed: [undefined, undefined, undefined] });
    expect(await given()).toBe(200n);
  });

  it('waits whole where one of them is not billed by its own rule', async () => {
    const { sums, market, askedTwice, askAgain, ended, given } = await paidOut('carried');
    const van = await own.merchantOf(sums.ids.van);
    await own.store.replaceMerchant({ ...van, shortfall: { kind: 'CARRY' }, revision: van.revision + 1 });
    await own.fund(market, 200n);
    await askedTwice();
    for (const minutes of [1, 60]) await askAgain(later(minutes));
    expect(await ended()).toMatchObject({ state: 'PENDING_FUNDS' });
    expect(await given()).toBe(200n);
  });

  it('is taken once, also where who took it was killed before that was noted', async () => {
    const { sums, market, tools, askedTwice, askAgain, ended, given } = await paidOut('killed');
    await own.fund(market, 200n);
    await askedTwice();
    const { ledger } = tools;
    let calls = 0;
    const killed: StepTools['ledger']['postTransfers'] = async (...asked) => {
      const results = await ledger.postTransfers(...asked);
      calls += 1;
      // First it is refused once more, and then the market gives.
      if (calls === 2) throw new Error('killed');
      return results;
    };
    await expect(askAgain(later(1), { ...tools, ledger: { ...ledger, postTransfers: killed } })).rejects.toThrow();
    expect([calls, await given(), (await ended()).state]).toEqual([2, 50n, 'PENDING_FUNDS']);
    await Promise.all([askAgain(later(60)), askAgain(later(60))]);
    expect([await given(), await sums.owed(), (await ended()).state]).toEqual([50n, [0n, 0n, 0n], 'FUNDED']);
  });

  it('gives back what was taken while it was withdrawn', async () => {
    const { sums, market, no, refundNo, tools, askedTwice, askAgain, ended, given } = await paidOut('withdrawn');
    await own.fund(market, 200n);
    await askedTwice();
    const { ledger } = tools;
    let calls = 0;
    const racing: StepTools['ledger']['postTransfers'] = async (...asked) => {
      const results = await ledger.postTransfers(...asked);
      calls += 1;
      if (calls !== 2) return results;
      await sums.change(no, (order, facts) => withdrawRefund(order, refundNo, facts, later(1).toISOString()), later(1));
      throw new Error('killed');
    };
    await expect(askAgain(later(1), { ...tools, ledger: { ...ledger, postTransfers: racing } })).rejects.toThrow();
    expect(await given()).toBe(50n);
    await askAgain(later(60));
    expect([await given(), await sums.owed(), (await ended()).state]).toEqual([200n, [0n, 0n, 0n], 'WITHDRAWN']);
  });
});
