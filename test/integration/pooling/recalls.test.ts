import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engines } from '../../support/engines.ts';
import { spend } from './moves.ts';
import { accountsOf, legsOf, newPool, runToEnd, target, up, withMembers, yuan, zeroBalance } from './pools.ts';
import { fund, poolingOnEngine, type TestPooling } from './support.ts';

describe.each(engines())('money that a parent lent, on $kind', (engine) => {
  let pooling: TestPooling;
  beforeAll(async () => {
    pooling = await poolingOnEngine(engine);
  });
  afterAll(() => pooling?.close());

  it('is recalled (回收) in the run that is agreed on for it, and nothing besides', async () => {
    const ids = await accountsOf(pooling, 'recall', { hq: 100_000n, c1: 0n });
    const recall = up({ method: 'RECALL' });
    const members = [{ accountId: ids.c1, up: [recall], down: [target('300.00', { triggerAmount: yuan('0.00') })] }];
    const pool = await withMembers(pooling.tools, await newPool(pooling, 'recall', ids.hq ?? ''), { members });
    expect(await legsOf(pooling.tools, await runToEnd(pooling.tools, pool, 1), ids)).toEqual([
      'hq → c1 30000 CONFIRMED',
    ]);
    await fund(pooling, 'recall', ids.c1 ?? '', 5_000n);
    expect(await legsOf(pooling.tools, await runToEnd(pooling.tools, pool, 2), ids)).toEqual([
      'c1 → hq 30000 CONFIRMED',
    ]);
    // What is left is the member's own.
    expect((await runToEnd(pooling.tools, pool, 3)).legs).toBe(0);
  });

  it('is not lent on under a contract that has expired, but comes back', async () => {
    const ids = await accountsOf(pooling, 'expired', { hq: 0n, c1: 20_000n, c2: 0n });
    const lent = { lender: 'c1', borrower: 'hq', contract: 'WD-2026' };
    const members = [
      { accountId: ids.c1, up: [zeroBalance()], down: [target('50.00')] },
      { accountId: ids.c2, up: [zeroBalance()] },
    ];
    const fresh = await newPool(pooling, 'expired', ids.hq ?? '');
    const open = await withMembers(pooling.tools, fresh, { members, loans: [{ ...lent, expiresOn: '2026-03-02' }] });
    expect(await legsOf(pooling.tools, await runToEnd(pooling.tools, open, 1), ids)).toEqual([
      'c1 → hq 15000 CONFIRMED',
    ]);
    await fund(pooling, 'expired', ids.c1 ?? '', 7_000n);
    const over = await withMembers(pooling.tools, open, { members, loans: [{ ...lent, expiresOn: '2026-03-01' }] });
    const run = await runToEnd(pooling.tools, over, 2);
    expect(run.legs).toBe(0);
    const idle = (await pooling.store.readIdle(run)).find(({ accountId }) => accountId === ids.c1);
    expect(idle?.up).toBe('LOAN_CEILING');
    await spend(pooling, 'expired', ids.c1 ?? '', 10_000n);
    expect(await legsOf(pooling.tools, await runToEnd(pooling.tools, over, 3), ids)).toEqual([
      'hq → c1 3000 CONFIRMED',
    ]);
  });
});
