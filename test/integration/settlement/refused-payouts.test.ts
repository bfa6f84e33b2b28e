import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askForRetry } from '../../../functions/settlement/settlements/ask-for-retry.ts';
import { payRetried } from '../../../functions/settlement/settlements/pay-retried.ts';
import { reconsiderPayouts } from '../../../functions/settlement/settlements/reconsider.ts';
import { engines } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { claim } from './journal-support.ts';
import { openDue } from './payouts-support.ts';
import { hoursLater, runsOnEngine, type TestRuns, tenant } from './runs-support.ts';

describe.each(engines())('payouts that the ledger refuses, on $kind', (engine) => {
  let own: TestRuns;
  quietLog();
  beforeAll(async () => {
    own = await runsOnEngine(engine);
  });
  afterAll(() => own?.close());

  it('wait for funds, at the bank and on the ledger alike, and go by themselves once they are there', async () => {
    const account = await own.account('丁');
    const due = { mer_short1: 1_000n, mer_short2: 700n };
    const merchants = { mer_short2: { payout: { to: 'LEDGER', accountId: account } } } as const;
    const market = await openDue(own, 'mkt_short', due, { lacking: 1n, merchants });
    expect(await own.run('mkt_short', 'short')).toMatchObject({ state: 'ENDED' });
    for (const id of ['mer_short1', 'mer_short2']) {
      expect(await own.settlementOf(id)).toMatchObject({ payouts: [{ state: 'PENDING_FUNDS', attempt: 2 }] });
      await own.owe(market, id, 1n);
    }
    expect(await reconsiderPayouts(own.runs, hoursLater(1))).toEqual([]);
    expect(await own.settlementOf('mer_short1')).toMatchObject({ payouts: [{ state: 'SENT', amount: 1_000n }] });
    expect(await own.settlementOf('mer_short2')).toMatchObject({ payouts: [{ state: 'PAID', amount: 700n }] });
    expect(await own.held(account)).toBe(700n);
  });

  it('fail where the account of the ledger takes no money, are owed once, and go to the account that takes its place', async () => {
    const merchants = { mer_gone: { payout: { to: 'LEDGER', accountId: 'acc_none' } } } as const;
    const market = await openDue(own, 'mkt_gone', { mer_gone: 1_000n }, { merchants });
    const { payableAccountId } = await own.merchantOf('mer_gone');
    const books = () => Promise.all([payableAccountId, market.accounts.inTransit].map(own.held));
    const states = async () => (await own.settlementOf('mer_gone')).payouts.map(({ state }) => state);
    await own.run('mkt_gone', 'gone');
    expect([await states(), await books()]).toEqual([['FAILED'], [1_000n, 0n]]);
    // It never was on its way: nothing of it comes back, whoever looks at it, and however often it is tried.
    expect(await reconsiderPayouts(own.runs, hoursLater(1))).toEqual([]);
    expect([await states(), await books()]).toEqual([['FAILED'], [1_000n, 0n]]);
    const { id } = await own.settlementOf('mer_gone');
    for (const key of ['gone by hand', 'gone once more']) {
      await askForRetry(own.runs, tenant, id, claim(key), hoursLater(2));
      await payRetried(own.runs, tenant, id, hoursLater(2));
    }
    expect(await reconsiderPayouts(own.runs, hoursLater(3))).toEqual([]);
    expect([await states(), await books()]).toEqual([
      ['FAILED', 'FAILED', 'FAILED'],
      [1_000n, 0n],
    ]);
    const account = await own.account('戊');
    const payout = { to: 'LEDGER', accountId: account } as const;
    await own.store.replaceMerchant({ ...(await own.merchantOf('mer_gone')), payout, revision: 2 });
    expect(await reconsiderPayouts(own.runs, hoursLater(5))).toEqual([]);
    expect(await reconsiderPayouts(own.runs, hoursLater(7))).toEqual([]);
    expect(await states()).toEqual(['FAILED', 'FAILED', 'FAILED', 'PAID']);
    expect([await books(), await own.held(account)]).toEqual([[0n, 0n], 1_000n]);
  });

  it('wait while what is owed to the merchant is frozen, at the bank and on the ledger alike, and go once it is not', async () => {
    const account = await own.account('己');
    const merchants = { mer_frozen2: { payout: { to: 'LEDGER', accountId: account } } } as const;
    const market = await openDue(own, 'mkt_frozen', { mer_frozen1: 500n, mer_frozen2: 500n }, { merchants });
    const ids = ['mer_frozen1', 'mer_frozen2'] as const;
    const all = async (status: 'FROZEN' | 'ACTIVE') => {
      for (const id of ids) await own.setStatus((await own.merchantOf(id)).payableAccountId, status);
    };
    await all('FROZEN');
    await own.run('mkt_frozen', 'frozen');
    expect(await reconsiderPayouts(own.runs, hoursLater(1))).toEqual([]);
    for (const id of ids) expect(await own.settlementOf(id)).toMatchObject({ payouts: [{ state: 'PENDING_FUNDS' }] });
    await all('ACTIVE');
    expect(await reconsiderPayouts(own.runs, hoursLater(2))).toEqual([]);
    expect(await own.settlementOf('mer_frozen1')).toMatchObject({ payouts: [{ state: 'SENT', amount: 500n }] });
    expect(await own.settlementOf('mer_frozen2')).toMatchObject({ payouts: [{ state: 'PAID', amount: 500n }] });
    expect([await own.held(account), await own.held(market.accounts.inTransit)]).toEqual([500n, 500n]);
  });
});
