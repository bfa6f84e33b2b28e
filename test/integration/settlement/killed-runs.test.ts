import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findRun, startRun } from '../../../functions/settlement/settlements/start-run.ts';
import { takeTurn } from '../../../functions/settlement/settlements/take-turn.ts';
import { setLogSink } from '../../../shared/http/log.ts';
import { type Death, dieAt } from '../../support/dying-clients.ts';
import { anEngine } from '../../support/engines.ts';
import { injectFaults } from '../../support/faulty-client.ts';
import { testSeed } from '../../support/random.ts';
import { claim } from './journal-support.ts';
import { dueOn, now, refund, runsOnEngine, share, silentAt, type TestRuns, tenant } from './runs-support.ts';

const seed = testSeed();
const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000);

/** Writes of an unhindered run here, and some: that none is left out is asserted. */
const writesMax = 24;
const writesPerTest = 6;

/** A run is killed at each of its writes, and of its calls of the ledger and the bank, and gone on with by another process. */
describe('a settlement run that is killed', () => {
  let own: TestRuns;
  beforeAll(async () => {
    setLogSink(() => {});
    own = await runsOnEngine(anEngine());
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
    const asked = { ...claim(marketId), operation: 'start' };
    const run = await startRun(own.store, tenant, { marketId, businessDate: dueOn }, asked, now);
    return { market, ids, account, runId: run.id };
  }

  type Prepared = Awaited<ReturnType<typeof prepare>>;

  /** What it came to, without what differs from market to market. */
  async function endOf({ market, ids, account, runId }: Prepared) {
    const { state, days, figures } = await findRun(own.store, tenant, runId);
    const settlements = await Promise.all(ids.map((id) => own.settlementOf(id)));
    const upcoming = await own.store.readLines(tenant, { kind: 'MERCHANT', id: ids[2] ?? '' }, '2025-09-29', {
      blocks: 10,
    });
    return {
      run: { state, days, figures },
      settlements: settlements.map(({ payout, carriedOn, billed, payouts, figures: of }) => ({
        ...{ payout, carriedOn, billed, net: of.net },
        payouts: payouts.map((line) => ({ amount: line.amount, state: line.state, attempt: line.attempt })),
      })),
      carried: upcoming.lines,
      inTransit: await own.held(market.accounts.inTransit),
      claims: await own.held(market.accounts.claims),
      account: await own.held(account),
      sent: [...own.bank.paid.values()].filter(({ references }) => references?.marketId === market.id).length,
    };
  }

  async function goOn({ runId }: Prepared) {
    for (const hours of [1, 3]) await takeTurn(own.runs, tenant, runId, later(hours));
  }

  it('ends with each merchant paid, carried on or billed, where nothing kills it', async () => {
    const whole = await prepare('mkt_whole');
    await goOn(whole);
    const end = await endOf(whole);
    expect(end).toMatchObject({
      ...{ inTransit: 1_000n, claims: -200n, account: 700n, sent: 1 },
      run: { state: 'ENDED', figures: { settlements: 4, payouts: 2, paidOut: 1_700n, carriedOn: 300n, billed: 200n } },
      carried: [{ kind: 'CARRIED_IN', amount: -300n, date: dueOn }],
    });
  });

  const deaths: Death[] = ['BEFORE', 'AFTER'];
  const firsts = Array.from({ length: writesMax / writesPerTest }, (_, place) => place * writesPerTest);
  const lived = new Set<Death>();
  const cases = deaths.flatMap((death) => firsts.map((first) => [death, first] as const));
  it.each(cases)('comes to the same end, killed %s a write of its table, from number %i on', async (death, first) => {
    const whole = await prepare(`mkt_whole_${death.toLowerCase()}${first}`);
    await goOn(whole);
    const end = await endOf(whole);
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

  it('comes to the same end where the ledger or the bank did what it was asked and did not say so', async () => {
    const whole = await prepare('mkt_again');
    await goOn(whole);
    const end = await endOf(whole);
    for (const silent of [0, 1, 2, 3]) {
      const killed = await prepare(`mkt_silent${silent}`);
      await takeTurn(silentAt(own.runs, silent), tenant, killed.runId, now).catch(() => undefined);
      await goOn(killed);
      expect({ silent, ...(await endOf(killed)) }).toEqual({ silent, ...end });
    }
  });

  it(`comes to the same end where the table conflicts, throttles and loses answers (SEED=${seed})`, async () => {
    const whole = await prepare('mkt_calm');
    await goOn(whole);
    const end = await endOf(whole);
    for (const round of [1, 2, 3]) {
      const rough = await prepare(`mkt_rough${round}`);
      const client = own.newClient();
      const log = injectFaults(client, seed + round, {
        ...{ conflict: 0.1, throttle: 0.05, timeoutBefore: 0.05, timeoutAfter: 0.1, unprocessed: 0.1 },
      });
      for (const hours of [0, 2, 4]) {
        await takeTurn(own.runsOver(client), tenant, rough.runId, later(hours)).catch(() => undefined);
      }
      log.stop();
      for (const hours of [6, 8]) await takeTurn(own.runs, tenant, rough.runId, later(hours));
      expect({ log: `${log}`, ...(await endOf(rough)) }).toEqual({ log: `${log}`, ...end });
    }
  });

  it('is the same where two carry it on at once', async () => {
    const whole = await prepare('mkt_one');
    await goOn(whole);
    const both = await prepare('mkt_two');
    const turn = () => takeTurn(own.runs, tenant, both.runId, now);
    await Promise.all([turn(), turn(), turn()]);
    await goOn(both);
    expect(await endOf(both)).toEqual(await endOf(whole));
  });
});
