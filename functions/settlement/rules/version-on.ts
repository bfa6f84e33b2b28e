import { addDays, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { SplitRule } from '../splits/split-rule.ts';

type Dated = Pick<SplitRule, 'version' | 'effectiveFrom' | 'effectiveTo'>;

/**
 * The version by which orders paid on a day are split; undefined where none is in force. A version takes over from its first
 * day on, for good: those before it end there, so no two are in force on one day, and none comes back when it ends.
 */
export function versionOn<Version extends Dated>(versions: readonly Version[], date: PlainDate): Version | undefined {
  const begun = versions.filter(({ effectiveFrom }) => effectiveFrom <= date);
  const last = begun.reduce<Version | undefined>(
    (best, one) => (best && best.version > one.version ? best : one),
    undefined,
  );
  return last?.effectiveTo !== undefined && last.effectiveTo < date ? undefined : last;
}

/**
 * The last day on which a version is in force, by its own end and by those that take over from it; undefined while it is open.
 * It is before its first day where another took its place before it began.
 */
export function lastDayOf(version: Dated, versions: readonly Dated[]): PlainDate | undefined {
  const later = versions.filter((one) => one.version > version.version).map((one) => addDays(one.effectiveFrom, -1));
  const ends = version.effectiveTo === undefined ? later : [...later, version.effectiveTo];
  return ends.reduce<PlainDate | undefined>(
    (first, end) => (first !== undefined && first < end ? first : end),
    undefined,
  );
}
