import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import { smaller } from '../../../shared/money/compare.ts';
import type { MandateLimits } from './mandate.ts';

/** What is collected, or on its way, under a mandate; by the business day on which a bank carries it. Minor units. */
export interface MandateUsage {
  /** By day and by month: '2026-03-02', '2026-03'. The last few of each are kept. */
  readonly used: readonly { readonly period: string; readonly amount: bigint }[];
  /** How many orders are on their way or have brought money: under an OOFF mandate one. */
  readonly collections: number;
  /** Grows with every change. */
  readonly revision: number;
}

export const unused: MandateUsage = { used: [], collections: 0, revision: 0 };

/** What failed late still finds its day and month; older ones bind nothing any more. Over holidays days lie ahead. */
const daysKeptMax = 12;
const monthsKeptMax = 3;

/** Which limit leaves how much on a day; undefined where none binds. */
export function roomOf(
  limits: MandateLimits,
  usage: MandateUsage,
  date: PlainDate,
): { readonly limit: 'daily' | 'monthly'; readonly room: bigint } | undefined {
  const daily = limits.daily === undefined ? undefined : limits.daily - usedIn(usage, date);
  const monthly = limits.monthly === undefined ? undefined : limits.monthly - usedIn(usage, monthOf(date));
  if (daily === undefined && monthly === undefined) return undefined;
  if (monthly === undefined || (daily !== undefined && daily <= monthly)) return { limit: 'daily', room: daily ?? 0n };
  return { limit: 'monthly', room: monthly };
}

/** Usage with so much more, or less, of a day, and so many more, or fewer, orders. Minor units. */
export function shiftUsage(usage: MandateUsage, date: PlainDate, amount: bigint, collections: number): MandateUsage {
  return {
    ...usage,
    used: add(add(usage.used, date, amount), monthOf(date), amount),
    collections: Math.max(0, usage.collections + collections),
  };
}

/** An amount in pieces of the limit for one transaction; the last is the rest. All of them add up to the amount. */
export function piecesOf(amount: bigint, perTransaction: bigint | undefined): bigint[] {
  if (perTransaction === undefined || perTransaction >= amount) return [amount];
  if (perTransaction <= 0n) throw new RangeError('A limit for one transaction is above zero.');
  const pieces: bigint[] = [];
  for (let rest = amount; rest > 0n; rest -= perTransaction) pieces.push(smaller(rest, perTransaction));
  return pieces;
}

/** Minor units. */
export function usedIn({ used }: MandateUsage, period: string): bigint {
  return used.find((one) => one.period === period)?.amount ?? 0n;
}

/** A period that has fallen out of what is kept has nothing to free. */
function add(used: MandateUsage['used'], period: string, amount: bigint): MandateUsage['used'] {
  const after = (used.find((one) => one.period === period)?.amount ?? 0n) + amount;
  if (after < 0n) return used;
  const others = used.filter((one) => one.period !== period);
  const all = [...others, { period, amount: after }].sort((one, other) => (one.period < other.period ? 1 : -1));
  const isDay = (one: { readonly period: string }) => one.period.length > 'YYYY-MM'.length;
  const days = all.filter(isDay).slice(0, daysKeptMax);
  const months = all.filter((one) => !isDay(one)).slice(0, monthsKeptMax);
  return [...days, ...months];
}

/** The names of the periods that a day lies in. */
export function periodsOf(date: PlainDate): { readonly day: string; readonly month: string } {
  return { day: date, month: monthOf(date) };
}

function monthOf(date: PlainDate): string {
  return date.slice(0, 7);
}
