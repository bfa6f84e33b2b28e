import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BatchXml, noticeXml, statusXml } from '../../functions/collection/gateway/bank-files.ts';
import { engines } from '../../support/engines.ts';
import { messageOf, orderOf } from './bank-files.ts';
import { collectionOnEngine, type TestCollection } from './support.ts';
import { ofA1, payment, type TestBank, testBank } from './test-bank.ts';

describe.each(engines())('files of a bank are refused on $kind', (engine) => {
  let own: TestCollection;
  let bank: TestBank;
  beforeAll(async () => {
    own = await collectionOnEngine(engine);
    bank = testBank(own.store);
  });
  afterAll(() => own?.close());

  const read: TestBank['read'] = (...asked) => bank.read(...asked);
  const sent: TestBank['sent'] = (...asked) => bank.sent(...asked);
  const said: TestBank['said'] = (tenant) => bank.said(tenant);

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
