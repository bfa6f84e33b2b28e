import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askForProof } from '../../../functions/settlement/journal/proof/ask-for-proof.ts';
import { carryOutProof } from '../../../functions/settlement/journal/proof/carry-out-proof.ts';
import { nextOrder } from '../../../functions/settlement/orders/next-order.ts';
import type { Order } from '../../../functions/settlement/orders/order.ts';
import { orderToPlain } from '../../../functions/settlement/orders/order-items.ts';
import { type ProvingStore, provingStore } from '../../../functions/settlement/store.ts';
import { type Plain, toItem } from '../../../shared/dynamo/items.ts';
import { cause, fen } from '../../functions/settlement/journal/orders.ts';
import { engines } from '../../support/engines.ts';
import { journalOnEngine, prove, type TestJournal, tenant } from './journal-support.ts';
import { by, on, paid, provenOrders } from './proven-orders-support.ts';

describe.each(engines())('going through the orders of a market on $kind', (engine) => {
  let own: TestJournal;
  let store: ProvingStore;

  beforeAll(async () => {
    own = await journalOnEngine(engine);
    store = provingStore(own.client, own.table);
  });
  afterAll(() => own?.close());

  const { tell, make } = provenOrders(() => own);
  /** Noted on a later day, and nothing else. */
  const note = async (order: Order, day: number) => {
    const next = nextOrder(order, { ...order, references: { note: '1' } }, by(day));
    await own.put(next);
    await tell(next, order);
  };

  it('leaves in the table what came to nothing by the day that is asked for', async () => {
    const marketId = 'mkt_left';
    await own.put(paid(marketId, 'L-24', 24));
    await own.put(paid(marketId, 'L-26', 26));
    const early = paid(marketId, 'L-24-27', 24);
    await own.put(nextOrder(early, { ...early, references: { note: '1' } }, by(27)));
    const { firstOn: _, ...unnoted } = orderToPlain(paid(marketId, 'L-UNNOTED', 26));
    await own.client.send(new PutItemCommand({ TableName: own.table, Item: toItem(unnoted) }));
    const shown = async (behind?: string, until?: string) => {
      const nos: string[] = [];
      const visit = ({ sk }: Plain) => {
        nos.push(String(sk));
      };
      const pass = { behind, until: () => until, isOver: () => false, visit };
      expect(await store.visitOrders({ tenant, marketId }, pass)).toBe(true);
      return nos.sort();
    };
    expect(await shown()).toEqual(['L-24', 'L-24-27', 'L-26', 'L-UNNOTED']);
    expect(await shown(undefined, '2025-09-25')).toEqual(['L-24', 'L-24-27', 'L-UNNOTED']);
    expect(await shown('2025-09-24', '2025-09-25')).toEqual(['L-24-27', 'L-UNNOTED']);
    expect(await shown('2025-09-26')).toEqual(['L-24-27']);
  });

  it('keeps how many days fit where it takes long, and goes on with these: the end is the same', async () => {
    const market = await own.openMarket('mkt_long', ['mer_mkt_long']);
    const ref = { tenant, marketId: market.id };
    for (let place = 0; place < 14; place++) {
      const order = await make(market.id, `N-${place}`, 18 + (place >> 1));
      // One order of each second day is noted again on the 25th: it counts for the days before.
      if (place % 4 === 0) await note(order, 25);
    }
    const { days: _, ...whole } = await prove(own, market, on(26));
    expect(whole).toMatchObject({ isBalanced: true, changed: 14, orders: 14, sums: { received: fen('1400.00') } });

    await askForProof(store, ref, true, cause, on(26).toISOString());
    const seen: (readonly [until: string | undefined, upTo: string | undefined, visited: number])[] = [];
    for (let event = 0; ; event++) {
      if (event > 60) throw new Error('It never ends.');
      let visited = 0;
      const counting: ProvingStore = {
        ...store,
        visitOrders: (of, pass) =>
          store.visitOrders(of, {
            ...pass,
            visit: (order) => {
              visited += 1;
              pass.visit(order);
            },
          }),
      };
      // Every pass takes too long, and every function does one.
      const limits = { ordersMax: 2, dayMax: 4, turnMs: 0, passMs: 0 };
      const tools = { store: counting, ledger: own.tools.ledger };
      await carryOutProof(tools, ref, `evt_${event}`, () => on(26), limits);
      const proof = await store.readProof(ref);
      seen.push([proof?.begun?.until, proof?.begun?.upTo, visited]);
      if (proof?.done === proof?.asked) break;
    }
    const { days: __, ...inPasses } = (await store.readProof(ref))?.result ?? { days: 0 };
    expect(inPasses).toEqual(whole);
    // It was broken off, and each time that it was it knew of fewer days than before.
    const cuts = seen.filter(([, upTo]) => upTo !== undefined);
    expect(cuts.length).toBeGreaterThan(2);
    for (const [place, [until, upTo]] of seen.entries()) {
      const [untilNext, upToNext, visitedNext = 0] = seen[place + 1] ?? [];
      if (upTo === undefined) continue;
      if (untilNext === until && upToNext !== undefined) expect(upToNext < upTo).toBe(true);
      // Days behind it stay in the table: at least the orders of the last day.
      expect(visitedNext).toBeLessThanOrEqual(12);
    }
  });

  it('closes the days before an order that cannot be read came to anything', async () => {
    const market = await own.openMarket('mkt_hidden', ['mer_mkt_hidden']);
    const ref = { tenant, marketId: market.id };
    for (const day of [22, 23, 25]) await make(market.id, `H-${day}`, day);
    const order = orderToPlain(paid(market.id, 'H-24', 24));
    await own.client.send(new PutItemCommand({ TableName: own.table, Item: toItem({ ...order, text: '{' }) }));
    const proof = await prove(own, market, on(27));
    expect(proof).toMatchObject({ isBalanced: false, lost: { count: 1, first: [{ orderNo: 'H-24' }] } });
    expect(await store.readProof(ref)).toMatchObject({ closedOn: '2025-09-23' });
    // Put right, it counts: from the 23rd on.
    await make(market.id, 'H-24', 24);
    const mended = await prove(own, market, on(27));
    expect(mended).toMatchObject({ isBalanced: true, from: '2025-09-23', changed: 2, orders: 4 });
  });
});
