import type { Booking } from './booking.ts';

/** A fact that is not in the ledger, or was not for a while, and why. */
export interface RefusedBooking {
  readonly booking: Booking;
  /** The ledger's problem, be it that it could not say; `receivables/book-not-found` as long as there is no book. */
  readonly code: string;
  readonly detail: string;
  /** Under which number it is asked for next, from 1: the ledger remembers each refusal under its name. */
  readonly attempt: number;
  readonly since: string;
  readonly changedAt: string;
  /** Under which number it was booked at last. */
  readonly bookedAs?: number;
  readonly revision: number;
}

export function isWaiting({ bookedAs }: RefusedBooking): boolean {
  return bookedAs === undefined;
}
