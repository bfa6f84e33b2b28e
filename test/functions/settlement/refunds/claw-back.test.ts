import { describe, expect, test } from 'vitest';
import { clawBackBar } from '../../../../functions/settlement/refunds/claw-back.ts';

const company = { isPersonal: false, hasConsented: true, splitOn: '2026-01-01' };

describe('whether a receiver can give back', () => {
  test.each([
    ['a company that consented, at once', {}, '2026-01-01', undefined],
    // 180 days from 2026-01-01: 30 of January, 28, 31, 30, 31, 30 to 2026-06-30.
    ['on the last day of the window', {}, '2026-06-30', undefined],
    ['on the day after it', {}, '2026-07-01', 'WINDOW'],
    ['a company without consent', { hasConsented: false }, '2026-01-01', 'NO_CONSENT'],
    ['a person, whatever it consented to', { isPersonal: true }, '2026-01-01', 'PERSONAL'],
    ['a person beyond the window', { isPersonal: true }, '2026-07-01', 'PERSONAL'],
    ['neither consent nor window', { hasConsented: false }, '2026-07-01', 'WINDOW'],
  ])('%s', (_, facts, on, bar) => {
    expect(clawBackBar({ ...company, ...facts }, on, 180)).toBe(bar);
  });

  test('a channel without a window claws back at any time', () => {
    expect(clawBackBar(company, '2036-01-01', undefined)).toBeUndefined();
  });
});
