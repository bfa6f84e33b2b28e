import type { PlainDate } from '../../../shared/calendar/plain-date.ts';

/** Percent per year in millionths: 1_500_000n is 1.50 %. Never negative. */
export type Rate = bigint;

/** A rate of 100 %, which gives a year the whole balance as interest. */
export const rateOfOne: Rate = 100_000_000n;

/** The highest that can be written: 999.999999 %. */
export const rateMax: Rate = 999_999_999n;

const DECIMALS_MAX = 6;
const INTEGER_DIGITS_MAX = 3;
const DECIMALS_SHOWN = 2;

const pattern = new RegExp(`^([0-9]{1,${INTEGER_DIGITS_MAX}})(?:[.]([0-9]{1,${DECIMALS_MAX}}))?$`);

/** A rate for the part of a balance above a bound. */
export interface RateTier {
  /** Minor units; a balance of exactly this much is not above it. The first tier's is zero. */
  readonly above: bigint;
  readonly rate: Rate;
}

/**
 * MARGINAL: each part of a day's balance earns the rate of the tier it lies in. WHOLE: the whole balance earns the rate
 * of the highest tier whose bound it is above.
 */
export const tierModes = ['MARGINAL', 'WHOLE'] as const;
export type TierMode = (typeof tierModes)[number];

/** What is in force from a date on, until the next of its schedule. */
export type RateEntry =
  | { readonly from: PlainDate; readonly rate: Rate }
  | { readonly from: PlainDate; readonly tiers: readonly RateTier[]; readonly mode: TierMode };

/** Rates by effective date, earliest first. */
export type RateSchedule = readonly RateEntry[];

export class InvalidRateError extends RangeError {
  override readonly name = 'InvalidRateError';

  constructor(text: string) {
    const wanted = `send percent per year with at most ${DECIMALS_MAX} decimals, such as "1.50"`;
    super(`${JSON.stringify(text.slice(0, 20))} is not a rate; ${wanted}.`);
  }
}

/**
 * A rate of decimal text in percent per year: parseRate('1.50') is 1_500_000n. Zero is a rate; signs, exponents and
 * more than six decimals are none, and 1000 % neither. Throws InvalidRateError.
 */
export function parseRate(text: string): Rate {
  const match = pattern.exec(text);
  if (!match) throw new InvalidRateError(text);
  const [, whole = '', fraction = ''] = match;
  return BigInt(whole + fraction.padEnd(DECIMALS_MAX, '0'));
}

/** The text of a rate, with two decimals or as many more as it needs: formatRate(350_000n) is '0.35'. */
export function formatRate(rate: Rate): string {
  if (rate < 0n) throw new InvalidRateError(String(rate));
  const digits = rate.toString().padStart(DECIMALS_MAX + 1, '0');
  const fraction = digits.slice(-DECIMALS_MAX).replace(/0+$/, '').padEnd(DECIMALS_SHOWN, '0');
  return `${digits.slice(0, -DECIMALS_MAX)}.${fraction}`;
}
