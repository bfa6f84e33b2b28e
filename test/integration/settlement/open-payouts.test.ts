import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunTools } from '../../../functions/settlement/settlements/carry-on-run.ts';
import { reconsiderPayouts } from '../../../functions/settlement/settlements/reconsider.ts';
import { anEngine } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { each, openDue } from './payouts-support.ts';
import { hoursLater, now, runsOnEngine, type TestRuns } from './runs-support.ts';

const groups = 8;

/** Merchants with 10.00 each, of which each has a payout. */
describe('open payouts, looked at each hour', () => {
  let own: TestRuns;
  quietLog();
  beforeAll(async () => {
    own = await runsOnEngine(anEngine());
  });
  afterAll(() => own?.close());

  async function open(name: string, count: number, answer: 'TAKEN' | 'UNKNOWN' = 'TAKEN') {
    const merchantIds = Array.from({ length: count }, (_, place) => `mer_${name}${place}`);
    const market = await openDue(own, `mkt_${name}`, each(merchantIds, 1_000n));
    own.bank.answer = () => answer;
    await own.run(market.id, name);
    own.bank.answer = () => 'TAKEN';
    return { market, merchantIds };
  }

  const payoutsOf = async (merchantIds: readonly string[]) => {
    const settlements = await Promise.all(merchantIds.map((id) => own.settlementOf(id)));
    return settlements.flatMap(({ payouts }) => payouts);
  };
  const settle = (ids: readonly string[]) => {
    const at = now.toISOString();
    for (const id of ids)
      own.bank.reports.set(id, [{ orderId: id, state: 'SETTLED', at, source: 'test', currency: 'CNY' }]);
  };

  it('are asked for at their bank together, and taken side by side, some at once', async () => {
    const { market, merchantIds } = await open('many', 40);
    const ids = (await payoutsOf(merchantIds)).map(({ id }) => id);
    settle(ids);
    const asked: (readonly string[])[] = [];
    let [atOnce, most] = [0, 0];
    const tools: RunTools = {
      ...own.runs,
      bank: {
        ...own.bank,
        queryPayments: (tenant, of, at) => {
          asked.push(of);
          return own.bank.queryPayments(tenant, of, at);
        },
      },
      ledger: {
        ...own.runs.ledger,
        postTransfers: async (...order) => {
          atOnce += 1;
          most = Math.max(most, atOnce);
          try {
            return await own.runs.ledger.postTransfers(...order);
          } finally {
            atOnce -= 1;
          }
        },
      },
    };
    expect(await reconsiderPayouts(tools, hoursLater(1))).toEqual([]);
    // A page is of one group of merchants: each bank is asked once of each, whatever there is in it.
    expect(asked.length).toBeLessThanOrEqual(groups);
    expect(asked.flat().sort()).toEqual(ids.sort());
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(8);
    expect((await payoutsOf(merchantIds)).every(({ state }) => state === 'PAID')).toBe(true);
    expect(await own.held(market.accounts.inTransit)).toBe(0n);
    expect(await own.held(market.accounts.paidOut)).toBe(40_000n);
  });

  it('are handed over again as the messages that they were, each once', async () => {
    const { merchantIds } = await open('messages', 20, 'UNKNOWN');
    const messages = new Set((await payoutsOf(merchantIds)).map(({ messageId }) => messageId));
    expect(messages.size).toBeLessThanOrEqual(groups);
    const sent: string[] = [];
    const bank: RunTools['bank'] = {
      ...own.bank,
      sendPayments: (tenant, message, at) => {
        sent.push(message.id);
        return own.bank.sendPayments(tenant, message, at);
      },
    };
    expect(await reconsiderPayouts({ ...own.runs, bank }, hoursLater(1))).toEqual([]);
    expect(sent.sort()).toEqual([...messages].sort());
    expect((await payoutsOf(merchantIds)).every(({ state }) => state === 'SENT')).toBe(true);
    settle((await payoutsOf(merchantIds)).map(({ id }) => id));
    expect(await reconsiderPayouts(own.runs, hoursLater(2))).toEqual([]);
  });

  it('keep no other from its turn where one fails, or the bank does not say', async () => {
    const { merchantIds } = await open('failing', 20);
    const payouts = await payoutsOf(merchantIds);
    settle(payouts.map(({ id }) => id));
    const [failing] = payouts;
    const tools: RunTools = {
      ...own.runs,
      ledger: {
        ...own.runs.ledger,
        postTransfers: (tenant, orders, at) =>
          orders.some(({ name }) => name.includes(failing?.id ?? ''))
            ? Promise.reject(new Error('silent'))
            : own.runs.ledger.postTransfers(tenant, orders, at),
      },
    };
    expect(await reconsiderPayouts(tools, hoursLater(1))).toMatchObject([{ message: 'silent' }]);
    const states = async () => (await payoutsOf(merchantIds)).map(({ state }) => state);
    expect(await states()).toEqual(['SENT', ...Array.from({ length: 19 }, () => 'PAID')]);

    const { merchantIds: held } = await open('held', 1);
    const bank: RunTools['bank'] = { ...own.bank, queryPayments: () => Promise.reject(new Error('no line')) };
    const failures = await reconsiderPayouts({ ...own.runs, bank }, hoursLater(2));
    expect(failures.length).toBeGreaterThan(0);
    expect(failures.every((one) => (one as Error).message === 'no line')).toBe(true);
    settle((await payoutsOf(held)).map(({ id }) => id));
    expect(await reconsiderPayouts(own.runs, hoursLater(3))).toEqual([]);
    expect((await payoutsOf([...merchantIds, ...held])).every(({ state }) => state === 'PAID')).toBe(true);
  });

  it('are looked at from another group on each hour, so that none is the last for good', async () => {
    const firsts = new Set<number>();
    for (let hour = 0; hour < groups; hour++) {
      const looked: number[] = [];
      const listOpenSettlements: RunTools['store']['listOpenSettlements'] = async (group) => {
        looked.push(group);
        return { settlements: [] };
      };
      await reconsiderPayouts({ ...own.runs, store: { ...own.runs.store, listOpenSettlements } }, hoursLater(hour));
      expect([...looked].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
      firsts.add(looked[0] ?? -1);
    }
    expect(firsts.size).toBe(groups);
  });
});
