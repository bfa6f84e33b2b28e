import { expect, it } from 'vitest';
import { receiptValueDate } from '../../../../functions/pooling/ledgers/receipt-value-date.ts';

it.each([
  ['today', '2026-03-02', '2026-03-02'],
  ['a day before', '2026-02-27', '2026-02-27'],
  ['366 days back', '2025-03-01', '2025-03-01'],
])('a receipt keeps a value date of %s', (_, told, valueDate) => {
  expect(receiptValueDate(told, '2026-03-02')).toEqual({ valueDate, references: {} });
});

it.each([
  ['to come', '2026-03-03'],
  ['367 days back', '2025-02-28'],
])('a receipt with a value date %s is valued today and keeps the bank’s day as a reference', (_, told) => {
  expect(receiptValueDate(told, '2026-03-02')).toEqual({ references: { bankValueDate: told } });
});

it('a receipt without a value date, or with one that is no day, is valued today', () => {
  expect(receiptValueDate(undefined, '2026-03-02')).toEqual({ references: {} });
  expect(receiptValueDate('2026-02-30', '2026-03-02')).toEqual({ references: {} });
});
