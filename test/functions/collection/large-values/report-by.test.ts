import { describe, expect, it } from 'vitest';
import { reportBy } from '../../../../functions/collection/large-values/report-by.ts';
import { chinaStateCouncil } from '../../../../shared/calendar/china-state-council.ts';

describe('a large value is to be reported', () => {
  it('by the Monday after, where it was on a Monday', () => {
    expect(reportBy(chinaStateCouncil, '2026-03-02')).toBe('2026-03-09');
  });

  it('by the Friday after, where it was on a Saturday or Sunday', () => {
    expect(reportBy(chinaStateCouncil, '2026-03-07')).toBe('2026-03-13');
    expect(reportBy(chinaStateCouncil, '2026-03-08')).toBe('2026-03-13');
  });

  it('after the National Day holidays of 2025, where it was on the day before them', () => {
    // Off from the 1st to the 8th of October; the 9th, 10th, 11th (worked), 13th and 14th are the five.
    expect(reportBy(chinaStateCouncil, '2025-09-30')).toBe('2025-10-14');
  });

  it('by a day that nobody can tell yet, where the calendar is not published', () => {
    expect(reportBy(chinaStateCouncil, chinaStateCouncil.coverage.to)).toBeUndefined();
  });
});
