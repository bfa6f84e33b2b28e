import { describe, expect, test } from 'vitest';
import type {
  CollectionMessage,
  CollectionTerms,
  CollectionTransaction,
} from '../../../../shared/formats/pain/payment-message.ts';
import { PaymentMessageError } from '../../../../shared/formats/pain/payment-message-error.ts';
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
