import { describe, expect, test } from 'vitest';
import type { CollectionTerms } from '../../../../shared/formats/pain/payment-message.ts';
import {
  collection,
  collectionMessage,
  collectionTerms,
  tenant,
  transfer,
  transferMessage,
  writtenCollections,
  writtenTransfers,
} from './messages.ts';

describe('a collection message', () => {
  test('is written as the schema has it', async () => {
    const text = await writtenCollections(collectionMessage());
    expect(text).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.008.001.08">' +
        '<CstmrDrctDbtInitn><GrpHdr><MsgId>MSG-1</MsgId><CreDtTm>2026-03-02T08:00:00Z</CreDtTm><NbOfTxs>1</NbOfTxs>' +
        '<CtrlSum>128.50</CtrlSum><InitgPty><Nm>Yudao</Nm><Id><OrgId><Othr><Id>911100001000044477</Id></Othr></OrgId></Id>' +
        '</InitgPty></GrpHdr><PmtInf><PmtInfId>WATER-2026-02</PmtInfId><PmtMtd>DD</PmtMtd><NbOfTxs>1</NbOfTxs>' +
        '<CtrlSum>128.50</CtrlSum><PmtTpInf><SeqTp>RCUR</SeqTp></PmtTpInf><ReqdColltnDt>2026-03-03</ReqdColltnDt>' +
        '<Cdtr><Nm>城市水务集团</Nm></Cdtr><CdtrAcct><Id><Othr><Id>11001085100059000111</Id></Othr></Id></CdtrAcct>' +
        '<CdtrAgt><FinInstnId><BICFI>PCBCCNBJ</BICFI></FinInstnId></CdtrAgt><DrctDbtTxInf><PmtId>' +
        '<EndToEndId>WATER-2026-02-0001</EndToEndId></PmtId><InstdAmt Ccy="CNY">128.50</InstdAmt><DrctDbtTx><MndtRltdInf>' +
        '<MndtId>MANDATE-17</MndtId><DtOfSgntr>2025-06-30</DtOfSgntr></MndtRltdInf></DrctDbtTx><DbtrAgt><FinInstnId>' +
        '<ClrSysMmbId><ClrSysId><Cd>CNAPS</Cd></ClrSysId><MmbId>105100000017</MmbId></ClrSysMmbId></FinInstnId></DbtrAgt>' +
        '<Dbtr><Nm>江南机械厂</Nm></Dbtr><DbtrAcct><Id><Othr><Id>32001594136050000000</Id></Othr></Id></DbtrAcct>' +
        '</DrctDbtTxInf></PmtInf></CstmrDrctDbtInitn></Document>\n',
    );
  });

  test('names a bank it does not know as NOTPROVIDED, since the schema demands one', async () => {
    const text = await writtenCollections(collectionMessage([{ ...collection, debtor: tenant }]));
    expect(text).toContain('<DbtrAgt><FinInstnId><Othr><Id>NOTPROVIDED</Id></Othr></FinInstnId></DbtrAgt>');
    expect(text).toContain('<DbtrAcct><Id><IBAN>DE89370400440532013000</IBAN></Id></DbtrAcct>');
  });

  test('counts and adds up each payment information and all of them', async () => {
    const first = { ...collectionTerms, transactions: [collection, { ...collection, amount: 1n }] };
    const second = {
      ...collectionTerms,
      paymentInformationId: 'OTHER',
      transactions: [
        { ...collection, amount: 100n, currency: 'JPY' },
        { ...collection, amount: 1_234n, currency: 'KWD' },
      ],
    };
    const text = await writtenCollections({ ...collectionMessage(), payments: [first, second] });
    const totals = [...text.matchAll(/<NbOfTxs>(\d+)<\/NbOfTxs><CtrlSum>([\d.]+)<\/CtrlSum>/g)];
    expect(totals.map(([, count, sum]) => [count, sum])).toEqual([
      ['4', '229.744'],
      ['2', '128.51'],
      ['2', '101.234'],
    ]);
  });

  test('carries sequence, scheme, level, instrument, purpose, bearer and batch booking where they are given', async () => {
    const terms: Partial<CollectionTerms> = {
      sequenceType: 'FRST',
      batchBooking: false,
      serviceLevel: 'SEPA',
      localInstrument: 'CORE',
      categoryPurpose: 'SUPP',
      chargeBearer: 'SLEV',
      creditorScheme: { id: 'DE98ZZZ09999999999', scheme: 'SEPA' },
    };
    const text = await writtenCollections(collectionMessage(undefined, terms));
    expect(text).toContain('<BtchBookg>false</BtchBookg><NbOfTxs>');
    expect(text).toContain(
      '<PmtTpInf><SvcLvl><Cd>SEPA</Cd></SvcLvl><LclInstrm><Cd>CORE</Cd></LclInstrm><SeqTp>FRST</SeqTp>' +
        '<CtgyPurp><Cd>SUPP</Cd></CtgyPurp></PmtTpInf>',
    );
    expect(text).toContain(
      '<ChrgBr>SLEV</ChrgBr><CdtrSchmeId><Id><PrvtId><Othr><Id>DE98ZZZ09999999999</Id><SchmeNm><Prtry>SEPA</Prtry>' +
        '</SchmeNm></Othr></PrvtId></Id></CdtrSchmeId><DrctDbtTxInf>',
    );
  });
});

describe('a transfer message', () => {
  test('has date, amount and the unknown bank in the other places', async () => {
    const text = await writtenTransfers(transferMessage());
    expect(text).toContain(
      '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"><CstmrCdtTrfInitn><GrpHdr>',
    );
    expect(text).toContain(
      '<PmtMtd>TRF</PmtMtd><NbOfTxs>1</NbOfTxs><CtrlSum>900.00</CtrlSum><ReqdExctnDt><Dt>2026-03-04</Dt></ReqdExctnDt>' +
        '<Dbtr><Nm>城市水务集团</Nm></Dbtr>',
    );
    expect(text).toContain(
      '<CdtTrfTxInf><PmtId><EndToEndId>RENT-2026-03</EndToEndId></PmtId><Amt><InstdAmt Ccy="EUR">900.00</InstdAmt></Amt>' +
        '<Cdtr><Nm>Erika Mustermann</Nm></Cdtr><CdtrAcct><Id><IBAN>DE89370400440532013000</IBAN></Id></CdtrAcct></CdtTrfTxInf>',
    );
  });

  test('carries references, purpose and what the payee reads, escaped', async () => {
    const text = await writtenTransfers(
      transferMessage([
        {
          ...transfer,
          instructionId: 'I-1',
          purpose: 'RENT',
          remittance: '三月 <2 & "3"> ]]>',
          creditorReference: 'RF18539007547034',
        },
      ]),
    );
    expect(text).toContain('<PmtId><InstrId>I-1</InstrId><EndToEndId>');
    expect(text).toContain(
      '<Purp><Cd>RENT</Cd></Purp><RmtInf><Ustrd>三月 &lt;2 &amp; "3"&gt; ]]&gt;</Ustrd><Strd><CdtrRefInf><Tp><CdOrPrtry>' +
        '<Cd>SCOR</Cd></CdOrPrtry></Tp><Ref>RF18539007547034</Ref></CdtrRefInf></Strd></RmtInf></CdtTrfTxInf>',
    );
  });
});
