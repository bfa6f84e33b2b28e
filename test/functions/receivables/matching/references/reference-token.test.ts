import { describe, expect, test } from 'vitest';
import { readAtoms } from '../../../../../functions/receivables/matching/references/read-atoms.ts';
import {
  headedToken,
  isSafeToken,
  referenceToken,
} from '../../../../../functions/receivables/matching/references/reference-token.ts';

describe('a number of an invoice', () => {
  test.each([
    ['ｉｎｖ-2026/001', 'INV2026001'],
    ['京建合字2026-015号', '2026015'],
    ['no digits', ''],
    ['1'.repeat(41), ''],
  ])('%s is compared as %s', (text, token) => {
    expect(referenceToken(text)).toBe(token);
  });

  test.each([
    ['沪销2528798', true],
    ['沪12', false],
    ['INV001', true],
    ['24312000000012345678', true],
    ['12345678', true],
    ['20260228', false],
    ['1234567', false],
    ['INV12', false],
    ['ABCDE1', false],
    ['12', false],
  ])('%s says by itself what it means: %s', (token, isSafe) => {
    expect(isSafeToken(token)).toBe(isSafe);
  });
});

describe('the Chinese characters that a number begins with', () => {
  test.each([
    ['沪销25-28800', '沪销2528800'],
    ['滬銷 25/28800', '沪销2528800'],
    ['京建合字第2026-015号', '京建合2026015'],
    ['购销合同2026-015', '购销2026015'],
    ['合同沪2026-015', '沪2026015'],
    ['上海华兴科技贸易2026-015', '华兴科技贸易2026015'],
    ['发票号码2026-015', undefined],
    ['INV沪2026-015', undefined],
    ['沪销', undefined],
    ['INV-2026-015', undefined],
  ])('of %s: compared as %s', (number, token) => {
    expect(headedToken(number)).toBe(token);
  });
});

describe('the runs of a text', () => {
  const runs = (...lines: string[]) => readAtoms(lines).map(({ text }) => text);

  test('are letters and digits in capitals, amounts left out', () => {
    expect(runs('付inv-2026/12款 1,234.50 元, RMB88.00')).toEqual(['INV', '2026', '12']);
    expect(runs('v1.20.3 A1.50')).toEqual(['V', '1', '20', '3', 'A', '1', '50']);
  });

  test('tell which Chinese characters stand right before them, words such as 发票号 left out', () => {
    const heads = (...lines: string[]) => readAtoms(lines).map(({ gap }) => gap.head);
    expect(heads('付貨款滬銷25-28800，发票号12 abc')).toEqual(['付货款沪销', '', '', '']);
    expect(heads(`${'X'.repeat(34)}沪`, '销字第25')).toEqual(['', '沪销']);
  });

  test('may go on over a line of 35 characters and not over a shorter one', () => {
    const [, , over] = readAtoms([`${'X'.repeat(31)} 202`, '6001']);
    expect(over).toMatchObject({ text: '6001', gap: { joins: true, cut: true } });
    const [, below] = readAtoms(['202', '6001']);
    expect(below).toMatchObject({ gap: { joins: false } });
  });
});
