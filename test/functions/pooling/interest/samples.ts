import fc from 'fast-check';
import type { Accrual } from '../../../../functions/pooling/interest/accrue.ts';
import { type DayCount, dayCounts, type Period } from '../../../../functions/pooling/interest/day-count.ts';
import { dateOfDay, weighDays } from '../../../../functions/pooling/interest/day-weights.ts';
import { dayRuns, type Position } from '../../../../functions/pooling/interest/positions.ts';
import {
  parseRate,
  type RateEntry,
  type RateSchedule,
  tierModes,
} from '../../../../functions/pooling/interest/rates.ts';
import { addDays } from '../../../../shared/calendar/plain-date.ts';
import { parseAmount } from '../../../../shared/money/amount.ts';

/** Minor units of yuan. */
export function yuan(text: string): bigint {
  return parseAmount(text, 'CNY');
}

/** A position in yuan: the opening balance, then movements by value date. */
export function position(opening: string, movements: Record<string, string> = {}): Position {
  const pairs = Object.entries(movements).map(([date, amount]) => [date, yuan(amount)] as const);
  return { opening: yuan(opening), movements: new Map(pairs) };
}

/** The balance over a period as runs of days, by date. */
export function balanceRuns(of: Position, period: Period): { from: string; to: string; balance: bigint }[] {
  const days = weighDays('ACT_360', period);
  return dayRuns(of, days).map(({ start, end, balance }) => ({
    from: dateOfDay(days, start),
    to: dateOfDay(days, end),
    balance,
  }));
}

/** One rate since long ago. */
export function flat(rate: string, from = '2000-01-01'): RateSchedule {
  return [{ from, rate: parseRate(rate) }];
}

export function tiers(mode: 'MARGINAL' | 'WHOLE', bounds: Record<string, string>, from = '2000-01-01'): RateSchedule {
  const list = Object.entries(bounds).map(([above, rate]) => ({ above: yuan(above), rate: parseRate(rate) }));
  return [{ from, tiers: list, mode }];
}

export function rounded({ credit, debit }: Accrual): { credit: bigint; debit: bigint } {
  return { credit: credit.interest, debit: debit.interest };
}

export const anyDayCount: fc.Arbitrary<DayCount> = fc.constantFrom(...dayCounts);

/** Up to a year and a half around the ends of a common, a leap and a secular year. */
export const anyPeriod: fc.Arbitrary<Period> = fc
  .record({
    start: fc.constantFrom('2022-12-25', '2023-12-25', '2024-01-28', '2026-01-01', '2099-12-28', '1999-12-30'),
    shift: fc.integer({ min: 0, max: 120 }),
    days: fc.integer({ min: 1, max: 500 }),
    isTermination: fc.boolean(),
  })
  .map(({ start, shift, days, isTermination }) => {
    const from = addDays(start, shift);
    return { from, to: addDays(from, days), isTermination };
  });

/** Some movements before, in and after the period. */
export function anyPosition({ from }: Period): fc.Arbitrary<Position> {
  const amount = fc.bigInt(-(10n ** 12n), 10n ** 12n);
  const day = fc.integer({ min: -3, max: 510 }).map((days) => addDays(from, days));
  return fc.record({
    opening: amount,
    movements: fc.array(fc.tuple(day, amount), { maxLength: 8 }).map((pairs) => new Map(pairs)),
  });
}

const anyRate = fc.bigInt(0n, 9_000_000n);

function anyEntry(from: string): fc.Arbitrary<RateEntry> {
  const bounds = fc.uniqueArray(fc.bigInt(1n, 10n ** 12n), { maxLength: 3 });
  const tiered = fc
    .tuple(bounds, fc.array(anyRate, { minLength: 4, maxLength: 4 }), fc.constantFrom(...tierModes))
    .map(([above, rates, mode]) => {
      const rising = [0n, ...above.sort((one, other) => (one < other ? -1 : 1))];
      return { from, mode, tiers: rising.map((bound, index) => ({ above: bound, rate: rates[index] ?? 0n })) };
    });
  return fc.oneof(
    anyRate.map((rate) => ({ from, rate })),
    tiered,
  );
}

/** In force from the period's first day or earlier, with some changes in it and after it. */
export function anySchedule({ from }: Period): fc.Arbitrary<RateSchedule> {
  return fc
    .uniqueArray(fc.integer({ min: 1, max: 510 }), { maxLength: 4 })
    .chain((days) =>
      fc.tuple(...[-2, ...days.sort((one, other) => one - other)].map((day) => anyEntry(addDays(from, day)))),
    );
}
