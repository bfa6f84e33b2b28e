import { isPlainDate, type PlainDate } from '../../../shared/calendar/plain-date.ts';

/** What a pattern reads from a text: '2026-03-02', and the time '00:00:00' where the pattern has none. */
export interface DateAndTime {
  readonly date: PlainDate;
  /** HH:MM:SS */
  readonly time: string;
}

/** A way of writing dates and times, of fixed width: `yyyy-MM-dd HH:mm:ss`, `yyyy年MM月dd日`, `MMddHHmmss`. */
export interface DatePattern {
  /** Nothing where the text is not of the pattern or no such moment exists. A pattern without a year takes that nearest to `near`. */
  read(text: string, near: PlainDate): DateAndTime | undefined;
  /** `moment.time` as far as the pattern has it. */
  write(moment: DateAndTime): string;
}

const tokens = ['yyyy', 'MM', 'dd', 'HH', 'mm', 'ss'] as const;
type Token = (typeof tokens)[number];
type Part = { readonly token: Token } | { readonly literal: string };

const tokenOrSign = /yyyy|MM|dd|HH|mm|ss|[^A-Za-z0-9]|T/y;
const patternCharactersMax = 40;

/** What is wrong with a pattern and how to mend it; nothing where it can be used. */
export function datePatternFault(pattern: string): string | undefined {
  const parts = partsOf(pattern);
  if (!parts) return 'Send yyyy, MM, dd, HH, mm and ss with signs between them, as yyyy-MM-dd HH:mm:ss.';
  const has = (token: Token) => parts.filter((part) => 'token' in part && part.token === token).length;
  const twice = tokens.find((token) => has(token) > 1);
  if (twice) return `Send ${twice} once.`;
  if (!has('MM') || !has('dd')) return 'Send MM and dd too; a date needs its month and day.';
  if (has('HH') !== has('mm')) return 'Send HH and mm together.';
  return has('ss') && !has('HH') ? 'Send HH and mm with ss.' : undefined;
}

/** @throws RangeError where the pattern has a fault; see datePatternFault. */
export function datePattern(pattern: string): DatePattern {
  const fault = datePatternFault(pattern);
  const parts = partsOf(pattern);
  if (fault !== undefined || !parts) throw new RangeError(fault);
  const shape = new RegExp(`^${parts.map(shapeOf).join('')}$`);
  const isDate = sameAsBefore(isPlainDate);
  return {
    read: (text, near) => {
      const groups = shape.exec(text)?.groups;
      return groups && momentOf(groups, near, isDate);
    },
    write: (moment) => parts.map((part) => ('token' in part ? writeToken(part.token, moment) : part.literal)).join(''),
  };
}

function partsOf(pattern: string): Part[] | undefined {
  if (pattern.length === 0 || pattern.length > patternCharactersMax) return undefined;
  const parts: Part[] = [];
  for (let at = 0; at < pattern.length; ) {
    tokenOrSign.lastIndex = at;
    const [found] = tokenOrSign.exec(pattern) ?? [];
    if (found === undefined) return undefined;
    const token = tokens.find((one) => one === found);
    parts.push(token ? { token } : { literal: found });
    at += found.length;
  }
  return parts;
}

function shapeOf(part: Part): string {
  if ('token' in part) return `(?<${part.token}>\\d{${part.token.length}})`;
  return part.literal.replace(/[$()*+./?[\\\]^{|}-]/g, '\\$&');
}

/** Asks once for many rows of one day. */
function sameAsBefore(ask: (text: string) => boolean): (text: string) => boolean {
  let asked: string | undefined;
  let answer = false;
  return (text) => {
    if (text === asked) return answer;
    asked = text;
    answer = ask(text);
    return answer;
  };
}

function momentOf(
  groups: Readonly<Record<string, string>>,
  near: PlainDate,
  isDate: (text: string) => boolean,
): DateAndTime | undefined {
  const { yyyy, MM = '', dd = '', HH = '00', mm = '00', ss = '00' } = groups;
  const date = yyyy === undefined ? nearest(`${MM}-${dd}`, near) : `${yyyy}-${MM}-${dd}`;
  if (date === undefined || !isDate(date) || HH > '23' || mm > '59' || ss > '59') return undefined;
  return { date, time: `${HH}:${mm}:${ss}` };
}

/** 12-31 near 2027-01-01 is of 2026. */
function nearest(monthAndDay: string, near: PlainDate): PlainDate | undefined {
  const year = Number(near.slice(0, 4));
  const days = [year - 1, year, year + 1].map((one) => `${String(one).padStart(4, '0')}-${monthAndDay}`);
  const apart = (day: PlainDate) => Math.abs(Date.parse(day) - Date.parse(near));
  return days.filter(isPlainDate).toSorted((one, other) => apart(one) - apart(other))[0];
}

function writeToken(token: Token, { date, time }: DateAndTime): string {
  switch (token) {
    case 'yyyy':
      return date.slice(0, 4);
    case 'MM':
      return date.slice(5, 7);
    case 'dd':
      return date.slice(8, 10);
    case 'HH':
      return time.slice(0, 2);
    case 'mm':
      return time.slice(3, 5);
    case 'ss':
      return time.slice(6, 8);
  }
}
