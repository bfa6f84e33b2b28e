import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { Rate, RateSchedule } from './rates.ts';

/** Terms of an agreed deposit (协定存款) from a date on. */
export interface AgreedDepositTerms {
  readonly from: PlainDate;
  /** Minor units; up to here a balance earns the demand rate. Not below zero. */
  readonly base: bigint;
  readonly demandRate: Rate;
  /** For what lies above the base. */
  readonly agreedRate: Rate;
}

/**
 * The rates of an agreed deposit: each day, the base earns the demand rate and what exceeds it the agreed rate; a
 * balance below the base earns the demand rate alone. Throws RangeError where a base is below zero.
 */
export function agreedDepositRates(terms: readonly AgreedDepositTerms[]): RateSchedule {
  return terms.map(({ from, base, demandRate, agreedRate }) => {
    if (base < 0n) throw new RangeError('The base of an agreed deposit is not below zero.');
    const agreed = { above: base, rate: agreedRate };
    const tiers = base === 0n ? [agreed] : [{ above: 0n, rate: demandRate }, agreed];
    return { from, tiers, mode: 'MARGINAL' };
  });
}
