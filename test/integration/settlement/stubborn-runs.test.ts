import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunTools } from '../../../functions/settlement/settlements/carry-on-run.ts';
import { findRun, startRun } from '../../../functions/settlement/settlements/start-run.ts';
import { takeTurn } from '../../../functions/settlement/settlements/take-turn.ts';
import { setLogSink } from '../../../shared/http/log.ts';
import { anEngine } from '../../support/engines.ts';
import { claim } from './journal-support.ts';
import { dueOn, now, refund, runsOnEngine, share, type TestRuns, tenant } from './runs-support.ts';

const hoursLater = (hours: number) => new Date(now.getTime() + hours * 3_600_000);

describe('a settlement run in which something fails again and again', () => {
  let own: TestRuns;
  beforeAll(async () => {
    setLogSink(() => {});
    own = await runsOnEngine(anEngine());
  });
  afterAll(() => own?.close());

  const start = async (marketId: string) => {
    const asked = { ...claim(marketId), operation: 'start' };
    return (await startRun(own.store, tenant, { marketId, businessDate: dueOn }, asked, now)).id;
  };
  const stateOf = async (merchantId: string) => {
    const settlement = await own.store.readSettlement({ tenant, merchantId, date: dueOn, sequence: 0 });
    return settlement?.payouts.at(-1)?.state;
  };

  it('pays all other merchants, on the same page and behind it, and the one that failed once it can be settled', async () => {
    // Of eight groups, so of eight pages; of one merchant nobody can read the lines.
    const ids = Array.from({ length: 8 * 4 }, (_, place) => `mer_many_${String(place).padStart(3, '0')}`);
    const broken = ids[5] ?? '';
    const market = await own.open('mkt_many', Object.fromEntries(ids.map((id) => [id, {}])));
    await own.lines(
      market.id,
      ids.map((id) => [id, dueOn, share(1_000n)] as const),
    );
    for (const id of ids) await own.owe(market, id, 1_000n);
    const runId = await start(market.id);
    const stubborn: RunTools = {
      ...own.runs,
      store: {
        ...own.runs.store,
        readBlocks: async (day, place) => {
          if (day.owner.id === broken) throw new Error('unreadable');
          return own.runs.store.readBlocks(day, place);
        },
      },
    };
    await takeTurn(stubborn, tenant, runId, now);
    const failing = await findRun(own.store, tenant, runId);
    expect(failing).toMatchObject({ state: 'SETTLING', failures: 1, left: [{ day: 0 }] });
    expect(failing.failure).toBe('Merchants of a page could not be settled or paid; the others are.');
    for (const id of ids) expect([id, await stateOf(id)]).toEqual([id, id === broken ? undefined : 'SENT']);
    await takeTurn(stubborn, tenant, runId, hoursLater(1));
    expect(await findRun(own.store, tenant, runId)).toMatchObject({ state: 'SETTLING', failures: 2 });

    await takeTurn(own.runs, tenant, runId, hoursLater(3));
    const ended = await findRun(own.store, tenant, runId);
    expect(ended).toMatchObject({ state: 'ENDED', left: [], failures: 0 });
    expect(ended.figures).toMatchObject({ settlements: ids.length, payouts: ids.length, paidOut: 32_000n });
    expect(await stateOf(broken)).toBe('SENT');
  });

  it('settles everybody while the bank does not answer, and pays them when it does', async () => {
    const ids = Array.from({ length: 12 }, (_, place) => `mer_dumb_${place}`);
    const market = await own.open('mkt_dumb', Object.fromEntries(ids.map((id) => [id, {}])));
    await own.lines(
      market.id,
      ids.map((id) => [id, dueOn, share(1_000n)] as const),
    );
    for (const id of ids) await own.owe(market, id, 1_000n);
    const runId = await start(market.id);
    const dumb = async () => {
      throw new Error('no answer');
    };
    await takeTurn({ ...own.runs, bank: { ...own.bank, sendPayments: dumb } }, tenant, runId, now);
    for (const id of ids) expect([id, await stateOf(id)]).toEqual([id, 'SENDING']);
    await takeTurn(own.runs, tenant, runId, hoursLater(1));
    for (const id of ids) expect([id, await stateOf(id)]).toEqual([id, 'SENT']);
    const sent = [...own.bank.paid.values()].filter(({ references }) => references?.marketId === market.id);
    expect(sent).toHaveLength(ids.length);
    expect(await findRun(own.store, tenant, runId)).toMatchObject({ state: 'ENDED', figures: { settlements: 12 } });
  });

  it('pays everybody though an order that waited cannot be worked off, and tries that again', async () => {
    const market = await own.open('mkt_waits', { mer_waits: {} });
    await own.lines(market.id, [
      ['mer_waits', dueOn, share(1_000n)],
      ['mer_waits', dueOn, refund(100n)],
    ]);
    await own.owe(market, 'mer_waits', 900n);
    await own.waiting(market.id, dueOn, ['W-1', 'W-2']);
    const asked: string[] = [];
    const tools: RunTools = {
      ...own.runs,
      endWaiting: async ({ orderNo }) => {
        asked.push(orderNo);
        if (orderNo === 'W-1') throw new Error('cannot be split');
      },
    };
    const runId = await start(market.id);
    for (let hours = 0; hours < 6; hours++) await takeTurn(tools, tenant, runId, hoursLater(hours));
    expect(await findRun(own.store, tenant, runId)).toMatchObject({ state: 'ENDED', figures: { paidOut: 900n } });
    expect(await stateOf('mer_waits')).toBe('SENT');
    expect(asked.filter((no) => no === 'W-1').length).toBeGreaterThan(1);
    expect(asked).toContain('W-2');
  });
});
