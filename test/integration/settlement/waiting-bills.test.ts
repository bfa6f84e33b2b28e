import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askForRetry } from '../../../functions/settlement/settlements/ask-for-retry.ts';
import { payRetried } from '../../../functions/settlement/settlements/pay-retried.ts';
import { presentSettlement } from '../../../functions/settlement/settlements/present-settlement.ts';
import { reconsiderPayouts } from '../../../functions/settlement/settlements/reconsider.ts';
import { dieAt } from '../../support/dying-clients.ts';
import { anEngine } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { claim } from './journal-support.ts';
import { dueOn, hoursLater, refund, runsOnEngine, share, silentAt, type TestRuns, tenant } from './runs-support.ts';

const nextDay = '2025-09-29';

/** A merchant that is billed has 10.00 due tomorrow, of which a refund took 4.00 today: today is 4.00 below zero. */
describe('a bill that the market has not the money for', () => {
  let own: TestRuns;
  quietLog();
  beforeAll(async () => {
    own = await runsOnEngine(anEngine());
  });
  afterAll(() => own?.close());

  async function billed(name: string) {
    const merchantId = `mer_${name}`;
    const market = await own.open(`mkt_${name}`, { [merchantId]: { shortfall: { kind: 'BILL' } } });
    await own.lines(market.id, [
      [merchantId, dueOn, refund(400n)],
      [merchantId, nextDay, share(1_000n)],
    ]);
    await own.owe(market, merchantId, 600n);
    const { payableAccountId } = await own.merchantOf(merchantId);
    const books = async () => [await own.held(market.accounts.own), await own.held(payableAccountId)];
    const billOf = async () => (await own.settlementOf(merchantId)).bill;
    const payoutOf = async () => (await own.settlementOf(merchantId, nextDay)).payouts.at(-1)?.state;
    return { market, merchantId, books, billOf, payoutOf };
  }

  it('waits, with what is due later of the merchant, and touches nobody else’s', async () => {
    const { market, merchantId, books, billOf, payoutOf } = await billed('waits');
    const run = await own.run(market.id, 'waits');
    expect(run).toMatchObject({ state: 'ENDED', figures: { billed: 400n, paidOut: 0n } });
    expect(await own.settlementOf(merchantId)).toMatchObject({ billed: 400n, payout: 0n, state: 'SETTLED' });
    expect(await billOf()).toMatchObject({ reason: expect.stringContaining('0.00 CNY available') });
    await own.run(market.id, 'next', nextDay, hoursLater(24));
    expect([await payoutOf(), await books()]).toEqual(['PENDING_FUNDS', [0n, 600n]]);
    // Too little is as nothing; of the payout goes what there is.
    await own.fund(market, 399n);
    expect(await reconsiderPayouts(own.runs, hoursLater(26))).toEqual([]);
    expect([await payoutOf(), await books()]).toEqual(['SENT', [399n, 0n]]);
    const [part] = (await own.settlementOf(merchantId, nextDay)).payouts;
    await own.report(part?.id ?? '', 'SETTLED');

    await own.fund(market, 2n);
    for (const hours of [28, 30]) expect(await reconsiderPayouts(own.runs, hoursLater(hours))).toEqual([]);
    expect(await billOf()).toMatchObject({ isBooked: true });
    expect(await billOf()).not.toHaveProperty('reason');
    expect([await payoutOf(), await books()]).toEqual(['SENT', [1n, 0n]]);
    const paid = (await own.settlementOf(merchantId, nextDay)).payouts;
    expect(paid.map(({ amount, state }) => [amount, state])).toEqual([
      [600n, 'PAID'],
      [400n, 'SENT'],
    ]);
    // Booked once, and not looked at any more.
    expect(await own.settlementOf(merchantId)).not.toHaveProperty('askAt');
    expect(await reconsiderPayouts(own.runs, hoursLater(40))).toEqual([]);
    expect(await books()).toEqual([1n, 0n]);
  });

  it('takes no more than there is of an account that may go below zero', async () => {
    const { market, books, billOf } = await billed('unbound');
    await own.unbound(market.accounts.own);
    await own.run(market.id, 'unbound');
    expect([(await billOf())?.isBooked, await books()]).toEqual([undefined, [0n, 600n]]);
  });

  it('is asked for again at once where that is asked for, and tells the merchant nothing of what the market has', async () => {
    const { market, merchantId, books, billOf } = await billed('asked');
    await own.fund(market, 399n);
    await own.run(market.id, 'asked');
    const { id } = await own.settlementOf(merchantId);
    const shown = presentSettlement(await own.settlementOf(merchantId));
    expect(shown).toMatchObject({ gross: { amount: '0.00' }, refunds: { amount: '4.00' }, net: { amount: '-4.00' } });
    expect(shown).toMatchObject({ adjustments: { amount: '0.00' } });
    expect(shown).toMatchObject({ billed: { amount: '4.00', currency: 'CNY' }, billWaits: true });
    expect(JSON.stringify(shown)).not.toContain('3.99');
    const retry = (key: string) => askForRetry(own.runs, tenant, id, claim(key), hoursLater(1));
    const pay = () => payRetried({ ...own.runs, store: own.store }, tenant, id, hoursLater(1));
    await retry('early');
    await pay();
    expect(await billOf()).toMatchObject({ reason: expect.stringContaining('3.99') });
    await own.fund(market, 1n);
    await retry('again');
    expect(await billOf()).not.toHaveProperty('reason');
    // Asked for a moment ago it stays as it is.
    expect(await retry('and again')).toMatchObject({ bill: await billOf() });
    await pay();
    expect([(await billOf())?.isBooked, await books()]).toEqual([true, [0n, 1_000n]]);
    const nothing = { detail: 'It has no payout: the day came to nothing, or below.' };
    await expect(retry('done')).rejects.toMatchObject({ code: 'settlement/nothing-to-retry', fields: nothing });
  });

  it('is booked once, where the ledger did it and did not say so, or whoever asked was killed', async () => {
    const { market, books, billOf } = await billed('killed');
    await own.run(market.id, 'killed');
    await own.fund(market, 1_000n);
    // Number 0 of the calls of the ledger is the bill.
    expect(await reconsiderPayouts(silentAt(own.runs, 0), hoursLater(2))).toHaveLength(1);
    expect([await books(), (await billOf())?.isBooked]).toEqual([[600n, 1_000n], undefined]);
    // The first write says when it is looked at again, the second that it is booked.
    for (const [write, hours] of [0, 1].map((one) => [one, 4 + 2 * one] as const)) {
      const client = own.newClient();
      const { isDead } = dieAt(client, write, 'BEFORE');
      await reconsiderPayouts(own.runsOver(client), hoursLater(hours)).catch(() => undefined);
      expect(isDead()).toBe(true);
    }
    expect(await reconsiderPayouts(own.runs, hoursLater(10))).toEqual([]);
    expect([await books(), (await billOf())?.isBooked]).toEqual([[600n, 1_000n], true]);
  });
});
