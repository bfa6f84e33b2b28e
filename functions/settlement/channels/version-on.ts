import { daysBetween, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { Channel, ChannelVersion } from './channel.ts';

/** The terms of a channel on a day, its first and last day included; nothing where there are none. */
export function versionOn({ versions }: Pick<Channel, 'versions'>, day: PlainDate): ChannelVersion | undefined {
  return versions.find(
    ({ effectiveFrom, effectiveTo }) => effectiveFrom <= day && (effectiveTo === undefined || day <= effectiveTo),
  );
}

/**
 * The terms by which a payment of a day counts that came all the same: those in force then; where there were none, those before, or
 * else the first. Days that are past keep theirs, so it is the same whenever it is asked.
 */
export function termsOn(channel: Pick<Channel, 'id' | 'versions'>, day: PlainDate): ChannelVersion {
  const inForce = versionOn(channel, day);
  if (inForce) return inForce;
  const inOrder = channel.versions.toSorted((one, other) => (one.effectiveFrom < other.effectiveFrom ? -1 : 1));
  const terms = inOrder.findLast(({ effectiveFrom }) => effectiveFrom <= day) ?? inOrder[0];
  if (!terms) throw new Error(`Channel ${channel.id} has no terms.`);
  return terms;
}

/**
 * Whether a day is within so many natural days after another. Inclusive: with 30 days from 2026-01-01, 2026-01-31 is in time. Without
 * days there is no bound.
 */
export function isWithinWindow(from: PlainDate, day: PlainDate, days: number | undefined): boolean {
  return days === undefined || daysBetween(from, day) <= days;
}
