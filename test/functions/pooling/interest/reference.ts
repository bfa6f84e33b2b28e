import type { AccrualInput } from '../../../../functions/pooling/interest/accrue.ts';
import { type DayCount, daysUpTo } from '../../../../functions/pooling/interest/day-count.ts';
import type { Fraction } from '../../../../functions/pooling/interest/fraction.ts';
import type { RateEntry, RateSchedule } from '../../../../functions/pooling/interest/rates.ts';
import { addDays, daysBetween } from '../../../../shared/calendar/plain-date.ts';

/** The exact interest of both sides, day by day: the slow way, without runs, spans and segments. */
export function dailyInterest(input: AccrualInput): { credit: Fraction; debit: Fraction } {
  const { period, position } = input;
  const totals = { credit: 0n, debit: 0n };
  const lastDay = addDays(period.to, -1);
  for (let day = period.from; day < period.to; day = addDays(day, 1)) {
    let balance = position.opening;
    for (const [date, amount] of position.movements) if (date <= day) balance += amount;
    const side = balance < 0n ? 'debit' : 'credit';
    const { dayCount, segmented } = conventionOf(input, side);
    const counted = daysUpTo(dayCount, period, addDays(day, 1)) - daysUpTo(dayCount, period, day);
    const weight = BigInt(counted) * (dayCount === 'ACT_ACT_ISDA' ? 365n + 366n - daysOfYear(day) : 1n);
    const entry = inForce(input[side], segmented ? day : lastDay);
    totals[side] += yearly(balance < 0n ? -balance : balance, entry) * weight;
  }
  const fraction = (side: 'credit' | 'debit') => ({
    numerator: totals[side],
    denominator: partsOfYear[conventionOf(input, side).dayCount] * 100_000_000n,
  });
  return { credit: fraction('credit'), debit: fraction('debit') };
}

function conventionOf(input: AccrualInput, side: 'credit' | 'debit') {
  const { dayCount, segmented } = input;
  if (side === 'credit') return { dayCount, segmented };
  return { dayCount: input.debitDayCount ?? dayCount, segmented: input.debitSegmented ?? segmented };
}

/** A day of a leap year is 365 of 365 × 366 parts, a day of another 366 of them. */
const partsOfYear: Readonly<Record<DayCount, bigint>> = {
  ACT_360: 360n,
  ACT_365F: 365n,
  ACT_ACT_ISDA: 365n * 366n,
  '30_360_BOND': 360n,
  '30E_360': 360n,
  '30E_360_ISDA': 360n,
};

function daysOfYear(date: string): bigint {
  const year = Number(date.slice(0, 4));
  return BigInt(daysBetween(`${year}-01-01`, `${year + 1}-01-01`));
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
