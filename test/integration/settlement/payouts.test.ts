import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askForRetry } from '../../../functions/settlement/settlements/ask-for-retry.ts';
import { payRetried } from '../../../functions/settlement/settlements/pay-retried.ts';
import { reconsiderPayouts } from '../../../functions/settlement/settlements/reconsider.ts';
import { engines } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { claim } from './journal-support.ts';
import { dueOn, hoursLater, now, runsOnEngine, share, type TestRuns, tenant } from './runs-support.ts';

describe.each(engines())('payouts on $kind', (engine) => {
  let own: TestRuns;
  quietLog();
  beforeAll(async () => {
    own = await runsOnEngine(engine);
  });
  afterAll(() => own?.close());

  it('hold what is a suspended merchant’s, and pay it when it is active again', async () => {
    const market = await own.open('mkt_f', { mer_f1: { state: 'SUSPENDED' } });
    await own.lines('mkt_f', [['mer_f1', dueOn, share(800n)]]);
    await own.owe(market, 'mer_f1', 800n);
    expect((await own.run('mkt_f', 'f1')).figures).toMatchObject({ payouts: 1, held: 1, paidOut: 800n });
    await reconsiderPayouts(own.runs, hoursLater(2));
    expect(await own.settlementOf('mer_f1')).toMatchObject({ payouts: [{ state: 'HELD' }] });
    const retried = askForRetry(own.store, tenant, (await own.settlementOf('mer_f1')).id, claim('f2'), now);
    await expect(retried).rejects.toMatchObject({ code: 'settlement/nothing-to-retry', fields: { state: 'HELD' } });
    await own.store.replaceMerchant({ ...(await own.merchantOf('mer_f1')), state: 'ACTIVE', revision: 2 });
    await reconsiderPayouts(own.runs, hoursLater(4));
    expect(await own.settlementOf('mer_f1')).toMatchObject({ payouts: [{ state: 'SENT', amount: 800n }] });
    expect(await own.held(market.accounts.inTransit)).toBe(800n);
  });

  it('owe a payout again that failed or came back, and pay it under another number once the account is mended', async () => {
    const market = await own.open('mkt_g', { mer_g1: {}, mer_g2: {} });
    await own.lines('mkt_g', [
      ['mer_g1', dueOn, share(1_000n)],
      ['mer_g2', dueOn, share(2_000n)],
    ]);
    await own.owe(market, 'mer_g1', 1_000n);
    await own.owe(market, 'mer_g2', 2_000n);
    await own.run('mkt_g', 'g1');
    const [failing] = (await own.settlementOf('mer_g1')).payouts;
    const [returning] = (await own.settlementOf('mer_g2')).payouts;
    await own.report(failing?.id ?? '', 'REJECTED', '户名不符');
    await own.report(returning?.id ?? '', 'SETTLED');
    await own.report(returning?.id ?? '', 'RETURNED', '账户已销户');
    await own.report(returning?.id ?? '', 'SETTLED');
    expect(await own.held(market.accounts.inTransit)).toBe(0n);
    expect(await own.held((await own.merchantOf('mer_g2')).payableAccountId)).toBe(2_000n);
    expect(await own.settlementOf('mer_g1')).toMatchObject({ payouts: [{ state: 'FAILED', reason: '户名不符' }] });

    await reconsiderPayouts(own.runs, hoursLater(2));
    expect((await own.settlementOf('mer_g1')).payouts).toHaveLength(1);
    const account = await own.account('丙');
    await own.store.replaceMerchant({
      ...(await own.merchantOf('mer_g1')),
      payout: { to: 'LEDGER', accountId: account },
      revision: 2,
    });
    await reconsiderPayouts(own.runs, hoursLater(4));
    expect((await own.settlementOf('mer_g1')).payouts).toMatchObject([{ state: 'FAILED' }, { state: 'PAID' }]);
    expect(await own.held(account)).toBe(1_000n);

    const { id } = await own.settlementOf('mer_g2');
    const asked = await askForRetry(own.store, tenant, id, claim('g2'), hoursLater(5));
    expect(asked.payouts).toMatchObject([{ state: 'RETURNED' }, { state: 'DUE', amount: 2_000n }]);
    await Promise.all([1, 2].map(() => payRetried(own.runs, tenant, id, hoursLater(5))));
    const again = await askForRetry(own.store, tenant, id, claim('g2'), hoursLater(5));
    expect(again.payouts).toMatchObject([{ state: 'RETURNED' }, { state: 'SENT', amount: 2_000n }]);
    await expect(askForRetry(own.store, tenant, id, claim('g3'), hoursLater(5))).rejects.toMatchObject({
      ...{ code: 'settlement/nothing-to-retry', fields: { state: 'SENT' } },
    });
    const ofOwn = [...own.bank.paid.values()].filter(({ references }) => references?.settlementId === id);
    expect(ofOwn.map((order) => order.id)).toEqual(again.payouts.map((line) => line.id));
    expect(await own.held(market.accounts.inTransit)).toBe(2_000n);
  });

  it('never send under another number what the bank may have', async () => {
    const market = await own.open('mkt_h', { mer_h1: {}, mer_h2: {} });
    await own.lines('mkt_h', [
      ['mer_h1', dueOn, share(1_000n)],
      ['mer_h2', dueOn, share(2_000n)],
    ]);
    await own.owe(market, 'mer_h1', 1_000n);
    await own.owe(market, 'mer_h2', 2_000n);
    const before = own.bank.paid.size;
    own.bank.answer = () => 'UNKNOWN';
    await own.run('mkt_h', 'h1');
    const [line] = (await own.settlementOf('mer_h1')).payouts;
    expect(line).toMatchObject({ state: 'UNCERTAIN', reason: '超时' });
    const { id } = await own.settlementOf('mer_h1');
    await expect(askForRetry(own.store, tenant, id, claim('h2'), now)).rejects.toMatchObject({
      code: 'settlement/nothing-to-retry',
    });
    expect(own.bank.paid.size).toBe(before);
    own.bank.answer = () => 'TAKEN';
    await reconsiderPayouts(own.runs, hoursLater(1));
    expect((await own.settlementOf('mer_h1')).payouts).toMatchObject([{ id: line?.id, state: 'SENT' }]);
    expect(own.bank.paid.size).toBe(before + 2);
    expect(await own.held(market.accounts.inTransit)).toBe(3_000n);
  });

  it('owe again at once what never went', async () => {
    const market = await own.open('mkt_i', { mer_i1: {} });
    await own.lines('mkt_i', [['mer_i1', dueOn, share(1_000n)]]);
    await own.owe(market, 'mer_i1', 1_000n);
    own.bank.answer = () => 'NOT_TAKEN';
    expect(await own.run('mkt_i', 'i1')).toMatchObject({ state: 'ENDED' });
    own.bank.answer = () => 'TAKEN';
    expect(await own.settlementOf('mer_i1')).toMatchObject({ payouts: [{ state: 'FAILED', reason: '户名不符' }] });
    expect(await own.held((await own.merchantOf('mer_i1')).payableAccountId)).toBe(1_000n);
  });
});
