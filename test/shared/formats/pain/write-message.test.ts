import { describe, expect, test } from 'vitest';
import type {
  CollectionMessage,
  CollectionTerms,
  CollectionTransaction,
  TransferMessage,
} from '../../../../shared/formats/pain/payment-message.ts';
import { PaymentMessageError } from '../../../../shared/formats/pain/payment-message-error.ts';
import { writeCollections, writeTransfers } from '../../../../shared/formats/pain/write-message.ts';
import {
  collection,
  collectionMessage,
  collectionTerms,
  factory,
  refusalOf,
  tenant,
  transfer,
  transferMessage,
  utility,
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

async function refused(message: CollectionMessage, characters: 'LATIN' | 'UNICODE' = 'UNICODE') {
  return refusalOf(writtenCollections(message, characters), PaymentMessageError);
}

const long = (characters: number) => '长'.repeat(characters);

describe('a field that breaks the format', () => {
  test.each<[string, Partial<CollectionTransaction>, string]>([
    ['an empty end-to-end id', { endToEndId: '' }, 'endToEndId'],
    ['36 characters of it', { endToEndId: 'x'.repeat(36) }, 'endToEndId'],
    ['36 characters of an instruction id', { instructionId: 'x'.repeat(36) }, 'instructionId'],
    ['141 characters of a name', { debtor: { ...factory, name: long(141) } }, 'debtor.name'],
    ['141 characters of remittance', { remittance: long(141) }, 'remittance'],
    ['36 characters of a reference', { creditorReference: '1'.repeat(36) }, 'creditorReference'],
    ['a line end', { remittance: 'one\ntwo' }, 'remittance'],
    ['a null character', { remittance: 'one\u0000' }, 'remittance'],
    ['a mark that turns the writing round', { debtor: { ...factory, name: 'abc\u202Egnp.exe' } }, 'debtor.name'],
    ['half a surrogate pair', { remittance: 'a\uD800' }, 'remittance'],
    ['a blank at the end', { endToEndId: 'E1 ' }, 'endToEndId'],
    ['a purpose in small letters', { purpose: 'rent' }, 'purpose'],
    ['nothing to collect', { amount: 0n }, 'amount'],
    ['a negative amount', { amount: -1n }, 'amount'],
    ['19 digits', { amount: 10n ** 18n }, 'amount'],
    ['a currency in small letters', { currency: 'cny' }, 'currency'],
    ['a currency withdrawn', { currency: 'HRK' }, 'currency'],
    ['a mandate without id', { mandate: { id: '', signedOn: '2025-06-30' } }, 'mandate.id'],
    ['a mandate of 29 February 2025', { mandate: { id: 'M', signedOn: '2025-02-29' } }, 'mandate.signedOn'],
    ['a wrong IBAN', { debtor: { name: 'X', account: { iban: 'DE89370400440532013001' } } }, 'debtor.account.iban'],
    ['an IBAN with blanks', { debtor: { name: 'X', account: { iban: 'DE89 3704' } } }, 'debtor.account.iban'],
    [
      '35 characters of account',
      { debtor: { name: 'X', account: { number: '1'.repeat(35) } } },
      'debtor.account.number',
    ],
    ['no account', { debtor: { name: 'X' } as never }, 'debtor.account'],
    ['two accounts', { debtor: { name: 'X', account: { iban: 'A', number: '1' } as never } }, 'debtor.account'],
    ['a wrong BIC', { debtor: { ...factory, agent: { bic: 'pcbccnbj' } } }, 'debtor.agent.bic'],
    ['a bank without code', { debtor: { ...factory, agent: {} } }, 'debtor.agent'],
    [
      'a CNAPS code that does not check',
      { debtor: { ...factory, agent: { clearing: { system: 'CNAPS', code: '105100000018' } } } },
      'debtor.agent.clearing.code',
    ],
    [
      'a clearing system of six letters',
      { debtor: { ...factory, agent: { clearing: { system: 'CNAPS2', code: '1' } } } },
      'debtor.agent.clearing.system',
    ],
  ])('is refused by its path: %s', async (_, broken, path) => {
    const error = await refused(collectionMessage([collection, { ...collection, ...broken }]));
    expect(error.path).toBe(`payments[0].transactions[1].${path}`);
    expect(error.mend).toMatch(/\.$/);
    expect(error.message).toBe(`${error.path}: ${error.what}. ${error.mend}`);
  });

  test.each<[string, Partial<CollectionTerms>, string]>([
    ['36 characters of id', { paymentInformationId: 'x'.repeat(36) }, 'paymentInformationId'],
    ['a date that does not exist', { requestedDate: '2026-02-30' }, 'requestedDate'],
    ['a sequence of another name', { sequenceType: 'NEXT' as never }, 'sequenceType'],
    ['a bearer of another name', { chargeBearer: 'OUR' as never }, 'chargeBearer'],
    ['a service level of five letters', { serviceLevel: 'SEPAX' }, 'serviceLevel'],
    ['no creditor', { creditor: undefined as never }, 'creditor'],
    ['a scheme without id', { creditorScheme: { id: '', scheme: 'SEPA' } }, 'creditorScheme.id'],
  ])('is refused in the terms: %s', async (_, broken, path) => {
    const error = await refused(collectionMessage(undefined, broken));
    expect(error.path).toBe(`payments[0].${path}`);
  });

  test.each<[string, Partial<CollectionMessage>, string]>([
    ['no message id', { messageId: '' }, 'messageId'],
    ['a time without offset', { createdAt: '2026-03-02T08:00:00' }, 'createdAt'],
    ['a time without seconds', { createdAt: '2026-03-02T08:00Z' }, 'createdAt'],
    ['nobody who sends it', { initiatingParty: {} }, 'initiatingParty'],
    ['no payments', { payments: [] }, 'payments'],
    ['no transactions', { payments: [{ ...collectionTerms, transactions: [] }] }, 'payments[0].transactions'],
  ])('is refused in the message: %s', async (_, broken, path) => {
    expect((await refused({ ...collectionMessage(), ...broken })).path).toBe(path);
  });

  test('says what is wrong and how to mend it', async () => {
    const error = await refused(collectionMessage([{ ...collection, endToEndId: 'x'.repeat(36) }]));
    expect(error.message).toBe('payments[0].transactions[0].endToEndId: It has 36 characters. Give 35 at the most.');
  });

  test('never shows an account number', async () => {
    const iban = 'DE89370400440532013001';
    const error = await refused(collectionMessage([{ ...collection, debtor: { name: 'X', account: { iban } } }]));
    expect(error.message).not.toContain('0440532');
  });

  test('is refused for the creditor of a transfer too', async () => {
    const broken = transferMessage([{ ...transfer, creditor: { ...tenant, name: '' } }]);
    const error = await refusalOf(writtenTransfers(broken), PaymentMessageError);
    expect(error.path).toBe('payments[0].transactions[0].creditor.name');
  });
});

describe('what is not refused', () => {
  test('lengths count characters, not the halves they are stored in', async () => {
    const name = '𠮷'.repeat(140);
    const text = await writtenCollections(collectionMessage([{ ...collection, debtor: { ...factory, name } }]));
    expect(text).toContain(`<Nm>${name}</Nm>`);
  });

  test('corporate accounts whatever Luhn says, cards in the same place', async () => {
    const numbers = [
      '32001594136050000001',
      '32001594136050000002',
      '6200000000000005',
      '6200000000000006',
      '0123-45/6',
    ];
    const transactions = numbers.map((number) => ({ ...collection, debtor: { name: 'X', account: { number } } }));
    const text = await writtenCollections(collectionMessage(transactions));
    for (const number of numbers) expect(text).toContain(`<Othr><Id>${number}</Id></Othr>`);
  });
});

describe('the Latin set', () => {
  const latin = collectionMessage(
    [{ ...collection, debtor: tenant, remittance: "Rechnung 12/3 (Feb.), 5 off?: no + 'x'" }],
    { creditor: { ...utility, name: 'City Water' } },
  );

  test('takes letters, digits and its signs', async () => {
    expect(await writtenCollections(latin, 'LATIN')).toContain("Rechnung 12/3 (Feb.), 5 off?: no + 'x'");
  });

  test('refuses Chinese, accents and other signs by the character; it replaces nothing', async () => {
    for (const [remittance, character] of [
      ['三月', "'三' (U+4E09)"],
      ['Müller', "'ü' (U+00FC)"],
      ['A & B', "'&' (U+0026)"],
      ['a\tb', 'U+0009'],
    ] as const) {
      const error = await refused(
        collectionMessage([{ ...collection, debtor: tenant, remittance }], {
          creditor: { ...utility, name: 'City Water' },
        }),
        'LATIN',
      );
      expect(error.path).toBe('payments[0].transactions[0].remittance');
      expect(error.what).toBe(`It has the character ${character}`);
      expect(error.mend).toContain('UNICODE');
    }
  });

  test.each(['/A', 'A/', 'A//B'])('refuses the id %s, as SEPA does; UNICODE takes it', async (endToEndId) => {
    const message = collectionMessage([{ ...collection, debtor: tenant, endToEndId }], {
      creditor: { ...utility, name: 'City Water' },
    });
    expect((await refused(message, 'LATIN')).path).toBe('payments[0].transactions[0].endToEndId');
    expect(await writtenCollections(message)).toContain(`<EndToEndId>${endToEndId}</EndToEndId>`);
  });
});

describe('content that is read from elsewhere', () => {
  /** Gives one list at the first pass and another at the second. */
  function changing<T>(first: readonly T[], second: readonly T[]): AsyncIterable<T> {
    const passes = [first, second];
    return {
      async *[Symbol.asyncIterator]() {
        yield* passes.shift() ?? [];
      },
    };
  }

  async function piecesUntil(pieces: AsyncIterable<string>): Promise<{ text: string; error: unknown }> {
    let text = '';
    try {
      for await (const piece of pieces) text += piece;
      return { text, error: undefined };
    } catch (error) {
      return { text, error };
    }
  }

  const written = (transactions: CollectionMessage['payments'] | AsyncIterable<CollectionTransaction>) =>
    piecesUntil(
      writeCollections(
        { ...collectionMessage(), payments: [{ ...collectionTerms, transactions: transactions as never }] },
        { characters: 'UNICODE' },
      ),
    );

  test('may come asynchronously, anew at each pass', async () => {
    const { text } = await written(changing([collection, collection], [collection, collection]));
    expect(text).toContain('<NbOfTxs>2</NbOfTxs><CtrlSum>257.00</CtrlSum>');
  });

  test('is refused before a word is written when its last transaction is faulty', async () => {
    const many = Array.from({ length: 5_000 }, () => collection);
    const { text, error } = await written(changing([...many, { ...collection, amount: 0n }], []));
    expect(text).toBe('');
    expect(error).toMatchObject({ path: 'payments[0].transactions[5000].amount' });
  });

  test.each<[string, CollectionTransaction[], string]>([
    ['one less', [], 'They were 1 of 128.50 together at first and are 0 of 0 together now'],
    ['one more', [collection, collection], 'They were 1 of 128.50 together at first and are 2 of 257.00 together now'],
    [
      'another sum',
      [{ ...collection, amount: 1n }],
      'They were 1 of 128.50 together at first and are 1 of 0.01 together now',
    ],
  ])('throws when it changed between the passes: %s', async (_, second, what) => {
    const { error } = await written(changing([collection], second));
    expect(error).toMatchObject({ path: 'payments[0].transactions', what });
  });

  test('throws when a payment information came or went between the passes', async () => {
    const payment = { ...collectionTerms, transactions: [collection] };
    const other = { ...payment, paymentInformationId: 'OTHER' };
    for (const payments of [changing([payment], [payment, other]), changing([payment, other], [payment])]) {
      const { error } = await piecesUntil(
        writeCollections({ ...collectionMessage(), payments }, { characters: 'UNICODE' }),
      );
      expect(error).toBeInstanceOf(PaymentMessageError);
    }
  });

  test('is refused when it can be gone through only once', async () => {
    const { text, error } = await written(
      (async function* () {
        yield collection;
      })(),
    );
    expect(text).toBe('');
    expect(error).toMatchObject({ path: 'payments[0].transactions', what: 'It can be gone through only once' });
  });

  test('is refused when two payment informations have one id', async () => {
    const payment = { ...collectionTerms, transactions: [collection] };
    const error = await refused({ ...collectionMessage(), payments: [payment, payment] });
    expect(error).toMatchObject({ path: 'payments[1].paymentInformationId' });
  });

  test('is refused when a sum has more than 18 digits', async () => {
    const error = await refused(collectionMessage([{ ...collection, amount: 10n ** 18n - 1n }, collection]));
    expect(error).toMatchObject({ path: 'payments[0].transactions', mend: 'Make several messages of it.' });
  });

  test('goes out in pieces, not at once', async () => {
    const message: TransferMessage = transferMessage(Array.from({ length: 2_000 }, () => transfer));
    const lengths: number[] = [];
    for await (const piece of writeTransfers(message, { characters: 'UNICODE' })) lengths.push(piece.length);
    expect(lengths.length).toBeGreaterThan(10);
    expect(Math.max(...lengths)).toBeLessThan(64 * 1024);
  });
});
