import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { carryOutInterestRun } from '../../../functions/pooling/interest-runs/carry-out-interest.ts';
import { putRateSet } from '../../../functions/rates/put-rate-set.ts';
import { rateStore } from '../../../functions/rates/store.ts';
import { engines } from '../../support/engines.ts';
import { toolsOn } from '../../support/pooling-tools.ts';
import {
  april,
  balances,
  linesOf,
  may,
  notionalExample,
  on,
  rate,
  setTerms,
  settle,
  start,
  tellLines,
} from './interest-runs.ts';
import { newPool, withMembers } from './pools.ts';
import { balancesOf, cause, move, openAccount, poolingOnEngine, type TestPooling } from './support.ts';

const bankRates = { credit: rate('1.00'), debit: rate('4.35') };

describe.each(engines())('the interest of a notional pool on $kind', (engine) => {
  let pooling: TestPooling;
  beforeAll(async () => {
    pooling = await poolingOnEngine(engine);
  });
  afterAll(() => pooling?.close());

  it('is the bank’s on the net, and the advantage is shared by absolute balance to the last fen', async () => {
    const { tools } = pooling;
    const { ids, pool } = await notionalExample(pooling, 'shared');
    await setTerms(tools, pool, { ...bankRates, allocation: { method: 'ABSOLUTE_BALANCE' } });
    const run = await settle(tools, pool, april);
    expect(run).toMatchObject({
      status: 'COMPLETED',
      notional: {
        pooledCredit: 500_000n,
        pooledDebit: 0n,
        pooledNet: 500_000n,
        standaloneNet: -1_175_000n,
        advantage: 1_675_000n,
        headerOwn: 0n,
        headerRemainder: 0n,
      },
      ended: { credited: 2_675_000n, debited: 2_175_000n, posted: 6, failed: 0 },
    });
    expect((await tellLines(tools, run, ids)).sort()).toEqual([
      'CREDIT a 833333 POSTED',
      'CREDIT c 166667 POSTED',
      'DEBIT b -2175000 POSTED',
      'SHARE a 930556 POSTED',
      'SHARE b 558333 POSTED',
      'SHARE c 186111 POSTED',
    ]);
    // What was booked adds up to the 5,000.00 that the bank pays the header.
    const { header = '', a = '', b = '', c = '' } = ids;
    expect(await balancesOf(pooling, 'shared', [header, a, b, c])).toEqual([
      -500_000n,
      1_001_763_889n,
      -601_616_667n,
      200_352_778n,
    ]);
  });

  it('follows the base rate that its spreads are on, the bank’s and those inside the group', async () => {
    const { tools, store } = pooling;
    const { ids, pool } = await notionalExample(pooling, 'spreads');
    const spread = (points: string) => [{ effectiveFrom: '2026-01-01', spread: points }];
    await setTerms(tools, pool, {
      base: { name: 'LPR 1Y', rates: [...rate('3.10'), ...rate('3.00', '2026-04-16')] },
      credit: spread('-2.10'),
      debit: spread('1.25'),
      allocation: { method: 'INTERNAL_RATES', credit: spread('-1.60'), debit: spread('0.40') },
    });
    expect(await store.readInterestTerms('spreads', pool.id)).toMatchObject({
      content: { base: { name: 'LPR 1Y' }, credit: [{ from: '2026-01-01', spread: -2_100_000n }] },
    });
    const run = await settle(tools, pool, april);
    // 10 million: 15 days at 1.50 % (6,250.00) and at 1.40 % (5,833.3333…); 2 million a fifth of that.
    // 6 million: 15 days at 3.50 % (8,750.00) and at 3.40 % (8,500.00).
    expect((await tellLines(tools, run, ids)).sort()).toEqual([
      'CREDIT a 1208333 POSTED',
      'CREDIT c 241667 POSTED',
      'DEBIT b -1725000 POSTED',
    ]);
    const [line] = (await linesOf(tools, run)).filter(({ accountId }) => accountId === ids.b);
    expect(line?.basis?.segments.map(({ days, rate: shown }) => [days, shown])).toEqual([
      [15, '3.50'],
      [15, '3.40'],
    ]);
    // The bank pays 1.00 % and 0.90 % on the net of 6 million: 2,500.00 and 2,250.00.
    expect(run.notional).toMatchObject({ pooledNet: 475_000n, headerRemainder: 750_000n, headerReason: 'MARGIN' });
  });

  it('at internal rates leaves the header its margin', async () => {
    const { tools } = pooling;
    const { ids, pool } = await notionalExample(pooling, 'internal');
    const allocation = { method: 'INTERNAL_RATES', credit: rate('1.50'), debit: rate('3.50') };
    await setTerms(tools, pool, { ...bankRates, allocation });
    const run = await settle(tools, pool, april);
    expect(run.notional).toMatchObject({ pooledNet: 500_000n, headerRemainder: 750_000n, headerReason: 'MARGIN' });
    expect((await tellLines(tools, run, ids)).sort()).toEqual([
      'CREDIT a 1250000 POSTED',
      'CREDIT c 250000 POSTED',
      'DEBIT b -1750000 POSTED',
    ]);
  });

  it('takes in from those who owe before it pays', async () => {
    const { tools } = pooling;
    const { pool } = await notionalExample(pooling, 'order');
    await setTerms(tools, pool, { ...bankRates, allocation: { method: 'CENTRAL' } });
    const lines = await linesOf(tools, await settle(tools, pool, april));
    expect(lines.map(({ amount }) => amount < 0n)).toEqual([true, false, false]);
    expect(lines[0]).toMatchObject({
      number: 1,
      creditAccountId: pool.headerAccountId,
      basis: { exact: '-21750.00000000', product: -18_000_000_000n },
    });
  });

  it('shares a back-valued item’s effect among all, so that the period again adds up to the bank’s figure', async () => {
    const { tools } = pooling;
    const { ids, pool } = await notionalExample(pooling, 'late');
    const { a = '', b = '', c = '', header = '' } = ids;
    await setTerms(tools, pool, { ...bankRates, allocation: { method: 'ABSOLUTE_BALANCE' } });
    await settle(tools, pool, april);
    // 3.6 million more for c from 1 April on: 300.00 a day more credit for the pool and for c: 3,000.00 in 30 days.
    const world = (await balances(pooling, 'late', { 'late payer': 0n }))['late payer'] ?? '';
    await move(pooling, 'late', {
      from: world,
      to: c,
      minor: 360_000_000n,
      valueDate: '2026-04-01',
      now: on('2026-05-20'),
    });
    const run = await settle(tools, pool, may);
    expect(run.computed?.adjusted).toEqual(['2026-04-01']);
    const adjustments = (await linesOf(tools, run)).filter(({ adjusts }) => adjusts);
    // Standalone and pooled both grow by 3,000.00, so the advantage of 16,750.00 stays and is shared 10 : 6 : 5.6.
    expect(adjustments.map(({ accountId, side, amount }) => ({ accountId, side, amount }))).toEqual(
      expect.arrayContaining([
        { accountId: c, side: 'CREDIT', amount: 300_000n },
        { accountId: a, side: 'SHARE', amount: 775_463n - 930_556n },
        { accountId: b, side: 'SHARE', amount: 465_278n - 558_333n },
        { accountId: c, side: 'SHARE', amount: 434_259n - 186_111n },
      ]),
    );
    expect(adjustments).toHaveLength(4);
    expect(adjustments.reduce((sum, { amount }) => sum + amount, 0n)).toBe(300_000n);
    expect(adjustments.every(({ accountId }) => accountId !== header)).toBe(true);
  });

  it('counts a dollar account at the rate of its set and settles it in the pool’s currency', async () => {
    const { tools, client, tables } = pooling;
    const tenant = 'foreign';
    const { header = '', a = '' } = await balances(pooling, tenant, { header: 0n, a: -36_000_000n });
    const { usd = '' } = await balances(pooling, tenant, { usd: 10_000_000n }, { currency: 'USD' });
    const settlementAccountId = await openAccount(pooling, tenant, { name: 'settled here' });
    const created = await newPool(pooling, tenant, header, 'NOTIONAL');
    const pool = await withMembers(tools, created, { members: [{ accountId: a }, { accountId: usd }] });
    const terms = { ...bankRates, allocation: { method: 'ABSOLUTE_BALANCE' } };
    await expect(setTerms(tools, pool, terms)).rejects.toMatchObject({
      code: 'pooling/interest-terms-malformed',
      fields: { errors: [{ pointer: '/rateSet' }, { pointer: '/members' }] },
    });
    const members = [{ accountId: usd, settlementAccountId }];
    await setTerms(tools, pool, { ...terms, rateSet: 'month-end', members });
    await expect(settle(tools, pool, april)).rejects.toMatchObject({
      code: 'pooling/interest-rate-missing',
      fields: { base: 'USD', quote: 'CNY', rateSet: 'month-end', date: '2026-04-30' },
    });
    await putRateSet(rateStore(client, tables.TABLE_RATES ?? ''), {
      tenant,
      content: { name: 'month-end', date: '2026-04-30', rates: [{ base: 'USD', quote: 'CNY', rate: '7.20' }] },
      at: '2026-05-01T00:00:00.000Z',
      by: cause,
    });
    // 100,000.00 USD are 720,000.00 CNY: 600.00; a pays 1,305.00; the net of 360,000.00 earns 300.00; advantage 1,005.00, 1 : 2.
    const run = await settle(tools, pool, april);
    expect(run.computed?.exchange).toEqual([{ base: 'USD', numerator: 72n, denominator: 10n, date: '2026-04-30' }]);
    expect(run.notional).toMatchObject({ pooledNet: 30_000n, standaloneNet: -70_500n, advantage: 100_500n });
    expect(await balancesOf(pooling, tenant, [header, a, usd, settlementAccountId])).toEqual([
      -30_000n,
      -36_000_000n - 130_500n + 33_500n,
      10_000_000n,
      127_000n,
    ]);
  });

  it('that cannot be computed books nothing, and goes on when it is asked for again', async () => {
    const { tools, store, ledgerStore, client, tables } = pooling;
    const tenant = 'again';
    const { header = '' } = await balances(pooling, tenant, { header: 0n });
    const { usd = '' } = await balances(pooling, tenant, { usd: 10_000_000n }, { currency: 'USD' });
    const settlementAccountId = await openAccount(pooling, tenant, { name: 'settled here' });
    const pool = await withMembers(tools, await newPool(pooling, tenant, header, 'NOTIONAL'), {
      members: [{ accountId: usd }],
    });
    const members = [{ accountId: usd, settlementAccountId }];
    await setTerms(tools, pool, { ...bankRates, allocation: { method: 'CENTRAL' }, rateSet: 'fixing', members });
    await putRateSet(rateStore(client, tables.TABLE_RATES ?? ''), {
      tenant,
      content: { name: 'fixing', date: '2026-04-30', rates: [{ base: 'CNY', quote: 'USD', rate: '0.125' }] },
      at: '2026-05-01T00:00:00.000Z',
      by: cause,
    });
    const at = on('2026-05-06');
    const run = await start(tools, pool, april, at);
    await carryOutInterestRun(toolsOn(store, ledgerStore), run, at);
    const failed = await store.readInterestRun(tenant, run.id);
    expect(failed).toMatchObject({ status: 'FAILED', problem: { code: 'pooling/interest-rate-missing' } });
    expect(await balancesOf(pooling, tenant, [header, settlementAccountId])).toEqual([0n, 0n]);
    // 100,000.00 USD at 8 are 800,000.00 CNY: × 30 × 1 % / 360 = 666.666…
    expect(await settle(tools, pool, april, at)).toMatchObject({ id: run.id, status: 'COMPLETED', round: 2 });
    expect(await balancesOf(pooling, tenant, [header, settlementAccountId])).toEqual([-66_667n, 66_667n]);
  });
});
