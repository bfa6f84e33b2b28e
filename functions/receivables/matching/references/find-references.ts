import { abbreviated, filledRanges } from './abbreviations.ts';
import { type Atom, cutLengths, readAtoms } from './read-atoms.ts';
import type { Entry, ReferenceIndex } from './reference-index.ts';
import { isSafeToken } from './reference-token.ts';
import { atomsMax, isCalled, isLabelled, mayBeginAt, windowsFrom } from './windows.ts';

/**
 * A number of ours in a receipt. SAFE: it says by itself what it means. LABELLED: short, but called a number there (发票号 12),
 * and the payer is known. PLAIN: short, or maybe cut, or may be an amount: it counts where the amount fits and the payer is known.
 */
export interface Hit {
  readonly token: string;
  /** As read, without separators. */
  readonly found: string;
  readonly weight: 'SAFE' | 'LABELLED' | 'PLAIN';
  /** Digits that no word calls an invoice, an order or a contract: somebody's telephone may have the same. */
  readonly isBare: boolean;
  readonly entries: readonly Entry[];
  /** Atoms from and up to, to see which ones stand beside each other. */
  readonly from: number;
  readonly to: number;
}

export interface FoundReferences {
  readonly hits: readonly Hit[];
  /** Invoices whose number the text may have broken off in, at its end. */
  readonly cut: { readonly found: string; readonly entries: readonly Entry[] } | undefined;
  /** The text is as long as banks carry, so that more may have stood there. */
  readonly isFull: boolean;
  /** Tokens that look like numbers of our invoices and are none that are open. */
  readonly strangers: readonly string[];
}

export interface Question {
  /** Remittance, line by line. */
  readonly lines: readonly string[];
  /** Who may have paid: their short numbers count too. */
  readonly customers: readonly string[];
  /** In minor and in major units: a plain number that is the amount is not safe. */
  readonly amounts: ReadonlySet<string>;
}

const textLengthMax = 140;
const cutDigitsMin = 3;
const cutLengthMin = 6;

/**
 * The numbers of ours that a text names: the longest that is read from each place; ranges and lists in short form (0012-0015,
 * INV20260012/13) spelled out. A number inside a longer run of digits is none.
 */
export function findReferences(index: ReferenceIndex, question: Question): FoundReferences {
  const atoms = readAtoms(question.lines);
  const find = lookup(index, question);
  const reading = { index, find, amounts: question.amounts, atoms };
  const hits: Hit[] = [];
  for (let from = 0; from < atoms.length; ) {
    const before = hits.at(-1);
    const hit = longestHit(reading, from, before) ?? abbreviated(atoms, from, before, find);
    if (hit) hits.push(hit);
    from = hit ? hit.to : from + 1;
  }
  const isFull = looksFull(question.lines);
  const whole = hits.filter(
    (hit, at) => hit.weight === 'SAFE' || hits[at + 1]?.from === hit.to || !goesOnTight(atoms, hit),
  );
  const all = filledRanges(atoms, whole, find);
  const last = whole.at(-1);
  const cut = cutNumber(index, atoms, last, isFull);
  return {
    hits: cut && last?.to === atoms.length ? all.map((hit) => (hit === last ? { ...hit, weight: 'PLAIN' } : hit)) : all,
    cut,
    isFull,
    strangers: strangersOf(index, atoms, hits, cut !== undefined),
  };
}

export type Lookup = (token: string) => Found;

/** What a token means. Safe where it says so by itself, to whoever reads it. */
export interface Found {
  readonly entries: readonly Entry[];
  readonly isSafe: boolean;
}

const nothing: Found = { entries: [], isSafe: false };

function lookup(index: ReferenceIndex, { customers }: Question): Lookup {
  return (token) => {
    const safe = isSafeToken(token) ? index.named(token) : nothing.entries;
    if (safe.length > 0) return { entries: safe, isSafe: true };
    const [only, second] = customers;
    if (only === undefined) return nothing;
    const own =
      second === undefined
        ? index.namedOf(only, token)
        : customers.flatMap((customer) => index.namedOf(customer, token));
    return own.length === 0 ? nothing : { entries: own, isSafe: false };
  };
}

/** A text under way. */
interface Reading extends Pick<Question, 'amounts'> {
  readonly index: ReferenceIndex;
  readonly find: Lookup;
  readonly atoms: readonly Atom[];
}

function longestHit(reading: Reading, from: number, before: Hit | undefined): Hit | undefined {
  const { index, find, atoms } = reading;
  const first = atoms[from];
  if (!first || !mayBeginAt(atoms, from)) return undefined;
  const head = index.headWithin(first.gap.head);
  let hit: Hit | undefined;
  for (const { token: bare, to } of windowsFrom(atoms, from)) {
    for (const token of spellings(head, bare)) {
      const { entries, isSafe } = find(token);
      if (entries.length === 0) continue;
      const weight = weightOf(reading, { token, isSafe, isHeaded: token !== bare, from, to, before });
      if (!weight) continue;
      hit = { token, found: token, weight, isBare: isBareAt(atoms, { token, from, before }), entries, from, to };
      break;
    }
  }
  return hit;
}

/**
 * What a number with one of our heads before it may be: the one that begins so, else one that needs no head. Never a short one
 * without: 苏销25-28800 is not 沪销25-28800.
 */
function spellings(head: string, token: string): string[] {
  if (head === '') return [token];
  return isSafeToken(token) ? [head + token, token] : [head + token];
}

interface Place {
  readonly token: string;
  readonly isSafe: boolean;
  /** With the Chinese characters that it begins with. */
  readonly isHeaded: boolean;
  readonly from: number;
  readonly to: number;
  readonly before: Hit | undefined;
}

/** How much a token counts for; nothing where it stands inside of something longer. */
function weightOf(
  { amounts, atoms }: Reading,
  { token, isSafe, isHeaded, from, to, before }: Place,
): Hit['weight'] | undefined {
  const next = atoms[to];
  const isCut = next?.gap.cut === true && next.isNumber && atoms[to - 1]?.isNumber === true;
  if (isSafe && !amounts.has(token)) return isCut ? 'PLAIN' : 'SAFE';
  const isInside = isTightNumber(atoms, from, atoms[from]) || isTightNumber(atoms, to, next);
  const goesOn = before?.to === from && before.weight !== 'PLAIN' && isSeparator(atoms[from]);
  if (goesOn || (isInside && next?.gap.range === true && isLabelled(atoms, from))) return isCut ? 'PLAIN' : 'LABELLED';
  if (isInside && next?.gap.range !== true) return undefined;
  return (isHeaded || isLabelled(atoms, from)) && !isCut && !amounts.has(token) ? 'LABELLED' : 'PLAIN';
}

/** One of a list is called what the first one is. */
function isBareAt(atoms: readonly Atom[], { token, from, before }: Pick<Place, 'token' | 'from' | 'before'>): boolean {
  if (/[^0-9]/.test(token) || isCalled(atoms, from)) return false;
  return before?.to === from && isSeparator(atoms[from]) ? before.isBare : true;
}

function isTightNumber(atoms: readonly Atom[], at: number, atom: Atom | undefined): boolean {
  return atom?.gap.tight === true && atoms[at - 1]?.isNumber === true && atom.isNumber;
}

/** A short number that stood before a hyphen and digits, where these were no range: it is the beginning of something longer. */
function goesOnTight(atoms: readonly Atom[], { to }: Hit): boolean {
  return isTightNumber(atoms, to, atoms[to]);
}

function isSeparator(atom: Atom | undefined): boolean {
  return atom?.gap.lists === true || atom?.gap.range === true;
}

function looksFull(lines: readonly string[]): boolean {
  const length = lines.reduce((total, line) => total + line.length, 0);
  return length >= textLengthMax || cutLengths.has((lines.at(-1) ?? '').length);
}

/** The number that the text ends in, where it is the beginning of ours; also a whole number where the text is full. */
function cutNumber(index: ReferenceIndex, atoms: readonly Atom[], last: Hit | undefined, isFull: boolean) {
  const endsWithHit = last !== undefined && last.to === atoms.length;
  if (endsWithHit && !isFull) return undefined;
  const first = Math.max(endsWithHit ? last.from : (last?.to ?? 0), atoms.length - atomsMax);
  for (let from = first; from < atoms.length; from += 1) {
    if (!mayBeginAt(atoms, from)) continue;
    const rest = atoms.slice(from);
    const found = index.headWithin(atoms[from]?.gap.head ?? '') + rest.map(({ text }) => text).join('');
    const joins = rest.every(({ gap }, at) => at === 0 || gap.joins);
    if (!joins || found.length < cutLengthMin || found.replace(/[^0-9]/g, '').length < cutDigitsMin) continue;
    const entries = index.beginningWith(found);
    if (entries.length > 0) return { found, entries };
  }
  return undefined;
}

/** What looks like an invoice of ours and is none that we know: it tells that the money is for something else. */
function strangersOf(index: ReferenceIndex, atoms: readonly Atom[], hits: readonly Hit[], isCut: boolean): string[] {
  const taken = new Set(hits.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, at) => from + at)));
  const strangers = new Set<string>();
  for (let from = 0; from < atoms.length; from += 1) {
    if (taken.has(from) || !mayBeginAt(atoms, from)) continue;
    const head = index.headWithin(atoms[from]?.gap.head ?? '');
    if (head === '' && atoms[from]?.isNumber && !isLabelled(atoms, from)) continue;
    for (const { token: bare, to } of windowsFrom(atoms, from)) {
      const token = head + bare;
      const isFree = Array.from({ length: to - from }, (_, at) => from + at).every((at) => !taken.has(at));
      if (isFree && !(isCut && to === atoms.length) && isSafeToken(token) && index.isOfSeries(token)) {
        strangers.add(token);
      }
    }
  }
  return [...strangers];
}
