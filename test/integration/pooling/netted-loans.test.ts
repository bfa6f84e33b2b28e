import { beforeEach, describe, expect, it } from 'vitest';
import { carryOn } from '../../../functions/pooling/carry-on.ts';
import { toEvents } from '../../../functions/pooling/events.ts';
import { readTreeMembers } from '../../../functions/pooling/ledgers/unplaced-ledgers.ts';
import type { DueLoan } from '../../../functions/pooling/loans/due-loan.ts';
import { dueLoanToPlain } from '../../../functions/pooling/loans/due-loan-items.ts';
import { listLoans } from '../../../functions/pooling/loans/list-loans.ts';
import { noteDueLoans } from '../../../functions/pooling/loans/note-due-loans.ts';
import { readLoanBalances } from '../../../functions/pooling/loans/read-loan-balances.ts';
import { takeNetted } from '../../../functions/pooling/loans/take-netted.ts';
import type { Pool } from '../../../functions/pooling/pool.ts';
import type { PoolingTools } from '../../../functions/pooling/tools.ts';
import { settledEvent, tuesday } from '../../functions/netting/telling/told-by-netting.ts';
import { engines } from '../../support/engines.ts';
import { accountsOf, newPool, runToEnd, target, withMembers, zeroBalance } from './pools.ts';
import { fund, type TestPooling, usePooling } from './support.ts';

describe.each(engines())('loans of a pool that a netting cycle pays back, on $kind', (engine) => {
  const pooling: TestPooling = usePooling(engine);
  const tomorrow = new Date('2026-03-03T01:00:00.000Z');
  /** The cycle has value on 2 April. */
  const later = new Date('2026-04-02T03:00:00.000Z');
  let tenant = 'netted';
  let count = 0;
  beforeEach(() => {
    count += 1;
    tenant = `netted-${count}`;
  });

  const take = (rows: readonly (readonly [string, bigint])[], tools: PoolingTools = pooling.tools, cycleId = tuesday) =>
    takeNetted(tools, settledEvent('POOL_LOANS', rows, { tenant, cycleId }), later);

  /** c1 lends 200.00 to hq by a sweep, under a contract that has come to its end. */
  async function lent(lender = 'c1', borrower = 'hq') {
    const contracts = [{ lender, borrower, contract: 'WD-2026', expiresOn: '2026-03-03' }];
    const isUp = lender === 'c1';
    const ids = await accountsOf(pooling, tenant, isUp ? { hq: 0n, c1: 20_000n } : { hq: 20_000n, c1: 0n });
    const pool = await newPool(pooling, tenant, ids.hq ?? '');
    const agreed = isUp ? { up: [zeroBalance()] } : { down: [target('200.00')] };
    const made = await withMembers(pooling.tools, pool, {
      members: [{ accountId: ids.c1, ...agreed }],
      loans: contracts,
    });
    await runToEnd(pooling.tools, made);
    await noteDueLoans(pooling.tools, { tenant, poolId: pool.id }, tomorrow);
    return { ids, pool: made, loan: await dueOf(pool) };
  }
  async function dueOf(pool: Pool): Promise<DueLoan> {
    const [loan] = await pooling.store.readDueLoans(tenant, pool.id);
    if (!loan) throw new Error('A loan was to be due.');
    return loan;
  }
  async function loansOf(pool: Pool) {
    const configuration = await readTreeMembers(pooling.tools, pool);
    const { balances, net } = await readLoanBalances(pooling.tools, pool, configuration);
    expect(net ?? 0n).toBe(0n);
    return listLoans(pool, configuration, balances, '2026-04-02')
      .filter(({ outstanding }) => outstanding > 0n)
      .map(({ lender, borrower, outstanding }) => `${lender} → ${borrower} ${outstanding}`);
  }

  it('are outstanding no more, and tell so; no money of the accounts moves', async () => {
    const { ids, pool, loan } = await lent();
    const cash = async () =>
      [...(await pooling.tools.ledger.readAccounts(tenant, Object.values(ids))).values()].map(({ posted }) => posted);
    const before = await cash();
    await take([[loan.id, 20_000n]]);
    expect(await loansOf(pool)).toEqual([]);
    expect(await cash()).toEqual(before);
    const after = await dueOf(pool);
    expect(after).toMatchObject({ outstanding: 0n, revision: 2 });
    const [event] = toEvents({ kind: 'MODIFY', item: dueLoanToPlain(after), sequenceNumber: '1' });
    expect(event).toMatchObject({ type: 'pooling.loan-due.v1', data: { outstanding: { amount: '0.00' }, version: 2 } });
  });

  it('are paid back whichever of the two has lent', async () => {
    const { pool, loan } = await lent('hq', 'c1');
    expect(await loansOf(pool)).toEqual(['hq → c1 20000']);
    await take([[loan.id, 5_000n]]);
    expect(await loansOf(pool)).toEqual(['hq → c1 15000']);
    expect(await dueOf(pool)).toMatchObject({ outstanding: 15_000n });
  });

  it('count once, told twice and at the same time; a later cycle pays another part', async () => {
    const { pool, loan } = await lent();
    await Promise.allSettled([take([[loan.id, 5_000n]]), take([[loan.id, 5_000n]])]);
    await take([[loan.id, 5_000n]]);
    expect(await loansOf(pool)).toEqual(['c1 → hq 15000']);
    await take([[loan.id, 15_000n]], pooling.tools, 'cyc_group_2026-04-01');
    expect(await loansOf(pool)).toEqual([]);
  });

  it('are loans the other way where they were paid back otherwise since the cut-off', async () => {
    const { ids, pool, loan } = await lent();
    const back = await withMembers(pooling.tools, pool, {
      members: [{ accountId: ids.c1, down: [target('200.00')] }],
      loans: [{ lender: 'c1', borrower: 'hq', contract: 'WD-2026', expiresOn: '2026-03-03' }],
    });
    await fund(pooling, tenant, ids.hq ?? '', 1n);
    await runToEnd(pooling.tools, back, 2);
    expect(await loansOf(back)).toEqual([]);
    await take([[loan.id, 20_000n]]);
    expect(await loansOf(back)).toEqual(['hq → c1 20000']);
  });

  it('wait where the ledger could not book them, and are booked by the job once', async () => {
    const { pool, loan } = await lent();
    const refusing: PoolingTools = {
      ...pooling.tools,
      ledger: {
        ...pooling.tools.ledger,
        postTransfers: (of, orders, at) =>
          pooling.tools.ledger.postTransfers(
            of,
            orders.map((order) => {
              const accountId = order.legs[0]?.debitAccountId ?? '';
              return { ...order, guards: [{ accountId, freeMin: 1_000_000n }] };
            }),
            at,
          ),
      },
    };
    await expect(take([[loan.id, 20_000n]], refusing)).rejects.toMatchObject({ errors: { length: 1 } });
    expect(await loansOf(pool)).toEqual(['c1 → hq 20000']);
    const waiting = await pooling.store.readNettedLoan(tenant, loan.id, tuesday);
    expect(waiting).toMatchObject({ amount: 20_000n, attempt: 2, reason: expect.any(String) });
    expect(waiting).not.toHaveProperty('bookedAt');
    const open = (await pooling.store.readOpen(new Date(later.getTime() + 60_000).toISOString(), 20)).filter(
      (work) => work.tenant === tenant,
    );
    expect(open.map(({ kind }) => kind)).toEqual(['NETTED_LOAN']);
    for (const work of [...open, ...open]) await carryOn(pooling.tools, work, later);
    expect(await loansOf(pool)).toEqual([]);
    const left = await pooling.store.readOpen(new Date(later.getTime() + 60_000).toISOString(), 20);
    expect(left.filter((work) => work.tenant === tenant)).toEqual([]);
  });

  it('go on from any write where a process was killed', async () => {
    const { pool, loan } = await lent();
    for (const name of ['putNettedLoan', 'putDueLoans'] as const) {
      const dying: PoolingTools = {
        ...pooling.tools,
        store: {
          ...pooling.store,
          [name]: async () => {
            throw new Error('Killed.');
          },
        },
      };
      await expect(take([[loan.id, 20_000n]], dying)).rejects.toThrow();
    }
    await take([[loan.id, 20_000n]]);
    expect(await loansOf(pool)).toEqual([]);
    expect(await dueOf(pool)).toMatchObject({ outstanding: 0n });
  });

  it('of which there are none are told again, and others are paid back', async () => {
    const { pool, loan } = await lent();
    const told = take([
      ['dln_none', 1n],
      [loan.id, 20_000n],
    ]);
    await expect(told).rejects.toMatchObject({ errors: { length: 1 } });
    expect(await loansOf(pool)).toEqual([]);
  });
});
