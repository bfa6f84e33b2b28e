import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bookPostings } from '../../../functions/settlement/journal/booking/book-postings.ts';
import { RoleAccounts } from '../../../functions/settlement/journal/booking/role-accounts.ts';
import { postingFromPlain } from '../../../functions/settlement/journal/journal-items.ts';
import { takeChanges } from '../../../functions/settlement/journal/take-changes.ts';
import { reconsiderPayouts } from '../../../functions/settlement/settlements/reconsider.ts';
import { takeReport } from '../../../functions/settlement/settlements/take-report.ts';
import { aLeg, anOrder, aPayment, aSplit, aSubOrder, fen } from '../../functions/settlement/journal/orders.ts';
import { anEngine } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { changesOf, prove } from './journal-support.ts';
import { dueOn, hoursLater, now, runsOnEngine, type TestRuns, tenant } from './runs-support.ts';

describe('the proof of a market whose merchants were paid', () => {
  let own: TestRuns;
  quietLog();
  beforeAll(async () => {
    own = await runsOnEngine(anEngine());
  });
  afterAll(() => own?.close());

  /** 100.00 were paid, of which 20.00 go to the farm and 5.00 to the driver at their banks, the rest to the teahouse on the ledger. */
  async function paidOut(name: string) {
    const [farm, driver, teahouse] = ['farm', 'driver', 'teahouse'].map((one) => `mer_${name}_${one}`) as [
      string,
      string,
      string,
    ];
    const accountId = await own.account(`of the teahouse ${name}`);
    const market = await own.open(`mkt_${name}`, {
      ...{ [farm]: {}, [driver]: {} },
      [teahouse]: { payout: { to: 'LEDGER', accountId } },
    });
    const legs = [aLeg(1, farm, '20.00'), aLeg(2, driver, '5.00'), aLeg(3, teahouse, '75.00')];
    const order = anOrder({
      ...{ no: `P-${name}`, marketId: market.id, payments: [aPayment('100.00', { transactionId: name })] },
      subOrders: [aSubOrder({ merchantId: teahouse, splits: [aSplit(legs)] })],
    });
    await own.put(order);
    const records = changesOf([order]).map((change) => ({ ...change, at: '1' }));
    await takeChanges(own.tools, new RoleAccounts(), `payouts ${name}`, records, now);
    await bookPostings(own.tools, new RoleAccounts(), (await own.itemsOf('POSTING')).map(postingFromPlain), now);
    await own.run(market.id, name);
    const payoutOf = async (merchantId: string) => (await own.settlementOf(merchantId, dueOn)).payouts[0]?.id ?? '';
    return { market, farm: await payoutOf(farm), driver: await payoutOf(driver) };
  }

  const onMarket = (proof: Awaited<ReturnType<typeof prove>>) =>
    Object.fromEntries(
      proof.shown
        .filter(({ role }) => role === 'inTransit' || role === 'paidOut' || role === 'claims')
        .map(({ role, settlements, ledger }) => [role, [settlements, ledger]]),
    );

  it('finds on the accounts of the market what is on its way, and what was paid out', async () => {
    const { market, farm } = await paidOut('found');
    await own.report(farm, 'SETTLED');
    const proof = await prove(own, market, now);
    expect(onMarket(proof)).toEqual({
      inTransit: [fen('5.00'), fen('5.00')],
      paidOut: [fen('20.00'), fen('20.00')],
      claims: [0n, 0n],
    });
    expect(proof.isBalanced).toBe(true);
  });

  it('does not hold while a return is noted that the ledger has not booked, and does once it has', async () => {
    const { market, farm } = await paidOut('noted');
    const silent = {
      ...own.runs,
      ledger: { ...own.runs.ledger, postTransfers: () => Promise.reject(new Error('silent')) },
    };
    const returned = { state: 'RETURNED', amount: fen('20.00'), at: now.toISOString() } as const;
    await expect(takeReport(silent, tenant, farm, returned, now)).rejects.toThrow('silent');
    const before = await prove(own, market, now);
    expect([before.isBalanced, onMarket(before).inTransit]).toEqual([false, [fen('5.00'), fen('25.00')]]);
    expect(await reconsiderPayouts(own.runs, hoursLater(1))).toEqual([]);
    const after = await prove(own, market, hoursLater(1));
    expect([after.isBalanced, onMarket(after).inTransit]).toEqual([true, [fen('5.00'), fen('5.00')]]);
  });
});
