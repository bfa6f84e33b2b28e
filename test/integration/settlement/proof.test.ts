import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bookPostings } from '../../../functions/settlement/journal/booking/book-postings.ts';
import { RoleAccounts } from '../../../functions/settlement/journal/booking/role-accounts.ts';
import { postingFromPlain } from '../../../functions/settlement/journal/journal-items.ts';
import { askForProof } from '../../../functions/settlement/journal/proof/ask-for-proof.ts';
import { carryOutProof, type ProofLimits } from '../../../functions/settlement/journal/proof/carry-out-proof.ts';
import { takeChanges } from '../../../functions/settlement/journal/take-changes.ts';
import { writeLostLines } from '../../../functions/settlement/journal/write-lost-lines.ts';
import { nextOrder } from '../../../functions/settlement/orders/next-order.ts';
import { type ProvingStore, provingStore } from '../../../functions/settlement/store.ts';
import { wholeTable } from '../../../functions/settlement/store-whole-table.ts';
import { toItem } from '../../../shared/dynamo/items.ts';
import { aRefund, aTake, cause, fen } from '../../functions/settlement/journal/orders.ts';
import { engines } from '../../support/engines.ts';
import { changesOf, journalOnEngine, prove, type TestJournal, tenant } from './journal-support.ts';
import { by, on, paid, provenOrders } from './proven-orders-support.ts';

const few: ProofLimits = { ordersMax: 2, dayMax: 2, turnMs: 60_000, passMs: 60_000 };

describe.each(engines())('the proof of a market on $kind', (engine) => {
  let own: TestJournal;

  beforeAll(async () => {
    own = await journalOnEngine(engine);
  });
  afterAll(() => own?.close());

  const { tell, make } = provenOrders(() => own);
  const open = (name: string) => own.openMarket(`mkt_${name}`, [`mer_mkt_${name}`]);

  it('names an order of which the journal never heard, closes no day before that is mended, and redrive mends it', async () => {
    const market = await open('lost');
    await make(market.id, 'L-1', 24);
    await own.put(paid(market.id, 'L-2', 25));
    await make(market.id, 'L-3', 26);
    const lost = { count: 1, first: [{ orderNo: 'L-2', changedOn: '2025-09-25' }] };
    expect(await prove(own, market, on(28))).toMatchObject({ isBalanced: false, orders: 3, lost });
    const store = provingStore(own.client, own.table);
    expect(await store.readProof({ tenant, marketId: market.id })).toMatchObject({ closedOn: '2025-09-24' });

    const readAll = wholeTable(own.client, own.table);
    const time = { from: '2025-09-01T00:00:00.000Z', to: '2025-10-01T00:00:00.000Z' };
    const tools = { ...own.tools, store: own.store, readAll };
    expect(await writeLostLines(tools, new RoleAccounts(), time, on(28))).toMatchObject({ written: 1 });
    await bookPostings(own.tools, new RoleAccounts(), (await own.itemsOf('POSTING')).map(postingFromPlain), on(28));
    // It goes on behind the 24th: two orders are looked at, three are in the figures.
    expect(await prove(own, market, on(28))).toMatchObject({
      ...{ isBalanced: true, from: '2025-09-24', changed: 2, orders: 3 },
      sums: { received: fen('300.00'), shares: fen('60.00'), supervised: fen('240.00') },
    });
  });

  it('names an order whose change was put aside', async () => {
    const market = await open('aside');
    await own.put(paid(market.id, 'A-1', 26));
    const broken = { ...changesOf([paid(market.id, 'A-1', 26)])[0]?.after, text: '{' };
    await takeChanges(own.tools, new RoleAccounts(), 'proof-aside', [{ isNew: true, at: '1', after: broken }], on(26));
    expect(await prove(own, market, on(26))).toMatchObject({
      isBalanced: false,
      lost: { first: [{ orderNo: 'A-1' }] },
    });
  });

  it('goes on from closing figures: an order that was changed since is counted by its change', async () => {
    const market = await open('closing');
    const first = await make(market.id, 'C-1', 24);
    for (const [no, day] of [
      ['C-2', 24],
      ['C-3', 25],
    ] as const)
      await make(market.id, no, day);
    expect(await prove(own, market, on(26))).toMatchObject({ isBalanced: true, changed: 3, days: 3 });

    // 10.00 of the first go back on the 26th, and a fourth is paid.
    const refund = aRefund('R-1', [aTake('10.00')], { fundedOn: '2025-09-26' });
    const refunded = nextOrder(first, { ...first, refunds: [refund] }, by(26));
    await own.put(refunded);
    await tell(refunded, first);
    await make(market.id, 'C-4', 26);
    const proof = await prove(own, market, on(27));
    expect(proof).toMatchObject({ from: '2025-09-25', changed: 2, orders: 4, lost: { count: 0 } });
    expect(proof.sums).toMatchObject({ received: fen('400.00'), refunds: fen('10.00'), supervised: fen('310.00') });
    // The refund itself was not booked here: the ledger still has its 10.00.
    expect(proof.shown.find(({ role }) => role === 'supervised')).toMatchObject({
      ...{ orders: fen('310.00'), ledger: fen('320.00') },
    });
    const store = provingStore(own.client, own.table);
    const days = { from: '2025-09-01', to: '2025-09-30' };
    const { days: closed } = await store.listClosedDays({ tenant, marketId: market.id }, days, undefined, 9);
    const money = closed.map(({ date, opening, closing }) => [date, opening.sums.received, closing.sums.supervised]);
    expect(money).toEqual([
      ['2025-09-24', 0n, fen('160.00')],
      ['2025-09-25', fen('200.00'), fen('240.00')],
      ['2025-09-26', fen('300.00'), fen('310.00')],
    ]);
    // From the first order it is the same.
    const anew = await prove(own, market, on(27), { isAnew: true });
    expect(anew.from).toBeUndefined();
    expect([anew.changed, anew.sums, anew.shown]).toEqual([4, proof.sums, proof.shown]);
  });

  it('comes to the same however little fits into memory, and wherever it is killed', async () => {
    const market = await open('killed');
    const days = [21, 21, 22, 23, 23, 24, 26];
    for (const [place, day] of days.entries()) await make(market.id, `K-${place}`, day);
    const { days: _, ...whole } = await prove(own, market, on(26));
    expect(whole).toMatchObject({ isBalanced: true, changed: 7, orders: 7 });
    const { days: __, ...inParts } = await prove(own, market, on(26), { isAnew: true, limits: few });
    expect(inParts).toEqual(whole);

    const store = provingStore(own.client, own.table);
    const ref = { tenant, marketId: market.id };
    await askForProof(store, ref, true, cause, on(26).toISOString());
    let kills = 0;
    for (let isOver = false; !isOver; kills++) {
      if (kills > 30) throw new Error('It never ends.');
      const tools = { store: dyingAfter(store, (kills % 3) + 1), ledger: own.tools.ledger };
      // Each attempt is another hour, so that nobody waits for the one that was killed.
      const clock = () => new Date(on(26).getTime() + kills * 60_000);
      await carryOutProof(tools, ref, 'evt_killed', clock, few).catch(() => undefined);
      const { asked = 0, done = 0 } = (await store.readProof(ref)) ?? {};
      isOver = done === asked;
    }
    expect(kills).toBeGreaterThan(3);
    const { result } = (await store.readProof(ref)) ?? {};
    const { days: ___, ...carriedOn } = result ?? { days: 0 };
    expect(carriedOn).toEqual(whole);
  });

  it('is handed on after its time, and nobody does it twice at once', async () => {
    const market = await open('turns');
    for (const day of [22, 23, 24]) await make(market.id, `T-${day}`, day);
    const store = provingStore(own.client, own.table);
    const tools = { store, ledger: own.tools.ledger };
    const ref = { tenant, marketId: market.id };
    await askForProof(store, ref, false, cause, on(26).toISOString());
    const limits = { ordersMax: 1, dayMax: 1, turnMs: 0, passMs: 60_000 };
    const turns = [];
    for (const event of ['evt_1', 'evt_2', 'evt_3', 'evt_4']) {
      await carryOutProof(tools, ref, event, () => on(26), limits);
      const { turns: turn, begun, done } = (await store.readProof(ref)) ?? {};
      turns.push([turn, begun?.until, done]);
    }
    const last = [2, undefined, 1];
    expect(turns).toEqual([[1, '2025-09-22', 0], [2, '2025-09-23', 0], last, last]);

    // Somebody is at it: whoever comes by leaves it alone until that one must be dead.
    const asked = await askForProof(store, ref, false, cause, on(26).toISOString());
    const lease = { by: 'another', until: '2025-09-26T03:16:00.000Z' };
    await store.writeProof({ ...asked, lease, revision: asked.revision + 1 });
    await carryOutProof(tools, ref, 'evt_5', () => on(26));
    expect(await store.readProof(ref)).toMatchObject({ asked: 2, done: 1 });
    await carryOutProof(tools, ref, 'evt_5', () => new Date('2025-09-26T03:16:01.000Z'));
    expect(await store.readProof(ref)).toMatchObject({ asked: 2, done: 2, result: { isBalanced: true } });
  });

  it('says so where one day alone does not fit into memory', async () => {
    const market = await open('large');
    for (const no of ['G-1', 'G-2', 'G-3']) await own.put(paid(market.id, no, 24));
    await expect(prove(own, market, on(26), { limits: few })).rejects.toThrow('More than 2 orders');
  });

  it('finds a total that its lines do not make', async () => {
    const market = await open('total');
    await make(market.id, 'D-1', 24);
    const owner = { kind: 'MERCHANT', id: `mer_${market.id}` } as const;
    const [total] = (await own.itemsOf('TOTAL')).filter(({ ownerId }) => ownerId === owner.id);
    const key = { pk: String(total?.pk), sk: String(total?.sk) };
    await own.client.send(
      new UpdateItemCommand({
        ...{ TableName: own.table, Key: toItem(key) },
        ...{ UpdateExpression: 'ADD #net :one', ExpressionAttributeNames: { '#net': 'net' } },
        ExpressionAttributeValues: toItem({ ':one': 1 }),
      }),
    );
    expect(await prove(own, market, on(26))).toMatchObject({
      ...{ isBalanced: false, lost: { count: 0 } },
      differences: { count: 1, first: [{ owner, date: '2025-09-28', lines: { net: 2_000n }, total: { net: 2_001n } }] },
    });
  });

  /** A store that writes so often, and then no more. */
  function dyingAfter(store: ProvingStore, writes: number): ProvingStore {
    let left = writes;
    const orDie = async (write: () => Promise<void>) => {
      left -= 1;
      if (left < 0) throw new Error('Killed.');
      await write();
    };
    return {
      ...store,
      writeProof: (next) => orDie(() => store.writeProof(next)),
      keepClosings: (...asked) => orDie(() => store.keepClosings(...asked)),
    };
  }
});
