import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import { isWithinWindow } from '../channels/version-on.ts';
import type { ClawBackBar } from './holdings.ts';

/** What decides whether a receiver can give back what it was given. */
export interface GivenLeg {
  readonly isPersonal: boolean;
  /** Whether it has agreed to give back (回退授权). */
  readonly hasConsented: boolean;
  /** The day on which it was given. */
  readonly splitOn: PlainDate;
}

/**
 * Why a leg cannot give back on a day; nothing where it can. The window is inclusive: with 180 days, the 180th day after the split is
 * in time. Without one there is no bound. What never changes is named first: a person stays one, consent may still be given.
 */
export function clawBackBar(leg: GivenLeg, on: PlainDate, windowDays: number | undefined): ClawBackBar | undefined {
  if (leg.isPersonal) return 'PERSONAL';
  if (!isWithinWindow(leg.splitOn, on, windowDays)) return 'WINDOW';
  return leg.hasConsented ? undefined : 'NO_CONSENT';
}
