import { instantOf } from '../../../../shared/calendar/local-time.ts';

const withOffset = /(?:Z|[+-]\d\d:\d\d)$/;

/** The instant that a bank writes; without an offset it is told by the clocks of Shanghai. Nothing where there is none. */
export function bankInstant(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  if (withOffset.test(text)) return isoOf(new Date(text));
  const [, date = '', time = '00:00', seconds = '0'] =
    /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(?::(\d\d))?.*)?$/.exec(text) ?? [];
  // 24:00 is the next day's 00:00.
  const wall = isoOf(new Date(`${date}T${time}:00Z`));
  if (wall === undefined) return undefined;
  return isoOf(new Date(instantOf(wall.slice(0, 10), wall.slice(11, 16)).getTime() + Number(seconds) * 1000));
}

function isoOf(instant: Date): string | undefined {
  return Number.isNaN(instant.getTime()) ? undefined : instant.toISOString();
}
