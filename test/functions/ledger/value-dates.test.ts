import { describe, expect, it } from 'vitest';
import { lowestBalance, withMovement } from '../../../functions/ledger/value-dates.ts';
import { isAllowedValueDate } from '../../../shared/calendar/value-date.ts';

describe('balances by value date', () => {
  const history = {
    from: '2026-03-02',
    opening: 1_000n,
    movements: new Map([
      ['2026-03-03', -400n],
      ['2026-03-05', -500n],
      ['2026-03-06', 2_000n],
    ]),
  };

  it('tells the lowest end of day between two dates', () => {
    expect(lowestBalance(history, '2026-03-02', '2026-03-02')).toBe(1_000n);
    expect(lowestBalance(history, '2026-03-02', '2026-03-06')).toBe(100n);
    expect(lowestBalance(history, '2026-03-06', '2026-03-06')).toBe(2_100n);
    expect(lowestBalance(history, '2026-03-03', '2026-03-04')).toBe(600n);
  });

  it('takes a further movement in, also one before the history begins', () => {
    expect(lowestBalance(withMovement(history, '2026-03-05', -100n), '2026-03-02', '2026-03-06')).toBe(0n);
    expect(lowestBalance(withMovement(history, '2026-03-01', -100n), '2026-03-02', '2026-03-06')).toBe(0n);
  });

  it('allows today and up to 366 days back, never the future', () => {
    expect(isAllowedValueDate('2026-03-02', '2026-03-02')).toBe(true);
    expect(isAllowedValueDate('2025-03-01', '2026-03-02')).toBe(true);
    expect(isAllowedValueDate('2025-02-28', '2026-03-02')).toBe(false);
    expect(isAllowedValueDate('2026-03-03', '2026-03-02')).toBe(false);
  });
});
