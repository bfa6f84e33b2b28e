import { daysBetween, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { Channel, ChannelVersion } from './channel.ts';

/** The terms of a channel on a day, its first and last day included; nothing where there are none. */
export function versionOn({ versions }: Pick<Channel, 'versions'>, day: PlainDate): ChannelVersion | undefined {
  return versions.find(
    ({ effectiveFrom, effectiveTo }) => effectiveFrom <= day && (effectiveTo === undefined || day <= effectiveTo),
  );
}

/**
 * Whether a day is within so many natural days after another. Inclusive: with 30 days from 2026-01-01, 2026-01-31 is in time. Without
 * days there is no bound.
 */
export function isWithinWindow(from: PlainDate, day: PlainDate, days: number | undefined): boolean {
  return days === undefined || daysBetween(from, day) <= days;
}
