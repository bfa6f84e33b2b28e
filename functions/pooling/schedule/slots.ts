import type { Schedule } from './schedule.ts';

/** Runs that are started by hand have the numbers below; those of the schedule this and the time of day. */
export const SCHEDULED_RUNS_FROM = 10_000;

/**
 * The number of the run that the schedule starts at a time of day: 18:30 is run 11830. It follows from the time alone, so
 * that changing one agreement moves no other run of the day.
 */
export function runNumberAt(time: string): number {
  return SCHEDULED_RUNS_FROM + Number(time.replace(':', ''));
}

/** The time of day of a run of the schedule; undefined of one started by hand. */
export function timeOfRun(runNumber: number): string | undefined {
  if (runNumber < SCHEDULED_RUNS_FROM) return undefined;
  const digits = String(runNumber - SCHEDULED_RUNS_FROM).padStart(4, '0');
  return `${digits.slice(0, 2)}:${digits.slice(2)}`;
}

/**
 * Whether an agreement takes part in a run that it is due for: in one of the schedule if it has that time, in one started
 * by hand always. An agreement without a schedule takes part in those only.
 */
export function takesPart(schedule: Pick<Schedule, 'times'> | undefined, runNumber: number): boolean {
  if (runNumber < SCHEDULED_RUNS_FROM) return true;
  return schedule?.times.some((time) => runNumberAt(time) === runNumber) ?? false;
}
