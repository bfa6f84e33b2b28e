import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BankReport } from '../../../functions/collection/gateway/bank-gateway.ts';
import { giveDueAnswers } from '../../../functions/collection/gateway/sandbox/give-answers.ts';
import { takeReports } from '../../../functions/collection/reports/take-reports.ts';
import { type CollectionStore, collectionStore } from '../../../functions/collection/store.ts';
import { handedAt, messageOf, orderOf, sandboxGateway } from '../../functions/collection/gateway/samples.ts';
import { anEngine, engines } from '../../support/engines.ts';
import { injectFaults } from '../../support/faulty-client.ts';
import { randomFrom } from '../../support/random.ts';
import { localAccess } from '../../support/tables.ts';
import { collectionOnEngine, type TestCollection } from './support.ts';

const hoursLater = (hours: number) => new Date(handedAt.getTime() + hours * 3_600_000);
const soon = hoursLater(0.1);

/** State and code of each report, as they came. */
const said = (reports: readonly BankReport[]) => reports.map(({ state, code }) => (code ? `${state} ${code}` : state));

/** What the inbox holds of an order, sorted by the bank's clock. */
async function inboxOf(store: CollectionStore, tenant: string, orderId: string) {
  return (await store.readReports(tenant, orderId)).map(({ report }) => report);
}

const giveTo = (store: CollectionStore, now: Date) => giveDueAnswers(store, takeReports.bind(undefined, store), now);

describe.each(engines())('the sandbox bank on $kind', (engine) => {
  let own: TestCollection;
  beforeAll(async () => {
    own = await collectionOnEngine(engine);
  });
  afterAll(() => own?.close());

  const hand = (tenant: string, id: string, ...orders: ReturnType<typeof orderOf>[]) =>
    sandboxGateway(own.store).hand(messageOf(id, orders, tenant), handedAt);
  const query = (tenant: string, orderId: string, now = soon) =>
    sandboxGateway(own.store).query(tenant, [orderId], now);

  it('takes a message, settles its orders and tells so once', async () => {
    expect(await hand('one', 'M1', orderOf('A1'), orderOf('A2', '0002'))).toEqual({ outcome: 'TAKEN' });
    expect(await giveTo(own.store, soon)).toEqual([]);
    expect(await inboxOf(own.store, 'one', 'A1')).toEqual([
      { orderId: 'A1', state: 'ACCEPTED', at: '2026-03-02T02:10:00.000Z', source: 'sandbox:A1/00' },
      {
        orderId: 'A1',
        state: 'SETTLED',
        amount: 123_456n,
        fee: 500n,
        at: '2026-03-02T02:10:01.000Z',
        source: 'sandbox:A1/01',
      },
    ]);
    expect(said(await inboxOf(own.store, 'one', 'A2'))).toEqual(['ACCEPTED', 'REJECTED AM04']);
    expect(await own.store.readDueAnswers(hoursLater(100).toISOString(), 100)).toEqual([]);
  });

  it('takes a message that is handed over twice once, whenever and in whatever order', async () => {
    await hand('twice', 'M1', orderOf('A1'), orderOf('A2'));
    const before = await own.snapshot();
    const again = messageOf('M1', [orderOf('A2'), orderOf('A1')], 'twice');
    expect(await sandboxGateway(own.store).hand(again, hoursLater(5))).toEqual({ outcome: 'TAKEN' });
    expect(await own.snapshot()).toEqual(before);
  });

  it('takes a message that is handed over four times at once once, and gives its answers once to two who read them', async () => {
    const message = messageOf('M1', [orderOf('A1'), orderOf('A2', '0005')], 'race');
    const hands = Array.from({ length: 4 }, () => sandboxGateway(own.store).hand(message, handedAt));
    const outcomes = (await Promise.all(hands)).map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome === 'UNKNOWN')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'TAKEN')).toHaveLength(3);
    await Promise.all([giveTo(own.store, soon), giveTo(own.store, soon)]);
    for (const id of ['A1', 'A2']) expect(said(await inboxOf(own.store, 'race', id))).toEqual(['ACCEPTED', 'SETTLED']);
  });

  it('refuses a message whose id was used with other content; what was handed over first stands', async () => {
    await hand('other', 'M1', orderOf('A1'));
    const before = await own.snapshot();
    await expect(hand('other', 'M1', orderOf('A1', '5123', { amount: 1n }))).rejects.toMatchObject({
      code: 'collection/bank-message-differs',
      fields: { messageId: 'M1' },
    });
    expect(await own.snapshot()).toEqual(before);
  });

  it('answers an order number that comes again as the first time, and refuses it (AM05) with other content', async () => {
    await hand('again', 'M1', orderOf('A1'));
    await hand('again', 'M2', orderOf('A1'));
    expect(said(await query('again', 'A1'))).toEqual(['ACCEPTED', 'SETTLED']);
    await hand('again', 'M3', orderOf('A1', '5123', { amount: 1n }));
    await giveTo(own.store, soon);
    expect(said(await inboxOf(own.store, 'again', 'A1')).sort()).toEqual(['ACCEPTED', 'REJECTED AM05', 'SETTLED']);
  });

  it('refuses …0001 the first time and settles it when it is tried again as another order', async () => {
    const mandate = { agreementNumber: 'XY-1', signedOn: '2026-02-20', sequence: 'RCUR' } as const;
    await hand('first', 'M1', orderOf('A1', '0001', { mandate }));
    await hand('first', 'M2', orderOf('A2', '0001', { mandate }));
    expect(said(await query('first', 'A1'))).toEqual(['ACCEPTED', 'REJECTED AM04']);
    expect(said(await query('first', 'A2'))).toEqual(['ACCEPTED', 'SETTLED']);
  });

  it('has taken …0005 though the hand-over times out: a query tells', async () => {
    expect(await hand('late', 'M1', orderOf('A1', '0005'))).toMatchObject({ outcome: 'UNKNOWN' });
    expect(said(await query('late', 'A1'))).toEqual(['ACCEPTED', 'SETTLED']);
    expect(await hand('late', 'M1', orderOf('A1', '0005'))).toEqual({ outcome: 'TAKEN' });
  });

  it('has nothing of …0006 when the hand-over times out, and takes it the second time', async () => {
    expect(await hand('lost', 'M1', orderOf('A1', '0006'))).toMatchObject({ outcome: 'UNKNOWN' });
    expect(await query('lost', 'A1', hoursLater(100))).toEqual([]);
    const again = messageOf('M1', [orderOf('A1', '0006')], 'lost');
    expect(await sandboxGateway(own.store).hand(again, hoursLater(1))).toEqual({ outcome: 'TAKEN' });
    expect((await query('lost', 'A1', hoursLater(2))).map(({ at }) => at)).toEqual([
      '2026-03-02T03:10:00.000Z',
      '2026-03-02T03:10:01.000Z',
    ]);
  });

  it('takes nothing of a message with …0012 over IBPS', async () => {
    expect(await hand('down', 'M1', orderOf('A1'), orderOf('A2', '0012'))).toMatchObject({ outcome: 'NOT_TAKEN' });
    expect(await own.store.readSandboxOrder('down', 'A1')).toBeUndefined();
    expect(await query('down', 'A1', hoursLater(100))).toEqual([]);
  });

  it('tells …0007 after 26 hours and not before', async () => {
    await hand('slow', 'M1', orderOf('A1', '0007'));
    await giveTo(own.store, hoursLater(25.9));
    expect(await inboxOf(own.store, 'slow', 'A1')).toEqual([]);
    expect(await query('slow', 'A1', hoursLater(25.9))).toEqual([]);
    await giveTo(own.store, hoursLater(26));
    expect(said(await inboxOf(own.store, 'slow', 'A1'))).toEqual(['SETTLED']);
  });

  it('tells …0008 twice, from two sources', async () => {
    await hand('double', 'M1', orderOf('A1', '0008'));
    await giveTo(own.store, hoursLater(1));
    const settled = (await inboxOf(own.store, 'double', 'A1')).filter(({ state }) => state === 'SETTLED');
    expect(settled.map(({ at }) => at)).toEqual(['2026-03-02T02:10:01.000Z', '2026-03-02T02:10:01.000Z']);
    expect(new Set(settled.map(({ source }) => source)).size).toBe(2);
  });

  it('tells …0010 that it comes back, after two days', async () => {
    await hand('back', 'M1', orderOf('A1', '0010'));
    expect(said(await query('back', 'A1', hoursLater(48)))).toEqual(['ACCEPTED', 'SETTLED']);
    expect((await query('back', 'A1', hoursLater(49))).at(-1)).toMatchObject({
      state: 'RETURNED',
      code: 'MS02',
      amount: 123_456n,
      at: '2026-03-04T02:10:01.000Z',
    });
  });

  it('knows nothing of an order of another tenant', async () => {
    await hand('mine', 'M1', orderOf('A1'));
    expect(await query('theirs', 'A1')).toEqual([]);
  });

  it.each([
    ['without orders', [], 'The message holds no order.'],
    ['with an order twice', [orderOf('A1'), orderOf('A1')], 'An order stands in the message twice.'],
    ['over two rails', [orderOf('A1'), orderOf('A2', '1', { railKind: 'BOOK' })], 'The orders go by different rails.'],
    [
      'with an id that files do not carry',
      [orderOf('itm_1')],
      'An id is not 1 to 35 characters of the Latin set: itm_1.',
    ],
  ])('does not take a message %s', async (_, orders, text) => {
    const id = `M${text.length}`;
    expect(await hand('faulty', id, ...orders)).toEqual({ outcome: 'NOT_TAKEN', text });
    expect(await hand('faulty', id, orderOf('A1'))).toEqual({ outcome: 'NOT_TAKEN', text });
  });
});

describe('the sandbox bank over a table that fails', () => {
  let own: TestCollection;
  beforeAll(async () => {
    own = await collectionOnEngine(anEngine());
  });
  afterAll(() => own?.close());

  it('gives an answer again, from the same source, where it was killed between giving and noting', async () => {
    await sandboxGateway(own.store).hand(messageOf('M1', [orderOf('A1')], 'killed'), handedAt);
    const given: string[] = [];
    const take = async (tenant: string, reports: readonly BankReport[], now: Date) => {
      given.push(...reports.map(({ source }) => source));
      await takeReports(own.store, tenant, reports, now);
    };
    const killed = { ...own.store, noteGiven: () => Promise.reject(new Error('killed')) };
    expect(await giveDueAnswers(killed, take, soon)).toHaveLength(1);
    expect(await giveDueAnswers(own.store, take, soon)).toEqual([]);
    expect(given).toEqual(['sandbox:A1/00', 'sandbox:A1/01', 'sandbox:A1/00', 'sandbox:A1/01']);
    expect(said(await inboxOf(own.store, 'killed', 'A1'))).toEqual(['ACCEPTED', 'SETTLED']);
    expect(await giveDueAnswers(own.store, take, hoursLater(100))).toEqual([]);
    expect(given).toHaveLength(4);
  });

  it('keeps no tenant from its answers because those of another cannot be taken', async () => {
    for (const tenant of ['bad', 'good']) {
      await sandboxGateway(own.store).hand(messageOf('M1', [orderOf('B1')], tenant), handedAt);
    }
    const take = async (tenant: string, reports: readonly BankReport[], now: Date) => {
      if (tenant === 'bad') throw new Error('the inbox is full');
      await takeReports(own.store, tenant, reports, now);
    };
    expect(await giveDueAnswers(own.store, take, soon)).toHaveLength(1);
    expect(said(await inboxOf(own.store, 'good', 'B1'))).toEqual(['ACCEPTED', 'SETTLED']);
    expect(await inboxOf(own.store, 'bad', 'B1')).toEqual([]);
    await giveTo(own.store, soon);
    expect(said(await inboxOf(own.store, 'bad', 'B1'))).toEqual(['ACCEPTED', 'SETTLED']);
  });

  it('takes each order once and tells each answer once, handed over and read in any order while calls fail', async () => {
    const seed = Number(process.env.YUDAO_SEED ?? 20260302);
    const client = new DynamoDBClient({ endpoint: own.endpoint, ...localAccess, maxAttempts: 1 });
    const log = injectFaults(client, seed, { conflict: 0.1, throttle: 0.05, timeoutBefore: 0.03, timeoutAfter: 0.05 });
    const store = collectionStore(client, own.table);
    const random = randomFrom(seed);
    const suffixes = ['5123', '0002', '0005', '0006', '0008', '0009', '0010', '0011'];
    const orders = suffixes.map((suffix, place) => orderOf(`C${place}`, suffix, { partial: true }));
    const messages = orders.map((order, place) => messageOf(`M${place}`, [order], 'faults'));
    for (let step = 0; step < 30; step++) {
      const message = messages[Math.floor(random() * messages.length)] ?? messages[0];
      // What fails is what a caller meets: it comes back later.
      if (message)
        await sandboxGateway(store)
          .hand(message, handedAt)
          .catch(() => undefined);
      if (random() < 0.3) await giveTo(store, hoursLater(random() * 60)).catch(() => undefined);
    }
    log.stop();
    for (const message of messages) {
      for (let again = 0; again < 2; again++) await sandboxGateway(store).hand(message, handedAt);
    }
    await giveTo(store, hoursLater(100));
    expect(log.faults.length, String(log)).toBeGreaterThan(10);
    const found = await Promise.all(orders.map(async ({ id }) => said(await inboxOf(store, 'faults', id)).sort()));
    expect(found, String(log)).toEqual([
      ['ACCEPTED', 'SETTLED'],
      ['ACCEPTED', 'REJECTED AM04'],
      ['ACCEPTED', 'SETTLED'],
      ['ACCEPTED', 'SETTLED'],
      ['ACCEPTED', 'ACCEPTED', 'SETTLED', 'SETTLED'],
      ['ACCEPTED', 'SETTLED'],
      ['ACCEPTED', 'RETURNED MS02', 'SETTLED'],
      ['ACCEPTED', 'SETTLED'],
    ]);
    client.destroy();
  });
});
