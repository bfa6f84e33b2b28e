import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAmount } from '../../../shared/formats/amount-text.ts';
import { readEntryDate, readIsoDate, readShortDate } from '../../../shared/formats/dates.ts';

const read = (text: string, currency: string) => {
  const { magnitude, negative } = readAmount(text, currency, 'Amt');
  return negative ? `-${magnitude}` : `${magnitude}`;
};

describe('amounts as banks write them', () => {
  it.each([
    ['0.2', 'EUR', '20'],
    ['3000', 'EUR', '300000'],
    ['79,7', 'CHF', '7970'],
    ['0,', 'CHF', '0'],
    [',5', 'EUR', '50'],
    ['00012.50', 'EUR', '1250'],
    ['100.00000', 'EUR', '10000'],
    ['100.00', 'JPY', '100'],
    ['1.5', 'KWD', '1500'],
    ['-5', 'EUR', '-500'],
    ['999999999999999999.99', 'CNY', '99999999999999999999'],
  ])('reads %s %s as %s minor units', (text, currency, minor) => {
    expect(read(text, currency)).toBe(minor);
  });

  it.each(['', '.', ',', '1 000', '1,000.00', '1.2.3', '--1', '1e3', 'NaN', '0x10', '１', '1000000000000000000'])(
    'refuses %j',
    (text) => {
      expect(() => readAmount(text, 'EUR', 'Amt')).toThrow(expect.objectContaining({ reason: 'bad-amount' }));
    },
  );

  it('never rounds: a digit beyond the currency is refused, a zero is not', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 18n }), fc.integer({ min: 0, max: 9 }), (minor, digit) => {
        const text = `${minor / 100n}.${String(minor % 100n).padStart(2, '0')}${digit}`;
        if (digit === 0) expect(readAmount(text, 'EUR', 'Amt').magnitude).toBe(minor);
        else
          expect(() => readAmount(text, 'EUR', 'Amt')).toThrow(
            expect.objectContaining({ reason: 'too-many-decimals' }),
          );
      }),
    );
  });
});

describe('dates as banks write them', () => {
  it.each([
    ['2026-03-02', { date: '2026-03-02' }],
    ['2026-03-02T23:59:59+08:00', { date: '2026-03-02' }],
    ['2024-02-29', { date: '2024-02-29' }],
    ['2023-02-29', { date: '2023-02-28', adjusted: true }],
    ['1900-02-29', { date: '1900-02-28', adjusted: true }],
    ['2026-13-01', {}],
    ['2026-00-10', {}],
    ['tomorrow', {}],
  ])('reads %s', (text, reading) => {
    expect(readIsoDate(text)).toEqual(reading);
  });

  it('reads years 00 to 79 as of this century, 80 to 99 as of the last', () => {
    expect([readShortDate('790101').date, readShortDate('800101').date]).toEqual(['2079-01-01', '1980-01-01']);
  });

  it.each([
    ['0102', '2013-12-31', '2014-01-02'],
    ['1231', '2014-01-02', '2013-12-31'],
    ['0302', '2026-03-02', '2026-03-02'],
    ['0831', '2026-03-02', '2026-08-31'],
    ['0229', '2023-12-30', '2024-02-29'],
  ])('puts the entry date %s beside the value date %s at %s', (entry, value, date) => {
    expect(readEntryDate(entry, value)).toEqual({ date });
  });
});
