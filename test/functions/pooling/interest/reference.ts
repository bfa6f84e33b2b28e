import type { AccrualInput } from '../../../../functions/pooling/interest/accrue.ts';
import { dayCountFraction, type Period } from '../../../../functions/pooling/interest/day-count.ts';
import type { Fraction } from '../../../../functions/pooling/interest/fraction.ts';
import type { RateEntry, RateSchedule } from '../../../../functions/pooling/interest/rates.ts';
import { addDays } from '../../../../shared/calendar/plain-date.ts';

/** The exact interest of both sides, day by day: the slow way, without runs, spans and segments. */
export function dailyInterest(input: AccrualInput): { credit: Fraction; debit: Fraction } {
  const { period, position, dayCount, segmented } = input;
  const parts = dayCountFraction(dayCount, period).denominator;
  const totals = { credit: 0n, debit: 0n };
  const lastDay = addDays(period.to, -1);
  for (let day = period.from; day < period.to; day = addDays(day, 1)) {
    const weight = countTo(input, addDays(day, 1)) - countTo(input, day);
    let balance = position.opening;
    for (const [date, amount] of position.movements) if (date <= day) balance += amount;
    const side = balance < 0n ? 'debit' : 'credit';
    const entry = inForce(input[side], segmented ? day : lastDay);
    totals[side] += yearly(balance < 0n ? -balance : balance, entry) * weight;
  }
  const denominator = parts * 100_000_000n;
  return { credit: { numerator: totals.credit, denominator }, debit: { numerator: totals.debit, denominator } };
}

function countTo({ period, dayCount }: { period: Period; dayCount: AccrualInput['dayCount'] }, date: string): bigint {
  if (date === period.from) return 0n;
  return dayCountFraction(dayCount, date === period.to ? period : { from: period.from, to: date }).numerator;
}

function inForce(schedule: RateSchedule | undefined, date: string): RateEntry | undefined {
  return schedule?.filter(({ from }) => from <= date).at(-1);
}

/** A year's interest in hundred-millionths. A marginal tier adds to the rate below it, on what lies above its bound. */
function yearly(balance: bigint, entry: RateEntry | undefined): bigint {
  if (entry === undefined) return 0n;
  if (!('tiers' in entry)) return balance * entry.rate;
  if (entry.mode === 'WHOLE') return balance * (entry.tiers.findLast(({ above }) => above < balance)?.rate ?? 0n);
  return entry.tiers.reduce((total, { above, rate }, index) => {
    const step = rate - (entry.tiers[index - 1]?.rate ?? 0n);
    return above < balance ? total + (balance - above) * step : total;
  }, 0n);
}
