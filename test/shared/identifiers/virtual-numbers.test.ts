import { describe, expect, it } from 'vitest';
import { numberCandidates } from '../../../shared/identifiers/virtual-numbers.ts';

describe('virtual account numbers in what a payer wrote', () => {
  it.each([
    ['as the whole of a reference', 'sz-va.0017', 'SZVA0017'],
    ['in groups of four, as it is printed', '6228 4800 0000 0017', '6228480000000017'],
    ['among words', 'Invoice 4711 to account 6228480000000017, thank you', '6228480000000017'],
    ['in groups at the end of a sentence', 'pay to 6228-4800-0000-0017', '6228480000000017'],
    ['right behind Chinese text', '货款转入62284800000000179号', '62284800000000179'],
    ['in full-width digits', '账号：６２２８４８０００００００００１７', '62284800000000017'],
    ['with letters, among words', 'for VA-2026-001 of March', 'VA2026001'],
    ['behind a label and a slash', 'ACC/VA2026001/INV 5', 'VA2026001'],
    ['with bank code, slash and account', 'an 20041010/0500013', '20041010/0500013'],
    ['behind an equals sign', 'vacct=SHOP0099;ref=1', 'SHOP0099'],
  ])('are found %s', (_, text, number) => {
    expect(numberCandidates(text)).toContain(number);
  });

  it('are not looked for in dates, amounts and short invoice numbers', () => {
    // The whole text stands for itself, however little it looks like a number.
    expect(numberCandidates('Invoice 4711, 1234567')).toEqual(['INVOICE4711,1234567', '1234567']);
    expect(numberCandidates('no 4711')).toEqual(['NO4711']);
    expect(numberCandidates('17')).toEqual([]);
  });

  it('have 64 characters at the most', () => {
    expect(numberCandidates('7'.repeat(64))).toEqual(['7'.repeat(64)]);
    expect(numberCandidates('7'.repeat(65))).toEqual([]);
  });
});
