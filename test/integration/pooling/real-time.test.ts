import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handleCredit } from '../../../functions/pooling/on-credit.ts';
import { carryOutRun } from '../../../functions/pooling/runs/carry-out-run.ts';
import { engines } from '../../support/engines.ts';
import { carryOnAll, change, receive, receiveAndSweep, runsOf, spend, toldOf } from './moves.ts';
import { accountsOf, legsOf, newPool, runToEnd, target, up, withMembers, yuan, zeroBalance } from './pools.ts';
import { balancesOf, fund, move, now, poolingOnEngine, type TestPooling } from './support.ts';

const atOnce = (more: object = {}) => zeroBalance({ trigger: 'REAL_TIME', ...more });

describe.each(engines())('a credit to a member of a pool on $kind', (engine) => {
  let pooling: TestPooling;
  beforeAll(async () => {
    pooling = await poolingOnEngine(engine);
  });
  afterAll(() => pooling?.close());

  /** HQ 0 ← R1 7.00 (reserve 20.00) ← S1 5.00 ← C1 0, all of one entity unless told; what C1 agreed is told. */
  async function chain(tenant: string, c1: object, others: { r1?: object; s1?: object } = {}) {
    const ids = await accountsOf(pooling, tenant, { hq: 0n, r1: 700n, s1: 500n, c1: 0n }, 'Group');
    const members = [
      { accountId: ids.r1, reserve: yuan('20.00'), up: [atOnce()], ...others.r1 },
      { accountId: ids.s1, parentAccountId: ids.r1, up: [atOnce()], ...others.s1 },
      { accountId: ids.c1, parentAccountId: ids.s1, ...c1 },
    ];
    const pool = await withMembers(pooling.tools, await newPool(pooling, tenant, ids.hq ?? ''), { members });
    return { ids, pool, c1: ids.c1 ?? '', balances: () => balancesOf(pooling, tenant, Object.values(ids)) };
  }

  /** HQ with money and C1 below it. */
  async function pair(tenant: string, balances: { hq: bigint; c1: bigint }, c1: object, holder?: string) {
    const ids = await accountsOf(pooling, tenant, balances, holder ?? 'Group');
    const fresh = await newPool(pooling, tenant, ids.hq ?? '');
    const pool = await withMembers(pooling.tools, fresh, { members: [{ accountId: ids.c1, ...c1 }] });
    const read = () => balancesOf(pooling, tenant, [ids.hq ?? '', ids.c1 ?? '']);
    return { ids, pool, c1: ids.c1 ?? '', balances: read };
  }

  it.each([
    { levels: 1, after: [0n, 700n, 10_555n, 0n] },
    { levels: 2, after: [0n, 11_255n, 0n, 0n] },
    { levels: 3, after: [9_255n, 2_000n, 0n, 0n] },
  ])('ripples up $levels level(s) by the rule of each', async ({ levels, after }) => {
    const tenant = `cascade${levels}`;
    const { ids, pool, c1, balances } = await chain(tenant, { up: [atOnce({ levels })] });
    await receiveAndSweep(pooling, tenant, c1, 10_055n);
    expect(await balances()).toEqual(after);
    const [run] = await runsOf(pooling.tools, pool);
    expect(run).toMatchObject({ trigger: 'REAL_TIME', startedBy: 'EVENT', status: 'COMPLETED', legs: levels });
    if (run) expect((await legsOf(pooling.tools, run, ids))[0]).toBe('c1 → s1 10055 CONFIRMED');
  });

  it('comes to rest below an account that gives nothing', async () => {
    const { c1, balances } = await chain('rest', { up: [atOnce({ levels: 3 })] }, { s1: { up: [zeroBalance()] } });
    await receiveAndSweep(pooling, 'rest', c1, 10_055n);
    expect(await balances()).toEqual([0n, 700n, 10_555n, 0n]);
  });

  it('goes up in whole units, and the rest waits for more', async () => {
    const { c1, balances } = await pair('unit', { hq: 0n, c1: 0n }, { up: [atOnce({ unit: yuan('100.00') })] });
    await receiveAndSweep(pooling, 'unit', c1, 123_456n);
    expect(await balances()).toEqual([120_000n, 3_456n]);
    await receiveAndSweep(pooling, 'unit', c1, 6_543n);
    expect(await balances()).toEqual([120_000n, 9_999n]);
    await receiveAndSweep(pooling, 'unit', c1, 1n);
    expect(await balances()).toEqual([130_000n, 0n]);
  });

  it('is swept once, however often it is told', async () => {
    const { pool, c1, balances } = await pair('twice', { hq: 0n, c1: 0n }, { up: [atOnce()] });
    const event = await receive(pooling, 'twice', c1, 5_000n);
    await handleCredit(pooling.tools, event, now);
    await carryOnAll(pooling.tools, 'twice');
    await fund(pooling, 'twice', c1, 300n);
    const before = await pooling.snapshot();
    await handleCredit(pooling.tools, event, now);
    await carryOnAll(pooling.tools, 'twice');
    expect(await pooling.snapshot()).toEqual(before);
    expect(await balances()).toEqual([5_000n, 300n]);
    expect(await runsOf(pooling.tools, pool)).toHaveLength(1);
  });

  it('starts nothing where the parent sent it', async () => {
    const { ids, pool, c1, balances } = await pair('pingpong', { hq: 9_000n, c1: 0n }, { up: [atOnce()] });
    const sent = await move(pooling, 'pingpong', { from: ids.hq ?? '', to: c1, minor: 4_000n });
    await handleCredit(pooling.tools, toldOf('pingpong', sent), now);
    await carryOnAll(pooling.tools, 'pingpong');
    expect(await balances()).toEqual([5_000n, 4_000n]);
    expect(await runsOf(pooling.tools, pool)).toEqual([]);
  });

  it.each([
    { parentsMoney: 'LEAVE', kept: 10_000n },
    { parentsMoney: 'SWEEP_BACK', kept: 0n },
  ])('and money that the parent had sent down: $parentsMoney', async ({ parentsMoney, kept }) => {
    const agreed = { up: [atOnce({ parentsMoney })], down: [target('100.00')] };
    const tenant = `parents-${parentsMoney}`;
    const { pool, c1, balances } = await pair(tenant, { hq: 50_000n, c1: 0n }, agreed);
    await runToEnd(pooling.tools, pool);
    expect(await balances()).toEqual([40_000n, 10_000n]);
    await receiveAndSweep(pooling, tenant, c1, 8_000n);
    expect(await balances()).toEqual([58_000n - kept, kept]);
  });

  it('goes up where the money that the parent had sent is spent already', async () => {
    const agreed = { up: [atOnce({ parentsMoney: 'LEAVE' })], down: [target('100.00')] };
    const { pool, c1, balances } = await pair('spent', { hq: 50_000n, c1: 0n }, agreed);
    await runToEnd(pooling.tools, pool);
    await spend(pooling, 'spent', c1, 7_000n);
    await receiveAndSweep(pooling, 'spent', c1, 8_000n);
    expect(await balances()).toEqual([48_000n, 3_000n]);
    await spend(pooling, 'spent', c1, 3_000n);
    await receiveAndSweep(pooling, 'spent', c1, 500n);
    expect(await balances()).toEqual([48_500n, 0n]);
  });

  it('goes up where the money that the parent had sent was swept back', async () => {
    const left = atOnce({ parentsMoney: 'LEAVE' });
    const sent = up({ method: 'FIXED', amount: yuan('100.00') });
    const { pool, c1, balances } = await pair('back', { hq: 50_000n, c1: 0n }, { up: [left], down: [sent] });
    await runToEnd(pooling.tools, pool);
    const members = [{ accountId: c1, up: [left, zeroBalance({ parentsMoney: 'SWEEP_BACK' })] }];
    await runToEnd(pooling.tools, await withMembers(pooling.tools, pool, { members }), 2);
    expect(await balances()).toEqual([50_000n, 0n]);
    await fund(pooling, 'back', c1, 4_000n);
    await receiveAndSweep(pooling, 'back', c1, 6_000n);
    expect(await balances()).toEqual([60_000n, 0n]);
  });

  it('counts against the limits of the scheduled sweeps, and they against its own', async () => {
    const limits = [{ period: 'DAY', amount: yuan('150.00') }];
    const agreed = { up: [atOnce({ limits }), zeroBalance({ limits })] };
    const { pool, c1, balances } = await pair('limits', { hq: 0n, c1: 10_000n }, agreed);
    await runToEnd(pooling.tools, pool);
    await receiveAndSweep(pooling, 'limits', c1, 3_000n);
    expect(await balances()).toEqual([13_000n, 0n]);
    await receiveAndSweep(pooling, 'limits', c1, 9_000n);
    expect(await balances()).toEqual([15_000n, 7_000n]);
    expect((await runToEnd(pooling.tools, pool, 2)).planned.up).toBe(0n);
    const tomorrow = new Date(now.getTime() + 86_400_000);
    await receiveAndSweep(pooling, 'limits', c1, 10_000n, tomorrow);
    expect(await balances()).toEqual([30_000n, 2_000n]);
  });

  it('is all swept where several come at once', async () => {
    const { c1, balances } = await pair('together', { hq: 0n, c1: 0n }, { up: [atOnce()] });
    const events = [
      await receive(pooling, 'together', c1, 1_000n),
      await receive(pooling, 'together', c1, 2_000n),
      await receive(pooling, 'together', c1, 4_000n),
    ];
    await Promise.all(events.map((event) => handleCredit(pooling.tools, event, now)));
    await carryOnAll(pooling.tools, 'together');
    expect(await balances()).toEqual([7_000n, 0n]);
  });

  it('is swept too where the sweep of the one before it is still under way', async () => {
    const { pool, c1, balances } = await pair('staggered', { hq: 0n, c1: 0n }, { up: [atOnce()] });
    await handleCredit(pooling.tools, await receive(pooling, 'staggered', c1, 1_000n), now);
    const [first] = await runsOf(pooling.tools, pool);
    await handleCredit(pooling.tools, await receive(pooling, 'staggered', c1, 2_000n), now);
    const runs = await runsOf(pooling.tools, pool);
    expect(runs.map(({ planned }) => planned.up).sort()).toEqual([1_000n, 3_000n]);
    // The first is carried out first, so that the second finds less than it planned with.
    if (first) await carryOutRun(pooling.tools, first, now);
    await carryOnAll(pooling.tools, 'staggered');
    expect(await balances()).toEqual([3_000n, 0n]);
  });

  it('below what triggers a sweep stays; at it, all goes', async () => {
    const { pool, c1, balances } = await pair(
      'trigger',
      { hq: 0n, c1: 0n },
      { up: [atOnce({ triggerAmount: yuan('100.00') })] },
    );
    await receiveAndSweep(pooling, 'trigger', c1, 9_999n);
    expect(await balances()).toEqual([0n, 9_999n]);
    expect(await runsOf(pooling.tools, pool)).toEqual([]);
    await receiveAndSweep(pooling, 'trigger', c1, 1n);
    expect(await balances()).toEqual([10_000n, 0n]);
  });

  it.each([
    { whenParentFrozen: 'SKIP', after: [0n, 700n, 500n, 10_000n] },
    { whenParentFrozen: 'SWEEP', after: [0n, 700n, 10_500n, 0n] },
  ])('below a frozen parent: $whenParentFrozen', async ({ whenParentFrozen, after }) => {
    const tenant = `frozen-${whenParentFrozen}`;
    const { ids, c1, balances } = await chain(tenant, { up: [atOnce({ levels: 3, whenParentFrozen })] });
    await change(pooling, tenant, ids.s1 ?? '', { status: 'FROZEN' });
    await receiveAndSweep(pooling, tenant, c1, 10_000n);
    expect(await balances()).toEqual(after);
  });

  it('leaves frozen money and the reserve where they are', async () => {
    const agreed = { reserve: yuan('10.00'), up: [atOnce()] };
    const { c1, balances } = await pair('kept', { hq: 0n, c1: 2_500n }, agreed);
    await change(pooling, 'kept', c1, { freeze: 2_000n });
    await receiveAndSweep(pooling, 'kept', c1, 4_000n);
    expect(await balances()).toEqual([3_500n, 3_000n]);
  });

  it('makes a loan from the entity below to the one above, up to its ceiling', async () => {
    const ids = await accountsOf(pooling, 'loan', { hq: 0n, c1: 0n });
    const loans = [{ lender: 'c1', borrower: 'hq', contract: 'WD-1', ceiling: yuan('50.00') }];
    const body = { members: [{ accountId: ids.c1, up: [atOnce()] }], loans };
    const pool = await withMembers(pooling.tools, await newPool(pooling, 'loan', ids.hq ?? ''), body);
    await receiveAndSweep(pooling, 'loan', ids.c1 ?? '', 3_000n);
    await receiveAndSweep(pooling, 'loan', ids.c1 ?? '', 3_000n);
    expect(await balancesOf(pooling, 'loan', [ids.hq ?? '', ids.c1 ?? ''])).toEqual([5_000n, 1_000n]);
    const { states } = await pooling.store.readStates(pool, Object.values(ids));
    expect(states.get(ids.c1 ?? '')?.position).toBe(5_000n);
  });

  it('to a member of a notional pool moves nothing', async () => {
    const ids = await accountsOf(pooling, 'notional', { hq: 0n, c1: 0n });
    const pool = await newPool(pooling, 'notional', ids.hq ?? '', 'NOTIONAL');
    await withMembers(pooling.tools, pool, { members: [{ accountId: ids.c1 }] });
    await receiveAndSweep(pooling, 'notional', ids.c1 ?? '', 5_000n);
    expect(await balancesOf(pooling, 'notional', Object.values(ids))).toEqual([0n, 5_000n]);
    expect(await runsOf(pooling.tools, pool)).toEqual([]);
  });
});
