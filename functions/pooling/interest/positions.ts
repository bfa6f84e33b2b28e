import { InvalidDateError, isPlainDate, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import { sum } from '../../../shared/money/sum.ts';
import type { DayWeights } from './day-weights.ts';

/**
 * A balance by value date, in minor units; below zero where the account owes. The balance of a day is what stands at
 * its end: a movement valued on a day counts on it.
 */
export interface Position {
  /** The balance before the first movement, at the end of the day before. */
  readonly opening: bigint;
  /** Net movement by value date, in any order. */
  readonly movements: ReadonlyMap<PlainDate, bigint>;
}

/** Days on end with the same balance, by their number in the period: from one (counted) to another (not counted). */
export interface DayRun {
  readonly start: number;
  readonly end: number;
  readonly balance: bigint;
}

/**
 * The balance over a period as runs of days, without gap, each as long as it can be. Movements before the period are
 * part of its first day's balance, so one position serves several periods; later ones do not count. Throws
 * InvalidDateError where a movement is valued on no day that exists.
 */
export function dayRuns(position: Position, days: DayWeights): DayRun[] {
  const { first, changes } = changesOf(position, days);
  const runs: DayRun[] = [];
  let [start, balance] = [0, first];
  for (const { day, amount } of changes) {
    if (day > start) runs.push({ start, end: day, balance });
    balance += amount;
    start = day;
  }
  runs.push({ start, end: days.days, balance });
  return runs;
}

interface Change {
  readonly day: number;
  readonly amount: bigint;
}

/** The balance of the first day, and the later changes by day. */
function changesOf(
  { opening, movements }: Position,
  { period, dayOf }: DayWeights,
): { first: bigint; changes: Change[] } {
  let first = opening;
  const changes: Change[] = [];
  for (const [date, amount] of movements) {
    const day = dayOf.get(date);
    if (day === undefined && !isPlainDate(date)) throw new InvalidDateError(date);
    if (date >= period.to || amount === 0n) continue;
    if (day === undefined || day === 0) first += amount;
    else changes.push({ day, amount });
  }
  return { first, changes: changes.sort((one, other) => one.day - other.day) };
}

/** The position of several accounts in one currency together: the sum of their balances on each day. */
export function addPositions(positions: readonly Position[]): Position {
  const movements = new Map<PlainDate, bigint>();
  for (const position of positions) {
    for (const [date, amount] of position.movements) movements.set(date, (movements.get(date) ?? 0n) + amount);
  }
  return { opening: sum(positions.map(({ opening }) => opening)), movements };
}
