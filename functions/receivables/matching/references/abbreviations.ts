import type { Hit, Lookup } from './find-references.ts';
import type { Atom } from './read-atoms.ts';

/** Invoices in one range, at most; a longer one is no plain range. */
const rangeMax = 50;

/**
 * A number in short form after a whole one, as the 13 of INV20260012/13 and the 003 of INV001~003: the last digits of the
 * number before, exchanged. It counts as much as that number. The year of a date is none: INV20260012，2026-01-30.
 */
export function abbreviated(
  atoms: readonly Atom[],
  at: number,
  before: Hit | undefined,
  find: Lookup,
): Hit | undefined {
  const atom = atoms[at];
  if (!atom?.isNumber || before?.to !== at || !(atom.gap.range || atom.gap.lists)) return undefined;
  const next = atoms[at + 1];
  if ((next && !next.gap.parts) || isDateAt(atoms, at)) return undefined;
  const tail = /[0-9]+$/.exec(before.token)?.[0] ?? '';
  if (atom.text.length > tail.length || atom.text.length < 2) return undefined;
  const token = before.token.slice(0, -atom.text.length) + atom.text;
  const { entries } = find(token);
  if (entries.length === 0) return undefined;
  const { weight, isBare } = before;
  return { token, found: atom.text, weight, isBare, entries, from: at, to: at + 1 };
}

/** A year, a month and a day with a sign between them. */
function isDateAt(atoms: readonly Atom[], at: number): boolean {
  const [year, month, day] = atoms.slice(at, at + 3);
  if (!year || !month?.gap.tight || !day?.gap.tight) return false;
  return /^(?:19|20)[0-9]{2}$/.test(year.text) && /^[0-9]{1,2}$/.test(month.text) && /^[0-9]{1,2}$/.test(day.text);
}

/** The hits with those in between where two stand for a range, from a number to a higher one of the same series. */
export function filledRanges(atoms: readonly Atom[], hits: readonly Hit[], find: Lookup): Hit[] {
  return hits.flatMap((hit, at) => {
    const next = hits[at + 1];
    if (next?.from !== hit.to || !atoms[hit.to]?.gap.range) return [hit];
    return [hit, ...between(hit, next, find)];
  });
}

function between(first: Hit, last: Hit, find: Lookup): Hit[] {
  const [start, end] = [splitNumber(first.token), splitNumber(last.token)];
  const isSeries = start.head === end.head && start.digits.length === end.digits.length;
  const count = Number(BigInt(end.digits || 0) - BigInt(start.digits || 0));
  if (!isSeries || count < 2 || count > rangeMax) return [];
  const weight = first.weight === 'PLAIN' ? first.weight : last.weight;
  return Array.from({ length: count - 1 }, (_, at) => {
    const digits = String(BigInt(start.digits) + BigInt(at + 1)).padStart(start.digits.length, '0');
    const token = start.head + digits;
    return {
      token,
      found: `${first.found}-${last.found}`,
      weight,
      isBare: first.isBare,
      entries: find(token).entries,
      from: first.from,
      to: last.to,
    };
  }).filter(({ entries }) => entries.length > 0);
}

function splitNumber(token: string): { head: string; digits: string } {
  const digits = /[0-9]+$/.exec(token)?.[0] ?? '';
  return { head: token.slice(0, token.length - digits.length), digits };
}
