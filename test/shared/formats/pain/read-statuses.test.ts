import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FormatError } from '../../../../shared/formats/format-error.ts';
import { refusalOf } from './messages.ts';
import { lineXml, paymentXml, reasonXml, reportXml, statusesOf } from './reports.ts';

const rejected = `<TxSts>RJCT</TxSts>${reasonXml('AM04', 'Insufficient', 'funds')}`;
const amount = (text: string) => `<OrgnlTxRef><Amt><InstdAmt Ccy="CNY">${text}</InstdAmt></Amt></OrgnlTxRef>`;

describe('a report on all three levels', () => {
  const file = reportXml(
    '<OrgnlNbOfTxs>3</OrgnlNbOfTxs><OrgnlCtrlSum>30.00</OrgnlCtrlSum><GrpSts>PART</GrpSts>',
    paymentXml(
      '<OrgnlNbOfTxs>3</OrgnlNbOfTxs><PmtInfSts>PART</PmtInfSts>' +
        '<NbOfTxsPerSts><DtldNbOfTxs>2</DtldNbOfTxs><DtldSts>ACSC</DtldSts></NbOfTxsPerSts>' +
        '<NbOfTxsPerSts><DtldNbOfTxs>1</DtldNbOfTxs><DtldSts>RJCT</DtldSts><DtldCtrlSum>10</DtldCtrlSum></NbOfTxsPerSts>' +
        '<TxInfAndSts><StsId>S1</StsId><OrgnlInstrId>I1</OrgnlInstrId><OrgnlEndToEndId>E  1</OrgnlEndToEndId>' +
        `<TxSts>RJCT</TxSts>${reasonXml('AM04', 'Insufficient', 'funds')}` +
        '<StsRsnInf><Orgtr><Nm>Bank</Nm></Orgtr><Rsn><Prtry>余额不足</Prtry></Rsn></StsRsnInf>' +
        '<AccptncDtTm>2026-03-03T08:59:59.5+08:00</AccptncDtTm><AcctSvcrRef>B-1</AcctSvcrRef>' +
        `${amount('10.00')}</TxInfAndSts>`,
    ),
  );

  test('gives the message, the payment information, the transaction and the end', async () => {
    expect(await statusesOf(file)).toEqual([
      {
        kind: 'report',
        report: {
          version: 'pain.002.001.10',
          messageId: 'R-1',
          createdAt: '2026-03-03T09:00:00+08:00',
          originalMessageId: 'MSG-1',
          originalMessageName: 'pain.008.001.08',
          originalCount: 3,
          originalSum: '30.00',
          code: 'PART',
          reasons: [],
          perStatus: [],
        },
      },
      {
        kind: 'payment',
        payment: {
          paymentInformationId: 'P1',
          originalCount: 3,
          code: 'PART',
          reasons: [],
          perStatus: [
            { code: 'ACSC', count: 2 },
            { code: 'RJCT', count: 1, sum: '10' },
          ],
        },
      },
      {
        kind: 'transaction',
        transaction: {
          paymentInformationId: 'P1',
          instructionId: 'I1',
          endToEndId: 'E  1',
          code: 'RJCT',
          reasons: [
            { code: 'AM04', information: ['Insufficient', 'funds'] },
            { proprietary: '余额不足', information: [] },
          ],
          acceptedAt: '2026-03-03T08:59:59.5+08:00',
          bankReference: 'B-1',
          amount: 1_000n,
          currency: 'CNY',
        },
      },
      { kind: 'end', transactions: 1, flags: [] },
    ]);
  });

  test('reads the same with a prefix, indented and however its bytes are cut', async () => {
    const prefixed = file
      .replace(/<(\/?)(\w)/g, '<$1ns2:$2')
      .replace('xmlns=', 'xmlns:ns2=')
      .replace(/></g, '>\n  <');
    const events = await statusesOf(file);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 300 }), async (size) => {
        expect(await statusesOf(prefixed, size)).toEqual(events);
      }),
      { numRuns: 20 },
    );
  });

  test.each(['pain.002.001.03', 'pain.002.001.12', 'pain.002.001.14'])('reads %s the same way', async (version) => {
    const [report, ...others] = await statusesOf(file.replace('pain.002.001.10', version));
    expect(report).toMatchObject({ report: { version } });
    expect(others).toEqual((await statusesOf(file)).slice(1));
  });

  test('is read or refused as a file wherever it ends', async () => {
    const bytes = new TextEncoder().encode(file);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: bytes.length - 1 }), async (end) => {
        await expect(statusesOf(bytes.subarray(0, end))).rejects.toBeInstanceOf(FormatError);
      }),
      { numRuns: 100 },
    );
  });
});

describe('a report of few words', () => {
  test('rejects a message as a whole', async () => {
    expect(await statusesOf(reportXml(`<GrpSts>RJCT</GrpSts>${reasonXml('AM05', 'Duplicate')}`))).toMatchObject([
      { report: { code: 'RJCT', reasons: [{ code: 'AM05', information: ['Duplicate'] }] } },
      { kind: 'end', transactions: 0 },
    ]);
  });

  test('has payment informations with a status and no transactions, or without a status', async () => {
    const file = reportXml('', paymentXml('<PmtInfSts>ACCP</PmtInfSts>') + paymentXml('', 'P2'));
    expect((await statusesOf(file)).slice(1, 3)).toEqual([
      { kind: 'payment', payment: { paymentInformationId: 'P1', code: 'ACCP', reasons: [], perStatus: [] } },
      { kind: 'payment', payment: { paymentInformationId: 'P2', reasons: [], perStatus: [] } },
    ]);
  });

  test('flags a time and an amount it cannot read, and bytes that are no UTF-8, and keeps the status', async () => {
    const line = `<TxSts>RJCT</TxSts><AccptncDtTm>soon</AccptncDtTm>${amount('1,2')}`;
    const events = await statusesOf(reportXml('', paymentXml(lineXml('E1', line))));
    expect(events.at(2)).toEqual({
      kind: 'transaction',
      transaction: { paymentInformationId: 'P1', endToEndId: 'E1', code: 'RJCT', reasons: [] },
    });
    expect(events.at(-1)).toMatchObject({ flags: ['ACCEPTED_AT_UNREADABLE', 'AMOUNT_UNREADABLE'] });
    const latin = Buffer.from(reportXml(`<GrpSts>RJCT</GrpSts>${reasonXml('NARR', 'Schlüssel')}`), 'latin1');
    expect(await statusesOf(latin)).toMatchObject([
      { report: { code: 'RJCT', reasons: [{ information: ['Schlüssel'] }] } },
      { flags: ['TEXT_NOT_UTF8'] },
    ]);
  });
});

describe('a report that lists something else than it counts', () => {
  const perStatus = (code: string, count: number | string, sum = '') =>
    `<NbOfTxsPerSts><DtldNbOfTxs>${count}</DtldNbOfTxs><DtldSts>${code}</DtldSts>${sum && `<DtldCtrlSum>${sum}</DtldCtrlSum>`}</NbOfTxsPerSts>`;
  const two =
    lineXml('E1', `<TxSts>RJCT</TxSts>${amount('1.25')}`) + lineXml('E2', `<TxSts>RJCT</TxSts>${amount('2.50')}`);
  const inPayment = (counts: string, lines = two, group = '') => reportXml(group, paymentXml(counts + lines));
  const place = 'CstmrPmtStsRpt/OrgnlPmtInfAndSts[1]';

  test.each([
    ['fewer lines than counted', inPayment(perStatus('RJCT', 3)), 'NbOfTxsPerSts/DtldNbOfTxs', '3 RJCT', '2'],
    ['more lines than counted', inPayment(perStatus('RJCT', 1)), 'NbOfTxsPerSts/DtldNbOfTxs', '1 RJCT', '2'],
    ['another sum', inPayment(perStatus('RJCT', 2, '3.76')), 'NbOfTxsPerSts/DtldCtrlSum', '3.76 RJCT', '3.75'],
    ['more lines than were sent', inPayment('<OrgnlNbOfTxs>1</OrgnlNbOfTxs>'), 'OrgnlNbOfTxs', '1', '2'],
    [
      'more counted than were sent',
      inPayment(`<OrgnlNbOfTxs>5</OrgnlNbOfTxs>${perStatus('ACCP', 4)}${perStatus('RJCT', 2)}`),
      'OrgnlNbOfTxs',
      '5',
      '6',
    ],
  ])('is refused: %s', async (_, file, element, stated, found) => {
    expect(await refusalOf(statusesOf(file), FormatError)).toMatchObject({
      reason: 'totals-do-not-fit',
      what: `It states ${stated} and there are ${found}`,
      position: { element: `${place}/${element}` },
    });
  });

  test('is refused for the message as a whole too', async () => {
    const file = reportXml(perStatus('RJCT', 3), paymentXml(two) + paymentXml(two, 'P2'));
    expect(await refusalOf(statusesOf(file), FormatError)).toMatchObject({
      what: 'It states 3 RJCT and there are 4',
      position: { element: 'CstmrPmtStsRpt/OrgnlGrpInfAndSts/NbOfTxsPerSts/DtldNbOfTxs' },
    });
  });

  test.each([
    ['it counts what it does not list', inPayment(perStatus('ACCP', 98) + perStatus('RJCT', 2, '3.75'))],
    [
      'lines take the status of their payment information',
      inPayment(`<PmtInfSts>RJCT</PmtInfSts>${perStatus('RJCT', 1)}`, lineXml('E1', '')),
    ],
    [
      'not every line has an amount',
      inPayment(perStatus('RJCT', 3, '9.99'), two + lineXml('E3', '<TxSts>RJCT</TxSts>')),
    ],
    ['it lists fewer than were sent', inPayment('<OrgnlNbOfTxs>100</OrgnlNbOfTxs>')],
  ])('is taken where nothing contradicts: %s', async (_, file) => {
    expect((await statusesOf(file)).at(-1)).toMatchObject({ kind: 'end' });
  });

  test('has counts that are numbers', async () => {
    expect(await refusalOf(statusesOf(inPayment(perStatus('RJCT', 'two'))), FormatError)).toMatchObject({
      reason: 'bad-field',
      position: { element: `${place}/NbOfTxsPerSts/DtldNbOfTxs` },
    });
  });
});

describe('a report that is incomplete or none', () => {
  const empty = '<Document><CstmrPmtStsRpt></CstmrPmtStsRpt></Document>';

  test.each([
    ['the original message', empty, 'CstmrPmtStsRpt/OrgnlGrpInfAndSts'],
    [
      'its id',
      reportXml('').replace('<OrgnlMsgId>MSG-1</OrgnlMsgId>', ''),
      'CstmrPmtStsRpt/OrgnlGrpInfAndSts/OrgnlMsgId',
    ],
    [
      'its name',
      reportXml('').replace('<OrgnlMsgNmId>pain.008.001.08</OrgnlMsgNmId>', ''),
      'CstmrPmtStsRpt/OrgnlGrpInfAndSts/OrgnlMsgNmId',
    ],
    [
      'the id of a payment information',
      reportXml('', paymentXml('').replace('P1', '')),
      'CstmrPmtStsRpt/OrgnlPmtInfAndSts[1]/OrgnlPmtInfId',
    ],
    [
      'both ids of a transaction',
      reportXml('', paymentXml(lineXml('', rejected))),
      'CstmrPmtStsRpt/OrgnlPmtInfAndSts[1]/TxInfAndSts[1]/OrgnlEndToEndId',
    ],
  ])('is refused by what is missing: %s', async (_, file, element) => {
    expect(await refusalOf(statusesOf(file), FormatError)).toMatchObject({
      reason: 'missing-field',
      position: { element },
    });
  });

  test.each([
    ['a collection message', '<Document><CstmrDrctDbtInitn/></Document>', 'not-a-status-report'],
    ['two reports', reportXml('').replace('</Document>', `${empty.slice(10)}`), 'not-a-status-report'],
    ['transactions as before version 3', reportXml('', lineXml('E1', rejected)), 'bad-field'],
    ['a document type', `<!DOCTYPE a>${reportXml('')}`, 'doctype-not-allowed'],
    ['reasons without end', reportXml('', paymentXml(reasonXml('AC01').repeat(1_001))), 'element-too-large'],
    [
      'statuses without end',
      reportXml(
        '',
        paymentXml(Array.from({ length: 101 }, (_, n) => lineXml(`E${n}`, `<TxSts>S${n}</TxSts>`)).join('')),
      ),
      'element-too-large',
    ],
  ])('is refused: %s', async (_, file, reason) => {
    expect(await refusalOf(statusesOf(file), FormatError)).toMatchObject({ reason });
  });
});
