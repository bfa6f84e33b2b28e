import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import { type Mandate, type MandateState, mandateState } from './mandate.ts';
import { type MandateUsage, piecesOf, roomOf } from './mandate-usage.ts';

/** What is asked for under a mandate. */
export interface AskedCollection {
  /** Minor units, above zero. */
  readonly amount: bigint;
  readonly currency: string;
  readonly date: PlainDate;
  /** Cut an amount above the limit for one transaction into pieces, rather than refuse it. */
  readonly splitAboveLimit: boolean;
}

/** Pieces of one collection, at most: more look like a wrong limit. */
export const piecesMax = 200;

export type CollectionAssessment =
  | { readonly outcome: 'FITS'; readonly pieces: readonly bigint[] }
  | { readonly outcome: 'REFUSED'; readonly refusal: MandateRefusal };

export type MandateRefusal =
  | { readonly code: 'MANDATE_NOT_ACTIVE'; readonly state: Exclude<MandateState, 'ACTIVE'> }
  | { readonly code: 'MANDATE_NOT_YET_VALID'; readonly validFrom: PlainDate }
  | { readonly code: 'CURRENCY'; readonly currency: string }
  | { readonly code: 'ONE_OFF_USED' }
  | { readonly code: 'ABOVE_TRANSACTION_LIMIT'; readonly limit: bigint }
  | { readonly code: 'TOO_MANY_PIECES'; readonly pieces: number; readonly most: number }
  | { readonly code: 'ABOVE_DAILY_LIMIT' | 'ABOVE_MONTHLY_LIMIT'; readonly limit: bigint; readonly room: bigint };

/**
 * Whether a mandate allows a collection on a day, and in which pieces; or the first reason why not, in this order: its
 * state, its term, the currency, one-off, the limit for one transaction, that of the day and of the month. Limits are
 * inclusive.
 */
export function assessCollection(mandate: Mandate, usage: MandateUsage, asked: AskedCollection): CollectionAssessment {
  const refused = termRefusal(mandate, usage, asked);
  if (refused) return { outcome: 'REFUSED', refusal: refused };
  const { amount, splitAboveLimit, date } = asked;
  const { limits } = mandate;
  const { perTransaction } = limits;
  if (perTransaction !== undefined && amount > perTransaction) {
    if (!splitAboveLimit || mandate.sequence === 'OOFF')
      return { outcome: 'REFUSED', refusal: { code: 'ABOVE_TRANSACTION_LIMIT', limit: perTransaction } };
    const pieces = Number((amount + perTransaction - 1n) / perTransaction);
    if (pieces > piecesMax)
      return { outcome: 'REFUSED', refusal: { code: 'TOO_MANY_PIECES', pieces, most: piecesMax } };
  }
  const left = roomOf(limits, usage, date);
  if (left && amount > left.room) return { outcome: 'REFUSED', refusal: periodRefusal(mandate, left) };
  return { outcome: 'FITS', pieces: piecesOf(amount, perTransaction) };
}

function termRefusal(
  mandate: Mandate,
  { collections }: MandateUsage,
  { date, currency }: AskedCollection,
): MandateRefusal | undefined {
  const state = mandateState(mandate, date);
  if (state !== 'ACTIVE') return { code: 'MANDATE_NOT_ACTIVE', state };
  if (date < mandate.validFrom) return { code: 'MANDATE_NOT_YET_VALID', validFrom: mandate.validFrom };
  if (currency !== mandate.currency) return { code: 'CURRENCY', currency: mandate.currency };
  return mandate.sequence === 'OOFF' && collections > 0 ? { code: 'ONE_OFF_USED' } : undefined;
}

function periodRefusal({ limits }: Mandate, { limit, room }: NonNullable<ReturnType<typeof roomOf>>): MandateRefusal {
  const code = limit === 'daily' ? 'ABOVE_DAILY_LIMIT' : 'ABOVE_MONTHLY_LIMIT';
  return { code, limit: limits[limit] ?? 0n, room: room > 0n ? room : 0n };
}
