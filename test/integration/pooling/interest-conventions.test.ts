import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engines } from '../../support/engines.ts';
import { april, balances, linesOf, may, on, rate, setTerms, settle, start, tellLines } from './interest-runs.ts';
import { newPool, withMembers } from './pools.ts';
import { move, poolingOnEngine, type TestPooling, worldOf } from './support.ts';

const twoWays = {
  dayCount: 'ACT_365F',
  debitDayCount: 'ACT_360',
  credit: rate('1.00'),
  debit: rate('4.35'),
  allocation: { method: 'CENTRAL' },
};

describe.each(engines())('interest with a convention for each side on $kind', (engine) => {
  let pooling: TestPooling;
  beforeAll(async () => {
    pooling = await poolingOnEngine(engine);
  });
  afterAll(() => pooling?.close());

  /** a holds 365,000.00, b owes 360,000.00. */
  async function pair(tenant: string) {
    const ids = await balances(pooling, tenant, { header: 0n, a: 36_500_000n, b: -36_000_000n });
    const { header = '', ...members } = ids;
    const created = await newPool(pooling, tenant, header, 'NOTIONAL');
    const accounts = Object.values(members).map((accountId) => ({ accountId }));
    return { ids, pool: await withMembers(pooling.tools, created, { members: accounts }) };
  }

  const yearsOf = async (run: Parameters<typeof linesOf>[1]) =>
    (await linesOf(pooling.tools, run)).map(({ side, basis, adjusts }) => [
      side,
      (basis ?? adjusts?.basis)?.segments[0]?.yearDays,
    ]);

  it('is booked by it, and an earlier period is corrected by the convention that was agreed then', async () => {
    const { tools } = pooling;
    const tenant = 'two-ways';
    const { ids, pool } = await pair(tenant);
    const set = await setTerms(tools, pool, twoWays);
    expect(await setTerms(tools, pool, twoWays)).toEqual(set);
    const first = await settle(tools, pool, april);
    // 365,000.00 × 30 × 1 % / 365; 360,000.00 × 30 × 4.35 % / 360; the net of 5,000.00: 4.1095…
    expect(await tellLines(tools, first, ids)).toEqual(['DEBIT b -130500 POSTED', 'CREDIT a 30000 POSTED']);
    expect(first.notional).toMatchObject({ pooledNet: 411n, standaloneNet: -100_500n, advantage: 100_911n });
    expect(await yearsOf(first)).toEqual([
      ['DEBIT', 360],
      ['CREDIT', 365],
    ]);

    // From May on the debit side counts as the credit side: both by 365 days.
    const { debitDayCount: _, ...oneWay } = twoWays;
    expect(await setTerms(tools, pool, oneWay, on('2026-05-02'))).toMatchObject({ version: 2 });
    const world = await worldOf(pooling, tenant);
    const late = { now: on('2026-05-20'), valueDate: '2026-04-11' };
    await move(pooling, tenant, { from: world, to: ids.a ?? '', minor: 36_500_000n, ...late });
    await move(pooling, tenant, { from: ids.b ?? '', to: world, minor: 36_000_000n, ...late });
    const second = await settle(tools, pool, may);
    const told = await tellLines(tools, second, ids);
    // Twenty days of April: 365,000.00 × 20 × 1 % / 365 and 360,000.00 × 20 × 4.35 % / 360.
    expect(told.filter((line) => line.includes('for'))).toEqual([
      'DEBIT b -87000 POSTED for 2026-04-01',
      'CREDIT a 20000 POSTED for 2026-04-01',
    ]);
    // May of a: 730,300.00 × 31 × 1 % / 365 = 620.2547…; of b: 721,305.00 × 31 × 4.35 % / 365 = 2,664.8762…
    expect(told.filter((line) => !line.includes('for'))).toEqual(['DEBIT b -266488 POSTED', 'CREDIT a 62025 POSTED']);
    expect(await yearsOf(second)).toEqual([
      ['DEBIT', 360],
      ['DEBIT', 365],
      ['CREDIT', 365],
      ['CREDIT', 365],
    ]);
  });

  it('asks for a rate on each day where the side is segmented, and on the last day where it is not', async () => {
    const { tools } = pooling;
    const { pool } = await pair('missing');
    const late = { ...twoWays, debit: rate('4.35', '2026-04-16') };
    await setTerms(tools, pool, late);
    const asked = () => start(tools, pool, april, on('2026-05-02'));
    await expect(asked()).rejects.toMatchObject({
      code: 'pooling/interest-rate-missing',
      fields: { date: '2026-04-01', detail: 'The rates for debit interest begin after 2026-04-01.' },
    });
    await setTerms(tools, pool, { ...late, segmented: false, debitSegmented: true });
    await expect(asked()).rejects.toMatchObject({ code: 'pooling/interest-rate-missing' });
    await setTerms(tools, pool, { ...late, debitSegmented: false });
    expect(await asked()).toMatchObject({ status: 'COMPUTING' });
  });
});
