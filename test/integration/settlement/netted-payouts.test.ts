import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Market } from '../../../functions/settlement/markets/market.ts';
import { askForRetry } from '../../../functions/settlement/settlements/ask-for-retry.ts';
import { movedBy, movedOnMarket } from '../../../functions/settlement/settlements/moved-by.ts';
import { presentSettlement } from '../../../functions/settlement/settlements/present-settlement.ts';
import { reconsiderPayouts } from '../../../functions/settlement/settlements/reconsider.ts';
import { takeNetting } from '../../../functions/settlement/settlements/take-netting.ts';
import { meterWrites } from '../../../shared/dynamo/meter.ts';
import type { DomainEvent } from '../../../shared/events/event.ts';
import {
  cutOffEvent,
  movedEvent,
  settledEvent,
  tuesday,
  wednesday,
  withdrawnEvent,
} from '../../functions/netting/telling/told-by-netting.ts';
import { engines } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { claim } from './journal-support.ts';
import { booksOf, openDue, openWaiting } from './payouts-support.ts';
import { hoursLater, now, runsOnEngine, type TestRuns, tenant } from './runs-support.ts';

describe.each(engines())('payouts that a netting cycle pays, on $kind', (engine) => {
  let own: TestRuns;
  quietLog();
  beforeAll(async () => {
    own = await runsOnEngine(engine);
  });
  afterAll(() => own?.close());

  const take = (event: DomainEvent, runs = own.runs) => takeNetting(runs, event, hoursLater(1));
  const cut = (id: string, cycleId = tuesday, revision = 1) => cutOffEvent([id], { tenant, cycleId, revision });
  const paid = (id: string, amount = 1_000n, cycleId = tuesday) =>
    settledEvent('PAYOUTS', [[id, amount]], { tenant, cycleId });
  const statesOf = async (merchantId: string) =>
    (await own.settlementOf(merchantId)).payouts.map(({ state, amount }) => `${state} ${amount}`);
  const reconsider = (hours: number) => reconsiderPayouts(own.runs, hoursLater(hours));

  async function waiting(name: string) {
    const { settlement, ...opened } = await openWaiting(own, name);
    return { ...opened, id: settlement.id };
  }
  const books = (market: Market, merchantId: string) => booksOf(own, market, merchantId);

  it('do not go to the bank while the cycle is to pay them, and are paid by it once', async () => {
    const { market, merchantId, id, fund } = await waiting('held');
    await take(cut(id));
    await fund();
    expect(await reconsider(2)).toEqual([]);
    expect(await statesOf(merchantId)).toEqual(['PENDING_FUNDS 1000']);
    await expect(askForRetry(own.runs, tenant, id, claim('held'), hoursLater(2))).rejects.toMatchObject({
      code: 'settlement/nothing-to-retry',
      fields: { detail: expect.stringContaining(tuesday) },
    });
    const told = presentSettlement(await own.settlementOf(merchantId));
    expect(told).toMatchObject({ unpaid: { amount: '10.00' }, netting: { cycleId: tuesday } });
    const sent = own.bank.paid.size;
    await Promise.allSettled([take(paid(id)), take(paid(id))]);
    await take(paid(id));
    expect(await reconsider(4)).toEqual([]);
    expect(await statesOf(merchantId)).toEqual(['NETTED 1000']);
    expect(own.bank.paid.size).toBe(sent);
    expect(await books(market, merchantId)).toEqual({ payable: 0n, paidOut: 1_000n, inTransit: 0n, claims: 0n });
    const after = presentSettlement(await own.settlementOf(merchantId));
    expect(after).not.toHaveProperty('unpaid');
    expect(after).not.toHaveProperty('netting');
    expect(after.netted).toEqual([
      { cycleId: tuesday, valueDate: '2026-04-02', amount: { amount: '10.00', currency: 'CNY' } },
    ]);
  });

  it('go to the bank again where the cycle closed without them, in whatever order that is told', async () => {
    const { merchantId, id, fund } = await waiting('moved');
    await take(movedEvent('PAYOUTS', id, { tenant, from: tuesday, to: wednesday }));
    await take(cut(id));
    await fund();
    await reconsider(2);
    expect(await statesOf(merchantId)).toEqual(['SENT 1000']);
  });

  it('are held by the next cycle once that is cut off', async () => {
    const { merchantId, id, fund } = await waiting('next');
    await take(cut(id, wednesday, 2));
    await take(movedEvent('PAYOUTS', id, { tenant, from: tuesday, to: wednesday }));
    await take(cut(id));
    await fund();
    await reconsider(2);
    expect(await statesOf(merchantId)).toEqual(['PENDING_FUNDS 1000']);
    await take(paid(id, 1_000n, wednesday));
    expect(await statesOf(merchantId)).toEqual(['NETTED 1000']);
  });

  it('that were moved are held by the cycle that they were moved to, once that is cut off', async () => {
    const { merchantId, id, fund } = await waiting('held-later');
    await take(cut(id));
    await take(movedEvent('PAYOUTS', id, { tenant, from: tuesday, to: wednesday }));
    await take(cut(id, wednesday, 2));
    await fund();
    await reconsider(2);
    expect(await statesOf(merchantId)).toEqual(['PENDING_FUNDS 1000']);
  });

  it('go to the bank again where the cycle pays nothing of them any more', async () => {
    const { merchantId, id, fund } = await waiting('withdrawn');
    await take(cut(id));
    await take(withdrawnEvent('PAYOUTS', id, { tenant }));
    await take(cut(id));
    await fund();
    await reconsider(2);
    expect(await statesOf(merchantId)).toEqual(['SENT 1000']);
  });

  it('that the bank had paid before the cycle did, the merchant owes', async () => {
    const { market, merchantId, id, fund } = await waiting('twice');
    await fund();
    await reconsider(2);
    const [line] = (await own.settlementOf(merchantId)).payouts;
    await own.report(line?.id ?? '', 'SETTLED');
    await take(cut(id));
    await take(paid(id));
    await take(paid(id));
    expect(await statesOf(merchantId)).toEqual(['PAID 1000']);
    expect(await books(market, merchantId)).toEqual({ payable: 0n, paidOut: 2_000n, inTransit: 0n, claims: -1_000n });
    expect(presentSettlement(await own.settlementOf(merchantId)).netted).toMatchObject([
      { amount: { amount: '0.00' }, beyond: { amount: '10.00' } },
    ]);
  });

  it.each(['REJECTED', 'RETURNED'] as const)(
    'are not owed again where the bank had them then, and tells %s',
    async (answer) => {
      const { market, merchantId, id, fund } = await waiting(`then-${answer.toLowerCase()}`);
      await fund();
      await reconsider(2);
      const [line] = (await own.settlementOf(merchantId)).payouts;
      expect(line?.state).toBe('SENT');
      await take(cut(id));
      await take(paid(id));
      const sent = own.bank.paid.size;
      await own.report(line?.id ?? '', answer, '户名不符');
      await own.report(line?.id ?? '', answer, '户名不符');
      // The cycle has paid what the bank has not: the merchant has its 10.00 once, and owes nothing.
      const settlement = await own.settlementOf(merchantId);
      expect(presentSettlement(settlement)).not.toHaveProperty('unpaid');
      expect(await books(market, merchantId)).toEqual({ payable: 0n, paidOut: 1_000n, inTransit: 0n, claims: 0n });
      expect(movedBy(settlement)).toBe(-1_000n);
      expect(await books(market, merchantId)).toMatchObject(movedOnMarket(settlement));
      await expect(askForRetry(own.runs, tenant, id, claim(merchantId), hoursLater(5))).rejects.toMatchObject({
        code: 'settlement/nothing-to-retry',
      });
      expect(await reconsider(6)).toEqual([]);
      expect(own.bank.paid.size).toBe(sent);
    },
  );

  it('that failed are paid by the cycle under a line of their own', async () => {
    const market = await openDue(own, 'mkt_failed', { mer_failed: 1_000n });
    await own.run('mkt_failed', 'failed');
    const settlement = await own.settlementOf('mer_failed');
    await own.report(settlement.payouts[0]?.id ?? '', 'REJECTED', '户名不符');
    await take(paid(settlement.id));
    expect(await statesOf('mer_failed')).toEqual(['FAILED 1000', 'NETTED 1000']);
    expect(await books(market, 'mer_failed')).toEqual({ payable: 0n, paidOut: 1_000n, inTransit: 0n, claims: 0n });
  });

  it('are booked by the next that is told where a process was killed between', async () => {
    const { market, merchantId, id, fund } = await waiting('killed');
    await fund();
    const dying = {
      ...own.runs,
      ledger: {
        ...own.runs.ledger,
        postTransfers: async () => {
          throw new Error('Killed.');
        },
      },
    };
    await expect(take(paid(id), dying)).rejects.toMatchObject({ errors: { length: 1 } });
    expect(await statesOf(merchantId)).toEqual(['NETTED 1000']);
    await take(paid(id));
    expect(await books(market, merchantId)).toEqual({ payable: 0n, paidOut: 1_000n, inTransit: 0n, claims: 0n });
  });

  it('are told again where there is no such settlement; of others nothing is written', async () => {
    await expect(take(paid('set_none'))).rejects.toMatchObject({ errors: { length: 1 } });
    const { id } = await waiting('others');
    const meter = meterWrites(own.client);
    await take(settledEvent('INVOICES', [[id, 1n]], { tenant }));
    await take(movedEvent('INVOICES', id, { tenant }));
    const { total } = meter.report();
    meter.stop();
    expect(total).toBe(0);
    expect(now).toBeDefined();
  });
});
