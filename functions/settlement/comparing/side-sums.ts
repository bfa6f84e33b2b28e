import type { HereLine, ThereLine } from './compared-line.ts';
import { type LineClass, lineClasses } from './found-difference.ts';

/** What lines add up to. Minor units; `fees` is less what was given back. */
export interface Sums {
  count: number;
  paid: bigint;
  refunded: bigint;
  fees: bigint;
}

export interface SideSums {
  readonly here: Sums;
  readonly there: Sums;
}

/**
 * What became of a line. MATCHED: both sides have it with the same figures on the same day. NOT_DONE: it is pending or failed here
 * and the channel has not got it, so both say that nothing has happened.
 */
export const outcomes = ['MATCHED', 'NOT_DONE', ...lineClasses] as const;
export type Outcome = 'MATCHED' | 'NOT_DONE' | LineClass;

export function noSums(): Sums {
  return { count: 0, paid: 0n, refunded: 0n, fees: 0n };
}

/** Adds a line to what has been added up so far. */
export function addLine(sums: Sums, { kind, amount, fee }: HereLine | ThereLine): void {
  sums.count += 1;
  if (kind === 'PAYMENT') sums.paid += amount;
  else sums.refunded += amount;
  sums.fees += fee;
}
