import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findRun } from '../../../functions/settlement/settlements/start-run.ts';
import { takeTurn } from '../../../functions/settlement/settlements/take-turn.ts';
import { setLogSink } from '../../../shared/http/log.ts';
import { anEngine } from '../../support/engines.ts';
import { injectFaults } from '../../support/faulty-client.ts';
import { testSeed } from '../../support/random.ts';
import { goOn, startOf, testKills, unhindered } from './kill-support.ts';
import {
  dueOn,
  hoursLater,
  now,
  refund,
  runsOnEngine,
  share,
  silentAt,
  type TestRuns,
  tenant,
} from './runs-support.ts';

const seed = testSeed();

/** A run is killed at each of its writes, and of its calls of the ledger and the bank, and gone on with by another process. */
describe('a settlement run that is killed', () => {
  let own: TestRuns;
  let end: Awaited<ReturnType<typeof endOf>>;
  const killed = { own: () => own, prepare, endOf, writesMax: 24, writesPerTest: 6 };
  beforeAll(async () => {
    setLogSink(() => {});
    own = await runsOnEngine(anEngine());
    end = await unhindered(killed, 'mkt_whole');
  });
  afterAll(() => own?.close());

  /** Three merchants: one is paid at a bank, one on the ledger, one is below zero; a fourth is billed. */
  async function prepare(marketId: string) {
    const ids = ['bank', 'ledger', 'below', 'billed'].map((name) => `mer_${marketId.slice(4)}_${name}`);
    const [bank = '', ledger = '', below = '', billed = ''] = ids;
    const account = await own.account(`account of ${marketId}`);
    const market = await own.open(marketId, {
      [bank]: {},
      [ledger]: { payout: { to: 'LEDGER', accountId: account } },
      [below]: {},
      [billed]: { shortfall: { kind: 'BILL' } },
    });
    await own.lines(marketId, [
      [bank, dueOn, share(1_000n)],
      [ledger, dueOn, share(700n)],
      [below, dueOn, refund(300n)],
      [billed, dueOn, refund(200n)],
    ]);
    await own.owe(market, bank, 1_000n);
    await own.owe(market, ledger, 700n);
    await own.fund(market, 250n);
    return { market, ids, account };
  }

  type Prepared = Awaited<ReturnType<typeof prepare>>;

  /** What it came to, without what differs from market to market. */
  async function endOf({ market, ids, account }: Prepared, runId: string) {
    const { state, days, figures } = await findRun(own.store, tenant, runId);
    const settlements = await Promise.all(ids.map((id) => own.settlementOf(id)));
    const upcoming = await own.store.readLines(tenant, { kind: 'MERCHANT', id: ids[2] ?? '' }, '2025-09-29', {
      blocks: 10,
    });
    return {
      run: { state, days, figures },
      settlements: settlements.map(({ payout, carriedOn, billed, bill, payouts, figures: of }) => ({
        ...{ payout, carriedOn, billed, bill, net: of.net },
        payouts: payouts.map((line) => ({ amount: line.amount, state: line.state, attempt: line.attempt })),
      })),
      carried: upcoming.lines,
      inTransit: await own.held(market.accounts.inTransit),
      own: await own.held(market.accounts.own),
      account: await own.held(account),
      sent: [...own.bank.paid.values()].filter(({ references }) => references?.marketId === market.id).length,
    };
  }

  it('ends with each merchant paid, carried on or billed, where nothing kills it', () => {
    expect(end).toMatchObject({
      ...{ inTransit: 1_000n, own: 50n, account: 700n, sent: 1 },
      run: { state: 'ENDED', figures: { settlements: 4, payouts: 2, paidOut: 1_700n, carriedOn: 300n, billed: 200n } },
      carried: [{ kind: 'CARRIED_IN', amount: -300n, date: dueOn }],
    });
  });

  testKills(killed, () => end);

  it('comes to the same end where the ledger or the bank did what it was asked and did not say so', async () => {
    for (const silent of [0, 1, 2, 3]) {
      const unheard = await prepare(`mkt_silent${silent}`);
      const runId = await startOf(own, `mkt_silent${silent}`, true);
      await takeTurn(silentAt(own.runs, silent), tenant, runId, now).catch(() => undefined);
      await goOn(own, runId);
      expect({ silent, ...(await endOf(unheard, runId)) }).toEqual({ silent, ...end });
    }
  });

  it(`comes to the same end where the table conflicts, throttles and loses answers (SEED=${seed})`, async () => {
    for (const round of [1, 2, 3]) {
      const rough = await prepare(`mkt_rough${round}`);
      const runId = await startOf(own, `mkt_rough${round}`, false);
      const client = own.newClient();
      const log = injectFaults(client, seed + round, {
        ...{ conflict: 0.1, throttle: 0.05, timeoutBefore: 0.05, timeoutAfter: 0.1, unprocessed: 0.1 },
      });
      for (const hours of [0, 2, 4]) {
        await takeTurn(own.runsOver(client), tenant, runId, hoursLater(hours)).catch(() => undefined);
      }
      log.stop();
      for (const hours of [6, 8]) await takeTurn(own.runs, tenant, runId, hoursLater(hours));
      expect({ log: `${log}`, ...(await endOf(rough, runId)) }).toEqual({ log: `${log}`, ...end });
    }
  });

  it('is the same where two carry it on at once', async () => {
    const both = await prepare('mkt_two');
    const runId = await startOf(own, 'mkt_two', false);
    const turn = () => takeTurn(own.runs, tenant, runId, now);
    await Promise.all([turn(), turn(), turn()]);
    await goOn(own, runId);
    expect(await endOf(both, runId)).toEqual(end);
  });
});
