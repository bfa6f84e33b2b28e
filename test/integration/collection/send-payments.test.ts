import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BankChannel } from '../../../functions/collection/channels/bank-channel.ts';
import { toEvents } from '../../../functions/collection/events.ts';
import { gatewayOf } from '../../../functions/collection/gateway/gateway-of.ts';
import { giveDueAnswers } from '../../../functions/collection/gateway/sandbox/give-answers.ts';
import { carryOnArrivals } from '../../../functions/collection/on-work.ts';
import type { PaymentAsked } from '../../../functions/collection/payments/payment.ts';
import { toldToPlain } from '../../../functions/collection/payments/payment-items.ts';
import { queryPaymentsBy } from '../../../functions/collection/payments/query-payments.ts';
import { type PaymentTools, sendPaymentsBy } from '../../../functions/collection/payments/send-payments.ts';
import { takeReports } from '../../../functions/collection/reports/take-reports.ts';
import type { CollectionStore } from '../../../functions/collection/store.ts';
import type { CollectionTools } from '../../../functions/collection/tools.ts';
import { toItem } from '../../../shared/dynamo/items.ts';
import { setLogSink } from '../../../shared/http/log.ts';
import { account } from '../../functions/collection/gateway/samples.ts';
import { engines } from '../../support/engines.ts';
import { bucket, fileTerms, handedAt } from './bank-files.ts';
import { collectionOnEngine, type TestCollection } from './support.ts';

const day = '2026-03-02';
const hoursLater = (hours: number) => new Date(handedAt.getTime() + hours * 3_600_000);

/** 1,234.56 to an account at another bank with this end. */
function asked(id: string, suffix = '5123', more: Partial<PaymentAsked> = {}): PaymentAsked {
  const payee = { name: '江南机械厂', number: `320018812360525${suffix}`, bank: { cnaps: '102100099996' } };
  return { id, amount: 123_456n, currency: 'CNY', payee, businessDate: day, remittance: 'T+1', ...more };
}

describe.each(engines())('payments of another capability on $kind', (engine) => {
  let own: TestCollection;
  beforeAll(async () => {
    setLogSink(() => {});
    own = await collectionOnEngine(engine);
  });
  afterAll(() => own?.close());

  /** A tenant that reaches its bank by this channel. */
  async function tenantBy(tenant: string, channel: 'SANDBOX' | 'FILES', more: Partial<BankChannel> = {}) {
    const { written, outbox } = bucket();
    const changedBy = { client: 'test', role: 'treasurer', requestId: 'test' };
    const versioned = { tenant, version: 1, changedAt: handedAt.toISOString(), changedBy };
    await own.store.writeChannel({ ...fileTerms, channel, creditor: account, ...versioned, ...more });
    const tools: PaymentTools = {
      store: own.store,
      gatewayOf: (terms) => gatewayOf(terms, { store: own.store, outbox }),
    };
    const send = (orders: readonly PaymentAsked[], now = handedAt, id = 'RUN-1') =>
      sendPaymentsBy(tools, tenant, { id, orders }, now);
    const query = async (ids: readonly string[], now: Date) =>
      (await queryPaymentsBy(tools, tenant, ids, now)).map(({ orderId, state, amount, currency }) =>
        [orderId, state, amount && `${amount} ${currency}`].filter(Boolean).join(' '),
      );
    return { tools, send, query, written };
  }

  describe('go by the rail that is best for each', () => {
    it.each<[string, Partial<PaymentAsked>, Date, string]>([
      ['up to a million by BEPS while HVPS is open', {}, handedAt, 'BEPS 2026-03-02'],
      ['above it by HVPS', { amount: 200_000_000n }, handedAt, 'HVPS 2026-03-02'],
      // 10:10 and 8 hours: HVPS is closed from 17:15 on, and opens at 20:30 for the next day.
      ['by IBPS while HVPS is closed', {}, hoursLater(8), 'IBPS 2026-03-02'],
      ['above a million by the next opening of HVPS', { amount: 200_000_000n }, hoursLater(8), 'HVPS 2026-03-03'],
      ['by a rail that is asked for', { railKind: 'IBPS' }, handedAt, 'IBPS 2026-03-02'],
      ['on a day that is asked for', { railKind: 'HVPS', businessDate: '2026-03-06' }, handedAt, 'HVPS 2026-03-06'],
    ])('%s', async (name, more, now, rail) => {
      const { send } = await tenantBy(`rail-${name.replaceAll(' ', '-')}`, 'SANDBOX');
      const [outcome] = await send([asked('P1', '5123', more)], now);
      expect(outcome).toMatchObject({ id: 'P1', outcome: 'TAKEN' });
      expect(outcome?.outcome === 'TAKEN' && `${outcome.railKind} ${outcome.businessDate}`).toBe(rail);
    });

    it('within one bank by a book transfer', async () => {
      const { send } = await tenantBy('book', 'SANDBOX');
      const payee = { ...asked('P1').payee, bank: { cnaps: '105290000011' } };
      expect(await send([asked('P1', '5123', { payee })])).toMatchObject([{ outcome: 'TAKEN', railKind: 'BOOK' }]);
    });

    it('or not at all where none takes them, and then under this id never', async () => {
      const { send } = await tenantBy('none', 'SANDBOX');
      const orders = [asked('P1', '5123', { railKind: 'FILE' }), asked('P2')];
      const outcomes = await send(orders);
      expect(outcomes).toMatchObject([
        { id: 'P1', outcome: 'NOT_TAKEN', text: expect.stringMatching(/^No rail of the kind FILE takes it\./) },
        { id: 'P2', outcome: 'TAKEN' },
      ]);
      expect(await send(orders, hoursLater(30))).toEqual(outcomes);
    });
  });

  describe('by the sandbox bank', () => {
    it('arrive once and by the rails of the first time, however often and late they are sent', async () => {
      const { send, query } = await tenantBy('again', 'SANDBOX');
      const orders = [asked('P1'), asked('P2', '5124', { amount: 200_000_000n }), asked('P3', '0003')];
      const first = await send(orders);
      expect(await send(orders.toReversed(), hoursLater(8))).toEqual(first.toReversed());
      expect(await query(['P1', 'P2', 'P3'], hoursLater(9))).toEqual([
        'P1 ACCEPTED',
        'P1 SETTLED 123456 CNY',
        'P2 ACCEPTED',
        'P2 SETTLED 200000000 CNY',
        'P3 ACCEPTED',
        'P3 REJECTED',
      ]);
    });

    it('are sent once by four at the same time', async () => {
      const { send, query } = await tenantBy('race', 'SANDBOX');
      const outcomes = await Promise.all([1, 2, 3, 4].map(() => send([asked('P1'), asked('P2', '5124')])));
      for (const one of outcomes) expect(one.map(({ outcome }) => outcome)).toEqual(['TAKEN', 'TAKEN']);
      expect(await query(['P1'], hoursLater(1))).toEqual(['P1 ACCEPTED', 'P1 SETTLED 123456 CNY']);
    });

    it.each<[string, string, string, string[]]>([
      ['are unknown where the hand-over times out, though the bank has them', '0005', 'UNKNOWN', ['TAKEN']],
      ['are unknown where they are lost, and taken when they are sent again', '0006', 'UNKNOWN', ['TAKEN']],
      ['are not taken by a rail that is down, nor later', '0012', 'NOT_TAKEN', ['NOT_TAKEN']],
    ])('%s', async (name, suffix, outcome, again) => {
      const { send } = await tenantBy(`over-${name.replaceAll(/\W/g, '-')}`, 'SANDBOX');
      expect((await send([asked('P1', suffix)])).map((one) => one.outcome)).toEqual([outcome]);
      expect((await send([asked('P1', suffix)], hoursLater(1))).map((one) => one.outcome)).toEqual(again);
    });
  });

  describe('that were sent otherwise before', () => {
    it.each<[string, readonly PaymentAsked[], string]>([
      ['other orders under the id of the message', [asked('P1')], 'RUN-1'],
      ['another amount', [asked('P1', '5123', { amount: 1n }), asked('P2', '5124')], 'RUN-1'],
      ['an order of another message', [asked('P9'), asked('P1')], 'RUN-2'],
    ])('are refused, and nothing is written: %s', async (name, orders, id) => {
      const { send } = await tenantBy(`differs-${name.replaceAll(' ', '-')}`, 'SANDBOX');
      await send([asked('P1'), asked('P2', '5124')]);
      const before = await own.snapshot();
      const differs = { code: 'collection/bank-message-differs' };
      await expect(send(orders, hoursLater(1), id)).rejects.toMatchObject(differs);
      expect(await own.snapshot()).toEqual(before);
    });

    it.each<[string, readonly PaymentAsked[], RegExp]>([
      ['no order', [], /holds 1 to 10000 orders/],
      ['one twice', [asked('P1'), asked('P1')], /P1: It stands in the message twice/],
      ['nothing to pay', [asked('P1', '5123', { amount: 0n })], /amount of the order P1 is not above zero/],
      ['an id that banks do not take', [asked('收款')], /Latin set/],
      ['the number of a collection', [asked('01KAVG2Y7T8XJ4N5QW3R6S9Z0B00001')], /number of a collection/],
    ])('are no message at all: %s', async (name, orders, fault) => {
      const { send } = await tenantBy(`fault-${name.replaceAll(' ', '-')}`, 'SANDBOX');
      const before = await own.snapshot();
      await expect(send(orders)).rejects.toThrow(fault);
      expect(await own.snapshot()).toEqual(before);
    });
  });

  describe('by files', () => {
    it('go as a pain.001 for each rail, once', async () => {
      const { send, written } = await tenantBy('files', 'FILES');
      const orders = [asked('P1'), asked('P2', '5124', { amount: 200_000_000n }), asked('P3', '5125')];
      const first = await send(orders);
      expect(first.map(({ outcome }) => outcome)).toEqual(['TAKEN', 'TAKEN', 'TAKEN']);
      expect(await send(orders, hoursLater(8))).toEqual(first);
      expect(written.map(({ key }) => key.replace(/[^/]+$/, '')).sort()).toEqual([
        'outbox/files/payments/BEPS/',
        'outbox/files/payments/HVPS/',
      ]);
      const beps = written.find(({ key }) => key.includes('/BEPS/'))?.text ?? '';
      expect(beps.match(/<EndToEndId>[^<]+/g)).toEqual(['<EndToEndId>P1', '<EndToEndId>P3']);
      expect(beps).toContain(account.number);
    });

    it('leave out what a file cannot say, and say which field it is', async () => {
      const { send, written } = await tenantBy('latin', 'FILES', {
        characters: 'LATIN',
        creditor: { ...account, name: 'Huadong Group' },
      });
      const payee = { ...asked('P1').payee, name: 'Jiangnan Machinery' };
      const outcomes = await send([asked('P1', '5123', { payee }), asked('P2', '5124')]);
      expect(outcomes).toMatchObject([
        { id: 'P1', outcome: 'TAKEN' },
        { id: 'P2', outcome: 'NOT_TAKEN', text: expect.stringMatching(/^payee/) },
      ]);
      expect(written).toHaveLength(1);
      expect(written[0]?.text).not.toContain('<EndToEndId>P2');
    });
  });

  describe('are told of', () => {
    /** What the stream brings of an order's inbox. */
    const arrivals = async (store: CollectionStore, tenant: string, ids: readonly string[]) =>
      (await Promise.all(ids.map((id) => store.readReports(tenant, id)))).flat().map((stored, place) => ({
        dynamodb: {
          NewImage: toItem({ kind: 'REPORT', ...stored }) as never,
          SequenceNumber: String(100 + place),
        },
      }));

    /** Reports on payments touch no ledger and no calendar. */
    const working = (store: CollectionStore) => ({ store }) as CollectionTools;

    it('once for each order, state and source, with the currency of the payment', async () => {
      const { send } = await tenantBy('told', 'SANDBOX');
      await send([asked('P1', '0008'), asked('P2', '0003')]);
      await giveDueAnswers(own.store, takeReports.bind(undefined, own.store), hoursLater(1));
      const records = await arrivals(own.store, 'told', ['P1', 'P2']);
      const kept: Parameters<typeof toldToPlain>[0][] = [];
      const keepToldPayment: CollectionStore['keepToldPayment'] = async (told) => {
        const isNew = await own.store.keepToldPayment(told);
        if (isNew) kept.push(told);
        return isNew;
      };
      const tools = working({ ...own.store, keepToldPayment });
      for (const _ of [1, 2]) {
        expect(await carryOnArrivals(tools, records, hoursLater(1))).toEqual({ batchItemFailures: [] });
      }
      const events = kept.flatMap((told) => toEvents({ kind: 'INSERT', item: toldToPlain(told) }));
      expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
      expect(events.map(({ subject, data }) => `${subject} ${(data as { state: string }).state}`).sort()).toEqual([
        'P1 ACCEPTED',
        'P1 ACCEPTED',
        'P1 SETTLED',
        'P1 SETTLED',
        'P2 ACCEPTED',
        'P2 REJECTED',
      ]);
      expect(events.find(({ data }) => (data as { state: string }).state === 'SETTLED')).toMatchObject({
        type: 'collection.payment-reported.v1',
        tenant: 'told',
        data: { orderId: 'P1', messageId: 'RUN-1', amount: { amount: '1234.56', currency: 'CNY' } },
      });
      expect(events.find(({ data }) => (data as { state: string }).state === 'REJECTED')?.data).toMatchObject({
        code: 'AC04',
        text: 'Account closed',
      });
    });

    it('again, by the record, where it could not be noted', async () => {
      const { send } = await tenantBy('again-told', 'SANDBOX');
      await send([asked('P1')]);
      await giveDueAnswers(own.store, takeReports.bind(undefined, own.store), hoursLater(1));
      const records = await arrivals(own.store, 'again-told', ['P1']);
      const keepToldPayment = (): Promise<boolean> => Promise.reject(new Error('The table is out of reach.'));
      const failing = working({ ...own.store, keepToldPayment });
      expect(await carryOnArrivals(failing, records, hoursLater(1))).toEqual({
        batchItemFailures: [{ itemIdentifier: '100' }, { itemIdentifier: '101' }],
      });
    });
  });
});
