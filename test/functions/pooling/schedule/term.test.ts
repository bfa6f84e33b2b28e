import { describe, expect, test } from 'vitest';
import { isInForce } from '../../../../functions/pooling/schedule/term.ts';

describe('an agreement', () => {
  const term = {
    effectiveFrom: '2025-03-01',
    expiresOn: '2025-12-31',
    pauses: [
      { from: '2025-06-30', to: '2025-07-02' },
      { from: '2025-10-01', to: '2025-10-01' },
    ],
  };

  test.each([
    ['2025-02-28', 'NOT_YET', 'the day before it takes effect'],
    ['2025-03-01', 'IN_FORCE', 'its first day'],
    ['2025-06-29', 'IN_FORCE', 'the day before a pause'],
    ['2025-06-30', 'PAUSED', 'the first day of the pause'],
    ['2025-07-02', 'PAUSED', 'the last day of the pause'],
    ['2025-07-03', 'IN_FORCE', 'the day after'],
    ['2025-10-01', 'PAUSED', 'a pause of one day'],
    ['2025-12-31', 'IN_FORCE', 'its last day'],
    ['2026-01-01', 'EXPIRED', 'the day after its last'],
  ])('is on %s %s: %s', (date, force) => {
    expect(isInForce(term, date)).toBe(force);
  });

  test('without an expiry stands on', () => {
    expect(isInForce({ effectiveFrom: '2025-03-01', pauses: [] }, '2099-12-31')).toBe('IN_FORCE');
  });

  test('that is paused without a last day stays so', () => {
    const paused = { ...term, pauses: [{ from: '2025-06-30' }] };
    expect(['2025-06-29', '2025-06-30', '2025-12-31'].map((date) => isInForce(paused, date))).toEqual([
      'IN_FORCE',
      'PAUSED',
      'PAUSED',
    ]);
  });

  test('is not paused before it takes effect or after it expired', () => {
    const paused = { ...term, pauses: [{ from: '2025-01-01', to: '2026-12-31' }] };
    expect(isInForce(paused, '2025-02-28')).toBe('NOT_YET');
    expect(isInForce(paused, '2026-01-01')).toBe('EXPIRED');
  });
});
