import { describe, expect, it } from 'vitest';
import { describeStatement } from '../../../functions/statements/statement.ts';
import { balance, entry, page } from './pages.ts';

const carried = { intermediate: true } as const;

describe('a statement of one page', () => {
  it('counts a reversed credit as a debit and a reversed debit as a credit', () => {
    const statement = describeStatement('demo', 'key', [
      page({
        entries: [
          entry(30_000n),
          entry(-20_488n, { reversal: true, creditDebit: 'DEBIT' }),
          entry(1_000n, { reversal: true, creditDebit: 'CREDIT' }),
        ],
        balances: [balance('OPBD', 0n), balance('CLBD', 10_512n)],
      }),
    ]);
    expect(statement.credits).toEqual({ count: 2, total: 31_000n });
    expect(statement.debits).toEqual({ count: 1, total: 20_488n });
    expect(statement.check.status).toBe('BALANCED');
  });

  it('leaves pending entries out of its sums and counts them as entries', () => {
    const statement = describeStatement('demo', 'key', [
      page({
        entries: [entry(100n), entry(900n, { status: 'PENDING' }), entry(900n, { status: 'INFO' })],
        balances: [balance('OPBD', 0n), balance('CLBD', 100n)],
      }),
    ]);
    expect(statement.credits).toEqual({ count: 1, total: 100n });
    expect(statement.entries).toBe(3);
    expect(statement.check.status).toBe('BALANCED');
  });

  it('flags zero entries, missing indicators and other currencies with their places', () => {
    const { flags } = describeStatement('demo', 'key', [
      page({
        entries: [entry(0n), entry(500n), entry(700n, { currency: 'USD' }), entry(0n)],
        balances: [balance('OPBD', 0n, { indicatorMissing: true }), balance('CLBD', 500n)],
      }),
    ]);
    expect(flags).toEqual([
      { code: 'ZERO_ENTRY', count: 2, where: [1, 4] },
      { code: 'BALANCE_INDICATOR_MISSING', count: 1, where: ['OPBD'] },
      { code: 'CURRENCY_MIX', count: 1, where: [3] },
    ]);
  });

  it('flags a batch whose transactions do not add up, with the difference', () => {
    const { flags } = describeStatement('demo', 'key', [
      page({ entries: [entry(500n, { flags: ['DETAILS_DO_NOT_SUM'], detailsDifference: -3n })] }),
    ]);
    expect(flags).toEqual([{ code: 'DETAILS_DO_NOT_SUM', count: 1, where: [1], difference: -3n }]);
  });

  it('keeps the first twenty places of a flag and counts all', () => {
    const zeros = Array.from({ length: 30 }, () => entry(0n));
    const [flag] = describeStatement('demo', 'key', [page({ entries: zeros })]).flags;
    expect(flag?.count).toBe(30);
    expect(flag?.where).toHaveLength(20);
  });

  it('is NOT_CHECKED without balances and takes its day from the last booking', () => {
    const statement = describeStatement('demo', 'key', [
      page({ entries: [entry(1n, { bookingDate: '2026-03-05' }), entry(1n, { bookingDate: '2026-03-04' })] }),
    ]);
    expect(statement.check.status).toBe('NOT_CHECKED');
    expect(statement.toDate).toBe('2026-03-05');
  });

  it('says that pages are missing when it closes with 62M', () => {
    const { flags } = describeStatement('demo', 'key', [
      page({ balances: [balance('OPBD', 0n), balance('CLBD', 0n, carried)] }),
    ]);
    expect(flags.map(({ code }) => code)).toEqual(['PAGES_MISSING']);
  });

  it('is whole when it adds up, though its message is page two of several', () => {
    const { flags } = describeStatement('demo', 'key', [
      page({
        header: { format: 'camt.053', pageNumber: 2, lastPage: true },
        balances: [balance('OPBD', 5n), balance('CLBD', 5n)],
      }),
    ]);
    expect(flags).toEqual([]);
  });
});

describe('a statement of two pages', () => {
  // Page 1: 0 + 79.70 + 149.50 = 229.20. Page 2: 229.20 − 79.90 + 10.10 = 159.40, declared 159.60.
  const first = page({
    entries: [entry(7_970n), entry(14_950n)],
    balances: [balance('OPBD', 0n), balance('CLBD', 22_920n, carried)],
  });
  const second = page({
    entries: [entry(-7_990n), entry(1_010n), entry(0n)],
    balances: [balance('OPBD', 22_920n, carried), balance('CLBD', 15_960n)],
  });

  it('runs from the first opening to the last closing balance and names the page that is off', () => {
    const statement = describeStatement('demo', 'key', [first, second]);
    expect(statement.opening?.amount).toBe(0n);
    expect(statement.closing?.amount).toBe(15_960n);
    expect(statement.check).toEqual({ status: 'BALANCE_MISMATCH', computedClosing: 15_940n, difference: -20n });
    expect(statement.pages).toEqual([
      { number: 1, entries: 2, opening: 0n, closing: 22_920n, difference: 0n },
      { number: 2, entries: 3, opening: 22_920n, closing: 15_960n, difference: -20n },
    ]);
    expect(statement.flags).toEqual([
      { code: 'ZERO_ENTRY', count: 1, where: [5] },
      { code: 'PAGE_MISMATCH', count: 1, where: ['page 2'], difference: -20n },
      { code: 'BALANCE_MISMATCH', count: 1, where: ['closing'], difference: -20n },
    ]);
  });

  it('keeps the carried balances with its pages, not among its balances', () => {
    const { balances } = describeStatement('demo', 'key', [first, second]);
    expect(balances.map(({ type, amount }) => [type, amount])).toEqual([
      ['OPBD', 0n],
      ['CLBD', 15_960n],
    ]);
  });

  it('flags a page that does not open with what the page before carried over', () => {
    const late = page({ balances: [balance('OPBD', 22_900n, carried), balance('CLBD', 22_900n)] });
    const { flags } = describeStatement('demo', 'key', [first, late]);
    expect(flags.find(({ code }) => code === 'PAGE_GAP')).toEqual({
      code: 'PAGE_GAP',
      count: 1,
      where: ['page 2'],
      difference: -20n,
    });
  });
});

describe('the id of a statement', () => {
  const parts = {
    entries: [entry(100n, { remittance: 'Invoice 17' })],
    balances: [balance('OPBD', 0n), balance('CLBD', 100n)],
  };
  const idOf = (tenant: string, key: string, ...args: Parameters<typeof page>) =>
    describeStatement(tenant, key, [page(...args)]).id;
  const own = idOf('demo', 'key', parts);

  it('is the same when the bank sends the statement again in another message, wrapped otherwise', () => {
    const again = { ...parts, entries: [entry(100n, { remittance: 'INVOICE  1-7' })] };
    expect(idOf('demo', 'key', { ...again, header: { messageId: 'M2', createdAt: '2026-03-09T00:00:00' } })).toBe(own);
  });

  it.each([
    ['another tenant', idOf('demo2', 'key', parts)],
    ['another account', idOf('demo', 'key2', parts)],
    ['another statement number', idOf('demo', 'key', { ...parts, header: { sequenceNumber: '42' } })],
    ['another format', idOf('demo', 'key', { ...parts, header: { format: 'MT942' } })],
    ['another amount', idOf('demo', 'key', { ...parts, entries: [entry(101n, { remittance: 'Invoice 17' })] })],
    ['another text', idOf('demo', 'key', { ...parts, entries: [entry(100n, { remittance: 'Invoice 18' })] })],
    ['another balance', idOf('demo', 'key', { ...parts, balances: [balance('OPBD', 1n), balance('CLBD', 100n)] })],
    ['a repeated entry', idOf('demo', 'key', { ...parts, entries: [...parts.entries, ...parts.entries] })],
  ])('differs for %s', (_, other) => {
    expect(other).not.toBe(own);
  });
});
