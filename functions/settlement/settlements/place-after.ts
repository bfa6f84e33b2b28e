import type { Run, RunPlace } from './run.ts';

/**
 * Where a run goes on behind a page: behind the last of it where more follow, else in the next group of the day, else on the next day.
 * Nowhere where it was the last.
 */
export function placeAfter(
  { days }: Pick<Run, 'days'>,
  { day, group }: RunPlace,
  after: string | undefined,
  groups: number,
): RunPlace | undefined {
  if (after !== undefined) return { day, group, after };
  if (group + 1 < groups) return { day, group: group + 1 };
  return day + 1 < days.length ? { day: day + 1, group: 0 } : undefined;
}
