import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MerchantLine } from '../../../functions/settlement/journal/line.ts';
import type { Merchant } from '../../../functions/settlement/merchants/merchant.ts';
import { askForRetry } from '../../../functions/settlement/settlements/ask-for-retry.ts';
import { lookAtPayout } from '../../../functions/settlement/settlements/look-at-payout.ts';
import { payRetried } from '../../../functions/settlement/settlements/pay-retried.ts';
import { takeTurn } from '../../../functions/settlement/settlements/take-turn.ts';
import { readUpcoming } from '../../../functions/settlement/settlements/upcoming.ts';
import { anEngine } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { claim } from './journal-support.ts';
import { closedRun, openDue, payoutsOf } from './payouts-support.ts';
import { dueOn, hoursLater, refund, runsOnEngine, share, type TestRuns, tenant } from './runs-support.ts';

/** The ledger has for a merchant what disputes hold and refunds wait for too. */
describe('a payout that goes late takes nothing of what is kept for others', () => {
  let own: TestRuns;
  quietLog();
  beforeAll(async () => {
    own = await runsOnEngine(anEngine());
  });
  afterAll(() => own?.close());

  const { paidOf, look } = payoutsOf(() => own);
  const leftOf = async (merchantId: string) => own.held((await own.merchantOf(merchantId)).payableAccountId);
  const change = async (merchantId: string, more: Partial<Merchant>) => {
    const merchant = await own.merchantOf(merchantId);
    await own.store.replaceMerchant({ ...merchant, ...more, revision: merchant.revision + 1 });
  };

  /** A refund took 4.00 of the merchant's 10.00, and 5.00 of another of its orders are disputed. */
  async function dispute(marketId: string, merchantId: string) {
    const of = { orderNo: 'SO-held', subOrderNo: '1' };
    const held: MerchantLine = { kind: 'HELD', amount: -500n, ...of };
    await own.lines(marketId, [
      [merchantId, '2025-09-29', refund(400n)],
      [merchantId, '2025-09-30', share(500n, 'SO-held')],
      [merchantId, '2025-09-30', held],
    ]);
  }

  it('that was held, once its merchant is active again', async () => {
    const merchants = { mer_held: { state: 'SUSPENDED' as const } };
    const market = await openDue(own, 'mkt_held', { mer_held: 1_000n }, { merchants });
    await own.run(market.id, 'held');
    expect(await paidOf('mer_held')).toEqual(['1000 HELD']);
    await dispute(market.id, 'mer_held');
    await own.owe(market, 'mer_held', 100n);
    await change('mer_held', { state: 'ACTIVE' });
    await look(30);
    expect([await paidOf('mer_held'), await leftOf('mer_held')]).toEqual([['600 SENT'], 500n]);
  });

  it('that failed, once its account was mended', async () => {
    const market = await openDue(own, 'mkt_failed', { mer_failed: 1_000n });
    own.bank.answer = () => 'NOT_TAKEN';
    await own.run(market.id, 'failed');
    own.bank.answer = () => 'TAKEN';
    await dispute(market.id, 'mer_failed');
    await own.owe(market, 'mer_failed', 100n);
    await change('mer_failed', { payout: { to: 'LEDGER', accountId: await own.account('of who failed') } });
    await look(30);
    expect([await paidOf('mer_failed'), await leftOf('mer_failed')]).toEqual([['1000 FAILED', '600 PAID'], 500n]);
  });

  it('that is asked for by hand: there is nothing for it until what lacks is made up for', async () => {
    const market = await openDue(own, 'mkt_asked', { mer_asked: 1_000n }, { lacking: 400n });
    await own.run(market.id, 'asked');
    await dispute(market.id, 'mer_asked');
    await own.owe(market, 'mer_asked', 500n);
    await look(2);
    const { id, payouts } = await own.settlementOf('mer_asked');
    await own.report(payouts[0]?.id ?? '', 'SETTLED');
    const retry = async (key: string) => {
      await askForRetry(own.runs, tenant, id, claim(key), hoursLater(3));
      await payRetried({ ...own.runs, store: own.store }, tenant, id, hoursLater(3));
    };
    await expect(retry('asked')).rejects.toMatchObject({
      ...{ code: 'settlement/nothing-to-retry', fields: { state: 'PAID', detail: expect.stringContaining('lack') } },
    });
    expect([await paidOf('mer_asked'), await leftOf('mer_asked')]).toEqual([['600 PAID'], 500n]);
    // A sale of 4.00.
    await own.lines(market.id, [['mer_asked', '2025-09-29', share(400n, 'SO-more')]]);
    await own.owe(market, 'mer_asked', 400n);
    await retry('asked again');
    expect([await paidOf('mer_asked'), await leftOf('mer_asked')]).toEqual([['600 PAID', '400 SENT'], 500n]);
  });

  it('while a run has closed the day that lacks it, and not settled it yet', async () => {
    const market = await openDue(own, 'mkt_closed', { mer_closed: 1_000n }, { lacking: 400n });
    await own.run(market.id, 'closed');
    // A refund waits for 3.00 of the 6.00 that are there.
    await own.lines(market.id, [['mer_closed', '2025-09-29', refund(700n)]]);
    const at = hoursLater(24);
    const runId = await closedRun(own, market.id, '2025-09-29', at);
    await own.lines(market.id, [['mer_closed', '2025-09-29', share(100n, 'SO-late')]]);
    const merchant = await own.merchantOf('mer_closed');
    expect(await readUpcoming(own.store, merchant, market, 7, at)).toMatchObject([
      { date: '2025-09-29', figures: { gross: 100n, refunds: 700n, net: -600n } },
    ]);
    await look(24.1);
    expect([await paidOf('mer_closed'), await leftOf('mer_closed')]).toEqual([['300 SENT'], 300n]);
    await takeTurn(own.runs, tenant, runId, at);
    expect(await readUpcoming(own.store, merchant, market, 7, at)).toMatchObject([
      { date: '2025-09-29', figures: { net: 100n } },
      { date: '2025-09-30', figures: { net: -700n } },
    ]);
  });

  /** 10.00 and 10.00 of one day wait, for the account was frozen; then a refund of 10.00 waits too. */
  async function openTwo(name: string) {
    const id = `mer_${name}`;
    const market = await openDue(own, `mkt_${name}`, { [id]: 1_000n });
    const { payableAccountId } = await own.merchantOf(id);
    await own.setStatus(payableAccountId, 'FROZEN');
    await own.run(market.id, name);
    await own.lines(market.id, [[id, dueOn, share(1_000n, 'SO-late')]]);
    await own.setStatus(payableAccountId, 'ACTIVE');
    await own.owe(market, id, 1_000n);
    await own.setStatus(payableAccountId, 'FROZEN');
    await own.run(market.id, `${name} late`, '2025-09-29', hoursLater(24));
    await own.lines(market.id, [[id, '2025-09-30', refund(1_000n)]]);
    await own.setStatus(payableAccountId, 'ACTIVE');
    return id;
  }

  it('beside another of the merchant, whoever looks at which of them at the same moment', async () => {
    const id = await openTwo('two');
    await look(26);
    expect([await paidOf(id), await paidOf(id, 1), await leftOf(id)]).toEqual([
      ...[['1000 SENT'], ['1000 PENDING_FUNDS']],
      1_000n,
    ]);
  });

  it('beside another that a netting cycle is to pay: that bears nothing', async () => {
    const id = await openTwo('netted');
    const later = await own.settlementOf(id, dueOn, 1);
    const netting = { cycleId: 'cyc_1', state: 'CUT_OFF' as const, version: 1 };
    await own.store.replaceSettlement({ ...later, netting, revision: later.revision + 1 });
    await look(26);
    expect([await paidOf(id), await paidOf(id, 1)]).toEqual([['1000 PENDING_FUNDS'], ['1000 PENDING_FUNDS']]);
  });

  it('is looked for only where something can be tried: not for who is suspended still', async () => {
    const merchants = { mer_still: { state: 'SUSPENDED' as const } };
    const market = await openDue(own, 'mkt_still', { mer_still: 1_000n }, { merchants });
    await own.run(market.id, 'still');
    let reads = 0;
    const readSequences: typeof own.runs.store.readSequences = (days) => {
      reads += 1;
      return own.runs.store.readSequences(days);
    };
    const tools = { ...own.runs, store: { ...own.runs.store, readSequences } };
    const looked = async (hours: number) => {
      await lookAtPayout(tools, await own.settlementOf('mer_still'), new Set(), hoursLater(hours));
      return [reads, await paidOf('mer_still')];
    };
    expect(await looked(2)).toEqual([0, ['1000 HELD']]);
    await change('mer_still', { state: 'ACTIVE' });
    expect(await looked(4)).toEqual([1, ['1000 SENT']]);
  });

  it('and goes whole though the ledger is a moment behind the lines of days to come', async () => {
    const merchants = { mer_behind: { state: 'SUSPENDED' as const } };
    const market = await openDue(own, 'mkt_behind', { mer_behind: 1_000n }, { merchants });
    await own.run(market.id, 'behind');
    await own.lines(market.id, [['mer_behind', '2025-09-30', share(1n, 'SO-under-way')]]);
    await change('mer_behind', { state: 'ACTIVE' });
    await look(2);
    expect(await paidOf('mer_behind')).toEqual(['1000 SENT']);
  });

  it('and is set against what its merchant lacks before that is billed', async () => {
    const merchants = { mer_bill: { shortfall: { kind: 'BILL' as const } } };
    const market = await openDue(own, 'mkt_bill', { mer_bill: 1_000n }, { merchants });
    own.bank.answer = () => 'NOT_TAKEN';
    await own.run(market.id, 'bill');
    own.bank.answer = () => 'TAKEN';
    await own.fund(market, 1_000n);
    // Of the 10.00 that never left, and 3.00 besides.
    await own.lines(market.id, [['mer_bill', '2025-09-29', refund(1_300n)]]);
    await own.run(market.id, 'bill 29', '2025-09-29', hoursLater(24));
    expect(await own.settlementOf('mer_bill', '2025-09-29')).toMatchObject({ billed: 300n, carriedOn: 1_000n });
    expect(await own.held(market.accounts.own)).toBe(700n);
  });
});
