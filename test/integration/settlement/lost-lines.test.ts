import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RoleAccounts } from '../../../functions/settlement/journal/booking/role-accounts.ts';
import { linesOf } from '../../../functions/settlement/journal/lines-between.ts';
import { takeChanges } from '../../../functions/settlement/journal/take-changes.ts';
import { writeLostLines } from '../../../functions/settlement/journal/write-lost-lines.ts';
import type { Market } from '../../../functions/settlement/markets/market.ts';
import type { Order } from '../../../functions/settlement/orders/order.ts';
import { wholeTable } from '../../../functions/settlement/store-whole-table.ts';
import type { Plain } from '../../../shared/dynamo/items.ts';
import {
  aLeg,
  anOrder,
  aPayment,
  aSplit,
  aSplitOrder,
  aSubOrder,
  fen,
} from '../../functions/settlement/journal/orders.ts';
import { engines } from '../../support/engines.ts';
import { changesOf, dayOf, journalOnEngine, now, prove, type TestJournal, tenant } from './journal-support.ts';

const dueOn = '2025-09-28';
const marketId = 'mkt_lost';
/** The orders were changed last at 02:00 of 2025-09-26. */
const dayLater = (hours: number) => new Date(Date.parse('2025-09-26T02:00:00.000Z') + hours * 3_600_000);
const time = { from: '2025-09-01T00:00:00.000Z', to: '2025-10-31T00:00:00.000Z' };

describe.each(engines())('what never reached the journal, on $kind', (engine) => {
  let own: TestJournal;
  let market: Market;
  let shards = 0;

  beforeAll(async () => {
    own = await journalOnEngine(engine);
    market = await own.openMarket(marketId, ['mer_farm', 'mer_van', 'mer_tea']);
  });
  afterAll(() => own?.close());

  const redrive = (hours = 25.1) => {
    const readAll = wholeTable(own.client, own.table);
    return writeLostLines({ ...own.tools, store: own.store, readAll }, new RoleAccounts(), time, dayLater(hours));
  };
  /** The order comes to be, and its consumer hears of these of its states only. */
  const seen = async (history: readonly Order[], places: readonly number[]) => {
    const last = history.at(-1);
    if (last) await own.put(last);
    shards += 1;
    const changes = changesOf(history);
    const heard = places.flatMap((place) => changes[place] ?? []);
    const records = heard.map((change, place) => ({ ...change, at: String(place + 1) }));
    await takeChanges(own.tools, new RoleAccounts(), `shard-${shards}`, records, now);
  };
  const netOf = async (id: string) => {
    const { total, lines } = await dayOf(own.store, marketId, { kind: 'MERCHANT', id }, dueOn);
    expect(total).toEqual(lines);
    return total.net;
  };
  /**
   * Its second payment is told first: when the first one comes, the line of the second is taken back, and says that it is not the first.
   */
  const history = (no: string): Order[] => {
    const second = aPayment('60.00', { transactionId: `${no} 2`, paidAt: '2025-09-26T02:06:00.000Z' });
    const first = aPayment('40.00', { transactionId: `${no} 1` });
    const splits = [aSplit([aLeg(1, 'mer_farm', '20.00'), aLeg(2, 'mer_tea', '80.00')])];
    const states = [{}, { payments: [second] }, { payments: [first, second], subOrders: [aSubOrder({ splits })] }];
    return states.map((state, place) => anOrder({ no, marketId, revision: place + 1, ...state }));
  };
  const ofMarket = async () => {
    const { total, lines } = await dayOf(own.store, marketId, { kind: 'MARKET', id: marketId }, '2025-09-26');
    expect(total).toEqual(lines);
    return [total.orders, total.lines, total.net];
  };

  it('is written, whole or in part, each line once, and booked', async () => {
    await seen(history('NEVER'), []);
    await seen(history('PART'), [0, 1]);
    await seen(history('WHOLE'), [0, 1, 2]);
    expect(await ofMarket()).toEqual([2n, 3n, fen('160.00')]);
    expect(await netOf('mer_farm')).toBe(fen('20.00'));
    // Two do it at the same time, and once more.
    const both = await Promise.all([redrive(), redrive()]);
    expect(both.map(({ orders }) => orders)).toEqual([3, 3]);
    expect(both.reduce((sum, { written }) => sum + written, 0)).toBeGreaterThanOrEqual(2);
    expect(await redrive()).toMatchObject({ orders: 3, written: 0, left: 0 });
    expect([await netOf('mer_farm'), await netOf('mer_tea')]).toEqual([fen('60.00'), fen('240.00')]);
    // Each order is counted at its first payment, as the lost records would have had it.
    expect(await ofMarket()).toEqual([3n, 6n, fen('300.00')]);
    const proof = await prove(own, market);
    expect(proof).toMatchObject({ isBalanced: true, orders: 3 });
    expect(await own.balance(market, 'payable mer_tea')).toBe(fen('240.00'));
  });

  it('is left to the stream for 25 hours, and to the job that takes what was put aside', async () => {
    await seen(history('YOUNG'), []);
    expect(await redrive(24.9)).toMatchObject({ orders: 0, written: 0 });
    const broken: Plain = { ...changesOf([aSplitOrder({ no: 'ASIDE', marketId })])[0]?.after, text: '{' };
    await own.put(aSplitOrder({ no: 'ASIDE', marketId }));
    await takeChanges(own.tools, new RoleAccounts(), 'aside', [{ isNew: true, at: '1', after: broken }], now);
    expect(await redrive()).toMatchObject({ orders: 5, written: 1, left: 1 });
    expect(await netOf('mer_farm')).toBe(fen('80.00'));
  });

  it('goes on from what stands where writing it broke off', async () => {
    // 60 receivers: more than one transaction holds.
    const legs = Array.from({ length: 60 }, (_, place) => aLeg(place + 1, `mer_${place}`, '1.00'));
    const large = anOrder({
      ...{ no: 'LARGE', marketId, payments: [aPayment('100.00', { transactionId: 'LARGE' })] },
      subOrders: [aSubOrder({ splits: [aSplit(legs)] })],
    });
    await own.put(large);
    let calls = 0;
    const writeJournal: typeof own.store.writeJournal = async (...asked) => {
      calls += 1;
      if (calls === 2) throw new Error('Broken off.');
      return own.store.writeJournal(...asked);
    };
    const readAll = wholeTable(own.client, own.table);
    const breaking = { ...own.tools, store: { ...own.store, writeJournal }, readAll };
    const broken = writeLostLines(breaking, new RoleAccounts(), time, dayLater(25.1));
    await broken.catch(() => undefined);
    expect(calls).toBe(2);
    await redrive();
    const owners = new Map(linesOf(large).map(({ owner }) => [owner.id, owner]));
    for (const [id, owner] of owners) {
      if (owner.kind !== 'MERCHANT') continue;
      const { lines } = await dayOf(own.store, marketId, owner, dueOn);
      expect([id, lines.lines, lines.net]).toEqual([id, 1n, fen('1.00')]);
    }
    expect(await redrive()).toMatchObject({ written: 0 });
  });

  it('writes nothing of an order that changes meanwhile', async () => {
    const [, , last] = history('MOVED');
    if (!last) throw new Error('It has three states.');
    await own.put(last);
    const readAll = wholeTable(own.client, own.table);
    const moving = async function* (kinds: readonly string[]) {
      yield* readAll(kinds);
      if (kinds.includes('LINES')) await own.put({ ...last, revision: 4 });
    };
    const before = await netOf('mer_farm');
    const found = await writeLostLines(
      { ...own.tools, store: own.store, readAll: moving },
      new RoleAccounts(),
      time,
      dayLater(25.1),
    );
    expect([found.written, await netOf('mer_farm')]).toEqual([0, before]);
    expect(await redrive()).toMatchObject({ written: 1 });
    expect(await netOf('mer_farm')).toBe(before + fen('20.00'));
    expect((await own.itemsOf('LOST_LINES')).filter(({ orderNo }) => orderNo === 'MOVED')).toMatchObject([
      { tenant, revision: 1n },
    ]);
  });
});
