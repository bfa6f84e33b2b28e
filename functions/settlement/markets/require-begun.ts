import { businessDateOf, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import { problems } from '../problems.ts';
import type { Market } from './market.ts';

/** Where in the request the day is named. */
export type DayPlace = { readonly pointer: '/businessDate' } | { readonly parameter: 'businessDate' };

/** A day that has begun on the clock of the market. Problem: `settlement/business-date-ahead`. */
export function requireBegun({ zone }: Pick<Market, 'zone'>, day: PlainDate, now: Date, place: DayPlace): void {
  const today = businessDateOf(now, zone);
  if (day <= today) return;
  const detail = `On the market it is ${today}; ${day} has not begun.`;
  throw problems['business-date-ahead'].with({ detail, today }).at({ ...place, detail });
}
