import { addDays } from '../../shared/calendar/plain-date.ts';

/** How an account's posted balance developed by value date. */
export interface ValueDatedHistory {
  /** Posted balance by value date at the end of the day before `from`, in minor units. */
  readonly opening: bigint;
  readonly from: string;
  /** Net posted movement by value date, from `from` on. */
  readonly movements: ReadonlyMap<string, bigint>;
  /** The earliest value date before `from` among what was booked on or after `from`, where there is such. */
  readonly reachesBack?: string;
}

/**
 * The lowest end-of-day balance by value date from `from` to `to`, both included: a backdated debit must leave the
 * constraint standing at every point in between.
 */
export function lowestBalance(history: ValueDatedHistory, from: string, to: string): bigint {
  let balance = history.opening;
  for (const [date, movement] of history.movements) if (date < from) balance += movement;
  let lowest: bigint | undefined;
  for (let day = from; day <= to; day = addDays(day, 1)) {
    balance += history.movements.get(day) ?? 0n;
    if (lowest === undefined || balance < lowest) lowest = balance;
  }
  return lowest ?? balance;
}

/** The history with one more movement. */
export function withMovement(history: ValueDatedHistory, valueDate: string, posted: bigint): ValueDatedHistory {
  if (valueDate < history.from) return { ...history, opening: history.opening + posted };
  const movements = new Map(history.movements);
  movements.set(valueDate, (movements.get(valueDate) ?? 0n) + posted);
  return { ...history, movements };
}
