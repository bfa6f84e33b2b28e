/** How a posted balance developed by value date; minor units. */
export interface ValueDated {
  /** At the end of the day before the first. */
  readonly opening: bigint;
  /** Net movement of each value date from then on. */
  readonly movements: ReadonlyMap<string, bigint>;
}

/** The lowest balance at the end of any day from `from` on: what may leave with that day's value. */
export function lowestSince({ opening, movements }: ValueDated, from: string): bigint {
  let balance = opening;
  let lowest: bigint | undefined;
  for (const [date, movement] of [...movements].sort(([one], [other]) => (one < other ? -1 : 1))) {
    // Between the first day and its first movement the opening stands.
    if (lowest === undefined && date > from) lowest = balance;
    balance += movement;
    if (lowest === undefined || balance < lowest) lowest = balance;
  }
  return lowest ?? balance;
}
