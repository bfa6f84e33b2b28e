import { describe, expect, test } from 'vitest';
import { FormatError } from '../../../../shared/formats/format-error.ts';
import { eventsOf, refusalOf } from './messages.ts';

/** A direct debit as a bank partner's system might write it: with a prefix, indented, and with more than we look at. */
const foreign = `<?xml version="1.0" encoding="UTF-8"?>
<!-- made elsewhere -->
<p:Document xmlns:p="urn:iso:std:iso:20022:tech:xsd:pain.008.001.02">
  <p:CstmrDrctDbtInitn>
    <p:GrpHdr>
      <p:MsgId>DD-77</p:MsgId>
      <p:CreDtTm>2026-03-02T08:00:00</p:CreDtTm>
      <p:NbOfTxs>2</p:NbOfTxs>
      <p:CtrlSum>30.5</p:CtrlSum>
      <p:InitgPty><p:Id><p:OrgId><p:Othr><p:Id>CLUB-1</p:Id></p:Othr></p:OrgId></p:Id></p:InitgPty>
    </p:GrpHdr>
    <p:PmtInf>
      <p:PmtInfId>DD-77/1</p:PmtInfId>
      <p:PmtMtd>DD</p:PmtMtd>
      <p:BtchBookg>1</p:BtchBookg>
      <p:PmtTpInf><p:SvcLvl><p:Cd>SEPA</p:Cd></p:SvcLvl><p:LclInstrm><p:Cd>CORE</p:Cd></p:LclInstrm><p:SeqTp>FRST</p:SeqTp></p:PmtTpInf>
      <p:ReqdColltnDt>2026-03-09</p:ReqdColltnDt>
      <p:Cdtr><p:Nm>Sportverein &amp; Freunde</p:Nm><p:PstlAdr><p:Ctry>DE</p:Ctry></p:PstlAdr></p:Cdtr>
      <p:CdtrAcct><p:Id><p:IBAN>DE89370400440532013000</p:IBAN></p:Id></p:CdtrAcct>
      <p:CdtrAgt><p:FinInstnId><p:BIC>COBADEFFXXX</p:BIC></p:FinInstnId></p:CdtrAgt>
      <p:CdtrSchmeId><p:Id><p:PrvtId><p:Othr><p:Id>DE98ZZZ09999999999</p:Id><p:SchmeNm><p:Prtry>SEPA</p:Prtry></p:SchmeNm></p:Othr></p:PrvtId></p:Id></p:CdtrSchmeId>
      <p:DrctDbtTxInf>
        <p:PmtId><p:EndToEndId>NOTPROVIDED</p:EndToEndId></p:PmtId>
        <p:InstdAmt Ccy="EUR">10</p:InstdAmt>
        <p:DrctDbtTx><p:MndtRltdInf><p:MndtId>M1</p:MndtId><p:DtOfSgntr>2024-02-29</p:DtOfSgntr></p:MndtRltdInf></p:DrctDbtTx>
        <p:DbtrAgt><p:FinInstnId><p:Othr><p:Id>NOTPROVIDED</p:Id></p:Othr></p:FinInstnId></p:DbtrAgt>
        <p:Dbtr><p:Nm>Erika Mustermann</p:Nm></p:Dbtr>
        <p:DbtrAcct><p:Id><p:IBAN>GB82WEST12345698765432</p:IBAN></p:Id></p:DbtrAcct>
        <p:RmtInf><p:Ustrd>Beitrag</p:Ustrd><p:Ustrd>2026</p:Ustrd></p:RmtInf>
      </p:DrctDbtTxInf>
      <p:DrctDbtTxInf>
        <p:PmtId><p:InstrId>I2</p:InstrId><p:EndToEndId>E2</p:EndToEndId></p:PmtId>
        <p:InstdAmt Ccy="EUR">20.50</p:InstdAmt>
        <p:DrctDbtTx><p:MndtRltdInf><p:MndtId>M2</p:MndtId><p:DtOfSgntr>2025-01-01</p:DtOfSgntr></p:MndtRltdInf></p:DrctDbtTx>
        <p:DbtrAgt><p:FinInstnId><p:ClrSysMmbId><p:MmbId>37040044</p:MmbId></p:ClrSysMmbId></p:FinInstnId></p:DbtrAgt>
        <p:Dbtr><p:Nm>Max Muster</p:Nm></p:Dbtr>
        <p:DbtrAcct><p:Id><p:Othr><p:Id>0532013000</p:Id></p:Othr></p:Id></p:DbtrAcct>
      </p:DrctDbtTxInf>
    </p:PmtInf>
  </p:CstmrDrctDbtInitn>
</p:Document>
`;

describe('a direct debit of another system and an older version', () => {
  test('is read into the model', async () => {
    const [message, terms, first, second, end, ...rest] = await eventsOf(foreign);
    expect(rest).toEqual([]);
    expect(message).toEqual({
      kind: 'message',
      header: {
        format: 'pain.008',
        version: 'pain.008.001.02',
        messageId: 'DD-77',
        createdAt: '2026-03-02T08:00:00',
        initiatingParty: { id: 'CLUB-1' },
      },
    });
    expect(terms).toEqual({
      kind: 'collection-terms',
      terms: {
        paymentInformationId: 'DD-77/1',
        requestedDate: '2026-03-09',
        batchBooking: true,
        serviceLevel: 'SEPA',
        localInstrument: 'CORE',
        sequenceType: 'FRST',
        creditor: {
          name: 'Sportverein & Freunde',
          account: { iban: 'DE89370400440532013000' },
          agent: { bic: 'COBADEFFXXX' },
        },
        creditorScheme: { id: 'DE98ZZZ09999999999', scheme: 'SEPA' },
      },
    });
    expect(first).toEqual({
      kind: 'collection',
      transaction: {
        endToEndId: 'NOTPROVIDED',
        amount: 1_000n,
        currency: 'EUR',
        remittance: 'Beitrag 2026',
        debtor: { name: 'Erika Mustermann', account: { iban: 'GB82WEST12345698765432' } },
        mandate: { id: 'M1', signedOn: '2024-02-29' },
      },
    });
    expect(second).toMatchObject({
      transaction: {
        instructionId: 'I2',
        amount: 2_050n,
        debtor: { account: { number: '0532013000' }, agent: { clearing: { code: '37040044' } } },
      },
    });
    expect(end).toEqual({ kind: 'end', totals: { count: 2, sum: '30.50' } });
  });

  test.each(['utf-16le', 'utf-16be'])('is read in %s as well', async (encoding) => {
    const bytes = Buffer.from(`\ufeff${foreign}`, 'utf16le');
    expect(await eventsOf(encoding === 'utf-16le' ? bytes : bytes.swap16())).toEqual(await eventsOf(foreign));
  });
});

const transferDate = (date: string) =>
  '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.03"><CstmrCdtTrfInitn><GrpHdr><MsgId>M</MsgId>' +
  '<CreDtTm>2026-03-02T08:00:00</CreDtTm><NbOfTxs>1</NbOfTxs><InitgPty><Nm>X</Nm></InitgPty></GrpHdr><PmtInf>' +
  `<PmtInfId>P</PmtInfId><PmtMtd>TRF</PmtMtd><ReqdExctnDt>${date}</ReqdExctnDt><Dbtr><Nm>X</Nm></Dbtr><DbtrAcct><Id><Othr>` +
  '<Id>1</Id></Othr></Id></DbtrAcct><DbtrAgt><FinInstnId/></DbtrAgt><CdtTrfTxInf><PmtId><EndToEndId>E</EndToEndId></PmtId>' +
  '<Amt><InstdAmt Ccy="JPY">500</InstdAmt></Amt><Cdtr><Nm>Y</Nm></Cdtr><CdtrAcct><Id><Othr><Id>2</Id></Othr></Id></CdtrAcct>' +
  '</CdtTrfTxInf></PmtInf></CstmrCdtTrfInitn></Document>';

describe('the execution date of a transfer', () => {
  test.each([
    '2026-03-04',
    '<Dt>2026-03-04</Dt>',
    '<Dt>2026-03-04+08:00</Dt>',
    '<DtTm>2026-03-04T17:00:00+08:00</DtTm>',
    ' 2026-03-04 ',
  ])('is read from %s', async (date) => {
    expect((await eventsOf(transferDate(date)))[1]).toMatchObject({ terms: { requestedDate: '2026-03-04' } });
  });

  test.each(['2026-02-30', '04.03.2026', '2026-03-041', '2026-03-04 or later'])('is not read from %s', async (date) => {
    expect(await refusalOf(eventsOf(transferDate(date)), FormatError)).toMatchObject({
      reason: 'bad-field',
      position: { element: 'CstmrCdtTrfInitn/PmtInf[1]/ReqdExctnDt' },
    });
  });
});

/** The foreign file with something else in the place of something. */
function changed(from: string | RegExp, to: string): string {
  const file = foreign.replace(from, to);
  if (file === foreign) throw new Error(`nothing to change: ${String(from)}`);
  return file;
}

async function refusal(file: string | Uint8Array): Promise<FormatError> {
  return refusalOf(eventsOf(file), FormatError);
}

const header = 'CstmrDrctDbtInitn/GrpHdr';
const payment = 'CstmrDrctDbtInitn/PmtInf[1]';
const second = `${payment}/DrctDbtTxInf[2]`;

describe('counts and sums that do not fit', () => {
  test.each([
    ['a count in the header', '<p:NbOfTxs>2<', '<p:NbOfTxs>3<', `${header}/NbOfTxs`, 'It states 3 and there are 2'],
    ['a sum in the header', '>30.5<', '>30.51<', `${header}/CtrlSum`, 'It states 30.51 and there are 30.50'],
    [
      'a count in the payment information',
      '<p:PmtMtd>DD</p:PmtMtd>',
      '<p:PmtMtd>DD</p:PmtMtd><p:NbOfTxs>1</p:NbOfTxs>',
      `${payment}/NbOfTxs`,
      'It states 1 and there are 2',
    ],
    [
      'a sum in the payment information',
      '<p:PmtMtd>DD</p:PmtMtd>',
      '<p:PmtMtd>DD</p:PmtMtd><p:CtrlSum>30.4999999</p:CtrlSum>',
      `${payment}/CtrlSum`,
      'It states 30.4999999 and there are 30.50',
    ],
  ])('are refused with both figures: %s', async (_, from, to, element, what) => {
    expect(await refusal(changed(from, to))).toMatchObject({
      reason: 'totals-do-not-fit',
      what,
      position: { element, line: expect.any(Number) },
    });
  });

  test('are told from figures that are none', async () => {
    expect(await refusal(changed('<p:NbOfTxs>2<', '<p:NbOfTxs>two<'))).toMatchObject({ reason: 'bad-field' });
    expect(await refusal(changed('>30.5<', '>30,5<'))).toMatchObject({ reason: 'bad-field' });
  });

  test('a sum that is not stated is not missed, a count is', async () => {
    expect((await eventsOf(changed('<p:CtrlSum>30.5</p:CtrlSum>', ''))).at(-1)).toMatchObject({ kind: 'end' });
    expect(await refusal(changed('<p:NbOfTxs>2</p:NbOfTxs>', ''))).toMatchObject({
      reason: 'missing-field',
      position: { element: `${header}/NbOfTxs` },
    });
  });
});

describe('what is missing', () => {
  test.each<[string | RegExp, string]>([
    ['<p:MsgId>DD-77</p:MsgId>', `${header}/MsgId`],
    ['<p:CreDtTm>2026-03-02T08:00:00</p:CreDtTm>', `${header}/CreDtTm`],
    [/<p:InitgPty>.*<\/p:InitgPty>/, `${header}/InitgPty`],
    [/<p:GrpHdr>[\s\S]*<\/p:GrpHdr>/, header],
    [/<p:PmtInf>[\s\S]*<\/p:PmtInf>/, 'CstmrDrctDbtInitn/PmtInf'],
    ['<p:PmtInfId>DD-77/1</p:PmtInfId>', `${payment}/PmtInfId`],
    ['<p:PmtMtd>DD</p:PmtMtd>', `${payment}/PmtMtd`],
    ['<p:SeqTp>FRST</p:SeqTp>', `${payment}/PmtTpInf/SeqTp`],
    ['<p:ReqdColltnDt>2026-03-09</p:ReqdColltnDt>', `${payment}/ReqdColltnDt`],
    ['<p:Nm>Sportverein &amp; Freunde</p:Nm>', `${payment}/Cdtr/Nm`],
    ['<p:IBAN>DE89370400440532013000</p:IBAN>', `${payment}/CdtrAcct/Id`],
    [/<p:DrctDbtTxInf>[\s\S]*<\/p:DrctDbtTxInf>/, `${payment}/DrctDbtTxInf`],
    ['<p:EndToEndId>E2</p:EndToEndId>', `${second}/PmtId/EndToEndId`],
    ['<p:InstdAmt Ccy="EUR">20.50</p:InstdAmt>', `${second}/InstdAmt`],
    [' Ccy="EUR">20.50', `${second}/InstdAmt/@Ccy`],
    ['<p:MndtId>M2</p:MndtId>', `${second}/DrctDbtTx/MndtRltdInf/MndtId`],
    ['<p:DtOfSgntr>2025-01-01</p:DtOfSgntr>', `${second}/DrctDbtTx/MndtRltdInf/DtOfSgntr`],
    ['<p:Nm>Max Muster</p:Nm>', `${second}/Dbtr/Nm`],
    ['<p:Id>0532013000</p:Id>', `${second}/DbtrAcct/Id`],
  ])('is named: without %s', async (without, element) => {
    const to = String(without).startsWith(' Ccy') ? '>20.50' : '';
    expect(await refusal(changed(without, to))).toMatchObject({ reason: 'missing-field', position: { element } });
  });
});

describe('a field that breaks the format', () => {
  test.each([
    ['another method', '<p:PmtMtd>DD<', '<p:PmtMtd>CHK<', 'bad-field', `${payment}/PmtMtd`],
    ['another sequence', '>FRST<', '>RPRE<', 'bad-field', `${payment}/PmtTpInf/SeqTp`],
    ['a batch booking of yes', '>1</p:BtchBookg>', '>yes</p:BtchBookg>', 'bad-field', `${payment}/BtchBookg`],
    ['a day that does not exist', '2026-03-09', '2026-02-29', 'bad-field', `${payment}/ReqdColltnDt`],
    ['no date-time', '2026-03-02T08:00:00', 'yesterday', 'bad-field', `${header}/CreDtTm`],
    ['an amount with a comma', '20.50', '20,50', 'bad-amount', `${second}/InstdAmt`],
    ['a negative amount', '20.50', '-20.50', 'bad-amount', `${second}/InstdAmt`],
    ['an amount of nothing', '20.50', '0.00', 'bad-amount', `${second}/InstdAmt`],
    ['more decimals than euros have', '20.50', '20.505', 'too-many-decimals', `${second}/InstdAmt`],
    ['an unknown currency', 'Ccy="EUR">20.50', 'Ccy="EUX">20.50', 'unknown-currency', `${second}/InstdAmt`],
    [
      'a type for one transaction',
      '<p:InstdAmt Ccy="EUR">20.50',
      '<p:PmtTpInf><p:SeqTp>RCUR</p:SeqTp></p:PmtTpInf><p:InstdAmt Ccy="EUR">20.50',
      'bad-field',
      `${second}/PmtTpInf`,
    ],
  ])('is refused with its place: %s', async (_, from, to, reason, element) => {
    expect(await refusal(changed(from, to))).toMatchObject({ reason, position: { element } });
  });
});

describe('a file that is no message of payments', () => {
  test.each<[string, string | Uint8Array, string]>([
    ['nothing', '', 'empty-file'],
    ['a ZIP archive', new Uint8Array([0x50, 0x4b, 3, 4, 20]), 'zip-archive'],
    ['a table', 'date;amount\n', 'malformed-xml'],
    ['a status report', '<Document><CstmrPmtStsRpt/></Document>', 'not-a-payment-message'],
    ['a web page', '<html><body>Login</body></html>', 'not-a-payment-message'],
    ['a message cut off', foreign.slice(0, -20), 'truncated'],
    ['one with a document type', foreign.replace('<!--', '<!DOCTYPE a [<!ENTITY b "c">]><!--'), 'doctype-not-allowed'],
    ['one with an entity of its own', foreign.replace('Beitrag', '&b;'), 'malformed-xml'],
    ['one with tags that do not close', foreign.replace('</p:Dbtr>', '</p:Cdtr>'), 'malformed-xml'],
  ])('is refused: %s', async (_, file, reason) => {
    expect(await refusal(file)).toMatchObject({ reason });
  });

  test('is refused when it holds a second message', async () => {
    const message = foreign.slice(foreign.indexOf('<p:CstmrDrctDbtInitn>'), foreign.indexOf('</p:Document>'));
    expect(await refusal(foreign.replace('</p:Document>', `${message}</p:Document>`))).toMatchObject({
      reason: 'not-a-payment-message',
      what: 'The file holds a second message',
    });
  });

  test('is refused when bytes are no UTF-8: a name is not guessed', async () => {
    const bytes = Buffer.from(foreign.replace('Max Muster', 'Max Müster'), 'latin1');
    expect(await refusal(bytes)).toMatchObject({ reason: 'unsupported-encoding' });
    const declared = Buffer.from(foreign.replace('Max Muster', 'Max Müster').replace('UTF-8', 'ISO-8859-1'), 'latin1');
    expect((await eventsOf(declared))[3]).toMatchObject({ transaction: { debtor: { name: 'Max Müster' } } });
  });

  test('is refused when it nests without end, has elements without end or a text without end', async () => {
    const deep = `${'<a>'.repeat(70)}${'</a>'.repeat(70)}`;
    expect(await refusal(changed('<p:Ustrd>Beitrag</p:Ustrd>', deep))).toMatchObject({ reason: 'xml-too-deep' });
    const many = `<p:SplmtryData>${'<a/>'.repeat(20_000)}</p:SplmtryData></p:DrctDbtTxInf>`;
    expect(await refusal(changed('</p:DrctDbtTxInf>', many))).toMatchObject({ reason: 'element-too-large' });
    const long = `<p:EndToEndId>${'E'.repeat(1_001)}<`;
    expect(await refusal(changed('<p:EndToEndId>E2<', long))).toMatchObject({ reason: 'element-too-large' });
  });
});
