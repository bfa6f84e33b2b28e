import type { CurrencyCode } from './currency.ts';

/** The sum of minor units; zero of none. The caller keeps to one currency. */
export function sum(values: Iterable<bigint>): bigint {
  let total = 0n;
  for (const value of values) total += value;
  return total;
}

/** An amount in minor units beside its currency. */
export interface MinorAmount {
  readonly minor: bigint;
  readonly currency: CurrencyCode;
}

/** One sum per currency, in order of appearance. A currency whose amounts cancel out stays, with zero. */
export function sumByCurrency(amounts: Iterable<MinorAmount>): Map<CurrencyCode, bigint> {
  const sums = new Map<CurrencyCode, bigint>();
  for (const { minor, currency } of amounts) sums.set(currency, (sums.get(currency) ?? 0n) + minor);
  return sums;
}
