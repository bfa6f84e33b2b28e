import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfiguration } from '../../../functions/pooling/members/read-configuration.ts';
import { handleCredit } from '../../../functions/pooling/on-credit.ts';
import type { Pool } from '../../../functions/pooling/pool.ts';
import { readSituation } from '../../../functions/pooling/read-situation.ts';
import { carryOutRun } from '../../../functions/pooling/runs/carry-out-run.ts';
import { startRun } from '../../../functions/pooling/runs/start-run.ts';
import { engines } from '../../support/engines.ts';
import { carryOnAll, pay, receiveAndSweep, runsOf, spend, toldOf } from './moves.ts';
import { accountsOf, legsOf, newPool, runToEnd, target, withMembers, yuan, zeroBalance } from './pools.ts';
import {
  balancesOf,
  cause,
  fund,
  move,
  now,
  openAccount,
  poolingOnEngine,
  type TestPooling,
  worldOf,
} from './support.ts';

const limitOf = (amount: string) => ({ limits: [{ period: 'DAY', amount: yuan(amount) }] });

describe.each(engines())('what is left on a header, invested, on $kind', (engine) => {
  let pooling: TestPooling;
  beforeAll(async () => {
    pooling = await poolingOnEngine(engine);
  });
  afterAll(() => pooling?.close());

  /** FUND above HQ, C1 and C2 below it, all of one entity; what is agreed on investing is told. */
  async function investing(
    tenant: string,
    balances: { fund: bigint; hq: bigint; c1: bigint; c2: bigint },
    investment: object,
    more: { c1?: object; c2?: object } = {},
  ) {
    const ids = await accountsOf(pooling, tenant, balances, 'Group');
    const body = {
      header: { investment: { accountId: ids.fund, ...investment } },
      members: [
        { accountId: ids.c1, ...(more.c1 ?? { up: [zeroBalance()] }) },
        { accountId: ids.c2, ...(more.c2 ?? { down: [target('10.00')] }) },
      ],
    };
    const pool = await withMembers(pooling.tools, await newPool(pooling, tenant, ids.hq ?? ''), body);
    return { ids, pool, balances: () => balancesOf(pooling, tenant, Object.values(ids)) };
  }

  const keepsHundred = { up: [target('100.00')], down: [target('100.00')] };

  it('goes up above the target of the header in the run that gathers it', async () => {
    const { ids, pool, balances } = await investing('in', { fund: 0n, hq: 5_000n, c1: 30_000n, c2: 0n }, keepsHundred);
    const run = await runToEnd(pooling.tools, pool);
    // 50.00 and 300.00, less 10.00 for C2, less 100.00 that stay.
    expect(await legsOf(pooling.tools, run, ids)).toEqual([
      'c1 → hq 30000 CONFIRMED',
      'hq → fund 24000 CONFIRMED',
      'hq → c2 1000 CONFIRMED',
    ]);
    expect(await balances()).toEqual([24_000n, 10_000n, 0n, 1_000n]);
  });

  it('comes back where the header and those below it lack it', async () => {
    const terms = { down: [target('40.00', limitOf('60.00'))] };
    const { ids, pool, balances } = await investing('back', { fund: 50_000n, hq: 0n, c1: 0n, c2: 0n }, terms);
    expect(await legsOf(pooling.tools, await runToEnd(pooling.tools, pool), ids)).toEqual([
      'fund → hq 5000 CONFIRMED',
      'hq → c2 1000 CONFIRMED',
    ]);
    expect(await balances()).toEqual([45_000n, 4_000n, 0n, 1_000n]);
  });

  it('comes back within the limits of the day, the header’s own target first', async () => {
    const terms = { down: [target('100.00', limitOf('60.00'))] };
    const { ids, pool } = await investing('limits', { fund: 50_000n, hq: 0n, c1: 0n, c2: 0n }, terms);
    const run = await runToEnd(pooling.tools, pool);
    expect(await legsOf(pooling.tools, run, ids)).toEqual(['fund → hq 6000 CONFIRMED']);
    expect((await runToEnd(pooling.tools, pool, 2)).legs).toBe(0);
  });

  it('is nothing that a loan is booked for, and remembered as the header’s position', async () => {
    const { ids, pool } = await investing('position', { fund: 0n, hq: 25_000n, c1: 0n, c2: 1_000n }, keepsHundred);
    await runToEnd(pooling.tools, pool);
    const { states } = await pooling.store.readStates(pool, [ids.hq ?? '']);
    expect(states.get(ids.hq ?? '')).toMatchObject({ parentId: ids.fund, position: 15_000n });
    expect((await readConfiguration(pooling.tools, pool)).loanBooks).toEqual([]);
  });

  it('goes up at once where a customer pays to the header and that is agreed', async () => {
    const atOnce = { up: [target('100.00', { trigger: 'REAL_TIME' })] };
    const { ids, pool, balances } = await investing('at-once', { fund: 0n, hq: 0n, c1: 0n, c2: 0n }, atOnce);
    await receiveAndSweep(pooling, 'at-once', ids.hq ?? '', 70_000n);
    expect(await balances()).toEqual([60_000n, 10_000n, 0n, 0n]);
    // What came back or went there by hand sets nothing off.
    await receiveAndSweep(pooling, 'at-once', ids.fund ?? '', 500n);
    expect(await balances()).toEqual([60_500n, 10_000n, 0n, 0n]);
    expect(await runsOf(pooling.tools, pool)).toHaveLength(1);
  });

  it('pays what the header and the payer cannot, in one transfer, where two levels are agreed', async () => {
    const realTime = (more: object = {}) => ({ down: [zeroBalance({ trigger: 'REAL_TIME', ...more })] });
    const { ids, pool, balances } = await investing(
      'pays',
      { fund: 50_000n, hq: 2_000n, c1: 1_000n, c2: 0n },
      realTime(),
      { c1: realTime({ levels: 2 }), c2: realTime() },
    );
    const supplier = await worldOf(pooling, 'pays');
    const paid = await pay(pooling.tools, pool, 'two', ids.c1 ?? '', supplier, 4_500n);
    expect(paid).toMatchObject({ status: 'PAID', funding: [{ amount: 1_500n }, { amount: 3_500n }] });
    expect(await balances()).toEqual([48_500n, 0n, 0n, 0n]);
    const refused = await pay(pooling.tools, pool, 'one', ids.c2 ?? '', supplier, 4_500n);
    expect(refused).toMatchObject({ status: 'REFUSED', refusal: { reason: 'PARENT_SHORT' } });
    const byHeader = await pay(pooling.tools, pool, 'header', ids.hq ?? '', supplier, 8_500n);
    expect(byHeader.status).toBe('PAID');
    expect(await balances()).toEqual([40_000n, 0n, 0n, 0n]);
  });

  it('gives back to the limits of the day what did not come back after all', async () => {
    const terms = { down: [target('100.00', limitOf('100.00'))] };
    const { ids, pool } = await investing('limit-back', { fund: 50_000n, hq: 0n, c1: 0n, c2: 0n }, terms);
    const request = { businessDate: '2026-03-02', runNumber: 1, startedBy: 'HAND' as const, cause };
    const run = await startRun(pooling.tools, pool.tenant, pool.id, request, now);
    await spend(pooling, 'limit-back', ids.fund ?? '', 50_000n);
    await carryOutRun(pooling.tools, run, now);
    const used = async () =>
      (await pooling.store.readStates(pool, [ids.hq ?? ''])).states.get(ids.hq ?? '')?.used.map(({ amount }) => amount);
    expect(await used()).toEqual([0n]);
    await fund(pooling, 'limit-back', ids.fund ?? '', 50_000n);
    expect(await legsOf(pooling.tools, await runToEnd(pooling.tools, pool, 2), ids)).toEqual([
      'fund → hq 10000 CONFIRMED',
    ]);
  });

  it('is not invested out of money that did not come, also by a header without a bound', async () => {
    const ids = await accountsOf(pooling, 'not-come', { fund: 0n, c1: 30_000n }, 'Group');
    const hq = await openAccount(pooling, 'not-come', { name: 'hq', holder: 'Group' });
    const body = {
      header: { unlimitedOverdraft: true, investment: { accountId: ids.fund, up: [zeroBalance()] } },
      members: [{ accountId: ids.c1, up: [zeroBalance()] }],
    };
    const pool = await withMembers(pooling.tools, await newPool(pooling, 'not-come', hq), body);
    const request = { businessDate: '2026-03-02', runNumber: 1, startedBy: 'HAND' as const, cause };
    const run = await startRun(pooling.tools, pool.tenant, pool.id, request, now);
    await spend(pooling, 'not-come', ids.c1 ?? '', 30_000n);
    await carryOutRun(pooling.tools, run, now);
    expect(await legsOf(pooling.tools, run, { ...ids, hq })).toEqual(['c1 → hq 30000 FAILED', 'hq → fund 0 SKIPPED']);
    expect(await balancesOf(pooling, 'not-come', [hq, ids.fund ?? ''])).toEqual([0n, 0n]);
  });

  it('that pays for a payment is not swept back when the ledger tells of it', async () => {
    const realTime = { down: [zeroBalance({ trigger: 'REAL_TIME' })], up: [zeroBalance({ trigger: 'REAL_TIME' })] };
    const { ids, pool, balances } = await investing(
      'no-ping-pong',
      { fund: 50_000n, hq: 0n, c1: 0n, c2: 0n },
      realTime,
    );
    const told = toldOf(
      'no-ping-pong',
      await move(pooling, 'no-ping-pong', { from: ids.fund ?? '', to: ids.hq ?? '', minor: 700n }),
    );
    await handleCredit(pooling.tools, told, now);
    await carryOnAll(pooling.tools, 'no-ping-pong');
    expect(await balances()).toEqual([49_300n, 700n, 0n, 0n]);
    expect(await runsOf(pooling.tools, pool)).toEqual([]);
  });

  it('is part of the next scheduled run', async () => {
    const schedule = { frequency: 'DAILY', times: ['18:30'] };
    const { pool } = await investing(
      'due',
      { fund: 0n, hq: 0n, c1: 0n, c2: 0n },
      { up: [target('100.00', { schedule })] },
    );
    expect(pool.nextRun).toMatchObject({ businessDate: '2026-03-02', runNumber: 11_830 });
  });

  it('belongs to one pool, until that gives it back', async () => {
    const first = await investing('bound', { fund: 0n, hq: 0n, c1: 0n, c2: 0n }, keepsHundred);
    const others = await accountsOf(pooling, 'bound', { other: 0n }, 'Group');
    const other = await newPool(pooling, 'bound', others.other ?? '');
    const taking = (pool: Pool) =>
      withMembers(pooling.tools, pool, {
        members: [],
        header: { investment: { accountId: first.ids.fund, up: [zeroBalance()] } },
      });
    await expect(taking(other)).rejects.toMatchObject({
      code: 'pooling/account-in-other-pool',
      fields: { errors: [{ pointer: '/header/investment/accountId' }] },
    });
    await withMembers(pooling.tools, first.pool, { members: [] });
    const taken = await taking(other);
    const { situation } = await readSituation(pooling.tools, taken, now);
    expect(situation.rootAccountId).toBe(first.ids.fund);
  });

  it.each([
    ['the header itself', 'hq', 'neither the header nor a member'],
    ['a member', 'c1', 'neither the header nor a member'],
  ])('is refused with %s as its account', async (what, name, detail) => {
    const tenant = `refused ${what}`;
    const ids = await accountsOf(pooling, tenant, { hq: 0n, c1: 0n }, 'Group');
    const pool = await newPool(pooling, tenant, ids.hq ?? '');
    const header = { investment: { accountId: ids[name], up: [zeroBalance()] } };
    await expect(withMembers(pooling.tools, pool, { header, members: [{ accountId: ids.c1 }] })).rejects.toMatchObject({
      code: 'pooling/members-malformed',
      fields: { errors: [{ pointer: '/header/investment/accountId', detail: expect.stringContaining(detail) }] },
    });
    expect(await pooling.store.readPool(tenant, pool.id)).toEqual(pool);
  });

  it.each(['NOTIONAL', 'LEDGER'] as const)('is refused in a %s pool', async (kind) => {
    const tenant = `refused ${kind}`;
    const ids = await accountsOf(pooling, tenant, { hq: 0n, fund: 0n }, 'Group');
    const pool = await newPool(pooling, tenant, ids.hq ?? '', kind);
    const header = { investment: { accountId: ids.fund, up: [zeroBalance()] } };
    const set = withMembers(pooling.tools, pool, { header, members: [] });
    await expect(set).rejects.toMatchObject({
      code: 'pooling/members-malformed',
      fields: { errors: [{ pointer: '/header/investment' }] },
    });
  });
});
