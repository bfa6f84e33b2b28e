import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MerchantLine } from '../../../functions/settlement/journal/line.ts';
import { settlementEvents } from '../../../functions/settlement/settlement-events.ts';
import { unpaidOf } from '../../../functions/settlement/settlements/payout-after-report.ts';
import { reconsiderPayouts } from '../../../functions/settlement/settlements/reconsider.ts';
import { settlementToPlain } from '../../../functions/settlement/settlements/settlement-items.ts';
import { takeNetting } from '../../../functions/settlement/settlements/take-netting.ts';
import { fromItem, toItem } from '../../../shared/dynamo/items.ts';
import { settledEvent, tuesday } from '../../functions/netting/telling/told-by-netting.ts';
import { type Death, dieAt } from '../../support/dying-clients.ts';
import { anEngine } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { prove } from './journal-support.ts';
import { openDue, payoutsOf } from './payouts-support.ts';
import { dueOn, hoursLater, now, refund, runsOnEngine, share, type TestRuns, tenant } from './runs-support.ts';
import { SumMarket } from './sums-support.ts';

describe('a payout that waits for more than there is', () => {
  let own: TestRuns;
  quietLog();
  beforeAll(async () => {
    own = await runsOnEngine(anEngine());
  });
  afterAll(() => own?.close());

  const { paidOf, look } = payoutsOf(() => own);

  it('goes as far as it can where a refund took the rest, which goes with the next sales', async () => {
    const sums = await SumMarket.open(own, 'mkt_left', { aggregate: 'AFTER_SPLIT' });
    const { market, ids } = sums;
    await sums.payAndTell('SO-1', 300n);
    own.bank.answer = () => 'NOT_TAKEN';
    await own.run(market.id, '28th');
    own.bank.answer = () => 'TAKEN';
    expect(await paidOf(ids.van)).toEqual(['100 FAILED']);
    // 0.40 of each, of what was to be paid out before.
    const { before, after } = await sums.refund('SO-1', 'RF-1', 120n, hoursLater(9));
    expect(after.refunds).toMatchObject([{ state: 'FUNDED' }]);
    await sums.tell(before, after, hoursLater(9));
    for (const [day, hours] of [
      [dueOn, 10],
      ['2025-09-29', 24],
    ] as const) {
      await own.run(market.id, `late ${day}`, day, hoursLater(hours));
    }

    const van = await own.merchantOf(ids.van);
    await own.store.replaceMerchant({
      ...van,
      payout: { to: 'LEDGER', accountId: await own.account('of the van') },
      revision: van.revision + 1,
    });
    await look(26);
    expect(await paidOf(ids.van)).toEqual(['100 FAILED', '60 PAID']);
    for (const hours of [30, 32]) await look(hours);
    expect(await paidOf(ids.van)).toEqual(['100 FAILED', '60 PAID']);
    expect(unpaidOf(await own.settlementOf(ids.van))).toBe(40n);
    expect(await prove(own, market, hoursLater(33))).toMatchObject({ isBalanced: true });

    // Another 1.00, of which 0.40 make up for what is carried.
    await sums.payAndTell('SO-2', 300n);
    await look(34);
    expect(await paidOf(ids.van)).toEqual(['100 FAILED', '60 PAID']);
    await own.run(market.id, '30th', '2025-09-30', hoursLater(48));
    await look(49);
    expect(await paidOf(ids.van)).toEqual(['100 FAILED', '60 PAID', '40 PAID']);
    expect(await paidOf(ids.van, 2)).toEqual(['60 PAID']);
    expect((await sums.owed())[2]).toBe(0n);
    expect(await prove(own, market, hoursLater(50), { isAnew: true })).toMatchObject({ isBalanced: true });
  });

  it('is not paid by the fen: the rest waits for all of it', async () => {
    const market = await openDue(own, 'mkt_fen', { mer_fen: 1_000n }, { lacking: 400n });
    await own.run(market.id, 'fen');
    await look(2);
    const [part] = (await own.settlementOf('mer_fen')).payouts;
    await own.report(part?.id ?? '', 'SETTLED');
    await own.owe(market, 'mer_fen', 1n);
    for (const hours of [4, 6, 8]) await look(hours);
    expect(await paidOf('mer_fen')).toEqual(['600 PAID']);
    await own.owe(market, 'mer_fen', 399n);
    await look(10);
    expect(await paidOf('mer_fen')).toEqual(['600 PAID', '400 SENT']);
  });

  it('goes on the next day as far as there is by then, however little the first part was', async () => {
    const market = await openDue(own, 'mkt_little', { mer_little: 1_000n }, { lacking: 999n });
    await own.run(market.id, 'little');
    await look(2);
    await own.report((await own.settlementOf('mer_little')).payouts[0]?.id ?? '', 'SETTLED');
    await own.owe(market, 'mer_little', 998n);
    for (const hours of [4, 6]) await look(hours);
    expect(await paidOf('mer_little')).toEqual(['1 PAID']);
    await look(24);
    expect(await paidOf('mer_little')).toEqual(['1 PAID', '998 SENT']);
  });

  it('leaves what is due later where it is', async () => {
    const market = await openDue(own, 'mkt_later', { mer_later: 1_000n }, { lacking: 400n });
    await own.run(market.id, 'later');
    await own.lines(market.id, [['mer_later', '2026-04-28', share(500n, 'SO-later')]]);
    await own.owe(market, 'mer_later', 500n);
    await look(2);
    expect(await paidOf('mer_later')).toEqual(['600 SENT']);
    const { payableAccountId } = await own.merchantOf('mer_later');
    await own.report((await own.settlementOf('mer_later')).payouts[0]?.id ?? '', 'SETTLED');
    for (const hours of [4, 30, 60]) await look(hours);
    expect([await paidOf('mer_later'), await own.held(payableAccountId)]).toEqual([['600 PAID'], 500n]);
  });

  it('leaves what a dispute holds where it is: a refund took of this payout, and not of that share', async () => {
    const market = await openDue(own, 'mkt_held', { mer_held: 1_000n }, { lacking: 400n });
    await own.run(market.id, 'held');
    const held: MerchantLine = { kind: 'HELD', amount: -500n, orderNo: 'SO-held', subOrderNo: '1' };
    await own.lines(market.id, [
      ['mer_held', '2025-09-29', refund(400n)],
      ['mer_held', '2025-09-30', share(500n, 'SO-held')],
      ['mer_held', '2025-09-30', held],
    ]);
    await own.owe(market, 'mer_held', 500n);
    for (const hours of [2, 30]) await look(hours);
    const { payableAccountId } = await own.merchantOf('mer_held');
    expect([await paidOf('mer_held'), await own.held(payableAccountId)]).toEqual([['600 SENT'], 500n]);
  });

  it('bears what days to come lack once, of all that is unpaid', async () => {
    const market = await openDue(own, 'mkt_both', { mer_both: 1_000n }, { lacking: 1_000n });
    await own.run(market.id, 'both');
    await own.lines(market.id, [['mer_both', dueOn, share(300n, 'SO-late')]]);
    await own.run(market.id, 'both late', '2025-09-29', hoursLater(24));
    expect([await paidOf('mer_both'), await paidOf('mer_both', 1)]).toEqual([
      ['1000 PENDING_FUNDS'],
      ['300 PENDING_FUNDS'],
    ]);
    await own.lines(market.id, [['mer_both', '2025-09-30', refund(400n)]]);
    await own.owe(market, 'mer_both', 900n);
    await look(26);
    const sent = async () => [...(await paidOf('mer_both')), ...(await paidOf('mer_both', 1))];
    const { payableAccountId } = await own.merchantOf('mer_both');
    // 13.00 less 4.00, whichever of the two was looked at first.
    expect([(await sent()).some((one) => one.endsWith('SENT')), await own.held(payableAccountId)]).toEqual([true, 0n]);
  });

  /** The part is with the bank, and a cycle pays the rest of 4.00. */
  async function restNetted(name: string) {
    const market = await openDue(own, `mkt_${name}`, { [`mer_${name}`]: 1_000n }, { lacking: 400n });
    await own.run(market.id, name);
    await look(2);
    await own.owe(market, `mer_${name}`, 400n);
    const settlement = await own.settlementOf(`mer_${name}`);
    const paid = settledEvent('PAYOUTS', [[settlement.id, 400n]], { tenant, cycleId: tuesday });
    await takeNetting(own.runs, paid, hoursLater(3));
    return settlement.payouts[0]?.id ?? '';
  }

  it('is handed over again though its rest was netted behind it', async () => {
    own.bank.answer = () => 'UNKNOWN';
    await restNetted('uncertain');
    own.bank.answer = () => 'TAKEN';
    expect(await paidOf('mer_uncertain')).toEqual(['600 UNCERTAIN', '400 NETTED']);
    await look(5);
    expect(await paidOf('mer_uncertain')).toEqual(['600 SENT', '400 NETTED']);
  });

  it('is asked for though its rest was netted behind it, and that it failed is told', async () => {
    const part = await restNetted('asked');
    const report = {
      orderId: part,
      state: 'REJECTED',
      at: now.toISOString(),
      source: 'test',
      currency: 'CNY',
    } as const;
    own.bank.reports.set(part, [report]);
    const before = await own.settlementOf('mer_asked');
    expect(await paidOf('mer_asked')).toEqual(['600 SENT', '400 NETTED']);
    await look(5);
    expect(await paidOf('mer_asked')).toEqual(['600 FAILED', '400 NETTED']);
    const stored = (one: typeof before) => fromItem(toItem(settlementToPlain(one)));
    const item = stored(await own.settlementOf('mer_asked'));
    const told = settlementEvents({ item, previous: stored(before) }).map(({ type }) => type);
    expect(told).toEqual(['settlement.payout-failed.v1']);
  });

  it.each(['BEFORE', 'AFTER'] as const)('goes once, killed %s any write of whoever pays it', async (death: Death) => {
    let isWhole = false;
    for (let write = 0; write < 10 && !isWhole; write++) {
      const id = `mer_${death.toLowerCase()}${write}`;
      const market = await openDue(own, `mkt_${id.slice(4)}`, { [id]: 1_000n }, { lacking: 400n });
      await own.run(market.id, id);
      const client = own.newClient();
      const { isDead } = dieAt(client, write, death);
      await reconsiderPayouts(own.runsOver(client), hoursLater(2)).catch(() => undefined);
      isWhole = !isDead();
      for (const hours of [4, 6, 8]) await look(hours);
      const { payableAccountId } = await own.merchantOf(id);
      expect({ write, paid: await paidOf(id) }).toEqual({ write, paid: ['600 SENT'] });
      expect([await own.held(payableAccountId), await own.held(market.accounts.inTransit)]).toEqual([0n, 600n]);
      const sent = [...own.bank.paid.values()].filter(({ references }) => references?.merchantId === id);
      expect(sent.map(({ amount }) => amount)).toEqual([600n]);
    }
    expect(isWhole).toBe(true);
  });
});
