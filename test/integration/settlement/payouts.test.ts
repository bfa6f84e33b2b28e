import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readReported } from '../../../functions/collection/published.ts';
import { askForRetry } from '../../../functions/settlement/settlements/ask-for-retry.ts';
import { payRetried } from '../../../functions/settlement/settlements/pay-retried.ts';
import { reconsiderPayouts } from '../../../functions/settlement/settlements/reconsider.ts';
import { takeReport } from '../../../functions/settlement/settlements/take-report.ts';
import { engines } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { claim } from './journal-support.ts';
import { each, openDue } from './payouts-support.ts';
import { hoursLater, now, runsOnEngine, type TestRuns, tenant } from './runs-support.ts';

describe.each(engines())('payouts on $kind', (engine) => {
  let own: TestRuns;
  quietLog();
  beforeAll(async () => {
    own = await runsOnEngine(engine);
  });
  afterAll(() => own?.close());

  it('hold what is a suspended merchant’s, and pay it when it is active again', async () => {
    const suspended = { merchants: { mer_f1: { state: 'SUSPENDED' } } } as const;
    const market = await openDue(own, 'mkt_f', { mer_f1: 800n }, suspended);
    expect((await own.run('mkt_f', 'f1')).figures).toMatchObject({ payouts: 1, held: 1, paidOut: 800n });
    await reconsiderPayouts(own.runs, hoursLater(2));
    expect(await own.settlementOf('mer_f1')).toMatchObject({ payouts: [{ state: 'HELD' }] });
    const retried = askForRetry(own.runs, tenant, (await own.settlementOf('mer_f1')).id, claim('f2'), now);
    await expect(retried).rejects.toMatchObject({ code: 'settlement/nothing-to-retry', fields: { state: 'HELD' } });
    await own.store.replaceMerchant({ ...(await own.merchantOf('mer_f1')), state: 'ACTIVE', revision: 2 });
    await reconsiderPayouts(own.runs, hoursLater(4));
    expect(await own.settlementOf('mer_f1')).toMatchObject({ payouts: [{ state: 'SENT', amount: 800n }] });
    expect(await own.held(market.accounts.inTransit)).toBe(800n);
  });

  it('owe a payout again that failed or came back, and pay it under another number once the account is mended', async () => {
    const market = await openDue(own, 'mkt_g', { mer_g1: 1_000n, mer_g2: 2_000n });
    await own.run('mkt_g', 'g1');
    const [failing] = (await own.settlementOf('mer_g1')).payouts;
    const [returning] = (await own.settlementOf('mer_g2')).payouts;
    await own.report(failing?.id ?? '', 'REJECTED', '户名不符');
    await own.report(returning?.id ?? '', 'SETTLED');
    await own.report(returning?.id ?? '', 'RETURNED', '账户已销户');
    await own.report(returning?.id ?? '', 'SETTLED');
    expect(await own.held(market.accounts.inTransit)).toBe(0n);
    expect(await own.held(market.accounts.paidOut)).toBe(0n);
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
    const asked = await askForRetry(own.runs, tenant, id, claim('g2'), hoursLater(5));
    expect(asked.payouts).toMatchObject([{ state: 'RETURNED' }, { state: 'DUE', amount: 2_000n }]);
    await Promise.all([1, 2].map(() => payRetried(own.runs, tenant, id, hoursLater(5))));
    const again = await askForRetry(own.runs, tenant, id, claim('g2'), hoursLater(5));
    expect(again.payouts).toMatchObject([{ state: 'RETURNED' }, { state: 'SENT', amount: 2_000n }]);
    await expect(askForRetry(own.runs, tenant, id, claim('g3'), hoursLater(5))).rejects.toMatchObject({
      ...{ code: 'settlement/nothing-to-retry', fields: { state: 'SENT' } },
    });
    const ofOwn = [...own.bank.paid.values()].filter(({ references }) => references?.settlementId === id);
    expect(ofOwn.map((order) => order.id)).toEqual(again.payouts.map((line) => line.id));
    expect(await own.held(market.accounts.inTransit)).toBe(2_000n);
  });

  it('never send under another number what the bank may have', async () => {
    const market = await openDue(own, 'mkt_h', { mer_h1: 1_000n, mer_h2: 2_000n });
    const before = own.bank.paid.size;
    own.bank.answer = () => 'UNKNOWN';
    await own.run('mkt_h', 'h1');
    const [line] = (await own.settlementOf('mer_h1')).payouts;
    expect(line).toMatchObject({ state: 'UNCERTAIN', reason: '超时' });
    const { id } = await own.settlementOf('mer_h1');
    await expect(askForRetry(own.runs, tenant, id, claim('h2'), now)).rejects.toMatchObject({
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
    await openDue(own, 'mkt_i', { mer_i1: 1_000n });
    own.bank.answer = () => 'NOT_TAKEN';
    expect(await own.run('mkt_i', 'i1')).toMatchObject({ state: 'ENDED' });
    own.bank.answer = () => 'TAKEN';
    expect(await own.settlementOf('mer_i1')).toMatchObject({ payouts: [{ state: 'FAILED', reason: '户名不符' }] });
    expect(await own.held((await own.merchantOf('mer_i1')).payableAccountId)).toBe(1_000n);
  });

  it('are on their way until a bank says what became of them, and no longer, in whatever order it says so', async () => {
    const told = {
      mer_told1: ['SETTLED'],
      mer_told2: ['REJECTED'],
      mer_told3: ['SETTLED', 'RETURNED'],
      mer_told4: ['RETURNED', 'SETTLED'],
    } as const;
    const ids = Object.keys(told) as (keyof typeof told)[];
    const market = await openDue(own, 'mkt_told', each(ids, 1_000n));
    await own.run('mkt_told', 'told');
    expect(await own.held(market.accounts.inTransit)).toBe(4_000n);
    for (const id of ids) {
      const [line] = (await own.settlementOf(id)).payouts;
      for (const state of told[id]) {
        // Of what comes back, the bank of the payee keeps 1.00.
        const amount = state === 'RETURNED' ? { amount: 900n } : {};
        await takeReport(own.runs, tenant, line?.id ?? '', { state, at: now.toISOString(), ...amount }, now);
      }
    }
    expect(await own.held(market.accounts.inTransit)).toBe(0n);
    expect(await own.held(market.accounts.paidOut)).toBe(1_000n + 100n + 100n);
    const owed = await Promise.all(ids.map(async (id) => own.held((await own.merchantOf(id)).payableAccountId)));
    expect(owed).toEqual([0n, 1_000n, 900n, 900n]);
  });

  it('owes again what came back in parts, and pays all of it to the mended account', async () => {
    const market = await openDue(own, 'mkt_parts', { mer_parts: 1_000n });
    await own.run('mkt_parts', 'parts');
    const [line] = (await own.settlementOf('mer_parts')).payouts;
    const back = (amount: bigint, day: string) => {
      const told = { state: 'RETURNED', amount, at: `${day}T02:00:00.000Z` } as const;
      return takeReport(own.runs, tenant, line?.id ?? '', told, now);
    };
    for (let times = 0; times < 2; times += 1) {
      await back(400n, '2025-09-29');
      await back(300n, '2025-09-30');
    }
    const merchant = await own.merchantOf('mer_parts');
    const { accounts } = market;
    const held = () => Promise.all([merchant.payableAccountId, accounts.inTransit, accounts.paidOut].map(own.held));
    expect(await held()).toEqual([700n, 0n, 300n]);
    const again = await own.account('of the potter');
    const mended = {
      ...merchant,
      payout: { to: 'LEDGER' as const, accountId: again },
      revision: merchant.revision + 1,
    };
    await own.store.replaceMerchant(mended);
    expect(await reconsiderPayouts(own.runs, hoursLater(1))).toEqual([]);
    expect([await held(), await own.held(again)]).toEqual([[0n, 0n, 300n], 700n]);
    // Another 100 of the first, when the second is paid.
    await back(100n, '2025-10-01');
    expect(await reconsiderPayouts(own.runs, hoursLater(2))).toEqual([]);
    expect([await held(), await own.held(again)]).toEqual([[0n, 0n, 200n], 800n]);
    expect((await own.settlementOf('mer_parts')).payouts.map(({ amount }) => amount)).toEqual([1_000n, 700n, 100n]);
  });

  it('books what came back on a day once, told in pieces and with them, by two at once, or when it could not be booked', async () => {
    const market = await openDue(own, 'mkt_pieces', { mer_pieces: 1_000n });
    await own.run('mkt_pieces', 'pieces');
    const [line] = (await own.settlementOf('mer_pieces')).payouts;
    const back = (amount: bigint, tools = own.runs) =>
      takeReport(tools, tenant, line?.id ?? '', { state: 'RETURNED', amount, at: '2025-09-29T02:00:00.000Z' }, now);
    const silent = {
      ...own.runs,
      ledger: { ...own.runs.ledger, postTransfers: () => Promise.reject(new Error('silent')) },
    };
    await expect(back(100n, silent)).rejects.toThrow('silent');
    await Promise.all([back(100n), back(200n)]);
    // Each says 1.00 more than the one before.
    for (const amount of [300n, 300n, 200n]) await back(amount);
    const { payableAccountId } = await own.merchantOf('mer_pieces');
    const { accounts } = market;
    const held = await Promise.all([payableAccountId, accounts.inTransit, accounts.paidOut].map(own.held));
    expect(held).toEqual([300n, 0n, 700n]);
  });

  it('books two returns of a day as two where the bank’s entries tell them apart, and the statement of both as nothing new', async () => {
    const market = await openDue(own, 'mkt_entries', { mer_entries: 1_000n });
    await own.run('mkt_entries', 'entries');
    const [line] = (await own.settlementOf('mer_entries')).payouts;
    const tell = (...names: string[]) => {
      const entries = names.map((name) => ({ references: [name], amount: { amount: '2.00', currency: 'CNY' } }));
      const amount = { amount: `${2 * names.length}.00`, currency: 'CNY' };
      const report = readReported({ state: 'RETURNED', at: '2025-09-29T02:00:00.000Z', amount, entries });
      return takeReport(own.runs, tenant, line?.id ?? '', report, now);
    };
    const { payableAccountId } = await own.merchantOf('mer_entries');
    const { accounts } = market;
    const held = () => Promise.all([payableAccountId, accounts.inTransit, accounts.paidOut].map(own.held));
    await Promise.all([tell('E-1'), tell('E-1'), tell('E-2')]);
    expect(await held()).toEqual([400n, 0n, 600n]);
    await tell('E-1', 'E-2');
    await tell('E-2');
    expect(await held()).toEqual([400n, 0n, 600n]);
    await tell('E-1', 'E-2', 'E-3');
    expect(await held()).toEqual([600n, 0n, 400n]);
  });
});
