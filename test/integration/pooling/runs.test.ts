import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listLoans } from '../../../functions/pooling/loans/list-loans.ts';
import { readConfiguration } from '../../../functions/pooling/members/read-configuration.ts';
import { carryOutRun } from '../../../functions/pooling/runs/carry-out-run.ts';
import { startRun } from '../../../functions/pooling/runs/start-run.ts';
import { sum } from '../../../shared/money/sum.ts';
import { engines } from '../../support/engines.ts';
import { accountsOf, legsOf, newPool, runToEnd, target, today, up, withMembers, yuan, zeroBalance } from './pools.ts';
import { balancesOf, cause, fund, move, now, poolingOnEngine, type TestPooling, worldOf } from './support.ts';

describe.each(engines())('runs of a physical pool on $kind', (engine) => {
  let pooling: TestPooling;
  beforeAll(async () => {
    pooling = await poolingOnEngine(engine);
  });
  afterAll(() => pooling?.close());

  /** HQ 0; R1 30 (reserve 50); under R1: C1 200 (reserve 20), C2 10 (target 20). */
  async function regionalPool(tenant: string, holder?: string) {
    const ids = await accountsOf(pooling, tenant, { hq: 0n, r1: 3_000n, c1: 20_000n, c2: 1_000n }, holder);
    const pool = await newPool(pooling, tenant, ids.hq ?? '');
    const members = [
      { accountId: ids.r1, reserve: yuan('50.00'), up: [zeroBalance()] },
      { accountId: ids.c1, parentAccountId: ids.r1, reserve: yuan('20.00'), up: [zeroBalance()] },
      { accountId: ids.c2, parentAccountId: ids.r1, down: [target('20.00')] },
    ];
    return { ids, pool: await withMembers(pooling.tools, pool, { members }), list: Object.values(ids) };
  }

  it('sweep up, keep reserves and fund what is short, in this order', async () => {
    const { ids, pool, list } = await regionalPool('worked', 'Group');
    const run = await runToEnd(pooling.tools, pool);
    expect(await legsOf(pooling.tools, run, ids)).toEqual([
      'c1 → r1 18000 CONFIRMED',
      'r1 → hq 15000 CONFIRMED',
      'r1 → c2 1000 CONFIRMED',
    ]);
    expect(await balancesOf(pooling, 'worked', list)).toEqual([15_000n, 5_000n, 2_000n, 2_000n]);
    expect(run).toMatchObject({ status: 'COMPLETED', ended: { confirmed: 3, failed: 0, skipped: 0 } });
  });

  it('send no money farther than its levels, also where other money that was to go did not come', async () => {
    const ids = await accountsOf(pooling, 'levels', { hq: 0n, r1: 0n, c1: 10_000n, c2: 7_000n }, 'Group');
    const members = [
      { accountId: ids.r1, up: [zeroBalance()] },
      { accountId: ids.c1, parentAccountId: ids.r1, up: [zeroBalance({ levels: 1 })] },
      { accountId: ids.c2, parentAccountId: ids.r1, up: [zeroBalance()] },
    ];
    const pool = await withMembers(pooling.tools, await newPool(pooling, 'levels', ids.hq ?? ''), { members });
    const request = { businessDate: today, runNumber: 1, startedBy: 'HAND' as const, cause };
    const run = await startRun(pooling.tools, pool.tenant, pool.id, request, now);
    await move(pooling, 'levels', { from: ids.c2 ?? '', to: await worldOf(pooling, 'levels'), minor: 7_000n });
    await carryOutRun(pooling.tools, run, now);
    expect(await legsOf(pooling.tools, run, ids)).toEqual([
      'c1 → r1 10000 CONFIRMED',
      'c2 → r1 7000 FAILED',
      'r1 → hq 0 SKIPPED',
    ]);
  });

  it('book a loan for each movement between two entities, and pay it back by the way back', async () => {
    const { ids, pool, list } = await regionalPool('loans');
    await runToEnd(pooling.tools, pool);
    const loans = async () => {
      const configuration = await readConfiguration(pooling.tools, pool);
      const accounts = await pooling.tools.ledger.readAccounts(
        'loans',
        configuration.loanBooks.map(({ accountId }) => accountId),
      );
      const balances = new Map([...accounts].map(([id, { posted }]) => [id, posted]));
      return listLoans(pool, configuration, balances, '2026-03-02').map(
        ({ lender, borrower, outstanding }) => `${lender} → ${borrower} ${outstanding}`,
      );
    };
    expect(await loans()).toEqual(['c1 → r1 18000', 'r1 → c2 1000', 'r1 → hq 15000']);
    // The customer pays c2 25.00, and c2 is swept empty: 10.00 pay back, 35.00 open the other way.
    await fund(pooling, 'loans', ids.c2 ?? '', 2_500n);
    const swept = [
      { accountId: ids.r1, reserve: yuan('50.00') },
      { accountId: ids.c2, parentAccountId: ids.r1, up: [zeroBalance()] },
    ];
    await runToEnd(pooling.tools, await withMembers(pooling.tools, pool, { members: swept }), 2);
    expect(await balancesOf(pooling, 'loans', list)).toEqual([15_000n, 9_500n, 2_000n, 0n]);
    expect(await loans()).toEqual(['c1 → r1 18000', 'c2 → r1 3500', 'r1 → hq 15000']);
  });

  it('keep their loans apart: nobody posts from any other account to one, so they add up to zero', async () => {
    const { ids, pool } = await regionalPool('apart');
    await runToEnd(pooling.tools, pool);
    const { loanBooks } = await readConfiguration(pooling.tools, pool);
    const onLoans = loanBooks.flatMap(({ accountId, controlId }) => [accountId, controlId]);
    for (const to of onLoans) {
      const outside = await move(pooling, 'apart', { from: ids.hq ?? '', to, minor: 1n });
      expect(outside).toMatchObject({ outcome: 'REFUSED', problem: { code: 'ledger/book-boundary' } });
    }
    expect(sum(await balancesOf(pooling, 'apart', [...new Set(onLoans)]))).toBe(0n);
  });

  it('move nothing when they are repeated', async () => {
    const { pool, list } = await regionalPool('repeat', 'Group');
    const run = await runToEnd(pooling.tools, pool);
    const balances = await balancesOf(pooling, 'repeat', list);
    const before = await pooling.snapshot();
    const again = await startRun(
      pooling.tools,
      'repeat',
      pool.id,
      { businessDate: today, runNumber: 1, startedBy: 'HAND', cause },
      now,
    );
    await carryOutRun(pooling.tools, again, now);
    await carryOutRun(pooling.tools, { ...again, status: 'RUNNING' }, now);
    expect(again).toEqual(run);
    expect(await balancesOf(pooling, 'repeat', list)).toEqual(balances);
    expect(await pooling.snapshot()).toEqual(before);
  });

  it('pass on less where money they were to pass on did not arrive', async () => {
    const { ids, pool, list } = await regionalPool('upstream', 'Group');
    const request = { businessDate: today, runNumber: 1, startedBy: 'HAND' as const, cause };
    const run = await startRun(pooling.tools, 'upstream', pool.id, request, now);
    // Between plan and execution c1 pays 100.00 away: its leg would break into the reserve, so it fails.
    await move(pooling, 'upstream', { from: ids.c1 ?? '', to: await worldOf(pooling, 'upstream'), minor: 10_000n });
    await carryOutRun(pooling.tools, run, now);
    expect(await legsOf(pooling.tools, run, ids)).toEqual([
      'c1 → r1 18000 FAILED',
      'r1 → hq 0 SKIPPED',
      'r1 → c2 0 SKIPPED',
    ]);
    expect(await balancesOf(pooling, 'upstream', list)).toEqual([0n, 3_000n, 10_000n, 1_000n]);
    expect((await pooling.store.readRun('upstream', run.id))?.status).toBe('FAILED');
  });

  it('fund from what the header has of its own where money from below did not arrive', async () => {
    const ids = await accountsOf(pooling, 'own', { hq: 50_000n, c1: 8_000n, c2: 0n }, 'Group');
    const pool = await newPool(pooling, 'own', ids.hq ?? '');
    const members = [
      { accountId: ids.c1, up: [zeroBalance()] },
      { accountId: ids.c2, down: [target('130.00')] },
    ];
    await withMembers(pooling.tools, pool, { members });
    const request = { businessDate: today, runNumber: 1, startedBy: 'HAND' as const, cause };
    const run = await startRun(pooling.tools, 'own', pool.id, request, now);
    await move(pooling, 'own', { from: ids.c1 ?? '', to: await worldOf(pooling, 'own'), minor: 8_000n });
    await carryOutRun(pooling.tools, run, now);
    expect(await legsOf(pooling.tools, run, ids)).toEqual(['c1 → hq 8000 FAILED', 'hq → c2 13000 CONFIRMED']);
    expect(await balancesOf(pooling, 'own', Object.values(ids))).toEqual([37_000n, 0n, 13_000n]);
  });

  it('count against the limits of day and month, and give back what did not move', async () => {
    const ids = await accountsOf(pooling, 'limits', { hq: 0n, c1: 50_000n }, 'Group');
    const limits = [
      { period: 'DAY', amount: yuan('100.00') },
      { period: 'MONTH', amount: yuan('150.00') },
    ];
    const pool = await newPool(pooling, 'limits', ids.hq ?? '');
    const body = { members: [{ accountId: ids.c1, up: [up({ method: 'FIXED', amount: yuan('80.00') }, { limits })] }] };
    const set = await withMembers(pooling.tools, pool, body);
    const moved = async (runNumber: number) => (await runToEnd(pooling.tools, set, runNumber)).ended?.moved.up;
    expect(await moved(1)).toBe(8_000n);
    expect(await moved(2)).toBe(2_000n);
    expect(await moved(3)).toBe(0n);
    const next = new Date(now.getTime() + 86_400_000);
    const tomorrow = { businessDate: '2026-03-03', runNumber: 1, startedBy: 'HAND' as const, cause };
    const run = await startRun(pooling.tools, 'limits', pool.id, tomorrow, next);
    expect(run.planned.up).toBe(5_000n);
    await move(pooling, 'limits', {
      from: ids.c1 ?? '',
      to: await worldOf(pooling, 'limits'),
      minor: 39_000n,
      now: next,
    });
    await carryOutRun(pooling.tools, run, next);
    const { states } = await pooling.store.readStates(pool, Object.values(ids));
    expect(states.get(ids.c1 ?? '')).toMatchObject({
      position: 10_000n,
      used: [
        { limit: 'DAY', since: today, amount: 10_000n },
        { limit: 'DAY', since: '2026-03-03', amount: 0n },
        { limit: 'MONTH', since: '2026-03-01', amount: 10_000n },
      ],
    });
  });

  it('cut a leg to the ceiling of its loan and say so', async () => {
    const ids = await accountsOf(pooling, 'ceiling', { hq: 0n, c1: 50_000n });
    const pool = await newPool(pooling, 'ceiling', ids.hq ?? '');
    const loans = [{ lender: 'c1', borrower: 'hq', contract: 'WD-1', ceiling: yuan('300.00') }];
    const set = await withMembers(pooling.tools, pool, {
      members: [{ accountId: ids.c1, up: [zeroBalance()] }],
      loans,
    });
    const run = await runToEnd(pooling.tools, set);
    expect(run.ended?.moved.up).toBe(30_000n);
    expect((await pooling.store.readLegs(run, 0))[0]?.cut).toBe('LOAN_CEILING');
    const again = await runToEnd(pooling.tools, set, 2);
    expect(await pooling.store.readIdle(again)).toContainEqual({
      accountId: ids.c1,
      up: 'LOAN_CEILING',
      down: 'NO_AGREEMENT',
    });
  });

  it('are refused where they are dated before the last one, or while that is being carried out', async () => {
    const { pool } = await regionalPool('order', 'Group');
    await runToEnd(pooling.tools, pool, 2);
    const start = (businessDate: string, runNumber: number) =>
      startRun(pooling.tools, 'order', pool.id, { businessDate, runNumber, startedBy: 'HAND', cause }, now);
    await expect(start('2026-03-01', 9)).rejects.toMatchObject({ code: 'pooling/run-out-of-order' });
    const first = await start(today, 1);
    await expect(start(today, 3)).rejects.toMatchObject({ code: 'pooling/run-under-way', fields: { runId: first.id } });
    await carryOutRun(pooling.tools, first, now);
    expect((await start(today, 3)).runNumber).toBe(3);
  });
});
