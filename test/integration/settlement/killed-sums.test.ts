import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findRun, startRun } from '../../../functions/settlement/settlements/start-run.ts';
import { takeTurn } from '../../../functions/settlement/settlements/take-turn.ts';
import { setLogSink } from '../../../shared/http/log.ts';
import { type Death, dieAt } from '../../support/dying-clients.ts';
import { anEngine } from '../../support/engines.ts';
import { claim } from './journal-support.ts';
import { dueOn, now, runsOnEngine, type TestRuns, tenant } from './runs-support.ts';
import { SumMarket } from './sums-support.ts';

const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000);

/** Writes of an unhindered run here, and some: that none is left out is asserted. */
const writesMax = 24;
const writesPerTest = 4;

describe('a settlement run that splits a sum and is killed', () => {
  let own: TestRuns;
  let end: Awaited<ReturnType<typeof endOf>>;
  beforeAll(async () => {
    setLogSink(() => {});
    own = await runsOnEngine(anEngine());
    const whole = await prepare('mkt_whole');
    await goOn(whole);
    end = await endOf(whole);
  });
  afterAll(() => own?.close());

  /** 1.00 by thirds, less the fee of 0.02, which the potter bears. */
  async function prepare(marketId: string) {
    const sums = await SumMarket.open(own, marketId);
    await sums.payAndTell(`${marketId}-1`, 60n, 1n);
    await sums.payAndTell(`${marketId}-2`, 40n, 1n);
    const asked = { ...claim(marketId), operation: 'start' };
    const { id: runId } = await startRun(own.store, tenant, { marketId, businessDate: dueOn }, asked, now);
    return { sums, runId };
  }
  type Prepared = Awaited<ReturnType<typeof prepare>>;

  async function goOn({ runId }: Prepared) {
    for (const hours of [1, 3]) await takeTurn(own.runs, tenant, runId, later(hours));
  }

  async function endOf({ sums, runId }: Prepared) {
    const { state, figures } = await findRun(own.store, tenant, runId);
    const { potter, teahouse, van } = sums.ids;
    const settlements = await Promise.all([potter, teahouse, van].map((id) => own.settlementOf(id)));
    const [lines] = await Promise.all([
      own.store.readLines(tenant, { kind: 'MERCHANT', id: van }, dueOn, { blocks: 9 }),
    ]);
    const { isBalanced } = await sums.prove();
    return {
      ...{ state, figures, isBalanced, lines: lines.lines.length },
      payouts: settlements.map(({ payout, payouts }) => [payout, payouts.map((one) => one.state)]),
      ...{ owed: await sums.owed(), supervised: await sums.supervised() },
    };
  }

  it('pays each receiver its share on the same day, where nothing kills it', () => {
    expect(end).toMatchObject({
      ...{ state: 'ENDED', isBalanced: true, lines: 1, owed: [0n, 0n, 0n], supervised: 0n },
      payouts: [
        [32n, ['SENT']],
        [33n, ['SENT']],
        [33n, ['SENT']],
      ],
    });
  });

  const deaths: Death[] = ['BEFORE', 'AFTER'];
  const firsts = Array.from({ length: writesMax / writesPerTest }, (_, place) => place * writesPerTest);
  const lived = new Set<Death>();
  const cases = deaths.flatMap((death) => firsts.map((first) => [death, first] as const));
  it.each(cases)('comes to the same end, killed %s a write of its table, from number %i on', async (death, first) => {
    for (let write = first; write < first + writesPerTest && !lived.has(death); write++) {
      const killed = await prepare(`mkt_${death.toLowerCase()}${write}`);
      const client = own.newClient();
      const { isDead } = dieAt(client, write, death);
      await takeTurn(own.runsOver(client), tenant, killed.runId, now).catch(() => undefined);
      if (!isDead()) lived.add(death);
      await goOn(killed);
      expect({ death, write, ...(await endOf(killed)) }).toEqual({ death, write, ...end });
    }
    if (first + writesPerTest === writesMax) expect(lived.has(death)).toBe(true);
  });

  it('is the same where three carry it on at once', async () => {
    const both = await prepare('mkt_three');
    const turn = () => takeTurn(own.runs, tenant, both.runId, now);
    await Promise.all([turn(), turn(), turn()]);
    await goOn(both);
    expect(await endOf(both)).toEqual(end);
  });
});
