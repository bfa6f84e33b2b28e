import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { carryOutRun } from '../../../functions/pooling/runs/carry-out-run.ts';
import { runIdOf, startRun } from '../../../functions/pooling/runs/start-run.ts';
import type { PoolingTools } from '../../../functions/pooling/tools.ts';
import { anEngine, engines, type TestEngine } from '../../support/engines.ts';
import { doomAt, doomed } from './doomed.ts';
import { carryOnAll, spend } from './moves.ts';
import { today } from './pools.ts';
import { endOf, type Regions, regionsOf } from './regions.ts';
import { cause, now, poolingOnEngine, type TestPooling } from './support.ts';

const request = { businessDate: today, runNumber: 1, startedBy: 'HAND' as const, cause };
const placesMax = 200;
const killsTimeout = 120_000;

const start = (tools: PoolingTools, { tenant, pool }: Regions) => startRun(tools, tenant, pool.id, request, now);
const endIn = (pooling: TestPooling, one: Regions) => endOf(pooling, one, runIdOf(one.pool, request));

/** Between plan and execution C3 pays 70.00 away, so that its leg fails. */
async function carryThrough(
  pooling: TestPooling,
  one: Regions,
  progress: { isSpent: boolean },
  tools = pooling.tools,
): Promise<'DONE'> {
  const run = await start(tools, one);
  if (!progress.isSpent) await spend(pooling, one.tenant, one.ids.c3 ?? '', 7_000n);
  progress.isSpent = true;
  await carryOutRun(tools, run, now);
  return 'DONE';
}

/** An engine, and what a run on it leaves behind that nothing disturbs. */
async function undisturbedOn(engine: TestEngine) {
  const pooling = await poolingOnEngine(engine);
  const one = await regionsOf(pooling, 'undisturbed');
  await carryThrough(pooling, one, { isSpent: false });
  return { pooling, undisturbed: await endIn(pooling, one) };
}

describe.each(engines())('a run of thirteen accounts on $kind', (engine) => {
  let pooling: TestPooling;
  let undisturbed: Awaited<ReturnType<typeof endOf>>;
  beforeAll(async () => {
    ({ pooling, undisturbed } = await undisturbedOn(engine));
  });
  afterAll(() => pooling?.close());

  it('ends as worked by hand', () => {
    // R1: 30 + 180 of C1 − 50 reserve − 10 to C2 = 150 go up; the 80 of C3 do not come.
    // R2: 100 + 25 of D1 (its limit) + 10 of D3 − 60 to D2 = 75 go up. R3 and E1 get 100 + 30 from above.
    expect(undisturbed.legs).toEqual(
      expect.arrayContaining([
        'c1 → r1 18000 CONFIRMED',
        'c3 → r1 8000 FAILED',
        'd1 → r2 2500 CONFIRMED',
        'd3 → r2 1000 CONFIRMED',
        'r1 → hq 15000 CONFIRMED',
        'r2 → hq 7500 CONFIRMED',
        's1 → hq 10000 CONFIRMED',
        'hq → r3 13000 CONFIRMED',
        'r1 → c2 1000 CONFIRMED',
        'r2 → d2 6000 CONFIRMED',
        'r3 → e1 3000 CONFIRMED',
      ]),
    );
    expect(undisturbed.balances).toEqual([
      69_500n,
      5_000n,
      2_000n,
      2_000n,
      1_000n,
      0n,
      1_500n,
      6_000n,
      500n,
      12_000n,
      3_000n,
      500n,
      20_000n,
    ]);
    expect(undisturbed).toMatchObject({ status: 'PARTIAL', ended: { confirmed: 10, failed: 1, skipped: 0 } });
  });

  it('that two start and carry out at once is carried out once', async () => {
    const one = await regionsOf(pooling, 'two');
    const [first, second] = await Promise.all([start(pooling.tools, one), start(pooling.tools, one)]);
    expect(second.planId).toBe(first.planId);
    await spend(pooling, 'two', one.ids.c3 ?? '', 7_000n);
    await Promise.all([carryOutRun(pooling.tools, first, now), carryOutRun(pooling.tools, second, now)]);
    expect(await endIn(pooling, one)).toEqual(undisturbed);
  });

  it('that is taken up while another carries it out is carried out once', async () => {
    for (const place of [7, 21]) {
      const one = await regionsOf(pooling, `while${place}`);
      const run = await start(pooling.tools, one);
      await spend(pooling, one.tenant, one.ids.c3 ?? '', 7_000n);
      const broken = doomed(pooling, doomAt(place)).run((tools) => carryOutRun(tools, run, now));
      await Promise.all([broken, carryOutRun(pooling.tools, run, now), carryOnAll(pooling.tools, one.tenant)]);
      await carryOutRun(pooling.tools, run, now);
      expect(await endIn(pooling, one)).toEqual(undisturbed);
    }
  });
});

describe('a run of thirteen accounts that is killed', () => {
  let pooling: TestPooling;
  let undisturbed: Awaited<ReturnType<typeof endOf>>;
  beforeAll(async () => {
    ({ pooling, undisturbed } = await undisturbedOn(anEngine()));
  });
  afterAll(() => pooling?.close());

  it(
    'anywhere comes to the same end, and posts each leg once',
    async () => {
      let place = 0;
      for (; place < placesMax; place++) {
        const one = await regionsOf(pooling, `killed${place}`);
        const progress = { isSpent: false };
        const answer = await doomed(pooling, doomAt(place)).run((tools) => carryThrough(pooling, one, progress, tools));
        if (progress.isSpent && place % 4 < 2) await carryOnAll(pooling.tools, one.tenant);
        else await carryThrough(pooling, one, progress);
        expect({ place, ...(await endIn(pooling, one)) }).toEqual({ place, ...undisturbed });
        if (answer === 'DONE') break;
      }
      // At least the plan, the run and, for four phases, what is instructed, what is posted and what became of it.
      expect(place).toBeGreaterThanOrEqual(2 * (3 + 4 * 3));
      expect(place).toBeLessThan(placesMax);
    },
    killsTimeout,
  );

  it('again and again comes to the same end', async () => {
    const one = await regionsOf(pooling, 'again');
    const progress = { isSpent: false };
    for (let deaths = 0; deaths < placesMax; deaths++) {
      const doom = { write: 3, when: deaths % 2 === 0 ? ('AFTER' as const) : ('BEFORE' as const) };
      if ((await doomed(pooling, doom).run((tools) => carryThrough(pooling, one, progress, tools))) === 'DONE') break;
    }
    expect(await endIn(pooling, one)).toEqual(undisturbed);
  });
});
