import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engines } from '../../support/engines.ts';
import { agree, balances, on, settle, start } from './interest-runs.ts';
import { poolingOnEngine, type TestPooling } from './support.ts';

const zero = { amount: '0.00', currency: 'CNY' };
const terms = [{ effectiveFrom: '2026-01-01', baseAmount: zero, demandRate: '0.35', agreedRate: '1.15' }];
const settlementDay = { frequency: 'MONTHLY', day: 31, from: '2026-01-01' };

describe.each(engines())('the first period that is run by hand on $kind', (engine) => {
  let pooling: TestPooling;
  beforeAll(async () => {
    pooling = await poolingOnEngine(engine);
  });
  afterAll(() => pooling?.close());

  async function deposit(tenant: string, more: object) {
    const { id = '', bank = '' } = await balances(pooling, tenant, { id: 100n, bank: 0n }, { at: on('2026-01-01') });
    const asked = (body: object) => agree(pooling.tools, tenant, id, body, on('2026-01-01'));
    const agreed = { payerAccountId: bank, terms };
    await asked({ ...agreed, ...more });
    const owner = { tenant, id };
    const run = (from: string, to: string) => start(pooling.tools, owner, { from, to }, on('2026-03-02'));
    return { owner, run, agreed, asked };
  }

  const refused = (from: string) => ({
    code: 'pooling/interest-period-not-next',
    fields: {
      detail: `By the settlement day the first period begins on 2026-01-01, not on ${from}.`,
      expectedFrom: '2026-01-01',
      errors: [{ pointer: '/from' }],
    },
  });

  it('begins where the settlement day says: what lies before a later one could never be computed', async () => {
    const { owner, run } = await deposit('hole', { settlementDay });
    await expect(run('2026-02-01', '2026-03-01')).rejects.toMatchObject(refused('2026-02-01'));
    await expect(run('2025-12-01', '2026-01-01')).rejects.toMatchObject(refused('2025-12-01'));
    expect(await pooling.store.listInterestRuns(owner.tenant, owner.id, undefined, 10)).toMatchObject({ runs: [] });
    // It need not end with the settlement day.
    expect(await run('2026-01-01', '2026-01-16')).toMatchObject({ status: 'COMPUTING' });
  });

  it('begins anywhere without a settlement day, and one that comes later goes on where it ended', async () => {
    const { owner, run, agreed, asked } = await deposit('anywhere', {});
    await settle(pooling.tools, owner, { from: '2026-01-11', to: '2026-02-01' });
    await asked({ ...agreed, settlementDay });
    await expect(run('2026-01-01', '2026-02-01')).rejects.toMatchObject({ fields: { expectedFrom: '2026-02-01' } });
    expect(await run('2026-02-01', '2026-03-01')).toMatchObject({ status: 'COMPUTING' });
  });
});
