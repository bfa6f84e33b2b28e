import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engines } from '../../support/engines.ts';
import { april, linesOf, may, on, rate, setTerms, settle, start, tellLines } from './interest-runs.ts';
import { ledgerOf, ledgerPool } from './ledger-pools.ts';
import { accountsOf, newPool, runToEnd, target, withMembers, zeroBalance } from './pools.ts';
import { balancesOf, move, poolingOnEngine, type TestPooling } from './support.ts';

const march = { from: '2026-03-02', to: '2026-04-01' };

describe.each(engines())('the interest of pools on $kind', (engine) => {
  let pooling: TestPooling;
  beforeAll(async () => {
    pooling = await poolingOnEngine(engine);
  });
  afterAll(() => pooling?.close());

  /** Shop lends 360,000.00 to the head office, which lends 72,000.00 to the plant; since 2 March. */
  async function swept(tenant: string) {
    const { tools } = pooling;
    const ids = await accountsOf(pooling, tenant, { hq: 0n, shop: 36_000_000n, plant: 0n });
    const { hq = '', shop = '', plant = '' } = ids;
    const pool = await withMembers(tools, await newPool(pooling, tenant, hq), {
      members: [
        { accountId: shop, entity: 'Shop', up: [zeroBalance()] },
        { accountId: plant, entity: 'Plant', down: [target('72000.00')] },
      ],
      header: { entity: 'Head office' },
    });
    await runToEnd(tools, pool);
    const { loanBooks } = (await tools.store.readConfiguration(pool)) ?? { loanBooks: [] };
    const loanOf = (entity: string) => loanBooks.find(({ first }) => first === entity)?.accountId ?? '';
    return { pool, ids, loans: { 'loan shop': loanOf('Shop'), 'loan plant': loanOf('Plant') } };
  }
  const terms = { credit: rate('1.50'), debit: rate('3.50') };

  it('is added to the intercompany loans, which then bear interest on it', async () => {
    const { tools } = pooling;
    const { pool, loans } = await swept('loans');
    await setTerms(tools, pool, terms);
    // 360,000.00 × 30 × 1.5 % / 360 = 450.00; 72,000.00 × 30 × 3.5 % / 360 = 210.00
    const first = await settle(tools, pool, march);
    expect(await tellLines(tools, first, loans)).toEqual([
      'DEBIT loan plant -21000 POSTED',
      'CREDIT loan shop 45000 POSTED',
    ]);
    expect(await balancesOf(pooling, 'loans', Object.values(loans))).toEqual([36_045_000n, -7_221_000n]);
    // 360,450.00 × 30 × 1.5 % / 360 = 450.5625; 72,210.00 × 30 × 3.5 % / 360 = 210.6125
    const second = await settle(tools, pool, april);
    expect(await tellLines(tools, second, loans)).toEqual([
      'DEBIT loan plant -21061 POSTED',
      'CREDIT loan shop 45056 POSTED',
    ]);
    expect((await linesOf(tools, second))[1]).toMatchObject({
      entity: 'Shop',
      basis: { days: 30, product: 1_081_350_000n, exact: '450.56250000' },
    });
  });

  it('moves as cash between the accounts of the two entities where that is agreed', async () => {
    const { tools } = pooling;
    const { pool, ids, loans } = await swept('cash');
    const { hq = '', shop = '', plant = '' } = ids;
    await setTerms(tools, pool, { ...terms, settlement: 'ACCOUNT' });
    await settle(tools, pool, march);
    expect(await balancesOf(pooling, 'cash', [hq, shop, plant])).toEqual([
      28_800_000n - 45_000n + 21_000n,
      45_000n,
      7_200_000n - 21_000n,
    ]);
    expect(await balancesOf(pooling, 'cash', Object.values(loans))).toEqual([36_000_000n, -7_200_000n]);
  });

  it('goes by a member’s own rate from the day it is agreed for', async () => {
    const { tools } = pooling;
    const { pool, ids, loans } = await swept('own');
    const members = [{ accountId: ids.shop, credit: rate('3.00', '2026-03-17') }];
    await setTerms(tools, pool, { ...terms, members });
    // 15 days at 1.5 % and 15 at 3 %: 225.00 + 450.00
    expect(await tellLines(tools, await settle(tools, pool, march), loans)).toContain('CREDIT loan shop 67500 POSTED');
  });

  it('is paid between the ledgers of a real account and the main ledger, for those in no tree as well', async () => {
    const { tools } = pooling;
    const tenant = 'ledgers';
    const { pool, rootAccountId } = await ledgerMonth(tenant);
    await setTerms(tools, pool.pool, { credit: rate('0.35'), debit: rate('4.35') });
    const run = await settle(tools, pool.pool, april);
    // 1,000.00 × 30 × 0.35 % / 360 = 0.2916…; 50,000.00 × 10 + 30,000.00 × 20 = 1,100,000.00 → 10.6944…; 10,000.00 × 30 × 4.35 % / 360 = 36.25
    expect((await tellLines(tools, run, pool.ids)).sort()).toEqual([
      'CREDIT ops 1069 POSTED',
      'CREDIT sales 29 POSTED',
      'DEBIT overdrawn -3625 POSTED',
    ]);
    const { sales = '', ops = '', overdrawn = '' } = pool.ids;
    const [real = 0n, ...ledgers] = await balancesOf(pooling, tenant, [
      pool.pool.headerAccountId,
      rootAccountId,
      sales,
      ops,
      overdrawn,
    ]);
    expect(ledgers.slice(1)).toEqual([100_029n, 3_001_069n, -1_003_625n]);
    expect(ledgers.reduce((sum, minor) => sum + minor, 0n)).toBe(real);
  });

  async function ledgerMonth(tenant: string) {
    const { tools } = pooling;
    const pool = await ledgerPool(pooling, tenant, 100_000_000n);
    const open = async (name: string, more: object = {}) => (await ledgerOf(tools, pool, { name, ...more })).accountId;
    const overdraftLimit = { amount: '20000.00', currency: 'CNY' };
    const ids = {
      sales: await open('sales'),
      ops: await open('ops'),
      overdrawn: await open('overdrawn', { overdraftLimit }),
    };
    const { rootAccountId } = pool;
    const allot = (from: string, to: string, minor: bigint, date: string) =>
      move(pooling, tenant, { from, to, minor, now: on(date) });
    await allot(rootAccountId, ids.sales, 100_000n, '2026-03-31');
    await allot(rootAccountId, ids.ops, 5_000_000n, '2026-03-31');
    await allot(ids.overdrawn, rootAccountId, 1_000_000n, '2026-03-31');
    await allot(ids.ops, rootAccountId, 2_000_000n, '2026-04-11');
    return { pool: { pool, ids }, rootAccountId };
  }

  it('has periods that follow each other, and one run for each', async () => {
    const { tools } = pooling;
    const { pool } = await swept('periods');
    expect(await codeOf(start(tools, pool, march, on('2026-04-02')))).toBe('pooling/interest-terms-missing');
    await setTerms(tools, pool, terms);
    const first = await settle(tools, pool, march);
    const before = await pooling.snapshot();
    expect(await settle(tools, pool, march)).toEqual(first);
    expect(await pooling.snapshot()).toEqual(before);
    const gap = start(tools, pool, { from: '2026-04-02', to: '2026-05-01' }, on('2026-05-02'));
    await expect(gap).rejects.toMatchObject({
      code: 'pooling/interest-period-not-next',
      fields: { expectedFrom: '2026-04-01', errors: [{ pointer: '/from' }] },
    });
    const begun = await start(tools, pool, april, on('2026-05-02'));
    expect(begun).toMatchObject({ status: 'COMPUTING' });
    await settle(tools, pool, april);
    const { runs } = await tools.store.listInterestRuns(pool.tenant, pool.id, undefined, 10);
    expect(runs.map(({ run }) => run.from)).toEqual(['2026-04-01', '2026-03-02']);
  });

  it('is refused for a period that is not over, is empty, or too long, and for days without a rate', async () => {
    const { tools } = pooling;
    const { pool } = await swept('refused');
    await setTerms(tools, pool, { ...terms, debit: rate('3.50', '2026-03-10') });
    const today = on('2026-04-30');
    const refused = async (from: string, to: string) => await codeOf(start(tools, pool, { from, to }, today));
    expect(await refused('2026-04-01', '2026-05-01')).toBe('pooling/interest-period-malformed');
    expect(await refused('2026-04-01', '2026-04-01')).toBe('pooling/interest-period-malformed');
    expect(await refused('2025-04-01', '2026-04-03')).toBe('pooling/interest-period-malformed');
    await expect(start(tools, pool, march, today)).rejects.toMatchObject({
      code: 'pooling/interest-rate-missing',
      fields: { date: '2026-03-02' },
    });
    // The last day decides where rates are not segmented.
    await setTerms(tools, pool, { ...terms, debit: rate('3.50', '2026-03-10'), segmented: false });
    expect(await start(tools, pool, march, today)).toMatchObject({ status: 'COMPUTING', termsVersion: 2 });
  });

  it('of a period builds on the one before, so the next waits until that is booked', async () => {
    const { tools } = pooling;
    const { pool } = await swept('waits');
    await setTerms(tools, pool, terms);
    const run = await settle(tools, pool, march);
    const { ended: _, ...open } = run;
    await tools.store.transact([tools.store.replaceInterestRun({ ...open, status: 'COMPUTED' }, run)]);
    expect(await codeOf(start(tools, pool, april, on('2026-05-02')))).toBe('request/conflict-retry');
    await settle(tools, pool, march);
    expect(await settle(tools, pool, april)).toMatchObject({ status: 'COMPLETED' });
    expect(await codeOf(start(tools, pool, { from: '2026-05-02', to: may.to }, on('2026-06-02')))).toBe(
      'pooling/interest-period-not-next',
    );
  });
});

async function codeOf(promise: Promise<unknown>): Promise<string> {
  return await promise.then(
    () => 'accepted',
    (error: { code?: string }) => error.code ?? String(error),
  );
}
