import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askForRetry } from '../../../functions/settlement/settlements/ask-for-retry.ts';
import { carryOnRun, type RunTools } from '../../../functions/settlement/settlements/carry-on-run.ts';
import { reconsiderPayouts } from '../../../functions/settlement/settlements/reconsider.ts';
import { findRun, startRun } from '../../../functions/settlement/settlements/start-run.ts';
import { takeTurn } from '../../../functions/settlement/settlements/take-turn.ts';
import { anEngine } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { claim } from './journal-support.ts';
import { each, openDue } from './payouts-support.ts';
import { dueOn, hoursLater, now, refund, runsOnEngine, share, type TestRuns, tenant } from './runs-support.ts';
import { SumMarket, sumRule } from './sums-support.ts';

describe('a settlement run in which something fails again and again', () => {
  let own: TestRuns;
  quietLog();
  beforeAll(async () => {
    own = await runsOnEngine(anEngine());
  });
  afterAll(() => own?.close());

  const start = async (marketId: string) => {
    const asked = { ...claim(marketId), operation: 'start' };
    return (await startRun(own.store, tenant, { marketId, businessDate: dueOn }, asked, now)).id;
  };
  /** Tools by which nobody can read the lines of some owners. */
  const unreadable = (isBroken: (ownerId: string) => boolean): RunTools => ({
    ...own.runs,
    store: {
      ...own.runs.store,
      readBlocks: async (day, place) => {
        if (isBroken(day.owner.id)) throw new Error('unreadable');
        return own.runs.store.readBlocks(day, place);
      },
    },
  });
  const stateOf = async (merchantId: string) => {
    const settlement = await own.store.readSettlement({ tenant, merchantId, date: dueOn, sequence: 0 });
    return settlement?.payouts.at(-1)?.state;
  };

  it('sends a payout that is tried again while its page waits for the bank: which payouts a message is of is said', async () => {
    const ids = ['mer_page_a', 'mer_page_b', 'mer_page_c', 'mer_page_d'];
    const market = await openDue(own, 'mkt_page', each(ids, 1_000n), { lacking: 1_000n });
    // Of each page one merchant has its money, and what goes for the others is asked for later.
    for (const id of ids.slice(2)) await own.owe(market, id, 1_000n);
    const silent = { ...own.runs, bank: { ...own.bank, sendPayments: () => Promise.reject(new Error('no line')) } };
    const runId = await start(market.id);
    await takeTurn(silent, tenant, runId, now);
    expect(await findRun(own.store, tenant, runId)).toMatchObject({ state: 'SETTLING' });
    for (const id of ids.slice(0, 2)) {
      await own.owe(market, id, 1_000n);
      const { id: settlementId } = await own.settlementOf(id);
      await askForRetry(own.runs, tenant, settlementId, claim(id), hoursLater(2));
    }
    await takeTurn(own.runs, tenant, runId, hoursLater(2));
    expect(await findRun(own.store, tenant, runId)).toMatchObject({ state: 'ENDED' });
    expect(await reconsiderPayouts(own.runs, hoursLater(4))).toEqual([]);
    for (const id of ids) expect([id, await stateOf(id)]).toEqual([id, 'SENT']);
  });

  it('pays all other merchants, on the same page and behind it, and the one that failed once it can be settled', async () => {
    // Of eight groups, so of eight pages; of one merchant nobody can read the lines.
    const ids = Array.from({ length: 8 * 4 }, (_, place) => `mer_many_${String(place).padStart(3, '0')}`);
    const broken = ids[5] ?? '';
    const market = await openDue(own, 'mkt_many', each(ids, 1_000n));
    const runId = await start(market.id);
    const stubborn = unreadable((ownerId) => ownerId === broken);
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
    const market = await openDue(own, 'mkt_dumb', each(ids, 1_000n));
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

  it('pays all others though a sum of orders cannot be split, and what that gives in a settlement of its own', async () => {
    const [bad, good] = [await SumMarket.open(own, 'mkt_bad'), sumRule('mkt_bad', 'rule_good')];
    await bad.payAndTell('BAD-1', 60n);
    await bad.payAndTell('BAD-2', 30n);
    await own.store.writeRule(good, claim('rule_good'));
    await bad.payAndTell('GOOD-1', 31n, 0n, 'rule_good');
    const runId = await start('mkt_bad');
    const stubborn = unreadable((ownerId) => ownerId.startsWith('rule_bad:'));
    await takeTurn(stubborn, tenant, runId, now);
    const failing = await findRun(own.store, tenant, runId);
    expect(failing).toMatchObject({ state: 'SETTLING', failures: 1, left: [], leftSums: [{ day: 0 }] });
    expect(failing.failure).toBe('Sums of orders of a page could not be split; the others are.');
    const { potter, teahouse, van } = bad.ids;
    const paidOut = async (sequence: number) => {
      const refs = [potter, teahouse, van].map((merchantId) => ({ tenant, merchantId, date: dueOn, sequence }));
      const settlements = await Promise.all(refs.map((ref) => own.store.readSettlement(ref)));
      return settlements.map((one) => one && [one.payout, one.payouts.at(-1)?.state]);
    };
    expect(await paidOut(0)).toEqual([
      [11n, 'SENT'],
      [10n, 'SENT'],
      [10n, 'SENT'],
    ]);
    expect([await bad.supervised(), await bad.prove()]).toMatchObject([90n, { isBalanced: true }]);

    await takeTurn(own.runs, tenant, runId, hoursLater(3));
    expect(await findRun(own.store, tenant, runId)).toMatchObject({ state: 'ENDED', leftSums: [], failures: 0 });
    expect([await bad.supervised(), await bad.owed()]).toEqual([0n, [30n, 30n, 30n]]);
    expect(await own.run('mkt_bad', 'late sum')).toMatchObject({ days: [{ date: dueOn, sequence: 1 }] });
    expect(await paidOut(1)).toEqual([
      [30n, 'SENT'],
      [30n, 'SENT'],
      [30n, 'SENT'],
    ]);
    expect([await bad.owed(), await bad.prove()]).toMatchObject([[0n, 0n, 0n], { isBalanced: true }]);
  });

  it('splits a sum that failed once more before anybody is settled, so that it is paid on its day', async () => {
    const sums = await SumMarket.open(own, 'mkt_once');
    await sums.payAndTell('ONCE-1', 90n);
    let failures = 0;
    const once: RunTools = {
      ...own.runs,
      store: {
        ...own.runs.store,
        readSplitSums: async (day) => {
          failures += 1;
          if (failures === 1) throw new Error('no answer');
          return own.runs.store.readSplitSums(day);
        },
      },
    };
    const runId = await start('mkt_once');
    await takeTurn(once, tenant, runId, now);
    const run = await findRun(own.store, tenant, runId);
    expect(run).toMatchObject({ state: 'ENDED', leftSums: [], figures: { settlements: 3, paidOut: 90n } });
    expect(failures).toBeGreaterThan(1);
  });

  it('splits what it left into a later settlement where another run of the day is behind it, which pays it', async () => {
    const [sums, good] = [await SumMarket.open(own, 'mkt_two'), sumRule('mkt_two', 'rule_whole')];
    await sums.payAndTell('TWO-1', 90n);
    await own.store.writeRule(good, claim('rule_whole'));
    await sums.payAndTell('TWO-2', 30n, 0n, 'rule_whole');
    const nextDay = hoursLater(24);
    const startFor = async (businessDate: string) => {
      const asked = { ...claim(`two ${businessDate}`), operation: 'start' };
      return (await startRun(own.store, tenant, { marketId: 'mkt_two', businessDate }, asked, nextDay)).id;
    };
    const [first, second] = [await startFor(dueOn), await startFor('2025-09-29')];
    // Both find the 28th open; the first cannot split one of its sums, and settles the receivers of the other.
    await carryOnRun(own.runs, { tenant, runId: second, stepsMax: 1 }, nextDay);
    const stubborn = unreadable((ownerId) => ownerId.startsWith('rule_two:'));
    await takeTurn(stubborn, tenant, first, nextDay);
    for (const hours of [25, 26]) await takeTurn(own.runs, tenant, second, hoursLater(hours));
    for (const hours of [27, 28]) await takeTurn(own.runs, tenant, first, hoursLater(hours));
    for (const id of [first, second]) expect(await findRun(own.store, tenant, id)).toMatchObject({ state: 'ENDED' });
    expect(await sums.owed()).toEqual([30n, 30n, 30n]);
    expect(await own.run('mkt_two', 'next', '2025-09-30', hoursLater(48))).toMatchObject({
      ...{ days: [{ date: dueOn, sequence: 1 }], figures: { paidOut: 90n } },
    });
    expect([await sums.owed(), await sums.supervised()]).toEqual([[0n, 0n, 0n], 0n]);
  });

  it('splits no sum into a day whose merchants are settled by now, though it began before', async () => {
    const sums = await SumMarket.open(own, 'mkt_slow');
    await sums.payAndTell('SLOW-1', 90n);
    const runId = await start('mkt_slow');
    const { readSplitSums } = own.runs.store;
    const dead = async () => {
      throw new Error('no answer');
    };
    let isSlow = true;
    const slow: RunTools = {
      ...own.runs,
      store: {
        ...own.runs.store,
        readSplitSums: async (day) => {
          // Another one gives the sum up meanwhile, and settles whom there is.
          if (isSlow) {
            isSlow = false;
            const other = { ...own.runs, store: { ...own.runs.store, readSplitSums: dead } };
            await takeTurn(other, tenant, runId, now);
          }
          return readSplitSums(day);
        },
      },
    };
    await takeTurn(slow, tenant, runId, now);
    await takeTurn(own.runs, tenant, runId, hoursLater(3));
    expect(await findRun(own.store, tenant, runId)).toMatchObject({ state: 'ENDED', leftSums: [] });
    await own.run('mkt_slow', 'late');
    const settlement = { tenant, merchantId: sums.ids.van, date: dueOn };
    expect(await own.store.readSettlement({ ...settlement, sequence: 0 })).toBeUndefined();
    expect(await own.store.readSettlement({ ...settlement, sequence: 1 })).toMatchObject({ payout: 30n });
    expect([await sums.owed(), await sums.prove()]).toMatchObject([[0n, 0n, 0n], { isBalanced: true }]);
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
        return true;
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
