import type { Schedule } from './schedule.ts';

/**
 * All times of a pool's agreements, 'HH:MM' ascending. The n-th of them, counted from 1, is run number n of a day; the
 * runs beyond are started by hand. Whether an agreement is in force or due plays no part, so that the numbers stay the
 * same from day to day.
 */
export function slotsOf(schedules: Iterable<Pick<Schedule, 'times'> | undefined>): string[] {
  const slots = new Set<string>();
  for (const schedule of schedules) {
    for (const time of schedule?.times ?? []) slots.add(time);
  }
  return [...slots].sort();
}

/**
 * Whether an agreement takes part in a run: in that of a slot if the slot is among its times, in one beyond the slots,
 * which is started by hand, always. Without a schedule it takes part in those only. Throws RangeError unless the number
 * is whole and from 1.
 */
export function takesPart(
  schedule: Pick<Schedule, 'times'> | undefined,
  slots: readonly string[],
  runNumber: number,
): boolean {
  if (!Number.isSafeInteger(runNumber) || runNumber < 1) throw new RangeError('Runs of a day are counted from 1.');
  const slot = slots[runNumber - 1];
  if (slot === undefined) return true;
  return schedule?.times.includes(slot) ?? false;
}
