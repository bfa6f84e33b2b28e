import { firstAtOrAfter } from '../sorted-texts.ts';
import { endsWithForm } from './company-forms.ts';
import { isOneEdit } from './one-edit.ts';
import { branchOf, candidateName } from './weaker-names.ts';

/** A name cut by a bank has so many characters at least, and so many that it may stand for at most. */
const cutLengthMin = 6;
const cutMeaningsMax = 5;
/** Shorter names are near to too many. */
const lengthMin = 4;

/**
 * For each asked name the known names that it may be a miswriting of: one typing mistake, the end cut off by a bank, or
 * 省市区县 and brackets left out. Both normalised; branches are near to themselves only. All asked names go in one pass over
 * the known ones, so that 100,000 of each take a second.
 */
export function nearNames(asked: Iterable<string>, known: Iterable<string>): Map<string, readonly string[]> {
  const questions = [...new Set(asked)].filter((name) => name.length >= lengthMin);
  const near = new Map(questions.map((name) => [name, new Set<string>()]));
  if (questions.length === 0) return new Map();
  const sorted = [...new Set(known)].sort();
  const mistakes = misspellings(questions);
  const bare = grouped(questions, candidateName);
  for (const name of sorted) {
    for (const question of bare.get(candidateName(name)) ?? []) near.get(question)?.add(name);
    for (const question of mistakes(name)) near.get(question)?.add(name);
  }
  for (const question of questions) for (const name of endingsOf(question, sorted)) near.get(question)?.add(name);
  return new Map([...near].map(([question, names]) => [question, distinctPayers(question, names)]));
}

function distinctPayers(question: string, names: ReadonlySet<string>): string[] {
  return [...names].filter((name) => name !== question && branchOf(name) === branchOf(question)).sort();
}

/** The known names that begin with a name which looks cut; none where there are many, which says nothing. */
function endingsOf(question: string, sorted: readonly string[]): string[] {
  if (question.length < cutLengthMin || endsWithForm(question)) return [];
  const from = firstAtOrAfter(sorted, question);
  let to = from;
  while (to - from <= cutMeaningsMax && sorted[to]?.startsWith(question)) to += 1;
  return to - from > cutMeaningsMax ? [] : sorted.slice(from, to);
}

/**
 * Answers which of the names are one mistake away. Two texts one mistake apart are equal, or one equals the other, after
 * leaving out one character of each; so names are found by hashes of themselves and of what is left then.
 */
function misspellings(names: readonly string[]): (known: string) => readonly string[] {
  const byHash = new Map<number, string[]>();
  for (const name of names) {
    for (const hash of new Set(hashesWithoutOne(name))) {
      const others = byHash.get(hash);
      if (others) others.push(name);
      else byHash.set(hash, [name]);
    }
  }
  return (known) => {
    const found = hashesWithoutOne(known).flatMap((hash) => byHash.get(hash) ?? []);
    return found.length === 0 ? [] : [...new Set(found)].filter((name) => isOneEdit(name, known));
  };
}

/** Polynomial hashes, in 32 bits, of a text and of the text without each of its characters; equal texts have equal ones. */
function hashesWithoutOne(text: string): number[] {
  const prefix = [0];
  for (let at = 0; at < text.length; at += 1) {
    prefix.push((Math.imul(prefix[at] ?? 0, 31) + text.charCodeAt(at)) | 0);
  }
  const hashes = [prefix[text.length] ?? 0];
  let [suffix, power] = [0, 1];
  for (let at = text.length - 1; at >= 0; at -= 1) {
    hashes.push((Math.imul(prefix[at] ?? 0, power) + suffix) | 0);
    suffix = (Math.imul(text.charCodeAt(at), power) + suffix) | 0;
    power = Math.imul(power, 31);
  }
  return hashes;
}

function grouped(names: readonly string[], by: (name: string) => string): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const name of names) {
    const others = groups.get(by(name));
    if (others) others.push(name);
    else groups.set(by(name), [name]);
  }
  return groups;
}
