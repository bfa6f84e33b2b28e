import { describe, expect, it } from 'vitest';
import { referenceTokensOf } from '../../../../functions/receivables/invoices/reference-tokens.ts';
import { receiptTokens, tokensMax } from '../../../../functions/receivables/matches/receipt-tokens.ts';

/** Whether an invoice of a number is found by what a receipt says. */
function finds(number: string, texts: readonly string[], references: Record<string, string> = {}): boolean {
  const known = new Set(referenceTokensOf(number, {}));
  return receiptTokens({ texts, references }).some((token) => known.has(token));
}

describe('an invoice is found', () => {
  it.each([
    ['as it stands in a text', 'FP-2026-0001', ['付 FP-2026-0001 货款']],
    ['by full width, lower case and other separators', 'FP-2026-0001', ['ｆｐ２０２６／０００１']],
    ['where a line was cut within it', 'INV2026000123', ['PAYMENT FOR GOODS DELIVERE INV20260', '00123 THANK YOU']],
    ['among several', 'INV2026002', ['INV2026001,INV2026002;INV2026003']],
    ['by the Chinese characters that it begins with', '沪销25-28800', ['付沪销25-28800']],
  ])('%s', (_, number, texts) => {
    expect(finds(number, texts)).toBe(true);
  });

  it('by a structured reference', () => {
    expect(finds('FP-2026-0001', [], { invoice: 'FP2026-0001' })).toBe(true);
  });

  it('not by another number, nor by one that says nothing by itself', () => {
    expect(finds('FP-2026-0001', ['FP-2026-0002'])).toBe(false);
    expect(receiptTokens({ texts: ['12', '2026-03-02', '1,200.00'], references: {} })).toEqual([]);
  });
});

it('the numbers that are looked up for one receipt are bounded', () => {
  const text = Array.from({ length: 300 }, (_, n) => `INV${100_000 + n}`).join(' ');
  expect(receiptTokens({ texts: [text], references: {} }).length).toBe(tokensMax);
});
