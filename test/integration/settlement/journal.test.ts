import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ledgerSide } from '../../../functions/settlement/comparing/ledger-side.ts';
import { askNow } from '../../../functions/settlement/journal/ask-now.ts';
import { askAgain, bookPostings } from '../../../functions/settlement/journal/booking/book-postings.ts';
import { RoleAccounts } from '../../../functions/settlement/journal/booking/role-accounts.ts';
import { postingFromPlain } from '../../../functions/settlement/journal/journal-items.ts';
import { retryParked } from '../../../functions/settlement/journal/retry-parked.ts';
import { type StreamChange, takeChanges } from '../../../functions/settlement/journal/take-changes.ts';
import type { Market } from '../../../functions/settlement/markets/market.ts';
import type { Order } from '../../../functions/settlement/orders/order.ts';
import { comparingStore } from '../../../functions/settlement/store.ts';
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
import {
  changesOf,
  dayOf,
  imageOf,
  journalOnEngine,
  minutesLater,
  now,
  prove,
  type TestJournal,
  tenant,
} from './journal-support.ts';

const dueOn = '2025-09-28';
const farm = { kind: 'MERCHANT', id: 'mer_farm' } as const;

describe.each(engines())('the journal on $kind', (engine) => {
  let journal: TestJournal;
  let shards = 0;

  beforeAll(async () => {
    journal = await journalOnEngine(engine);
  });
  afterAll(() => journal?.close());

  /** Each call is a shard of its own, so that tests do not stand behind one another's positions. */
  const take = (changes: readonly Omit<StreamChange, 'at'>[], accounts = new RoleAccounts()) => {
    shards += 1;
    const records = changes.map((change, place) => ({ ...change, at: String(place + 1) }));
    return takeChanges(journal.tools, accounts, `shard-${shards}`, records, now);
  };
  const inMarket = (marketId: string, more: Partial<Order> = {}) => aSplitOrder({ marketId, ...more });
  const postingsOf = async (marketId: string) =>
    (await journal.itemsOf('POSTING')).filter((item) => item.marketId === marketId);
  const waitingOf = async (marketId: string) => {
    const [posting] = await postingsOf(marketId);
    return journal.store.readWaiting(tenant, String(posting?.id));
  };

  it('gives lines of a day that was closed to the next settlement of the same date', async () => {
    const marketId = 'mkt_closed';
    await take(changesOf([inMarket(marketId, { no: 'A-1' })]));
    await journal.store.closeDay(tenant, marketId, dueOn, 0);
    await take(changesOf([inMarket(marketId, { no: 'A-2' })]));
    const owner = { kind: 'MERCHANT', id: 'mer_farm' } as const;
    expect((await dayOf(journal.store, marketId, owner, dueOn)).sequences).toEqual([0, 1]);
    const late = await journal.store.readLines(tenant, owner, dueOn, { blocks: 10, sequence: 1 });
    expect(late.lines).toMatchObject([{ kind: 'SHARE', orderNo: 'A-2' }]);
    await expect(journal.store.closeDay(tenant, marketId, dueOn, 0)).rejects.toThrow();
    await journal.store.closeDay(tenant, marketId, dueOn, 1);
  });

  it.each([0, 1])(
    'writes what it planned before a day was closed after settlement %i into the next one',
    async (last) => {
      const marketId = `mkt_meanwhile${last}`;
      const date = '2025-10-30';
      if (last > 0) await journal.store.closeDay(tenant, marketId, date, last - 1);
      const store = {
        ...journal.store,
        readBefore: async (...asked: Parameters<typeof journal.store.readBefore>) => {
          const found = await journal.store.readBefore(...asked);
          await journal.store.closeDay(tenant, marketId, date, last).catch(() => undefined);
          return found;
        },
      };
      const owner = { kind: 'MERCHANT', id: `mer_late${last}` } as const;
      const splits = [aSplit([aLeg(1, owner.id, '20.00', { dueOn: date })])];
      const order = inMarket(marketId, { no: `LATE-${last}`, subOrders: [aSubOrder({ splits })] });
      const records = changesOf([order]).map((change) => ({ ...change, at: '1' }));
      await takeChanges({ ...journal.tools, store }, new RoleAccounts(), `shard-meanwhile${last}`, records, now);
      const { sequences, total, lines } = await dayOf(journal.store, marketId, owner, date);
      expect([sequences, total.net, lines.net]).toEqual([[last + 1], fen('20.00'), fen('20.00')]);
    },
  );

  it('pages the lines of a day by blocks, in the order in which they were written', async () => {
    const marketId = 'mkt_pages';
    const splits = [aSplit([aLeg(1, 'mer_paged', '20.00')])];
    const orders = ['A-1', 'A-2', 'A-3'].map((no) => inMarket(marketId, { no, subOrders: [aSubOrder({ splits })] }));
    for (const order of orders) await take(changesOf([order]));
    const owner = { kind: 'MERCHANT', id: 'mer_paged' } as const;
    const seen: unknown[] = [];
    let from: string | undefined;
    do {
      const page = await journal.store.readLines(tenant, owner, dueOn, { blocks: 1, ...(from && { after: from }) });
      seen.push(page.lines.map((line) => 'orderNo' in line && line.orderNo));
      from = page.next;
    } while (from !== undefined);
    expect(seen.slice(0, 3)).toHaveLength(3);
    expect(seen.flat().sort()).toEqual(['A-1', 'A-2', 'A-3']);
  });

  it('puts aside a record that it cannot compute, writes the others, and takes it in once when it can', async () => {
    const marketId = 'mkt_parked';
    const whole = inMarket(marketId, { no: 'A-9' });
    const image = imageOf(whole);
    // Refunded, and nothing says since when: a version of the code that knows would take it.
    const broken: Plain = imageOf({
      ...whole,
      refunds: [{ ...aSplitOrder().refunds[0], state: 'FUNDED', no: 'R' } as never],
    });
    const splits = [aSplit([aLeg(1, 'mer_beside', '20.00')])];
    const beside = changesOf([inMarket(marketId, { no: 'A-8', subOrders: [aSubOrder({ splits })] })]);
    await take([{ isNew: true, after: broken }, ...beside]);
    const owner = { kind: 'MERCHANT', id: 'mer_beside' } as const;
    expect((await dayOf(journal.store, marketId, owner, dueOn)).total.net).toBe(fen('20.00'));
    const { parked } = await journal.store.listParked(tenant, undefined, 10);
    expect(parked).toMatchObject([
      { orderNo: 'A-9', reason: 'Refund R of order A-9 does not say since when it is FUNDED.' },
    ]);
    expect((await journal.store.listParkedReasons(tenant, undefined, 10)).parked).toMatchObject([{ orderNo: 'A-9' }]);
    expect(await retryParked(journal.store, now)).toBe(1);

    // As if the code could read it by now: what was kept is what the stream told.
    const readable = {
      ...journal.store,
      listParked: async () => ({ parked: parked.map((one) => ({ ...one, after: image })) }),
    };
    const before = (await dayOf(journal.store, marketId, farm, dueOn)).total.net;
    expect(await retryParked(readable, now)).toBe(0);
    expect(await retryParked(readable, now)).toBe(1);
    expect((await dayOf(journal.store, marketId, farm, dueOn)).total.net).toBe(before + fen('20.00'));
    expect([await journal.itemsOf('PARKED'), await journal.itemsOf('PARKED_IMAGE')]).toEqual([[], []]);
  });

  it('puts a record aside whose order is as large as an item can be, before and after', async () => {
    const text = 'x'.repeat(390_000);
    const key = { pk: `${tenant}#N#0`, sk: 'LARGE', kind: 'ORDER', revision: 1n, amounts: [] };
    await take([{ isNew: false, before: { ...key, text }, after: { ...key, text: `${text}y` } }]);
    const { parked } = await journal.store.listParked(tenant, undefined, 10);
    expect(parked).toMatchObject([{ orderNo: 'LARGE', before: { text }, after: { text: `${text}y` } }]);
  });

  it('keeps a posting that has no account, asks again at growing distance, and books it once when there is one', async () => {
    const marketId = `mkt_waits_${engine.kind}`;
    const merchantId = 'mer_new';
    const splits = [aSplit([aLeg(1, merchantId, '20.00')])];
    await take(changesOf([anOrder({ marketId, no: 'A-7', subOrders: [aSubOrder({ splits })] })]));
    const [posting] = await postingsOf(marketId);
    const book = () => bookPostings(journal.tools, new RoleAccounts(), [postingFromPlain(posting ?? {})], now);
    const again = (at: Date) => askAgain(journal.tools, new RoleAccounts(), at);
    await book();
    expect(await waitingOf(marketId)).toMatchObject({
      ...{ code: 'settlement/account-missing', refusals: 1, attempt: 1 },
      askAt: minutesLater(1).toISOString(),
    });
    await again(now);
    expect(await waitingOf(marketId)).toMatchObject({ refusals: 1 });
    await again(minutesLater(1));
    expect(await waitingOf(marketId)).toMatchObject({ refusals: 2, askAt: minutesLater(3).toISOString() });

    const { waiting } = await journal.store.listWaitingOf(tenant, marketId, undefined, 10);
    expect(waiting).toMatchObject([{ id: posting?.id, refusals: 2, since: now.toISOString() }]);
    const which = { tenant, marketId, id: String(posting?.id) };
    await expect(askNow(journal.store, { ...which, marketId: 'mkt_other' }, now)).rejects.toThrow('waits');
    const market = await journal.openMarket(marketId, [merchantId]);
    // Mended before its turn comes, and asked for.
    expect(await askNow(journal.store, which, minutesLater(2))).toMatchObject({ askAt: minutesLater(2).toISOString() });
    await again(minutesLater(2));
    expect((await journal.store.listWaitingOf(tenant, marketId, undefined, 10)).waiting).toEqual([]);
    await expect(askNow(journal.store, which, now)).rejects.toMatchObject({ code: 'settlement/posting-not-found' });
    await again(minutesLater(60));
    await book();
    expect(await waitingOf(marketId)).toMatchObject({ bookedAs: 1 });
    expect(await journal.balance(market, `payable ${merchantId}`)).toBe(fen('20.00'));
    expect(await journal.balance(market, 'supervised')).toBe(fen('-20.00'));
    expect((await journal.store.listWaiting(minutesLater(10_000).toISOString(), undefined, 10)).waiting).toEqual([]);
  });

  it('proves an order once whose first payment was told after another one', async () => {
    const marketId = `mkt_turned_${engine.kind}`;
    const market = await journal.openMarket(marketId, []);
    const later = aPayment('40.00', { transactionId: 'L', businessDate: '2025-09-27' });
    const order = anOrder({ marketId, no: 'L-1', subOrders: [aSubOrder({ plan: { by: 'MANUAL' } })] });
    const [first, second] = [[later], [aPayment('60.00'), later]].map((payments) => ({ ...order, payments }));
    const history = [order, first, second].filter((one) => one !== undefined);
    await journal.put(history.at(-1) ?? order);
    await take(changesOf(history));
    await bookPostings(journal.tools, new RoleAccounts(), (await postingsOf(marketId)).map(postingFromPlain), now);
    const proof = await prove(journal, market);
    expect(proof).toMatchObject({ orders: 1, isBalanced: true, sums: { received: fen('100.00') } });
  });

  it('is looked for in the ledger by the postings that its lines name: what that refused is not there until it takes it', async () => {
    const marketId = `mkt_booked_${engine.kind}`;
    const day = { tenant, marketId, channelId: 'WECHAT_PAY', businessDate: '2025-09-26' };
    const store = comparingStore(journal.client, journal.table);
    const booked = async () => {
      const { blocks } = await store.readMarketBlocks(tenant, marketId, day.businessDate, { count: 50 });
      const { wrong, ...figures } = await ledgerSide({ store, ledger: journal.tools.ledger }, day, blocks);
      return [figures, wrong.length];
    };
    const own = (no: string, paid: string, fee: string, more = {}) =>
      anOrder({ marketId, no, payments: [aPayment(paid, { fee: fen(fee), ...more })] });
    const tomorrow = own('B-2', '50.00', '0.30', { businessDate: '2025-09-27' });
    const gone = [own('B-4', '9.00', '0.05'), own('B-4', '9.00', '0.05', { businessDate: '2025-09-28' })];
    // One batch: two days of the channel, another channel, and a payment that was put right at once.
    await take([...changesOf([own('B-1', '100.00', '0.60')]), ...changesOf([tomorrow]), ...changesOf(gone)]);
    await take(changesOf([own('B-3', '70.00', '0.42', { channelId: 'ALIPAY' })]));
    const book = async () =>
      bookPostings(journal.tools, new RoleAccounts(), (await postingsOf(marketId)).map(postingFromPlain), now);
    await book();
    await journal.openMarket(marketId, []);
    expect(await booked()).toEqual([{ paid: 0n, refunded: 0n, fees: 0n }, 1]);
    await askAgain(journal.tools, new RoleAccounts(), minutesLater(1));
    expect(await booked()).toEqual([{ paid: fen('100.00'), refunded: 0n, fees: fen('0.60') }, 0]);
    expect(
      await journal.balance({ ...(await journal.store.readMarket(tenant, marketId)) } as Market, 'channel WECHAT_PAY'),
    ).toBe(-fen('158.05'));
  });

  it('proves that orders, lines, totals and the ledger say the same, and shows where they do not', async () => {
    const marketId = `mkt_proved_${engine.kind}`;
    const market = await journal.openMarket(marketId, [`mer_a_${engine.kind}`]);
    const splits = [aSplit([aLeg(1, `mer_a_${engine.kind}`, '20.00')])];
    const order = inMarket(marketId, { no: 'P-1', payments: [aPayment()], subOrders: [aSubOrder({ splits })] });
    await journal.put(order);
    const accounts = new RoleAccounts();
    await take(changesOf([order]), accounts);
    const early = await prove(journal, market);
    expect(early).toMatchObject({ isBalanced: false, lost: { count: 0 }, differences: { count: 0 } });
    await bookPostings(journal.tools, accounts, (await postingsOf(marketId)).map(postingFromPlain), now);
    const proof = await prove(journal, market);
    expect(proof).toMatchObject({ orders: 1, days: 2, isBalanced: true, sums: { supervised: fen('80.00') } });
    // An order that changed, and whose change has not come yet.
    await journal.put({ ...order, payments: [aPayment('120.00')] });
    expect(await prove(journal, market)).toMatchObject({
      isBalanced: false,
      lost: { count: 1, first: [{ orderNo: 'P-1', changedOn: '2025-09-26' }] },
    });
  });
});
