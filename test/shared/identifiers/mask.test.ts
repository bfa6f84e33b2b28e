import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maskAccount, maskCard, maskIdentity, maskNumbersIn, maskPhone } from '../../../shared/identifiers/mask.ts';

describe('masking', () => {
  test.each([
    ['6222021001116245702', '622202****5702'],
    ['4111 1111 1111 1111', '411111****1111'],
    ['411111111111', '****1111'],
  ])('a card %s shows its first 6 and last 4: %s', (number, masked) => {
    expect(maskCard(number)).toBe(masked);
  });

  test.each([
    ['11050137510000001234', '****1234'],
    ['DE89 3704 0044 0532 0130 00', '****3000'],
    ['123456', '****456'],
    ['12', '****2'],
    ['1', '****'],
    ['', '****'],
  ])('an account %j shows at most its last 4: %s', (number, masked) => {
    expect(maskAccount(number)).toBe(masked);
  });

  test('an identity number shows its last 4', () => {
    expect(maskIdentity('11010519491231002X')).toBe('****002X');
  });

  test.each([
    ['13812341234', '138****1234'],
    ['+86 138 1234 1234', '138****1234'],
    ['0086-138-1234-1234', '138****1234'],
    ['021-63218888', '****8888'],
  ])('a phone %s shows as %s', (number, masked) => {
    expect(maskPhone(number)).toBe(masked);
  });
});

describe('free text for a log', () => {
  test.each([
    ['paid from 6222021001116245702 today', 'paid from ****5702 today'],
    ['卡号６２２２０２１００１１１６２４５７０２。', '卡号****５７０２。'],
    ['card 6222 0210 0111 6245 702 refused', 'card ****5702 refused'],
    ['card 4111-1111-1111-1111', 'card ****1111'],
    ['DE89 3704 0044 0532 0130 00 paid 2 items', '****3000 paid 2 items'],
    ['gb29nwbk60161331926819.', '****6819.'],
    ['mistyped NL92ABNA0417164300', 'mistyped ****4300'],
    ['身份证11010519491231002X号', '身份证****002X号'],
    ['call 138 1234 5678 or 13812345678', 'call ****5678 or ****5678'],
    ['ICBC6222021001116245702', 'ICBC****5702'],
    ['{"number":"123456789"}', '{"number":"****6789"}'],
  ])('%j becomes %j', (text, masked) => {
    expect(maskNumbersIn(text)).toBe(masked);
  });

  test.each([
    'at 2026-11-24T02:40:39.123Z, version 12345678',
    'acc_01J91234567890123456789ABC holds 1234.56 CNY',
    'request 12345678-1234-1234-1234-123456789012',
    'Error: no such file\n    at open (/var/task/index.mjs:123:45)',
    '/legs/0/amount/amount',
    'DEAR customer, IT is done',
    '',
  ])('%j stays', (text) => {
    expect(maskNumbersIn(text)).toBe(text);
  });

  test('never lets nine digits in a row through, whatever stands around them', () => {
    const around = fc.string({ unit: 'grapheme', maxLength: 20 });
    const number = fc.stringMatching(/^[0-9]{9,30}$/);
    fc.assert(
      fc.property(around, number, around, (before, digits, after) => {
        expect(maskNumbersIn(`${before} ${digits} ${after}`)).not.toMatch(/\p{Nd}{9}/u);
      }),
    );
  });
});
