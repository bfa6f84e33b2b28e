import { describe, expect, it } from 'vitest';
import { at, fileAt, readWhole } from './read.ts';

describe('an MT940 file of a German bank', async () => {
  const statements = await readWhole(await fileAt('mt940-german.sta'));
  const { header, entries, trailer } = at(statements, 0);

  it('says whose statement it is and which page', () => {
    expect(header).toEqual({
      format: 'MT940',
      messageId: 'STARTUMS',
      sequenceNumber: '00012',
      pageNumber: 1,
      account: { number: '12030000/0000202051', currency: 'EUR' },
    });
  });

  it('counts a reversed credit as a debit and a reversed debit as a credit', () => {
    expect(at(entries, 0)).toMatchObject({ amount: -25_000n, creditDebit: 'DEBIT', reversal: true });
    expect(at(entries, 1)).toMatchObject({ amount: 5_050n, creditDebit: 'CREDIT', reversal: true });
  });

  it('does not take the funds code R behind a D for a reversal', () => {
    expect(at(entries, 2)).toMatchObject({ amount: 0n, creditDebit: 'DEBIT', reversal: false });
  });

  it('leads from the opening to the closing balance', () => {
    expect(trailer.balances.map(({ type, amount }) => [type, amount])).toEqual([
      ['OPBD', 100_000n],
      ['CLBD', 88_020n],
      ['CLAV', 88_020n],
      ['FWAV', -100n],
    ]);
    expect(100_000n + entries.reduce((sum, { amount }) => sum + amount, 0n)).toBe(88_020n);
  });

  it('puts the entry date in the year next to the value date, forward and back over New Year', () => {
    expect(entries.map(({ valueDate, bookingDate }) => [valueDate, bookingDate])).toEqual([
      ['2013-12-31', '2014-01-02'],
      ['2013-12-31', '2013-12-31'],
      ['2014-01-02', '2013-12-31'],
      ['2014-02-28', undefined],
    ]);
  });

  it('takes a structured field 86 apart, words cut by the line width included', () => {
    expect(at(entries, 0)).toMatchObject({
      bankReference: 'STORNO-1',
      transactionCode: 'NRTI',
      remittance: 'Returned: no funds',
      additionalInformation: 'RUECKBUCHUNG Extra',
      counterparty: { name: 'Meier Moritz', account: 'DE89370400440532013000', bic: 'COBADEFFXXX' },
      references: {
        businessTransactionCode: '109',
        endToEndId: 'E2E-77',
        primaNota: '9310',
        textKeyExtension: '901',
      },
    });
    expect(at(entries, 0).entryReference).toBeUndefined();
  });

  it('finds the customer reference in field 86 where field 61 points there', () => {
    expect(at(entries, 1).entryReference).toBe('CUSTOMER-9');
  });

  it('keeps all lines of a plain field 86, a time of day at the start of a line too', () => {
    expect(at(entries, 2).remittance).toBe('Account fee of nothing at 12:30 :15:30 by hand');
  });

  it('reads 30 February as the last of the month and bytes that are no UTF-8 as windows-1252, flagged', () => {
    expect(at(entries, 3)).toMatchObject({
      amount: 7_970n,
      entryReference: 'REF-4',
      remittance: 'Grösse aus Köln',
      additionalInformation: 'SUPPLEMENTARY DETAILS',
      flags: ['DATE_ADJUSTED', 'TEXT_NOT_UTF8'],
    });
  });

  it('gives field 86 behind the closing balance to the statement', () => {
    expect(trailer.information).toBe('Please note our new address');
  });

  it('reads a statement without entries, its IBAN with the currency behind and a balance without date', () => {
    expect(at(statements, 1)).toMatchObject({
      header: { sequenceNumber: '13', account: { iban: 'DE02120300000000202051', currency: 'EUR' } },
      entries: [],
    });
    expect(at(at(statements, 1).trailer.balances, 0)).toEqual({ type: 'OPBD', amount: -1n, currency: 'EUR' });
  });
});

describe('MT940 in SWIFT envelopes', () => {
  it('gives the pages of one statement as the file has them', async () => {
    const pages = await readWhole(await fileAt('mt940-paged-swift.txt'));
    expect(pages.map(({ header }) => [header.sequenceNumber, header.pageNumber, header.account.bic])).toEqual([
      ['7', 1, 'BANKCHZZ80A'],
      ['7', 2, 'BANKCHZZ80A'],
    ]);
    expect(pages.map(({ trailer }) => trailer.balances.map(({ intermediate }) => intermediate ?? false))).toEqual([
      [false, true],
      [true, false],
    ]);
    expect(at(at(pages, 1).entries, 0)).toMatchObject({ amount: 100n, flags: ['NEGATIVE_AMOUNT'] });
  });
});

describe('MT942', async () => {
  const [first, second] = await readWhole(await fileAt('mt942-interim.txt'));

  it('reads expected entries as pending and the others as booked', () => {
    expect(first?.entries.map(({ amount, status }) => [amount, status])).toEqual([
      [50_000n, 'PENDING'],
      [-12_000n, 'BOOKED'],
    ]);
  });

  it('carries floor limits, totals and the time of the report', () => {
    expect(first?.header).toMatchObject({
      format: 'MT942',
      createdAt: '2026-03-02T11:30:00+01:00',
      account: { bic: 'BANKDEFF' },
    });
    expect(first?.trailer).toMatchObject({
      balances: [],
      floorLimits: [
        { currency: 'EUR', amount: 10_000n, creditDebit: 'DEBIT' },
        { currency: 'EUR', amount: 1_000n, creditDebit: 'CREDIT' },
      ],
      declaredTotals: {
        credits: { count: 1, total: 50_000n, currency: 'EUR' },
        debits: { count: 1, total: 12_000n, currency: 'EUR' },
      },
      information: 'Interim only',
    });
  });

  it('reads a report without entries', () => {
    expect(second).toMatchObject({ header: { account: { number: '7654321', currency: 'JPY' } }, entries: [] });
  });
});

describe('MT940 as banks deviate from it', () => {
  const message = (body: string) => `:20:X\n:25:1\n:28C:1\n:60F:C260302EUR1,\n${body}:62F:C260302EUR1,\n`;

  it('passes over lines of other systems before and between messages', async () => {
    const file = `ABNANL2A\n940\nABNANL2A\n${message('')}-\nABNANL2A\n940\nABNANL2A\n${message('')}-\n`;
    expect(await readWhole(file)).toHaveLength(2);
  });

  it('takes the line :940: for the start of a message', async () => {
    expect(await readWhole(`:940:\n${message('')}:940:\n${message('')}`)).toHaveLength(2);
  });

  it('reads messages that only a new field 20 parts', async () => {
    expect(await readWhole(message('') + message(''))).toHaveLength(2);
  });

  it('reads lines that end with a carriage return alone', async () => {
    const file = message(':61:2603020302C0,\n:86:text\n').replaceAll('\n', '\r');
    expect(at(await readWhole(file), 0).entries).toMatchObject([{ amount: 0n, remittance: 'text' }]);
  });

  it('keeps a lone dash within a text', async () => {
    const file = `${message(':61:2603020302C0,\n:86:one\n-\ntwo\n')}-\n`;
    expect(at(await readWhole(file), 0).entries).toMatchObject([{ remittance: 'one - two' }]);
  });

  it('reads years from 80 on as of the last century', async () => {
    const file = message(':61:991231D1,5NTRFX\n:61:7902010201C1,5NTRFX\n');
    const { entries } = at(await readWhole(file), 0);
    expect(entries.map(({ valueDate }) => valueDate)).toEqual(['1999-12-31', '2079-02-01']);
  });
});
