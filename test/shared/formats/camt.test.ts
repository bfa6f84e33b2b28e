import { describe, expect, it } from 'vitest';
import { at, fileAt, type ReadStatement, readWhole } from './read.ts';

async function statementsOf(name: string): Promise<ReadStatement[]> {
  return readWhole(await fileAt(name));
}

describe('a camt.053 of a careless bank', async () => {
  const statements = await statementsOf('camt053-dirty.xml');
  const { header, entries, trailer } = at(statements, 0);

  it('says whose statement it is, with prefixed elements of any version', () => {
    expect(header).toEqual({
      format: 'camt.053',
      version: 'camt.053.001.08',
      messageId: 'MSG-2026-0302',
      statementId: 'STMT-41',
      sequenceNumber: '041',
      pageNumber: 1,
      lastPage: true,
      createdAt: '2026-03-02T19:00:00+08:00',
      fromDate: '2026-03-02',
      toDate: '2026-03-02',
      account: {
        iban: 'DE02120300000000202051',
        bic: 'BYLADEM1001',
        currency: 'EUR',
        ownerName: 'Yudao Handels GmbH',
      },
    });
  });

  it('reads a balance without indicator as credit and says so', () => {
    expect(trailer.balances).toEqual([
      { type: 'OPBD', amount: 100_000n, currency: 'EUR', date: '2026-03-02', indicatorMissing: true },
      { type: 'CLBD', amount: 120_450n, currency: 'EUR', date: '2026-03-02' },
    ]);
  });

  it('leads from the opening to the closing balance by its booked entries', () => {
    const booked = entries.filter(({ status }) => status === 'BOOKED').reduce((sum, { amount }) => sum + amount, 0n);
    expect(100_000n + booked).toBe(120_450n);
  });

  it('keeps bytes that are no UTF-8 as windows-1252, flagged on their entry only', () => {
    expect(at(entries, 0).counterparty?.name).toBe('Müller & Söhne');
    expect(entries.map(({ flags }) => flags.includes('TEXT_NOT_UTF8'))).toEqual([
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
  });

  it('lifts the single transaction of an entry to the entry', () => {
    expect(at(entries, 0)).toMatchObject({
      amount: 10_020n,
      bookingDate: '2026-03-02',
      valueDate: '2026-03-03',
      bankReference: 'BANK-1',
      entryReference: '1',
      transactionCode: 'PMNT/RCDT/ESCT',
      remittance: 'Invoice 2026-17, less discount',
      counterparty: { account: 'DE89370400440532013000', bic: 'COBADEFFXXX' },
      references: { endToEndId: 'E2E-1', creditorReference: 'RF18539007547034' },
      detailsCount: 1,
    });
    expect(at(entries, 0).references.transactionId).toBeUndefined();
  });

  it('flags a batch whose transactions miss its amount by the exact difference', () => {
    const batch = at(entries, 1);
    expect(batch.details.map(({ amount }) => amount)).toEqual([12_000n, 9_050n, -1_000n]);
    expect(batch.details.map(({ references }) => references.mandateId)).toEqual(['M-1', 'M-2', 'M-3']);
    expect(batch).toMatchObject({
      amount: 20_000n,
      detailsCount: 3,
      declaredDetailsCount: 3,
      detailsDifference: 50n,
      flags: ['DETAILS_DO_NOT_SUM'],
      references: { messageId: 'BATCH-9', paymentInformationId: 'PMT-9' },
    });
  });

  it('takes the direction of a reversal from its indicator: DBIT undoes a credit', () => {
    expect(at(entries, 2)).toMatchObject({ amount: -9_570n, creditDebit: 'DEBIT', reversal: true });
  });

  it('names the original payer as the other party of a reversed credit', () => {
    expect(at(entries, 2)).toMatchObject({
      counterparty: { name: 'Returned Payer' },
      references: { returnReason: 'MS03' },
    });
  });

  it('keeps a zero entry, books one without status and moves 30 February to the last of the month', () => {
    expect(at(entries, 3)).toMatchObject({
      amount: 0n,
      creditDebit: 'DEBIT',
      status: 'BOOKED',
      bookingDate: '2026-02-28',
      flags: ['STATUS_MISSING', 'DATE_ADJUSTED'],
    });
  });

  it('turns the direction of a negative amount round and leaves an unreadable date out', () => {
    expect(at(entries, 4)).toMatchObject({
      amount: -725n,
      creditDebit: 'DEBIT',
      status: 'PENDING',
      flags: ['NEGATIVE_AMOUNT', 'DATE_UNREADABLE'],
    });
    expect(at(entries, 4).bookingDate).toBeUndefined();
  });

  it('reads an entry without indicator as credit and one of unknown status as information', () => {
    expect(at(entries, 5)).toMatchObject({
      amount: 300n,
      status: 'INFO',
      flags: ['INDICATOR_MISSING', 'STATUS_UNKNOWN'],
    });
  });

  it('hands on what the bank declares as totals and says about the whole', () => {
    expect(trailer).toMatchObject({
      entries: 6,
      declaredTotals: { all: { count: 6 }, credits: { count: 3, total: 30_000n } },
      information: 'Thank you',
      flags: [],
    });
  });

  it('reads a second statement of another account and a currency without decimals', () => {
    expect(at(statements, 1)).toMatchObject({ header: { statementId: 'STMT-42', account: { number: '0012345678' } } });
    expect(at(statements, 1).trailer.balances).toEqual([
      { type: 'PRCD', amount: -5_000n, currency: 'JPY', date: '2026-03-01' },
      { type: 'BLOCKED', amount: 12n, currency: 'JPY', intermediate: true },
    ]);
  });
});

describe('other camt messages', () => {
  it('reads a camt.052 in the encoding it declares', async () => {
    const { header, entries, trailer } = at(await statementsOf('camt052-latin1.xml'), 0);
    expect(header).toMatchObject({ format: 'camt.052', version: 'camt.052.001.02', createdAt: '2026-03-02T11:00:01' });
    expect(at(entries, 0)).toMatchObject({
      amount: -150n,
      status: 'INFO',
      counterparty: { name: 'Café Zürich', account: '999-1', bic: 'ZKBKCHZZ80A' },
      flags: [],
    });
    expect(trailer.balances).toEqual([{ type: 'ITBD', amount: -1_250n, currency: 'EUR', date: '2026-03-02' }]);
  });

  it('reads a camt.054 behind a byte order mark, debits within a credit batch counted against it', async () => {
    const { header, entries } = at(await statementsOf('camt054-batch.xml'), 0);
    expect(header.format).toBe('camt.054');
    expect(at(entries, 0).details.map(({ amount }) => amount)).toEqual([20_000n, -8_290n]);
    expect(at(entries, 0)).toMatchObject({ amount: 11_710n, status: 'INFO', flags: ['STATUS_MISSING'] });
  });

  it('reads a file whose declaration says UTF-16 though it was saved as UTF-8', async () => {
    const text = new TextDecoder('latin1').decode(await fileAt('camt052-latin1.xml'));
    const statements = await readWhole(text.replace('ISO-8859-1', 'utf-16'));
    expect(at(at(statements, 0).entries, 0).counterparty?.name).toBe('Café Zürich');
  });

  it('reads real UTF-16 with a byte order mark', async () => {
    const text = new TextDecoder('latin1').decode(await fileAt('camt052-latin1.xml')).replace('ISO-8859-1', 'UTF-16');
    const statements = await readWhole(Buffer.from(`\ufeff${text}`, 'utf16le'));
    expect(at(at(statements, 0).entries, 0).counterparty?.name).toBe('Café Zürich');
  });

  it('reads Chinese names in GB18030', async () => {
    const text = new TextDecoder('latin1').decode(await fileAt('camt052-latin1.xml')).replace('ISO-8859-1', 'GB18030');
    const [before = '', after = ''] = text.split('Café Zürich');
    const yudao = [0xd3, 0xed, 0xb5, 0xc0];
    const statements = await readWhole(Buffer.concat([Buffer.from(before), Buffer.from(yudao), Buffer.from(after)]));
    expect(at(at(statements, 0).entries, 0).counterparty?.name).toBe('禹道');
  });
});
