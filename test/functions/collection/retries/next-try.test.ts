import { describe, expect, it } from 'vitest';
import { nextTry } from '../../../../functions/collection/retries/next-try.ts';
import { type ReasonCode, reasonOfIso } from '../../../../functions/collection/retries/reasons.ts';
import type { RetryPolicy } from '../../../../functions/collection/retries/retry-policy.ts';
import { chinaStateCouncil } from '../../../../shared/calendar/china-state-council.ts';

const setDays: RetryPolicy = { when: 'SET_DAYS', days: [1, 3, 7], time: '10:00', partial: true };
const payDay = (day: number): RetryPolicy => ({ when: 'PAY_DAY', day, time: '09:30', tries: 2, partial: false });

/** Tried first at 10:00 in Shanghai on a day; told on another, else on the same. */
function tried(first: string, policy: RetryPolicy, more: { tries?: number; reason?: ReasonCode; told?: string } = {}) {
  const at = (date: string) => new Date(`${date}T10:00:00+08:00`);
  const { tries = 1, reason = 'INSUFFICIENT_FUNDS', told = first } = more;
  const next = nextTry({ firstTriedAt: at(first), tries, reason }, policy, chinaStateCouncil, at(told));
  return next.outcome === 'ENDED' ? next.why : next.at.toISOString();
}

describe('a collection that found too little money', () => {
  it('is tried again on the days agreed after the first try, at the time agreed', () => {
    // Monday 2 March 2026; the third day after is a Thursday, the seventh a Monday.
    expect(tried('2026-03-02', setDays)).toBe('2026-03-03T02:00:00.000Z');
    expect(tried('2026-03-02', setDays, { tries: 2 })).toBe('2026-03-05T02:00:00.000Z');
    expect(tried('2026-03-02', setDays, { tries: 3 })).toBe('2026-03-09T02:00:00.000Z');
    expect(tried('2026-03-02', setDays, { tries: 4 })).toBe('RETRIES_USED');
  });

  it('is tried on the next working day where that day is none: make-up Saturdays are working days', () => {
    // Friday 6 March: the day after is a Saturday off. Friday 27 February: Saturday 28 is worked for 春节.
    expect(tried('2026-03-06', setDays)).toBe('2026-03-09T02:00:00.000Z');
    expect(tried('2026-02-27', setDays)).toBe('2026-02-28T02:00:00.000Z');
  });

  it('is tried on the day after at the earliest, where the failure was told late', () => {
    expect(tried('2026-03-02', setDays, { told: '2026-03-10' })).toBe('2026-03-11T02:00:00.000Z');
  });

  it('is tried on the payer’s next pay day', () => {
    expect(tried('2026-03-02', payDay(10))).toBe('2026-03-10T01:30:00.000Z');
    // On the pay day itself, that of the next month: 10 April 2026 is a Friday.
    expect(tried('2026-03-10', payDay(10))).toBe('2026-04-10T01:30:00.000Z');
    // The 31st of April is the 30th, a Thursday.
    expect(tried('2026-03-31', payDay(31))).toBe('2026-04-30T01:30:00.000Z');
    expect(tried('2026-03-02', payDay(10), { tries: 2 })).toBe('2026-03-10T01:30:00.000Z');
    expect(tried('2026-03-02', payDay(10), { tries: 3 })).toBe('RETRIES_USED');
  });

  it('is not tried again where nothing was agreed', () => {
    expect(tried('2026-03-02', { when: 'NEVER' })).toBe('NO_RETRIES_AGREED');
  });
});

describe('a collection that failed for good', () => {
  it.each<ReasonCode>(['ACCOUNT_CLOSED', 'NO_MANDATE', 'PAYER_REFUSED', 'DUPLICATE', 'RAIL_UNAVAILABLE', 'REFUSED'])(
    'with %s is never tried again for its money',
    (reason) => {
      expect(tried('2026-03-02', setDays, { reason })).toBe('TERMINAL_REASON');
    },
  );
});

describe('a reason of ISO 20022', () => {
  it.each([
    ['AM04', 'INSUFFICIENT_FUNDS'],
    ['AC04', 'ACCOUNT_CLOSED'],
    ['AC06', 'ACCOUNT_BLOCKED'],
    ['MD01', 'NO_MANDATE'],
    ['AM05', 'DUPLICATE'],
    ['DU01', 'DUPLICATE'],
    ['DU02', 'DUPLICATE'],
    ['DU03', 'DUPLICATE'],
    ['DU04', 'DUPLICATE'],
    ['DU05', 'DUPLICATE'],
    ['DUPL', 'DUPLICATE'],
    ['TM01', 'CUT_OFF_MISSED'],
    ['BE01', 'NAME_MISMATCH'],
    ['XX99', 'REFUSED'],
    [undefined, 'REFUSED'],
  ])('%s is %s', (code, reason) => {
    expect(reasonOfIso(code)).toBe(reason);
  });
});
