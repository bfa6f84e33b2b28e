import { describe, expect, test } from 'vitest';
import { accountNumberCandidates, normaliseAccountNumber } from '../../../shared/identifiers/account-number.ts';

describe('an account number', () => {
  test.each([
    ['1105 0137 5100 0000 1234', '11050137510000001234'],
    ['nl91 abna 0417 1643 00', 'NL91ABNA0417164300'],
    ['1105-0137–51', '1105013751'],
    ['12.34.56.789', '123456789'],
    ['１１０５　０１３７', '11050137'],
    ['\u200e1105\u00a00137\ufeff', '11050137'],
    ['20041010/0500013', '20041010/0500013'],
  ])('%j is compared as %s', (text, normal) => {
    expect(normaliseAccountNumber(text)).toBe(normal);
  });

  test.each([
    ['1234567EUR', ['1234567EUR', '1234567']],
    ['20041010/0500013', ['20041010/0500013', '0500013']],
    ['20041010/0500013EUR', ['20041010/0500013EUR', '0500013EUR', '20041010/0500013', '0500013']],
    ['37040044/0532013000/EUR', ['37040044/0532013000/EUR', '37040044/0532013000', '0532013000']],
    ['NL91ABNA0417164300EUR', ['NL91ABNA0417164300EUR', 'NL91ABNA0417164300']],
    ['11050137510000001234', ['11050137510000001234']],
    ['1234567ABC', ['1234567ABC']],
    ['', []],
  ])('%j may be known as %j, the surest first', (text, candidates) => {
    expect(accountNumberCandidates(text)).toEqual(candidates);
  });

  test('an IBAN that ends in a currency keeps it', () => {
    expect(accountNumberCandidates('SC18 SSCB 1101 0000 0000 0000 1497 USD')).toEqual([
      'SC18SSCB11010000000000001497USD',
    ]);
  });
});
