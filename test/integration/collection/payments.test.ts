import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BankGateway, PaymentOrder } from '../../../functions/collection/gateway/bank-gateway.ts';
import { readBankFile } from '../../../functions/collection/gateway/iso/read-bank-file.ts';
import { giveDueAnswers } from '../../../functions/collection/gateway/sandbox/give-answers.ts';
import { paymentEvent } from '../../../functions/collection/payments/payment-event.ts';
import { takeReports } from '../../../functions/collection/reports/take-reports.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { type EntryXml, noticeXml, statusXml } from '../../functions/collection/gateway/bank-files.ts';
import { sandboxGateway } from '../../functions/collection/gateway/samples.ts';
import { structureFaults } from '../../shared/formats/pain/schema.ts';
import { engines } from '../../support/engines.ts';
import {
  bucket,
  fileGateway,
  fileTerms,
  handedAt,
  later,
  messageOf,
  orderOf,
  paymentOf,
  paymentsOf,
} from './bank-files.ts';
import { collectionOnEngine, type TestCollection } from './support.ts';

const ids = ['P1', 'P2', 'P3'];
const payments = [
  paymentOf('P1'),
  paymentOf('P2', '5124', { amount: 1_000n }),
  paymentOf('P3', '5125', { amount: 1n, businessDate: '2026-03-03' }),
];
const hoursLater = (hours: number) => new Date(handedAt.getTime() + hours * 3_600_000);

/** State, code and amount of what the bank said of orders. */
async function said(gateway: BankGateway, tenant: string, orderIds: readonly string[], now: Date) {
  const reports = await gateway.query(tenant, orderIds, now);
  return reports.map(({ orderId, state, code = '', amount = '' }) => `${orderId} ${state} ${code} ${amount}`.trim());
}

describe.each(engines())('payments on $kind', (engine) => {
  let own: TestCollection;
  beforeAll(async () => {
    own = await collectionOnEngine(engine);
  });
  afterAll(() => own?.close());

  describe('by files', () => {
    const { written, outbox } = bucket();
    const gateway = () => fileGateway({ store: own.store, outbox }, fileTerms);
    const sent = (tenant: string, orders: readonly PaymentOrder[] = payments) =>
      gateway().hand(paymentsOf('PAY-1', orders, tenant), handedAt);
    const told = (tenant: string) => said(gateway(), tenant, ids, later);
    const read = (tenant: string, text: string) =>
      readBankFile(
        {
          store: own.store,
          take: takeReports.bind(undefined, own.store),
          read: async function* () {
            yield new TextEncoder().encode(text);
          },
        },
        { tenant, key: `inbox/${tenant}/file.xml` },
        later,
      );

    it('go as a pain.001 in a folder of their own, once', async () => {
      expect(await sent('write')).toEqual({ outcome: 'TAKEN' });
      expect(await gateway().hand(paymentsOf('PAY-1', payments.toReversed(), 'write'), later)).toEqual({
        outcome: 'TAKEN',
      });
      const files = written.filter(({ key }) => key.startsWith('outbox/write/'));
      expect(files.map(({ key }) => key)).toEqual(['outbox/write/payments/IBPS/PAY-1.xml']);
      expect(structureFaults(files[0]?.text ?? '')).toEqual([]);
      expect(files[0]?.text).toContain('<CstmrCdtTrfInitn>');
    });

    it('are refused under the id of a message of collections, or of other payments', async () => {
      await gateway().hand(messageOf('PAY-1', [orderOf('P1')], 'taken'), handedAt);
      const differs = { code: 'collection/bank-message-differs' };
      await expect(sent('taken', [paymentOf('P1')])).rejects.toMatchObject(differs);
      await sent('other');
      await expect(sent('other', [paymentOf('P1', '5123', { amount: 2n })])).rejects.toMatchObject(differs);
      const again = paymentsOf('PAY-2', [paymentOf('P2')], 'other');
      await expect(gateway().hand(again, later)).rejects.toMatchObject(differs);
    });

    it('are answered by a status of the whole message', async () => {
      await sent('group');
      const totals = '<OrgnlNbOfTxs>3</OrgnlNbOfTxs><OrgnlCtrlSum>1244.57</OrgnlCtrlSum>';
      await read('group', statusXml('PAY-1', `${totals}<GrpSts>ACCP</GrpSts>`, '', { name: 'pain.001.001.09' }));
      expect(await told('group')).toEqual(['P1 ACCEPTED', 'P2 ACCEPTED', 'P3 ACCEPTED']);
    });

    it('are answered by the status of a payment information, and by their own line', async () => {
      await sent('levels');
      const [first, , last] = await own.store.readOrdersOfMessage('levels', 'PAY-1');
      const payment = (id = '', content = '') =>
        `<OrgnlPmtInfAndSts><OrgnlPmtInfId>${id}</OrgnlPmtInfId>${content}</OrgnlPmtInfAndSts>`;
      const line =
        '<TxInfAndSts><OrgnlEndToEndId>P2</OrgnlEndToEndId><TxSts>RJCT</TxSts>' +
        '<StsRsnInf><Rsn><Cd>AC04</Cd></Rsn></StsRsnInf></TxInfAndSts>';
      const payments =
        payment(first?.paymentInformationId, `<OrgnlNbOfTxs>2</OrgnlNbOfTxs><PmtInfSts>ACSC</PmtInfSts>${line}`) +
        payment(last?.paymentInformationId, '<PmtInfSts>PDNG</PmtInfSts>');
      await read('levels', statusXml('PAY-1', '<GrpSts>PART</GrpSts>', payments, { name: 'pain.001.001.09' }));
      expect(await told('levels')).toEqual(['P1 SETTLED  123456', 'P2 REJECTED AC04', 'P3 PROCESSING']);
    });

    const debit = { endToEndId: 'P1', amount: '1234.56', direction: 'DBIT' } as const;
    const credit = { ...debit, direction: 'CRDT' } as const;
    it.each<[string, EntryXml, string[]]>([
      ['a debit settles', debit, ['P1 SETTLED  123456']],
      ['a credit with its reason returns', { ...credit, reason: 'AC04' }, ['P1 RETURNED AC04 123456']],
      ['a reversal returns', { ...credit, reversal: true }, ['P1 RETURNED  123456']],
      ['a credit without a reason is left', credit, []],
      ['a debit that says why it is returned is left', { ...debit, reason: 'AC04' }, []],
      ['what is pending is left', { ...debit, status: 'PDNG' }, []],
      ['another currency is left', { ...debit, currency: 'USD' }, []],
    ])('are settled and returned by entries of camt.054 and camt.053: %s', async (name, entry, expected) => {
      const tenant = `money-${name.replaceAll(' ', '-')}`;
      await sent(tenant);
      for (const message of ['camt.054', 'camt.053']) {
        expect(await read(tenant, noticeXml([entry], message))).toMatchObject({ status: 'READ' });
      }
      expect(await told(tenant)).toEqual([...expected, ...expected]);
    });

    it('are told with the entries of the bank that say so, each by its references', async () => {
      await sent('entries');
      const back = (amount: string, reference?: string, own?: string) => ({
        ...{ ...credit, amount, reason: 'AC04' },
        ...defined({ reference, own }),
      });
      const notice = [back('100.00', 'E-1'), back('100.00', 'E-2', 'TX-2'), back('1.00')];
      await read('entries', noticeXml(notice));
      const batch = { total: '300.00', lines: [back('100.00', 'E-3', 'TX-3'), back('200.00', 'E-3', 'TX-4')] };
      await read('entries', noticeXml([batch], 'camt.053'));
      const reports = await own.store.readReports('entries', 'P1');
      const entry = (amount: bigint, ...references: string[]) => ({ amount, references });
      expect(reports.map(({ report: { amount, entries } }) => ({ amount, entries }))).toEqual([
        { amount: 20_100n, entries: [{ ...entry(10_000n, 'E-1'), by: 'ENTRY' }, entry(10_000n, 'E-2', 'TX-2')] },
        { amount: 30_000n, entries: [entry(30_000n, 'E-3', 'TX-3', 'TX-4')] },
      ]);
      const { report } = reports[0] ?? {};
      if (!report) throw new Error('No report.');
      const told = { tenant: 'entries', report, receivedAt: report.at, messageId: 'PAY-1', currency: 'CNY' };
      expect(paymentEvent(told).data).toMatchObject({
        amount: { amount: '201.00', currency: 'CNY' },
        entries: [
          { references: ['E-1'], by: 'ENTRY', amount: { amount: '100.00', currency: 'CNY' } },
          { references: ['E-2', 'TX-2'], amount: { amount: '100.00', currency: 'CNY' } },
        ],
      });
    });

    it('are told by which kind of reference the bank names an entry, where it is one only', async () => {
      await sent('kinds');
      const back = (amount: string, references: { readonly reference?: string; readonly own?: string }) => {
        return { ...credit, amount, reason: 'AC04', ...references };
      };
      // By the transaction alone, and two movements by the one entry that they are in.
      const alone = [back('100.00', { own: 'TX-5' }), back('50.00', { reference: 'E-6' })];
      await read('kinds', noticeXml([...alone, back('40.00', { reference: 'E-6' })]));
      const reports = await own.store.readReports('kinds', 'P1');
      expect(reports.map(({ report }) => report.entries)).toEqual([
        [
          { amount: 10_000n, by: 'TRANSACTION', references: ['TX-5'] },
          { amount: 9_000n, by: 'ENTRY', references: ['E-6'] },
        ],
      ]);
    });

    it('are told from collections in one statement', async () => {
      await sent('both');
      await gateway().hand(messageOf('MSG-1', [orderOf('A1')], 'both'), handedAt);
      await read('both', noticeXml([debit, { ...credit, endToEndId: 'A1' }], 'camt.053'));
      expect(await said(gateway(), 'both', ['P1', 'A1'], later)).toEqual(['P1 SETTLED  123456', 'A1 SETTLED  123456']);
    });
  });

  describe('by the sandbox bank', () => {
    const gateway = () => sandboxGateway(own.store);
    const pay = (tenant: string, suffix: string, now = handedAt) =>
      gateway().hand(paymentsOf('PAY-1', [paymentOf('P1', suffix)], tenant), now);
    const told = (tenant: string, hours: number) => said(gateway(), tenant, ['P1'], hoursLater(hours));

    it.each<[string, string, string, number, string[]]>([
      ['settle', '5123', 'TAKEN', 1, ['P1 ACCEPTED', 'P1 SETTLED  123456']],
      ['are refused by a closed account', '0003', 'TAKEN', 1, ['P1 ACCEPTED', 'P1 REJECTED AC04']],
      ['arrive though the hand-over times out', '0005', 'UNKNOWN', 1, ['P1 ACCEPTED', 'P1 SETTLED  123456']],
      ['are not spoken of for 26 hours', '0007', 'TAKEN', 25.9, []],
      ['are settled late', '0007', 'TAKEN', 26, ['P1 SETTLED  123456']],
      [
        'come back after two days',
        '0010',
        'TAKEN',
        48.1,
        ['P1 ACCEPTED', 'P1 SETTLED  123456', 'P1 RETURNED MS02 123456'],
      ],
      [
        'are told of twice',
        '0008',
        'TAKEN',
        1,
        ['P1 ACCEPTED', 'P1 SETTLED  123456', 'P1 ACCEPTED', 'P1 SETTLED  123456'],
      ],
      ['are paid whole where a collection would be refused', '0004', 'TAKEN', 1, ['P1 ACCEPTED', 'P1 SETTLED  123456']],
      ['are not taken while the rail is down', '0012', 'NOT_TAKEN', 1, []],
    ])('%s', async (name, suffix, outcome, hours, expected) => {
      const tenant = `pay-${name.replaceAll(' ', '-')}`;
      expect((await pay(tenant, suffix)).outcome).toBe(outcome);
      expect(await told(tenant, hours)).toEqual(expected);
    });

    it('that were lost are taken when they are handed over again, and count from then', async () => {
      expect(await pay('lost', '0006')).toMatchObject({ outcome: 'UNKNOWN' });
      expect(await told('lost', 100)).toEqual([]);
      expect(await pay('lost', '0006', hoursLater(1))).toEqual({ outcome: 'TAKEN' });
      expect(await told('lost', 0.9)).toEqual([]);
      expect(await told('lost', 2)).toEqual(['P1 ACCEPTED', 'P1 SETTLED  123456']);
    });

    it('are paid once, handed over by four at once and told to two who read', async () => {
      const outcomes = await Promise.all([1, 2, 3, 4].map(() => pay('race', '5123')));
      expect(outcomes.map(({ outcome }) => outcome)).toEqual(['TAKEN', 'TAKEN', 'TAKEN', 'TAKEN']);
      const take = takeReports.bind(undefined, own.store);
      const soon = hoursLater(0.1);
      await Promise.all([giveDueAnswers(own.store, take, soon), giveDueAnswers(own.store, take, soon)]);
      const reports = await own.store.readReports('race', 'P1');
      expect(reports.map(({ report }) => report.state)).toEqual(['ACCEPTED', 'SETTLED']);
    });

    it('cost what the tariff of the rail says', async () => {
      await pay('fee', '5123');
      // 1,234.56 is not above 10,000: 5.00.
      expect((await gateway().query('fee', ['P1'], hoursLater(1))).at(-1)).toMatchObject({
        state: 'SETTLED',
        fee: 500n,
      });
    });

    it('are refused (AM05) under the number of a collection', async () => {
      await gateway().hand(messageOf('MSG-1', [orderOf('P1')], 'number'), handedAt);
      await pay('number', '5123');
      expect((await told('number', 1)).sort()).toEqual(['P1 ACCEPTED', 'P1 REJECTED AM05', 'P1 SETTLED  123456']);
    });
  });
});
