import type { Plain } from '../../../shared/dynamo/items.ts';
import { readTexts, type TextWithAmounts, writeText } from '../../../shared/dynamo/text-with-amounts.ts';
import { keys, refusedBookings } from '../keys.ts';
import type { Booking } from './booking.ts';
import { isWaiting, type RefusedBooking } from './refused-booking.ts';

/** Items as plain objects ↔ the model. What is booked keeps its place and leaves the list. */
export function refusedToPlain(refused: RefusedBooking): Plain {
  const { booking, ...facts } = refused;
  const { tenant, name } = booking;
  const key = name.join('/');
  return {
    ...keys.refusedBooking(tenant, key),
    kind: 'REFUSED_BOOKING',
    ...facts,
    booking: writeText(booking),
    ...(isWaiting(refused) && { listOf: refusedBookings, listAt: `${tenant}#${refused.since}#${key}` }),
  };
}

export function refusedFromPlain(plain: Plain): RefusedBooking {
  const { pk: _pk, sk: _sk, kind: _kind, listOf: _of, listAt: _at, ...rest } = plain;
  const { booking, attempt, revision, bookedAs, ...facts } = rest;
  return {
    ...(facts as unknown as RefusedBooking),
    booking: readTexts(booking as TextWithAmounts)[0] as Booking,
    attempt: Number(attempt),
    revision: Number(revision),
    ...(bookedAs !== undefined && { bookedAs: Number(bookedAs) }),
  };
}
