import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accrueInterest } from '../../../../functions/pooling/interest/accrue.ts';
import { computeInterest, type InterestLine } from '../../../../functions/pooling/interest/compute-interest.ts';
import { anyDayCount, anyPeriod, anyPosition, anySchedule, flat, position, rounded, yuan } from './samples.ts';

test('each account has the interest it would have alone, in the order asked for', () => {
  // Schedules are shared between accounts that differ in period, day count and segmentation.
  const sample = fc
    .tuple(anyPeriod, anyPeriod)
    .chain(([one, other]) => {
      const earliest = one.from < other.from ? one : other;
      const period = fc.constantFrom(one, other, { ...one, isTermination: !one.isTermination });
      return fc.tuple(anySchedule(earliest), anySchedule(earliest), fc.array(period, { minLength: 2, maxLength: 8 }));
    })
    .chain(([credit, debit, periods]) => {
      const lines = periods.map((period, index) =>
        fc.record({
          id: fc.constant(`${index}`),
          period: fc.constant(period),
          position: anyPosition(period),
          dayCount: anyDayCount,
          segmented: fc.boolean(),
          debitDayCount: anyDayCount,
          debitSegmented: fc.boolean(),
          credit: fc.constantFrom(credit, debit),
          debit: fc.constant(debit),
        }),
      );
      return fc.tuple(...lines);
    });
  fc.assert(
    fc.property(sample, (lines) => {
      const alone = lines.map(({ id, ...line }) => ({ id, ...accrueInterest(line) }));
      expect(computeInterest(lines)).toEqual(alone);
    }),
  );
});

test('a month of ten thousand members at 1.50 % and 3.50 % is worked out to the fen', () => {
  const period = { from: '2026-03-01', to: '2026-04-01' };
  const shared = { period, dayCount: 'ACT_360', segmented: true, credit: flat('1.50'), debit: flat('3.50') } as const;
  const lines: InterestLine[] = Array.from({ length: 10_000 }, (_, index) => ({
    ...shared,
    id: `${index}`,
    position: position(`${index}`, { '2026-03-11': '-5000', '2026-03-21': '5000' }),
  }));
  const results = computeInterest(lines);
  expect(results.map(({ id }) => id)).toEqual(lines.map(({ id }) => id));
  // 21 days of 4,000 earn 3.50, and 10 days of −1,000 cost 0.97; 31 days of 9,999 less 10 of 5,000 earn 10.83.
  const interest = results.map(rounded);
  expect(interest[4_000]).toEqual({ credit: yuan('3.50'), debit: yuan('0.97') });
  expect(interest[9_999]).toEqual({ credit: yuan('10.83'), debit: 0n });
});
