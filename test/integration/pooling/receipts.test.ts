import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Payment } from '../../../functions/pooling/payments/payment.ts';
import type { Pool } from '../../../functions/pooling/pool.ts';
import type { SweepReceipt } from '../../../functions/pooling/receipts/derive-receipts.ts';
import { readRunReceipts, receiptsOfPayment } from '../../../functions/pooling/receipts/read-receipts.ts';
import { carryOutRun } from '../../../functions/pooling/runs/carry-out-run.ts';
import type { Run } from '../../../functions/pooling/runs/run.ts';
import { startRun } from '../../../functions/pooling/runs/start-run.ts';
import type { Problem } from '../../../shared/problems/problem.ts';
import { engines } from '../../support/engines.ts';
import { receiveAndSweep, runsOf } from './moves.ts';
import { funding, payingPool } from './paying.ts';
import { accountsOf, newPool, runToEnd, target, today, withMembers, zeroBalance } from './pools.ts';
import { cause, move, now, openAccount, poolingOnEngine, type TestPooling, worldOf } from './support.ts';

const forHeader = { receipts: { payer: 'SINGLE', payee: 'AGGREGATED' } };
const forNobody = { receipts: { payer: 'NONE', payee: 'NONE' } };

describe.each(engines())('receipts of a pool on $kind', (engine) => {
  let pooling: TestPooling;
  beforeAll(async () => {
    pooling = await poolingOnEngine(engine);
  });
  afterAll(() => pooling?.close());

  /** 'AGGREGATED hq PAYEE UP 150', by the names of the accounts. */
  function linesOf(receipts: readonly SweepReceipt[], ids: Readonly<Record<string, string>>): string[] {
    const name = new Map(Object.entries(ids).map(([key, id]) => [id, key]));
    return receipts.map(
      ({ kind, accountId, side, direction, amount }) => `${kind} ${name.get(accountId)} ${side} ${direction} ${amount}`,
    );
  }
  const receiptsOf = (run: Run, filter = {}) => readRunReceipts(pooling.tools, run, filter);
  const started = (pool: Pool) =>
    startRun(pooling.tools, pool.tenant, pool.id, { businessDate: today, runNumber: 1, startedBy: 'HAND', cause }, now);
  const problemOf = (asked: Promise<unknown>): Promise<Problem> =>
    asked.then(
      () => undefined as never,
      (error) => error,
    );

  /** c1, c2 and c3 sweep up to HQ, which funds c4; only c1 and c2 agreed on one receipt for HQ. */
  async function sweptPool(tenant: string) {
    const ids = await accountsOf(pooling, tenant, { hq: 0n, c1: 10_000n, c2: 2_000n, c3: 700n, c4: 0n }, 'Group');
    const members = (agreed: object) => [
      { accountId: ids.c1, up: [zeroBalance(agreed)] },
      { accountId: ids.c2, up: [zeroBalance(agreed)] },
      { accountId: ids.c3, up: [zeroBalance()] },
      { accountId: ids.c4, down: [target('5.00', { receipts: { payer: 'NONE' } })] },
    ];
    const pool = await newPool(pooling, tenant, ids.hq ?? '');
    return { ids, members, pool: await withMembers(pooling.tools, pool, { members: members(forHeader) }) };
  }

  it('are as agreed on each edge, and name the transfers that the ledger booked', async () => {
    const { ids, pool } = await sweptPool('agreed');
    const run = await runToEnd(pooling.tools, pool);
    const receipts = await receiptsOf(run);
    expect(linesOf(receipts, ids).sort()).toEqual([
      'AGGREGATED hq PAYEE UP 12000',
      'SINGLE c1 PAYER UP 10000',
      'SINGLE c2 PAYER UP 2000',
      'SINGLE c3 PAYER UP 700',
      'SINGLE c4 PAYEE DOWN 500',
      'SINGLE hq PAYEE UP 700',
    ]);
    expect(receipts[0]?.movements.map(({ payer }) => payer).sort()).toEqual([ids.c1, ids.c2].sort());
    const { entries } = await pooling.tools.ledger.readAccountStatement('agreed', ids.hq ?? '', {
      from: today,
      to: today,
      limit: 10,
    });
    const credits = entries.flatMap(({ transferId, counterpartyAccountId, amount }) =>
      amount > 0n ? [`${transferId} ${counterpartyAccountId} ${amount}`] : [],
    );
    const told = receipts
      .filter(({ accountId }) => accountId === ids.hq)
      .flatMap(({ movements }) => movements.map((one) => `${one.transferId} ${one.payer} ${one.amount}`));
    expect(told.sort()).toEqual(credits.sort());
    expect(new Set(receipts.map(({ bookedAt }) => bookedAt))).toEqual(new Set([now.toISOString()]));
    expect(linesOf(await receiptsOf(run, { accountId: ids.hq }), ids)).toEqual([
      'AGGREGATED hq PAYEE UP 12000',
      'SINGLE hq PAYEE UP 700',
    ]);
    expect(linesOf(await receiptsOf(run, { accountId: ids.hq, side: 'PAYER' }), ids)).toEqual([]);
    expect(linesOf(await receiptsOf(run, { side: 'PAYER' }), ids)).toHaveLength(3);
  });

  it('of a run stay as they are, whatever is agreed later, and the next run has the new terms', async () => {
    const { ids, pool, members } = await sweptPool('later');
    const begun = await started(pool);
    // Changed while the run is under way: its plan is fixed, and so are its receipts.
    await withMembers(pooling.tools, pool, { members: members(forNobody) });
    await carryOutRun(pooling.tools, begun, now);
    const run = (await pooling.store.readRun('later', begun.id)) ?? begun;
    const before = await receiptsOf(run);
    expect(linesOf(before, ids)[0]).toBe('AGGREGATED hq PAYEE UP 12000');
    const without = { members: members(forNobody).slice(2) };
    const current = await pooling.store.readPool('later', pool.id);
    await withMembers(pooling.tools, current ?? pool, without);
    expect(await receiptsOf(run)).toEqual(before);
    // c1 is no member any longer; its receipts are still its own.
    expect(linesOf(await receiptsOf(run, { accountId: ids.c1 }), ids)).toEqual(['SINGLE c1 PAYER UP 10000']);
    await move(pooling, 'later', { from: await worldOf(pooling, 'later'), to: ids.c3 ?? '', minor: 90n });
    const next = await runToEnd(pooling.tools, pool, 2);
    expect(linesOf(await receiptsOf(next), ids)).toEqual(['SINGLE c3 PAYER UP 90', 'SINGLE hq PAYEE UP 90']);
  });

  it('are of what moved: a leg that failed is on none, and one that was cut stands with what was left of it', async () => {
    const ids = await accountsOf(pooling, 'moved', { hq: 0n, r1: 500n, c1: 8_000n, c2: 40n }, 'Group');
    const pool = await newPool(pooling, 'moved', ids.hq ?? '');
    const members = [
      { accountId: ids.r1, up: [zeroBalance(forHeader)] },
      { accountId: ids.c1, parentAccountId: ids.r1, up: [zeroBalance(forHeader)] },
      { accountId: ids.c2, parentAccountId: ids.r1, up: [zeroBalance(forHeader)] },
    ];
    const run = await started(await withMembers(pooling.tools, pool, { members }));
    expect(run.planned.up).toBe(8_000n + 40n + 8_540n);
    await move(pooling, 'moved', { from: ids.c1 ?? '', to: await worldOf(pooling, 'moved'), minor: 1n });
    await carryOutRun(pooling.tools, run, now);
    const ended = (await pooling.store.readRun('moved', run.id)) ?? run;
    expect(ended.status).toBe('PARTIAL');
    expect(linesOf(await receiptsOf(ended), ids).sort()).toEqual([
      'AGGREGATED hq PAYEE UP 540',
      'AGGREGATED r1 PAYEE UP 40',
      'SINGLE c2 PAYER UP 40',
      'SINGLE r1 PAYER UP 540',
    ]);
  });

  it('are those of the default where money passes an edge on which nothing is agreed', async () => {
    const ids = await accountsOf(pooling, 'passing', { hq: 9_000n, r1: 0n, c1: 0n }, 'Group');
    const pool = await newPool(pooling, 'passing', ids.hq ?? '');
    const members = (r1: object) => [
      { accountId: ids.r1, ...r1 },
      { accountId: ids.c1, parentAccountId: ids.r1, down: [target('30.00', forNobody)] },
    ];
    const run = await runToEnd(pooling.tools, await withMembers(pooling.tools, pool, { members: members({}) }));
    expect(linesOf(await receiptsOf(run), ids)).toEqual(['SINGLE hq PAYER DOWN 3000', 'SINGLE r1 PAYEE DOWN 3000']);
    // The agreement of the edge is not due in this run; money passes all the same, and gives the receipts that it names.
    await move(pooling, 'passing', { from: ids.c1 ?? '', to: await worldOf(pooling, 'passing'), minor: 3_000n });
    const schedule = { frequency: 'MONTHLY', on: { days: [28] }, times: ['18:30'] };
    const agreed = { down: [target('1.00', { schedule, receipts: { payer: 'NONE' } })] };
    const current = (await pooling.store.readPool('passing', pool.id)) ?? pool;
    await withMembers(pooling.tools, current, { members: members(agreed) });
    const next = await runToEnd(pooling.tools, current, 2);
    expect(linesOf(await receiptsOf(next), ids)).toEqual(['SINGLE r1 PAYEE DOWN 3000']);
  });

  it('of a sweep in real time are those of its agreement', async () => {
    const ids = await accountsOf(pooling, 'atOnce', { hq: 0n, c1: 0n }, 'Group');
    const pool = await newPool(pooling, 'atOnce', ids.hq ?? '');
    const up = [zeroBalance({ trigger: 'REAL_TIME', receipts: { payer: 'NONE' } }), zeroBalance(forNobody)];
    await withMembers(pooling.tools, pool, { members: [{ accountId: ids.c1, up }] });
    await receiveAndSweep(pooling, 'atOnce', ids.c1 ?? '', 1_234n);
    const [run] = await runsOf(pooling.tools, pool);
    expect(run?.trigger).toBe('REAL_TIME');
    expect(run && linesOf(await receiptsOf(run), ids)).toEqual(['SINGLE hq PAYEE UP 1234']);
  });

  it('are there when the run has ended, not before', async () => {
    const { pool } = await sweptPool('early');
    const run = await started(pool);
    expect(await problemOf(receiptsOf(run))).toMatchObject({
      code: 'pooling/receipts-not-ready',
      status: 409,
      fields: { runId: run.id },
    });
    await carryOutRun(pooling.tools, run, now);
    expect(await receiptsOf((await pooling.store.readRun('early', run.id)) ?? run)).toHaveLength(6);
  });

  it('of an account that is none of the pool are refused; of one that had nothing moved there are none', async () => {
    const { ids, pool, members } = await sweptPool('filter');
    const run = await runToEnd(pooling.tools, pool);
    const other = await openAccount(pooling, 'filter', { name: 'other' });
    expect(await problemOf(receiptsOf(run, { accountId: other }))).toMatchObject({
      code: 'pooling/not-a-member',
      status: 404,
      fields: { accountId: other, errors: [{ parameter: 'accountId' }] },
    });
    const current = (await pooling.store.readPool('filter', pool.id)) ?? pool;
    const more = { members: [...members(forHeader), { accountId: other, up: [zeroBalance()] }] };
    await withMembers(pooling.tools, current, more);
    expect(await receiptsOf(run, { accountId: other })).toEqual([]);
    expect(await receiptsOf(run, { accountId: ids.c3 })).toHaveLength(1);
  });

  it('of a payment are of what came down to it, as the agreements in real time of its way have it', async () => {
    const agreed = (receipts: object) => ({ down: [funding({ levels: 2, receipts }), target('0.00', forNobody)] });
    const one = await payingPool(
      pooling,
      'paid',
      { hq: 10_000n, r1: 3_000n, c1: 1_000n },
      {
        members: { r1: agreed({ payer: 'AGGREGATED' }), c1: agreed({ payer: 'NONE' }) },
        parents: { c1: 'r1' },
        holder: 'Group',
      },
    );
    const paid = await one.pay('c1', 6_000n);
    const receipts = receiptsOfPayment(paid);
    expect(linesOf(receipts, one.ids)).toEqual([
      'AGGREGATED hq PAYER DOWN 2000',
      'SINGLE r1 PAYEE DOWN 2000',
      'SINGLE c1 PAYEE DOWN 5000',
    ]);
    expect(new Set(receipts.map(({ movements }) => movements[0]?.transferId))).toEqual(new Set([paid.transferId]));
    expect(receipts.every(({ bookedAt }) => bookedAt === now.toISOString())).toBe(true);
    const stored = await pooling.store.readPayment('paid', paid.id);
    await withMembers(pooling.tools, (await pooling.store.readPool('paid', one.pool.id)) ?? one.pool, { members: [] });
    expect(receiptsOfPayment(stored as Payment)).toEqual(receipts);
  });

  it('of a payment that is refused are none, and of one under way none yet', async () => {
    const one = await payingPool(
      pooling,
      'refused',
      { hq: 100n, c1: 10n },
      { members: { c1: { down: [funding()] } }, holder: 'Group' },
    );
    const refused = await one.pay('c1', 5_000n);
    expect(refused.status).toBe('REFUSED');
    expect(receiptsOfPayment(refused)).toEqual([]);
    expect(() => receiptsOfPayment({ ...refused, status: 'PLANNED' })).toThrow(
      expect.objectContaining({
        code: 'pooling/receipts-not-ready',
        fields: expect.objectContaining({ paymentId: refused.id }),
      }),
    );
  });
});
