import { instantOf } from '../../../../shared/calendar/local-time.ts';

const withOffset = /(?:Z|[+-]\d\d:\d\d)$/;

/** The instant that a bank writes; without an offset it is told by the clocks of Shanghai. Nothing where there is none. */
export function bankInstant(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  if (withOffset.test(text)) return isoOf(new Date(text));
  const [, date = '', time = '00:00', seconds = '0'] =
    /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(?::(\d\d))?.*)?$/.exec(text) ?? [];
  if (date === '') return undefined;
  return isoOf(new Date(instantOf(date, time).getTime() + Number(seconds) * 1000));
}

function isoOf(instant: Date): string | undefined {
  return Number.isNaN(instant.getTime()) ? undefined : instant.toISOString();
}
