/** Where dates and times are told unless a pool, market or account says otherwise. */
export const defaultZone = 'Asia/Shanghai';

/** What a wall clock and a wall calendar in a zone show at an instant. */
export interface LocalMoment {
  /** 'YYYY-MM-DD' */
  readonly date: string;
  /** 'HH:MM', 00:00 to 23:59. */
  readonly time: string;
  /** Whether the instant lies within that minute rather than at its very beginning. */
  readonly pastTheMinute: boolean;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** The date and time in a zone of the IANA database. Throws RangeError where the zone is unknown. */
export function localMomentOf(instant: Date, zone: string = defaultZone): LocalMoment {
  const parts = new Map(
    formatterOf(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
  return {
    date: `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`,
    time: `${part('hour')}:${part('minute')}`,
    pastTheMinute: part('second') !== '00' || instant.getUTCMilliseconds() !== 0,
  };
}

function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known) return known;
  const formatter = new Intl.DateTimeFormat('en-u-ca-iso8601-nu-latn', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  // Only zones that exist get here, so the map is bounded by their number.
  formatters.set(zone, formatter);
  return formatter;
}
