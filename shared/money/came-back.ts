import { businessDateOf, type PlainDate } from '../calendar/plain-date.ts';
import { larger, smaller } from './compare.ts';
import { sum } from './sum.ts';

/** What of a payment came back on a day. Minor units, above zero. */
export interface CameBack {
  readonly on: PlainDate;
  readonly amount: bigint;
}

/** An entry of the bank by which money came back, and the day of which it was told first. Minor units, above zero. */
export interface ReturnEntry {
  readonly references: readonly string[];
  readonly on: PlainDate;
  readonly amount: bigint;
}

/** What is known to have come back of a payment, one after the other, and the entries of the bank as far as it names them. */
export interface KnownBack {
  /** Of the payment. */
  readonly amount: bigint;
  readonly returns?: readonly CameBack[];
  readonly returnEntries?: readonly ReturnEntry[];
}

/** What a bank told of it. All of the payment where it names no amount. */
export interface ToldBack {
  readonly amount?: bigint;
  readonly entries?: readonly Pick<ReturnEntry, 'references' | 'amount'>[];
  /** ISO instant, by the bank. */
  readonly at: string;
}

export interface BackAfter {
  /** Those before, and what is new behind them. */
  readonly returns: readonly CameBack[];
  readonly returnEntries?: readonly ReturnEntry[];
}

/**
 * What came back of a payment by what a bank tells; nothing where that is nothing new. Banks tell what came back on a day in pieces,
 * and again in the statement of the day, added up to there: entries that they name count once each, however often they are told. Of
 * others what is certain to have come back is the largest figure of the day. The more of both is what came back, up to all of the
 * payment, and only what that is above what was known is new.
 */
export function backAfter(
  known: KnownBack,
  { amount: told = known.amount, entries = [], at }: ToldBack,
): BackAfter | undefined {
  const { amount, returns: before = [], returnEntries: named = [] } = known;
  const on = businessDateOf(new Date(at));
  const after = entries.reduce((all, entry) => withEntry(all, { ...entry, on }), named);
  const ofOtherDays = entries.filter((entry) => named.some((one) => one.on !== on && isSame(one, entry)));
  const ofDay = told - sum(ofOtherDays.map((one) => one.amount));
  let returns = before;
  for (const day of new Set([...after.map((one) => one.on), on])) {
    const certain = larger(backOn(after, day), day === on ? ofDay : 0n);
    const left = amount - sum(returns.map((one) => one.amount));
    const back = smaller(certain - backOn(before, day), left);
    if (back > 0n) returns = [...returns, { on: day, amount: back }];
  }
  if (returns === before && after === named) return undefined;
  return { returns, ...(after.length > 0 && { returnEntries: after }) };
}

/** What came back on a day, in all. Minor units. */
export function backOn(returns: readonly CameBack[], on: PlainDate): bigint {
  return sum(returns.filter((one) => one.on === on).map((one) => one.amount));
}

/** The same entry has one of its references, and may be told with more of it later; the same where it was told so before. */
function withEntry(entries: readonly ReturnEntry[], entry: ReturnEntry): readonly ReturnEntry[] {
  const before = entries.find((one) => isSame(one, entry));
  if (!before) return [...entries, entry];
  const references = [...new Set([...before.references, ...entry.references])];
  const amount = larger(before.amount, entry.amount);
  if (references.length === before.references.length && amount === before.amount) return entries;
  return entries.map((one) => (one === before ? { ...one, references, amount } : one));
}

function isSame(one: Pick<ReturnEntry, 'references'>, other: Pick<ReturnEntry, 'references'>): boolean {
  return one.references.some((name) => other.references.includes(name));
}
