import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engines } from '../../support/engines.ts';
import {
  agree,
  april,
  balances,
  july,
  june,
  linesOf,
  may,
  on,
  outcomesOf,
  settle,
  start,
  tellLines,
} from './interest-runs.ts';
import { balanceOf, fund, move, openAccount, poolingOnEngine, type TestPooling, worldOf } from './support.ts';

const yuan = (amount: string) => ({ amount, currency: 'CNY' });
const tiers = [{ effectiveFrom: '2026-01-01', baseAmount: yuan('100000.00'), demandRate: '0.35', agreedRate: '1.15' }];

describe.each(engines())('the interest of an agreed deposit on $kind', (engine) => {
  let pooling: TestPooling;
  beforeAll(async () => {
    pooling = await poolingOnEngine(engine);
  });
  afterAll(() => pooling?.close());

  /** 600,000.00 on a deposit with a base of 100,000.00 at 0.35 %, the rest at 1.15 %; a bank that pays without bound. */
  async function deposit(tenant: string, terms: object[] = tiers) {
    const { deposit: id = '', bank = '' } = await balances(pooling, tenant, { deposit: 60_000_000n, bank: 0n });
    await agree(pooling.tools, tenant, id, { payerAccountId: bank, terms });
    return { owner: { tenant, id }, ids: { deposit: id, bank } };
  }

  it('is at the demand rate up to the base and at the agreed rate above', async () => {
    const { tools } = pooling;
    const { owner, ids } = await deposit('tiers');
    const run = await settle(tools, owner, april);
    // 100,000.00 × 30 × 0.35 % / 360 = 29.1666…; 500,000.00 × 30 × 1.15 % / 360 = 479.1666…
    expect(await tellLines(tools, run, ids)).toEqual(['CREDIT deposit 50833 POSTED']);
    expect((await linesOf(tools, run))[0]?.basis).toMatchObject({
      days: 30,
      product: 1_800_000_000n,
      exact: '508.33333333',
      segments: [
        { above: 0n, balance: 10_000_000n, product: 300_000_000n, rate: '0.35' },
        { above: 10_000_000n, balance: 50_000_000n, product: 1_500_000_000n, rate: '1.15' },
      ],
    });
    expect(await balanceOf(pooling, owner.tenant, ids.bank)).toBe(-50_833n);
  });

  it('follows terms that change inside a period', async () => {
    const [first = {}] = tiers;
    const later = { ...first, effectiveFrom: '2026-04-16', agreedRate: '1.00' };
    const { owner, ids } = await deposit('changed', [first, later]);
    // 29.1666… + 500,000.00 × 15 × 1.15 % / 360 (239.5833…) + 500,000.00 × 15 × 1 % / 360 (208.3333…) = 477.0833…
    const run = await settle(pooling.tools, owner, april);
    expect(await tellLines(pooling.tools, run, ids)).toEqual(['CREDIT deposit 47708 POSTED']);
  });

  it('is corrected by exactly the difference that a back-valued item makes, and back again', async () => {
    const { tools } = pooling;
    const { owner, ids } = await deposit('late');
    const { tenant, id } = owner;
    await settle(tools, owner, april);
    // 36,000.00 × 20 × 1.15 % / 360 = 23.00 for April.
    await fund(pooling, tenant, id, 3_600_000n, { now: on('2026-05-20'), valueDate: '2026-04-11' });
    const second = await settle(tools, owner, may);
    // On 100,000.00: 30.1388…; on 536,508.33, April's interest among it: 16,631,758.23 × 1.15 % / 360 = 531.2922…
    expect(await tellLines(tools, second, ids)).toEqual([
      'CREDIT deposit 2300 POSTED for 2026-04-01',
      'CREDIT deposit 56143 POSTED',
    ]);
    // 636,000.00 × 20 and 600,000.00 × 10 days: what the whole was recomputed from stands under `adjusts`.
    const [adjustment] = await linesOf(tools, second);
    expect(adjustment?.basis).toBeUndefined();
    expect(adjustment?.adjusts).toMatchObject({
      booked: 50_833n,
      recomputed: 53_133n,
      basis: { exact: '531.33333333', days: 30, product: 1_872_000_000n },
    });
    // The item turns out to be wrong and is taken back: so are both of its effects, in April and in May.
    const world = await worldOf(pooling, tenant);
    await move(pooling, tenant, {
      from: id,
      to: world,
      minor: 3_600_000n,
      now: on('2026-06-20'),
      valueDate: '2026-04-11',
    });
    const third = await settle(tools, owner, june);
    // May without it: 30.1388… + 500,508.33 × 31 × 1.15 % / 360 (495.6422…) = 525.7811…, 35.65 less than was booked.
    // June: 600,000.00 with 508.33 and 584.43 of interest; 29.1666… + 501,092.76 × 30 × 1.15 % / 360 (480.2138…) = 509.3805…
    expect(await tellLines(tools, third, ids)).toEqual([
      'CREDIT deposit -2300 POSTED for 2026-04-01',
      'CREDIT deposit -3565 POSTED for 2026-05-01',
      'CREDIT deposit 50938 POSTED',
    ]);
    const fourth = await settle(tools, owner, july);
    expect(fourth.computed?.adjusted).toEqual([]);
  });

  it('is repriced by the terms that were in force, whatever is agreed later', async () => {
    const { tools } = pooling;
    const { owner, ids } = await deposit('versions');
    await settle(tools, owner, april);
    const [first = {}] = tiers;
    const raised = { payerAccountId: ids.bank, terms: [{ ...first, demandRate: '2.00', agreedRate: '2.00' }] };
    expect(await agree(tools, owner.tenant, owner.id, raised, on('2026-05-02'))).toMatchObject({ version: 2 });
    expect(await agree(tools, owner.tenant, owner.id, raised, on('2026-05-03'))).toMatchObject({ version: 2 });
    await fund(pooling, owner.tenant, owner.id, 3_600_000n, { now: on('2026-05-20'), valueDate: '2026-04-11' });
    const run = await settle(tools, owner, may);
    expect((await tellLines(tools, run, ids))[0]).toBe('CREDIT deposit 2300 POSTED for 2026-04-01');
    // 636,508.33 × 31 × 2 % / 360 = 1,096.2088…
    expect((await tellLines(tools, run, ids))[1]).toBe('CREDIT deposit 109621 POSTED');
  });

  it('leaves periods alone that ended more than 366 days ago', async () => {
    const { tools } = pooling;
    const { owner } = await deposit('old');
    await settle(tools, owner, april);
    await fund(pooling, owner.tenant, owner.id, 3_600_000n, { now: on('2026-05-20'), valueDate: '2026-04-11' });
    const run = await settle(tools, owner, may, on('2027-05-04'));
    expect(run).toMatchObject({ status: 'COMPLETED', computed: { adjusted: [] } });
  });

  it('that the payer cannot pay is tried again under a new name when it is asked for again', async () => {
    const { tools, store } = pooling;
    const tenant = 'short';
    const { deposit: id = '' } = await balances(pooling, tenant, { deposit: 60_000_000n });
    const payer = await openAccount(pooling, tenant, {
      name: 'poor bank',
      limit: 'at least 0.00',
      now: on('2026-03-31'),
    });
    const ids = { deposit: id };
    await agree(tools, tenant, id, { payerAccountId: payer, terms: tiers });
    const owner = { tenant, id };
    const refused = await settle(tools, owner, april);
    expect(refused).toMatchObject({ status: 'PARTIAL', ended: { posted: 0, failed: 1, credited: 0n } });
    expect(await outcomesOf(tools, refused)).toMatchObject([
      { status: 'FAILED', problem: { code: 'ledger/insufficient-funds' } },
    ]);
    expect(await settle(tools, owner, april)).toMatchObject({ status: 'PARTIAL', attempt: 2 });
    await fund(pooling, tenant, payer, 60_000n, { now: on('2026-05-07') });
    const paid = await settle(tools, owner, april, on('2026-05-08'));
    expect(paid).toMatchObject({ status: 'COMPLETED', attempt: 3, ended: { posted: 1, failed: 0, credited: 50_833n } });
    expect(await tellLines(tools, paid, ids)).toEqual(['CREDIT deposit 50833 POSTED']);
    expect(await balanceOf(pooling, tenant, payer)).toBe(9_167n);
    // Paid late, it is valued late: May counts it from 8 May on.
    const value = await tools.ledger.readValueDatedBalances(tenant, [id], '2026-05-01');
    expect([...(value.get(id)?.movements ?? [])]).toEqual([['2026-05-08', 50_833n]]);
    expect(await store.readInterestRun(tenant, paid.id)).toEqual(await settle(tools, owner, april));
  });

  it('is refused where the account, the payer or the currency do not fit', async () => {
    const { tools } = pooling;
    const { owner, ids } = await deposit('misfit');
    const { usd = '' } = await balances(pooling, 'misfit', { usd: 0n }, { currency: 'USD' });
    const asked = (payerAccountId: string, terms: object[] = tiers) =>
      agree(tools, owner.tenant, owner.id, { payerAccountId, terms });
    const fault = (pointer: string) => ({
      code: 'pooling/interest-terms-malformed',
      fields: { errors: [{ pointer }] },
    });
    await expect(asked(owner.id)).rejects.toMatchObject(fault('/payerAccountId'));
    await expect(asked(usd)).rejects.toMatchObject(fault('/payerAccountId'));
    await expect(asked('acc_00000000000000000000000000')).rejects.toMatchObject(fault('/payerAccountId'));
    const dollars = tiers.map((tier) => ({ ...tier, baseAmount: { amount: '1.00', currency: 'USD' } }));
    await expect(asked(ids.bank, dollars)).rejects.toMatchObject(fault('/terms/0/baseAmount/currency'));
    await expect(start(tools, { ...owner, tenant: 'another' }, april, on('2026-05-02'))).rejects.toMatchObject({
      code: 'pooling/interest-terms-missing',
    });
  });
});
