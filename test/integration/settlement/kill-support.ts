import { expect, it } from 'vitest';
import { findRun, startRun } from '../../../functions/settlement/settlements/start-run.ts';
import { takeTurn } from '../../../functions/settlement/settlements/take-turn.ts';
import { type Death, dieAt } from '../../support/dying-clients.ts';
import { claim } from './journal-support.ts';
import { dueOn, hoursLater, now, type TestRuns, tenant } from './runs-support.ts';

const deaths: readonly Death[] = ['BEFORE', 'AFTER'];

/** Something that a run settles, in a market of its own, and what it comes to. */
export interface KilledRun<Prepared, End> {
  own(): TestRuns;
  /** What there is to settle on `dueOn`. */
  prepare(marketId: string): Promise<Prepared>;
  /** Without what differs from market to market. */
  endOf(prepared: Prepared, runId: string): Promise<End>;
  /** Writes of an unhindered run, and some: that none is left out is asserted. */
  readonly writesMax: number;
  readonly writesPerTest: number;
}

/** Starts the run of `dueOn`; where it is told so, as it stands when it has looked for days, which it does by some 300 reads. */
export async function startOf(own: TestRuns, marketId: string, hasLooked: boolean): Promise<string> {
  const asked = { ...claim(marketId), operation: 'start' };
  const run = await startRun(own.store, tenant, { marketId, businessDate: dueOn }, asked, now);
  if (!hasLooked) return run.id;
  const looked = { looks: 1, days: [{ date: dueOn, sequence: 0 }], state: 'CLOSING' } as const;
  await own.store.replaceRun({ ...run, ...looked, revision: run.revision + 1 }, run);
  return run.id;
}

/** Another process goes on with it, and again where the first failed. */
export async function goOn(own: TestRuns, runId: string): Promise<void> {
  for (const hours of [1, 3]) await takeTurn(own.runs, tenant, runId, hoursLater(hours));
}

/** The end of a run that nothing kills. */
export async function unhindered<Prepared, End>(
  { own, prepare, endOf }: Pick<KilledRun<Prepared, End>, 'own' | 'prepare' | 'endOf'>,
  marketId: string,
): Promise<End> {
  const prepared = await prepare(marketId);
  const runId = await startOf(own(), marketId, false);
  await takeTurn(own().runs, tenant, runId, now);
  expect(await findRun(own().store, tenant, runId)).toMatchObject({ looks: 1, days: [{ date: dueOn, sequence: 0 }] });
  await goOn(own(), runId);
  return endOf(prepared, runId);
}

/**
 * Tests that a run is killed before and after each of its writes and gone on with, and comes to the same end: the first write is that
 * by which it has looked for days.
 */
export function testKills<Prepared, End>(killed: KilledRun<Prepared, End>, end: () => End): void {
  const { own, prepare, endOf, writesMax, writesPerTest } = killed;
  const firsts = Array.from({ length: writesMax / writesPerTest }, (_, place) => place * writesPerTest);
  const lived = new Set<Death>();
  const cases = deaths.flatMap((death) => firsts.map((first) => [death, first] as const));
  it.each(cases)('comes to the same end, killed %s a write of its table, from number %i on', async (death, first) => {
    for (let write = first; write < first + writesPerTest && !lived.has(death); write++) {
      const marketId = `mkt_${death.toLowerCase()}${write}`;
      const prepared = await prepare(marketId);
      const hasLooked = write > 0;
      const runId = await startOf(own(), marketId, hasLooked);
      const client = own().newClient();
      const { isDead } = dieAt(client, hasLooked ? write - 1 : write, death);
      await takeTurn(own().runsOver(client), tenant, runId, now).catch(() => undefined);
      if (!isDead()) lived.add(death);
      await goOn(own(), runId);
      expect({ death, write, ...(await endOf(prepared, runId)) }).toEqual({ death, write, ...end() });
    }
    if (first + writesPerTest === writesMax) expect(lived.has(death)).toBe(true);
  });
}
