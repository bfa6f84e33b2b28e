import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BankMessage } from '../../../functions/collection/gateway/bank-gateway.ts';
import { outboxKey } from '../../../functions/collection/gateway/iso/file-adapter.ts';
import { messageFile } from '../../../functions/collection/gateway/iso/message-file.ts';
import { readBankFile } from '../../../functions/collection/gateway/iso/read-bank-file.ts';
import { takeReports } from '../../../functions/collection/reports/take-reports.ts';
import type { CollectionStore } from '../../../functions/collection/store.ts';
import { type BatchXml, type EntryXml, noticeXml, statusXml } from '../../functions/collection/gateway/bank-files.ts';
import { engines } from '../../support/engines.ts';
import { bucket, fileGateway, fileTerms, handedAt, later, messageOf, orderOf, orders } from './bank-files.ts';
import { collectionOnEngine, type TestCollection } from './support.ts';

const rejected = (code: string) =>
  `<TxSts>RJCT</TxSts><StsRsnInf><Rsn><Cd>${code}</Cd></Rsn><AddtlInf>Insufficient</AddtlInf><AddtlInf>funds</AddtlInf></StsRsnInf>`;
const line = (endToEndId: string, content: string) =>
  `<TxInfAndSts><OrgnlEndToEndId>${endToEndId}</OrgnlEndToEndId>${content}</TxInfAndSts>`;
const payment = (id: string, content: string) =>
  `<OrgnlPmtInfAndSts><OrgnlPmtInfId>${id}</OrgnlPmtInfId>${content}</OrgnlPmtInfAndSts>`;

const ofA1 = (amount: string): EntryXml => ({ endToEndId: 'A1', amount });

describe.each(engines())('files to and from a bank on $kind', (engine) => {
  let own: TestCollection;
  beforeAll(async () => {
    own = await collectionOnEngine(engine);
  });
  afterAll(() => own?.close());

  const read = (tenant: string, text: string, key = 'inbox/x/file.xml', store: CollectionStore = own.store) =>
    readBankFile(
      {
        store,
        take: takeReports.bind(undefined, store),
        read: async function* () {
          yield new TextEncoder().encode(text);
        },
      },
      { tenant, key },
      later,
    );

  async function sent(tenant: string, message: BankMessage = messageOf('MSG-1', orders, tenant)) {
    const { written, outbox } = bucket();
    expect(await fileGateway({ store: own.store, outbox }, fileTerms).hand(message, handedAt)).toEqual({
      outcome: 'TAKEN',
    });
    return { message, written, file: await messageFile(message, fileTerms, handedAt.toISOString()) };
  }

  /** State, code and amount of what the bank said of each order. */
  async function said(tenant: string) {
    const gateway = fileGateway({ store: own.store, outbox: bucket().outbox }, fileTerms);
    const reports = await gateway.query(tenant, ['A1', 'A2', 'A3'], later);
    return reports.map(({ orderId, state, code = '', amount = '' }) => `${orderId} ${state} ${code}${amount}`.trim());
  }

  it('write a message to a place that its id names', async () => {
    const { message, written, file } = await sent('write');
    expect(written).toEqual([{ key: 'outbox/write/IBPS/MSG-1.xml', text: file.text }]);
    expect(outboxKey(message)).toBe('outbox/write/IBPS/MSG-1.xml');
    expect(outboxKey({ ...message, id: "M/1 (a)+'b" })).toBe('outbox/write/IBPS/M%2F1%20%28a%29%2B%27b.xml');
    expect(await said('write')).toEqual([]);
  });

  it('write nothing more when the message is handed over again', async () => {
    const { message } = await sent('again');
    const before = await own.snapshot();
    const { written, outbox } = bucket();
    const gateway = fileGateway({ store: own.store, outbox }, fileTerms);
    expect(await gateway.hand(message, later)).toEqual({ outcome: 'TAKEN' });
    expect(written).toEqual([]);
    expect(await own.snapshot()).toEqual(before);
  });

  it('refuse a message id, or an order, that was used with other content', async () => {
    await sent('other');
    const { written, outbox } = bucket();
    const gateway = fileGateway({ store: own.store, outbox }, fileTerms);
    const before = await own.snapshot();
    for (const message of [
      messageOf('MSG-1', [orderOf('A9')], 'other'),
      messageOf('MSG-2', [orderOf('A1')], 'other'),
    ]) {
      await expect(gateway.hand(message, later)).rejects.toMatchObject({ code: 'collection/bank-message-differs' });
    }
    expect(written).toEqual([]);
    expect(await own.snapshot()).toEqual(before);
  });

  it('do not take what the bank would refuse, and say which field', async () => {
    const { written, outbox } = bucket();
    const gateway = fileGateway({ store: own.store, outbox }, { ...fileTerms, characters: 'LATIN' });
    const answer = await gateway.hand(messageOf('MSG-1', orders, 'latin'), handedAt);
    expect(answer).toMatchObject({ outcome: 'NOT_TAKEN', text: expect.stringContaining('payments[0].creditor.name') });
    expect(written).toEqual([]);
    expect(await own.store.readSentOrders('latin', ['A1', 'A2', 'A3'])).toEqual([]);
  });

  it('say of every order what a status of the whole message says', async () => {
    await sent('group');
    const totals = '<OrgnlNbOfTxs>3</OrgnlNbOfTxs><OrgnlCtrlSum>1244.57</OrgnlCtrlSum>';
    const file = await read('group', statusXml('MSG-1', `${totals}<GrpSts>ACCP</GrpSts>`));
    expect(file).toMatchObject({ status: 'READ', reports: 3 });
    expect(await said('group')).toEqual(['A1 ACCEPTED', 'A2 ACCEPTED', 'A3 ACCEPTED']);
    const [first] = await own.store.readReports('group', 'A1');
    expect(first).toMatchObject({
      receivedAt: later.toISOString(),
      report: { at: '2026-03-03T01:00:00.000Z', source: `file:${file.id}` },
    });
  });

  it('say of the orders of a payment information what its status says', async () => {
    const { file } = await sent('payment');
    const [first, , last] = file.orders;
    const payments =
      payment(first?.paymentInformationId ?? '', '<OrgnlNbOfTxs>2</OrgnlNbOfTxs><PmtInfSts>ACSC</PmtInfSts>') +
      payment(
        last?.paymentInformationId ?? '',
        '<PmtInfSts>RJCT</PmtInfSts><StsRsnInf><Rsn><Cd>MD01</Cd></Rsn></StsRsnInf>',
      );
    await read('payment', statusXml('MSG-1', '<GrpSts>PART</GrpSts>', payments));
    expect(await said('payment')).toEqual(['A1 SETTLED 123456', 'A2 SETTLED 1000', 'A3 REJECTED MD01']);
  });

  it('say of an order what its own line says, and of the others what stands above', async () => {
    const { file } = await sent('line');
    const id = file.orders[0]?.paymentInformationId ?? '';
    const payments = payment(id, `<PmtInfSts>ACSP</PmtInfSts>${line('A2', rejected('AM04'))}`);
    await read('line', statusXml('MSG-1', '<GrpSts>PART</GrpSts>', payments));
    expect(await said('line')).toEqual(['A1 PROCESSING', 'A2 REJECTED AM04']);
    expect((await own.store.readReports('line', 'A2'))[0]?.report.text).toBe('Insufficient funds');
  });

  it.each([
    ['ACSC', '2026-03-03T01:00:00.000Z'],
    ['RJCT', '2026-03-03T01:00:00.000Z'],
    // Accepted it was when the bank says so.
    ['ACCP', '2026-03-02T02:30:00.000Z'],
  ])('say that an order has ended when the bank told so, not when it had accepted it: %s', async (status, at) => {
    const tenant = `ended-${status}`;
    const { file } = await sent(tenant);
    const told = `<TxSts>${status}</TxSts><AccptncDtTm>2026-03-02T10:30:00+08:00</AccptncDtTm>`;
    const id = file.orders[0]?.paymentInformationId ?? '';
    await read(tenant, statusXml('MSG-1', '<GrpSts>PART</GrpSts>', payment(id, line('A1', told))));
    expect(await own.store.readReports(tenant, 'A1')).toMatchObject([{ report: { at } }]);
  });

  it('change nothing when they are read twice, under whatever name', async () => {
    await sent('repeat');
    const text = statusXml('MSG-1', '<GrpSts>ACCP</GrpSts>');
    const first = await read('repeat', text);
    const before = await own.snapshot();
    expect(await read('repeat', text, 'inbox/repeat/other-name.xml')).toEqual(first);
    expect(await own.snapshot()).toEqual(before);
  });

  describe('are refused', () => {
    it.each<[string, string, string]>([
      ['that count other transactions than were sent', '<OrgnlNbOfTxs>4</OrgnlNbOfTxs>', 'totals-do-not-fit'],
      ['that add up to something else', '<OrgnlCtrlSum>1244.58</OrgnlCtrlSum>', 'totals-do-not-fit'],
    ])('%s', async (name, totals, reason) => {
      const tenant = `refused-${name.length}`;
      await sent(tenant);
      const file = await read(tenant, statusXml('MSG-1', `${totals}<GrpSts>RJCT</GrpSts>`));
      expect(file).toMatchObject({ status: 'REFUSED', reason, reports: 0 });
      expect(await said(tenant)).toEqual([]);
    });

    it('that count other than they list, or break off', async () => {
      await sent('broken');
      const whole = statusXml('MSG-1', '<GrpSts>RJCT</GrpSts>');
      const counts =
        '<OrgnlNbOfTxs>3</OrgnlNbOfTxs><NbOfTxsPerSts><DtldNbOfTxs>4</DtldNbOfTxs><DtldSts>RJCT</DtldSts></NbOfTxsPerSts>';
      expect(await read('broken', statusXml('MSG-1', counts))).toMatchObject({ reason: 'totals-do-not-fit' });
      expect(await read('broken', whole.slice(0, -20))).toMatchObject({ reason: 'truncated' });
      expect(await read('broken', 'Dear customer')).toMatchObject({ reason: 'not-a-statement' });
      expect(await said('broken')).toEqual([]);
    });

    it('that speak of a message or payment information that was not sent', async () => {
      await sent('unknown');
      expect(await read('unknown', statusXml('MSG-9', '<GrpSts>RJCT</GrpSts>'))).toMatchObject({
        status: 'REFUSED',
        reason: 'unknown-message',
        detail: 'No file was sent with the message MSG-9.',
      });
      const strange = payment('P9', '<PmtInfSts>RJCT</PmtInfSts>');
      expect(await read('unknown', statusXml('MSG-1', '', strange))).toMatchObject({
        reason: 'unknown-payment-information',
      });
      expect(await said('unknown')).toEqual([]);
    });

    it('that repeat the MsgId of another', async () => {
      await sent('msgid');
      await read('msgid', statusXml('MSG-1', '<GrpSts>ACCP</GrpSts>'));
      const other = await read('msgid', statusXml('MSG-1', '<GrpSts>RJCT</GrpSts>'));
      expect(other).toMatchObject({ status: 'REFUSED', reason: 'message-id-repeated' });
      expect(await said('msgid')).toEqual(['A1 ACCEPTED', 'A2 ACCEPTED', 'A3 ACCEPTED']);
    });

    it('that repeat the MsgId of another statement, and tell of money a second time', async () => {
      await sent('statement');
      const credit = { endToEndId: 'A1', amount: '1000.00' };
      const first = noticeXml([credit]);
      expect(await read('statement', first)).toMatchObject({ status: 'READ', reports: 1 });
      const before = await own.snapshot();
      const written = first.replace('18:00:00', '19:00:00');
      expect(await read('statement', written)).toMatchObject({
        status: 'REFUSED',
        reason: 'message-id-repeated',
        detail: 'Another camt.054 came with the MsgId N-1.',
        reports: 0,
      });
      expect([...(await own.snapshot()).keys()].filter((key) => !before.has(key))).toHaveLength(1);
      expect(await read('statement', first)).toMatchObject({ status: 'READ' });
      expect(await said('statement')).toEqual(['A1 SETTLED 100000']);
      // Another kind, another id and the next page are other messages.
      const others = [
        noticeXml([credit], 'camt.053'),
        noticeXml([credit], 'camt.054', { id: 'N-2' }),
        noticeXml([credit], 'camt.054', { page: '<MsgPgntn><PgNb>2</PgNb><LastPgInd>true</LastPgInd></MsgPgntn>' }),
      ];
      for (const text of others) expect(await read('statement', text)).toMatchObject({ status: 'READ', reports: 1 });
    });

    it('that declare other totals than their entries come to; the MsgId stays free for the right one', async () => {
      await sent('totals');
      const credit = { endToEndId: 'A1', amount: '1234.56' };
      const parts = (sum: string) =>
        `<TxsSummry><TtlNtries><NbOfNtries>1</NbOfNtries><Sum>${sum}</Sum></TtlNtries></TxsSummry>`;
      expect(await read('totals', noticeXml([credit], 'camt.054', { parts: parts('1234.57') }))).toMatchObject({
        status: 'REFUSED',
        reason: 'totals-do-not-fit',
      });
      expect(await said('totals')).toEqual([]);
      expect(await read('totals', noticeXml([credit], 'camt.054', { parts: parts('1234.56') }))).toMatchObject({
        status: 'READ',
        reports: 1,
      });
    });

    it('that repeat one MsgId of several, and keep no other from the file that is mended', async () => {
      await sent('several');
      const account = (number: number) => `3200188123605260${String(number).padStart(4, '0')}`;
      // One message, about each of 120 accounts.
      const numbers = Array.from({ length: 120 }, (_, place) => place);
      const noticeOf = (number: number) =>
        /<Ntfctn>.*<\/Ntfctn>/.exec(noticeXml([], 'camt.054', { account: account(number) }))?.[0] ?? '';
      const about = ([first = 0, ...others]: readonly number[], amount = '1000.00') =>
        noticeXml([ofA1(amount)], 'camt.054', { account: account(first) }).replace(
          '</Ntfctn>',
          `</Ntfctn>${others.map(noticeOf).join('')}`,
        );
      expect(await read('several', about([119], '1.00'))).toMatchObject({ status: 'READ' });
      const repeated = { status: 'REFUSED', reason: 'message-id-repeated' };
      expect(await read('several', about(numbers))).toMatchObject(repeated);
      expect(await read('several', about(numbers.slice(0, 119)))).toMatchObject({ status: 'READ', reports: 1 });
      expect(await read('several', about([50], '2.00'))).toMatchObject(repeated);
      expect((await said('several')).sort()).toEqual(['A1 SETTLED 100', 'A1 SETTLED 100000']);
    });

    it('that repeat the MsgId of another which is read at that moment', async () => {
      await sent('at-once');
      const texts = ['1000.00', '234.56'].map((amount) => noticeXml([ofA1(amount)]));
      const files = await Promise.all(texts.map((text) => read('at-once', text)));
      expect(files.map(({ status }) => status).sort()).toEqual(['READ', 'REFUSED']);
      expect(await said('at-once')).toHaveLength(1);
    });

    it('but not where it is of another bank, about another account', async () => {
      await sent('banks');
      expect(await read('banks', noticeXml([ofA1('1000.00')]))).toMatchObject({ status: 'READ', reports: 1 });
      const other = noticeXml([ofA1('234.56')], 'camt.054', { account: '6222 0210 0112 3456' });
      expect(await read('banks', other)).toMatchObject({ status: 'READ', reports: 1 });
      const spelled = noticeXml([ofA1('1.00')], 'camt.054', { account: '6222021001123456' });
      expect(await read('banks', spelled)).toMatchObject({ status: 'REFUSED', reason: 'message-id-repeated' });

      const account = { name: 'Another', number: '32001881236052500098', bank: { cnaps: '102100099996' } };
      await sent('banks', { ...messageOf('MSG-2', [orderOf('C1')], 'banks'), account });
      const id = { id: 'R-1' };
      const report = (message: string) => read('banks', statusXml(message, '<GrpSts>ACCP</GrpSts>', '', id));
      expect(await report('MSG-1')).toMatchObject({ status: 'READ', reports: 3 });
      expect(await report('MSG-2')).toMatchObject({ status: 'READ', reports: 1 });
    });

    it.each<[string, BatchXml, string]>([
      [
        'add up to something else',
        { total: '100.00', lines: [ofA1('150.00'), { endToEndId: 'A2', amount: '150.00' }] },
        'The entry 1 says 100.00 and its transactions add up to 300.00.',
      ],
      [
        'are fewer than it says',
        {
          total: '400.00',
          batch: '<Btch><NbOfTxs>3</NbOfTxs><TtlAmt Ccy="CNY">300.00</TtlAmt><CdtDbtInd>CRDT</CdtDbtInd></Btch>',
          lines: [ofA1('200.00'), { endToEndId: 'B1', amount: '200.00' }],
        },
        'The entry 1 says 3 transactions and lists 2.',
      ],
    ])('with an entry whose transactions %s, where one is ours', async (name, batch, detail) => {
      const tenant = `batch-${name.length}`;
      const text = noticeXml([batch]);
      // As long as none of them is ours, it is a matter of statements only.
      expect(await read(`${tenant}-x`, text)).toMatchObject({ status: 'READ', reports: 0 });
      await sent(tenant);
      expect(await read(tenant, text)).toMatchObject({ status: 'REFUSED', reason: 'totals-do-not-fit', detail });
      expect(await said(tenant)).toEqual([]);
      const pending = noticeXml([{ ...batch, lines: batch.lines.map((one) => ({ ...one, status: 'PDNG' })) }]);
      expect(await read(tenant, pending)).toMatchObject({ status: 'READ', reports: 0 });
    });

    it('of another tenant', async () => {
      await sent('mine');
      expect(await read('theirs', statusXml('MSG-1', '<GrpSts>RJCT</GrpSts>'))).toMatchObject({
        reason: 'unknown-message',
      });
      expect(await said('mine')).toEqual([]);
    });

    it('and looked at anew when they come again: by then the message may have been sent', async () => {
      const text = statusXml('MSG-1', '<GrpSts>ACCP</GrpSts>');
      expect(await read('early', text)).toMatchObject({ status: 'REFUSED' });
      await sent('early');
      expect(await read('early', text)).toMatchObject({ status: 'READ', reports: 3 });
    });
  });

  describe('that tell of money', () => {
    const a1 = { endToEndId: 'A1', amount: '1234.56' };
    const debit = { ...a1, direction: 'DBIT' } as const;

    it.each<[string, EntryXml, string[]]>([
      ['a credit settles', a1, ['A1 SETTLED 123456']],
      ['a part settles a part', { ...a1, amount: '1000.00' }, ['A1 SETTLED 100000']],
      ['a debit with its reason returns', { ...debit, reason: 'MS02' }, ['A1 RETURNED MS02123456']],
      // camt gives the direction of the reversed entry's own booking: a reversed credit is booked as a debit.
      ['a reversal returns', { ...debit, reversal: true }, ['A1 RETURNED 123456']],
      ['a debit without a reason is left', debit, []],
      ['what is pending is left', { ...a1, status: 'PDNG' }, []],
      ['another currency is left', { ...a1, currency: 'USD' }, []],
      ['what is not ours is left', { ...a1, endToEndId: 'B1' }, []],
      ['what has no number is left', { ...a1, endToEndId: 'NOTPROVIDED' }, []],
    ])('%s', async (name, entry, expected) => {
      const tenant = `money-${name.replaceAll(' ', '-')}`;
      await sent(tenant);
      for (const message of ['camt.054', 'camt.053']) {
        expect(await read(tenant, noticeXml([entry], message))).toMatchObject({
          status: 'READ',
          reports: expected.length,
        });
        const reports = await own.store.readReports(tenant, 'A1');
        expect(new Set(reports.map(({ report }) => report.at))).toEqual(
          new Set(expected.length > 0 ? ['2026-03-03T10:00:00.000Z'] : []),
        );
      }
      expect(await said(tenant)).toEqual([...expected, ...expected]);
    });

    // The statement is made on 3 March at 18:00 in Shanghai, where a day is a day.
    it.each<[string, string, string, string]>([
      ['at the hour of the statement of that day', '<Dt>2026-03-03</Dt>', '', '2026-03-03T10:00:00.000Z'],
      ['on the day before the statement', '<Dt>2026-03-02</Dt>', '', '2026-03-01T16:00:00.000Z'],
      ['with a time', '<DtTm>2026-03-02T15:30:00</DtTm>', '', '2026-03-02T07:30:00.000Z'],
      ['with a time and its offset', '<DtTm>2026-03-02T15:30:00+01:00</DtTm>', '', '2026-03-02T14:30:00.000Z'],
      [
        'on a day whose statement is made the next in Shanghai',
        '<Dt>2026-03-03</Dt>',
        '2026-03-03T20:00:00+01:00',
        '2026-03-02T16:00:00.000Z',
      ],
      ['at the end of a day', '<DtTm>2026-03-02T24:00:00</DtTm>', '', '2026-03-02T16:00:00.000Z'],
      ['on no day', '', '', '2026-03-03T10:00:00.000Z'],
    ])('an entry is of its booking date: booked %s', async (name, booked, at, expected) => {
      const tenant = `day-${name.length}`;
      await sent(tenant);
      await read(tenant, noticeXml([{ ...a1, booked }], 'camt.053', at === '' ? {} : { at }));
      expect(await own.store.readReports(tenant, 'A1')).toMatchObject([{ report: { at: expected } }]);
    });

    it('two credits of one order are one report of both', async () => {
      await sent('parts');
      const text = noticeXml([ofA1('1000.00'), { endToEndId: 'A2', amount: '10.00' }, ofA1('234.56')]);
      const file = await read('parts', text);
      expect(await said('parts')).toEqual(['A1 SETTLED 123456', 'A2 SETTLED 1000']);
      const sources = (await own.store.readReports('parts', 'A1')).map(({ report }) => report.source);
      expect(sources).toEqual([`file:${file.id}#1.1.1`]);
      expect(await read('parts', text)).toEqual(file);
    });

    const instructed = (amount: string, currency = 'CNY') =>
      `<AmtDtls><InstdAmt><Amt Ccy="${currency}">${amount}</Amt></InstdAmt></AmtDtls>`;
    const charge = (amount: string, more = '') =>
      `<Chrgs><Rcrd><Amt Ccy="CNY">${amount}</Amt><CdtDbtInd>DBIT</CdtDbtInd>${more}</Rcrd></Chrgs>`;

    // Of 1,234.56 that cost 10.00, 1,224.56 come.
    it.each<[string, EntryXml | BatchXml, string]>([
      [
        'instructed amount and charges',
        { ...ofA1('1224.56'), more: instructed('1234.56') + charge('10.00') },
        '123456 1000',
      ],
      ['the instructed amount alone', { ...ofA1('1224.56'), more: instructed('1234.56') }, '123456 1000'],
      ['the charges alone', { ...ofA1('1224.56'), more: charge('10.00') }, '123456 1000'],
      ['two charges', { ...ofA1('1224.56'), more: charge('8.00') + charge('2.00') }, '123456 1000'],
      [
        'their total',
        { ...ofA1('1224.56'), more: '<Chrgs><TtlChrgsAndTaxAmt Ccy="CNY">10.00</TtlChrgsAndTaxAmt></Chrgs>' },
        '123456 1000',
      ],
      [
        'charges booked apart',
        { ...ofA1('1234.56'), more: charge('10.00', '<ChrgInclInd>false</ChrgInclInd>') },
        '123456 1000',
      ],
      [
        'an instructed amount of another currency',
        { ...ofA1('1000.00'), more: instructed('140.00', 'USD') },
        '100000 none',
      ],
      ['an instructed amount below what came', { ...ofA1('1234.56'), more: instructed('1000.00') }, '123456 none'],
      ['neither', ofA1('1224.56'), '122456 none'],
      [
        'an entry net of the charges of its one transaction',
        { total: '1224.56', lines: [{ ...ofA1('1234.56'), more: charge('10.00') }] },
        '123456 1000',
      ],
      [
        'an entry net of the charges of its two',
        {
          total: '1233.56',
          lines: [
            { ...ofA1('1234.56'), more: charge('10.00') },
            { endToEndId: 'B1', amount: '10.00', more: charge('1.00') },
          ],
        },
        '123456 1000',
      ],
    ])('a credit net of charges settles what it was before them: %s', async (name, entry, expected) => {
      const tenant = `charges-${name.replaceAll(' ', '-')}`;
      await sent(tenant);
      expect(await read(tenant, noticeXml([entry]))).toMatchObject({ status: 'READ', reports: 1 });
      const [first] = await own.store.readReports(tenant, 'A1');
      expect(`${first?.report.amount} ${first?.report.fee ?? 'none'}`).toBe(expected);
    });

    it('a return that the bank charges for takes back what had come, not more', async () => {
      await sent('charged-return');
      const more = instructed('1234.56') + charge('3.00');
      await read('charged-return', noticeXml([{ ...debit, amount: '1237.56', reason: 'MS02', more }]));
      expect(await own.store.readReports('charged-return', 'A1')).toMatchObject([
        { report: { state: 'RETURNED', amount: 123_456n } },
      ]);
    });
  });
});
