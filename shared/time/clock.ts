/**
 * The one place where the system asks what time it is. Entries (api, consumers, jobs) call `now()` once and hand the
 * instant to use cases and decisions; nothing below an entry reads a clock.
 */
let source: () => number = Date.now;

export function now(): Date {
  return new Date(source());
}

/** Sets where time comes from. For hosts with a clock that can be set, and tests. */
export function setClockSource(milliseconds: () => number): void {
  source = milliseconds;
}
