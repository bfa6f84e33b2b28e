import { instantOf } from '../../../shared/calendar/local-time.ts';
import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import { HOUR_MS, MINUTE_MS } from '../../../shared/time/durations.ts';

/** What is carried on in the background, and was not heard of for so long, broke off: no function lives longer. */
const silenceMs = 16 * MINUTE_MS;
/** How long a settlement waits for funds before it asks for them again. */
const waitMs = 15 * MINUTE_MS;

export function silenceAfter(now: Date): string {
  return new Date(now.getTime() + silenceMs).toISOString();
}

export function waitsUntil(now: Date): string {
  return new Date(now.getTime() + waitMs).toISOString();
}

/** After so many failures in a row: each time longer, an hour at most. */
export function retryAfter(failures: number, now: Date): string {
  const wait = Math.min(HOUR_MS, MINUTE_MS * 2 ** Math.min(failures - 1, 10));
  return new Date(now.getTime() + wait).toISOString();
}

/** When a value date begins, by the clock of the centre and by that of the ledger, which books by it. */
export function settlesFrom(valueDate: PlainDate, zone: string): string {
  const [own, booked] = [instantOf(valueDate, '00:00', zone), instantOf(valueDate, '00:00')];
  return (own > booked ? own : booked).toISOString();
}
