import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toEvents } from '../../../functions/pooling/events.ts';
import { dueLoanToPlain } from '../../../functions/pooling/loans/due-loan-items.ts';
import { noteDueLoans } from '../../../functions/pooling/loans/note-due-loans.ts';
import { service } from '../../../functions/pooling/service.ts';
import { engines } from '../../support/engines.ts';
import { accountsOf, newPool, runToEnd, target, withMembers, zeroBalance } from './pools.ts';
import { fund, now, poolingOnEngine, type TestPooling } from './support.ts';

describe.each(engines())('loans of a pool that fall due on $kind', (engine) => {
  let pooling: TestPooling;
  beforeAll(async () => {
    pooling = await poolingOnEngine(engine);
  });
  afterAll(() => pooling?.close());

  const contracts = [{ lender: 'c1', borrower: 'hq', contract: 'WD-2026', expiresOn: '2026-03-03' }];
  const tomorrow = new Date('2026-03-03T01:00:00.000Z');

  /** c1 lends 200.00 to hq by a sweep, under a contract that ends tomorrow. */
  async function lentPool(tenant: string) {
    const ids = await accountsOf(pooling, tenant, { hq: 0n, c1: 20_000n });
    const pool = await newPool(pooling, tenant, ids.hq ?? '');
    const members = [{ accountId: ids.c1, up: [zeroBalance()] }];
    const lent = await withMembers(pooling.tools, pool, { members, loans: contracts });
    await runToEnd(pooling.tools, lent);
    return { ids, pool: lent };
  }
  const note = (tenant: string, poolId: string, at: Date) => noteDueLoans(pooling.tools, { tenant, poolId }, at);
  const dueOf = async (tenant: string, poolId: string) =>
    (await pooling.tools.store.readDueLoans(tenant, poolId)).map(({ contract, outstanding, revision }) => {
      return `${contract} ${outstanding} v${revision}`;
    });

  it('are told on the last day of their contract, once, and again when they are paid back', async () => {
    const tenant = 'due';
    const { ids, pool } = await lentPool(tenant);
    await note(tenant, pool.id, now);
    expect(await dueOf(tenant, pool.id)).toEqual([]);
    await note(tenant, pool.id, tomorrow);
    await note(tenant, pool.id, tomorrow);
    expect(await dueOf(tenant, pool.id)).toEqual(['WD-2026 20000 v1']);
    const [loan] = await pooling.tools.store.readDueLoans(tenant, pool.id);
    if (!loan) throw new Error('A loan was to be due.');
    const [event] = toEvents({ kind: 'INSERT', item: dueLoanToPlain(loan), sequenceNumber: '1' });
    expect(event).toMatchObject({
      ...{ type: 'pooling.loan-due.v1', tenant, subject: loan.id },
      data: { lender: 'c1', borrower: 'hq', dueOn: '2026-03-03', outstanding: { amount: '200.00' }, version: 1 },
    });
    expect((service.publishes ?? []).map(({ type }) => type)).toContain(event?.type);

    const back = [{ accountId: ids.c1, down: [target('50.00')] }];
    const changed = await withMembers(pooling.tools, pool, { members: back, loans: contracts });
    await fund(pooling, tenant, ids.hq ?? '', 1n);
    await runToEnd(pooling.tools, changed, 2);
    await note(tenant, pool.id, tomorrow);
    expect(await dueOf(tenant, pool.id)).toEqual(['WD-2026 15000 v2']);
  });

  it('are due no more when the contract is put on', async () => {
    const tenant = 'longer';
    const { ids, pool } = await lentPool(tenant);
    await note(tenant, pool.id, tomorrow);
    const longer = [{ ...contracts[0], expiresOn: '2026-12-31' }];
    const changed = await withMembers(
      pooling.tools,
      pool,
      { members: [{ accountId: ids.c1, up: [zeroBalance()] }], loans: longer },
      tomorrow,
    );
    await note(tenant, changed.id, tomorrow);
    expect(await dueOf(tenant, pool.id)).toEqual(['WD-2026 0 v2']);
  });

  it('are noted once where two look at the same time', async () => {
    const tenant = 'both';
    const { pool } = await lentPool(tenant);
    await Promise.all([note(tenant, pool.id, tomorrow), note(tenant, pool.id, tomorrow)]);
    expect(await dueOf(tenant, pool.id)).toEqual(['WD-2026 20000 v1']);
    await note(tenant, 'pool_nobody', tomorrow);
  });
});
