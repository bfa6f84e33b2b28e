import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findRun } from '../../../functions/settlement/settlements/start-run.ts';
import { takeTurn } from '../../../functions/settlement/settlements/take-turn.ts';
import { anEngine } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { goOn, startOf, testKills, unhindered } from './kill-support.ts';
import { dueOn, now, runsOnEngine, type TestRuns, tenant } from './runs-support.ts';
import { SumMarket } from './sums-support.ts';

describe('a settlement run that splits a sum and is killed', () => {
  let own: TestRuns;
  let end: Awaited<ReturnType<typeof endOf>>;
  const killed = { own: () => own, prepare, endOf, writesMax: 24, writesPerTest: 4 };
  quietLog();
  beforeAll(async () => {
    own = await runsOnEngine(anEngine());
    end = await unhindered(killed, 'mkt_whole');
  });
  afterAll(() => own?.close());

  /** 1.00 by thirds, less the fee of 0.02, which the potter bears. */
  async function prepare(marketId: string): Promise<SumMarket> {
    const sums = await SumMarket.open(own, marketId);
    await sums.payAndTell(`${marketId}-1`, 60n, 1n);
    await sums.payAndTell(`${marketId}-2`, 40n, 1n);
    return sums;
  }

  async function endOf(sums: SumMarket, runId: string) {
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

  testKills(killed, () => end);

  it('is the same where three carry it on at once', async () => {
    const both = await prepare('mkt_three');
    const runId = await startOf(own, 'mkt_three', false);
    const turn = () => takeTurn(own.runs, tenant, runId, now);
    await Promise.all([turn(), turn(), turn()]);
    await goOn(own, runId);
    expect(await endOf(both, runId)).toEqual(end);
  });
});
