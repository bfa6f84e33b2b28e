import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import { smaller } from '../../../shared/money/compare.ts';
import type { MandateLimits } from './mandate.ts';

/** What is collected, or on its way, under a mandate; by the day of its acceptance. Minor units. */
export interface MandateUsage {
  /** By day and by month: '2026-03-02', '2026-03'. The last few are kept. */
  readonly used: readonly { readonly period: string; readonly amount: bigint }[];
  /** How many collections are accepted and not failed: an OOFF mandate has one. */
  readonly collections: number;
  /** Grows with every change. */
  readonly revision: number;
}

export const unused: MandateUsage = { used: [], collections: 0, revision: 0 };

/** What failed late still finds its day; older ones bind nothing any more. */
const periodsKeptMax = 8;

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

/** Usage after a collection of a day was accepted. */
export function use(usage: MandateUsage, date: PlainDate, amount: bigint): MandateUsage {
  return {
    ...usage,
    used: add(add(usage.used, date, amount), monthOf(date), amount),
    collections: usage.collections + 1,
  };
}

/**
 * Usage after a collection that was accepted on a day has failed for good, or was cancelled: it frees its room. Of which a
 * part came, only the rest is freed, and it stays a collection.
 */
export function giveBack(usage: MandateUsage, date: PlainDate, amount: bigint, came = 0n): MandateUsage {
  const rest = amount - came;
  const collections = came > 0n ? usage.collections : Math.max(0, usage.collections - 1);
  return { ...usage, used: add(add(usage.used, date, -rest), monthOf(date), -rest), collections };
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
  const before = used.find((one) => one.period === period)?.amount ?? 0n;
  const after = before + amount;
  if (after < 0n) return used;
  const others = used.filter((one) => one.period !== period);
  return [...others, { period, amount: after }]
    .sort((one, other) => (one.period < other.period ? 1 : -1))
    .slice(0, periodsKeptMax);
}

/** The names of the periods that a day lies in. */
export function periodsOf(date: PlainDate): { readonly day: string; readonly month: string } {
  return { day: date, month: monthOf(date) };
}

function monthOf(date: PlainDate): string {
  return date.slice(0, 7);
}
