import { describe, expect, test } from 'vitest';
import { accrueInterest } from '../../../../functions/pooling/interest/accrue.ts';
import { parseRate, type RateSchedule } from '../../../../functions/pooling/interest/rates.ts';
import { flat, position, rounded, yuan } from './samples.ts';

/** 365,000.00 on the first ten days of April, then 360,000.00 owed on twenty. */
const april = { from: '2026-04-01', to: '2026-05-01' };
const turned = position('365000', { '2026-04-11': '-725000' });
const rates = { credit: flat('1.50'), debit: flat('3.50') };
const rising = (low: string, high: string, from: string): RateSchedule => [
  ...flat(low),
  { from, rate: parseRate(high) },
];

describe('a debit side (下借) with a convention of its own', () => {
  test('counts its days by it: 150.00 earned by a year of 365 days, 700.00 paid by one of 360', () => {
    const terms = { period: april, position: turned, segmented: true, ...rates };
    // 3,650,000.00 × 1.5 % / 365; 7,200,000.00 × 3.5 % / 360.
    const accrued = accrueInterest({ ...terms, dayCount: 'ACT_365F', debitDayCount: 'ACT_360' });
    expect(rounded(accrued)).toEqual({ credit: yuan('150.00'), debit: yuan('700.00') });
    expect([accrued.credit.segments[0]?.yearDays, accrued.debit.segments[0]?.yearDays]).toEqual([365, 360]);
    // 152.0833 and 690.4110.
    expect(rounded(accrueInterest({ ...terms, dayCount: 'ACT_360', debitDayCount: 'ACT_365F' }))).toEqual({
      credit: yuan('152.08'),
      debit: yuan('690.41'),
    });
  });

  test('has the product (积数) of its own days', () => {
    const period = { from: '2026-01-31', to: '2026-03-31' };
    const terms = { period, segmented: true, dayCount: 'ACT_365F', debitDayCount: '30E_360', ...rates } as const;
    const { debit } = accrueInterest({ ...terms, position: position('-360000') });
    // Two months of thirty days; by the calendar there are 59.
    expect(debit).toMatchObject({ days: 60, product: yuan('21600000'), interest: yuan('2100') });
    const { credit } = accrueInterest({ ...terms, position: position('365000') });
    expect(credit).toMatchObject({ days: 59, product: yuan('21535000'), interest: yuan('885') });
  });

  test('may go by the rate of the last day while the credit side is segmented, and the other way round', () => {
    const credit = rising('1.00', '2.00', '2026-04-06');
    const debit = rising('3.00', '4.50', '2026-04-21');
    const terms = {
      period: april,
      position: turned,
      dayCount: 'ACT_365F',
      debitDayCount: 'ACT_360',
      credit,
      debit,
    } as const;
    // Five days at 1 % (50.00) and five at 2 % (100.00); twenty at 4.5 %.
    expect(rounded(accrueInterest({ ...terms, segmented: true, debitSegmented: false }))).toEqual({
      credit: yuan('150.00'),
      debit: yuan('900.00'),
    });
    // Ten at 2 %; ten days at 3 % (300.00) and ten at 4.5 % (450.00).
    expect(rounded(accrueInterest({ ...terms, segmented: false, debitSegmented: true }))).toEqual({
      credit: yuan('200.00'),
      debit: yuan('750.00'),
    });
  });

  test('is as the credit side where nothing is said of it', () => {
    const terms = { period: april, position: turned, segmented: false, dayCount: 'ACT_365F', ...rates } as const;
    const same = { debitDayCount: 'ACT_365F', debitSegmented: false } as const;
    expect(accrueInterest(terms)).toEqual(accrueInterest({ ...terms, ...same }));
    expect(accrueInterest(terms).debit.interest).toBe(yuan('690.41'));
  });
});
