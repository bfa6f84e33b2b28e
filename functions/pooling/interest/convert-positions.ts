import { compareDates, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import { convertMinor } from '../../../shared/money/convert.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';
import type { Fraction } from './fraction.ts';
import type { Position } from './positions.ts';

/**
 * Positions in a foreign currency (`base`) in the currency of the pool (`quote`), at one fixed rate: one whole unit of base
 * is so many whole units of quote. It is the balance of each day that is converted, half up by magnitude, and not the
 * movement: a balance that comes back to an earlier one converts to the same again. Throws RangeError unless the rate
 * is above zero, UnknownCurrencyError.
 */
export function convertPositions(
  positions: readonly Position[],
  rate: Fraction,
  base: CurrencyCode,
  quote: CurrencyCode,
): Position[] {
  if (rate.numerator <= 0n || rate.denominator <= 0n) throw new RangeError('A rate of exchange is above zero.');
  return positions.map((position) => convertBalances(position, (balance) => convertMinor(balance, rate, base, quote)));
}

/** The movements that lead from one converted balance to the next. */
function convertBalances({ opening, movements }: Position, convert: (balance: bigint) => bigint): Position {
  const converted = new Map<PlainDate, bigint>();
  let balance = opening;
  for (const [date, amount] of [...movements].sort(([one], [other]) => compareDates(one, other))) {
    converted.set(date, convert(balance + amount) - convert(balance));
    balance += amount;
  }
  return { opening: convert(opening), movements: converted };
}
