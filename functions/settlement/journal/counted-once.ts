import { type Entry, ownerKey } from './entry.ts';
import type { JournalLine, MerchantLine, SumLine } from './line.ts';

/** An entry of a split, and when that was made. */
export interface SplitEntry {
  readonly entry: Entry;
  readonly at: string;
}

/**
 * An order counts once on a day of an owner, by the first share that was given there: the others say that they are further ones. The
 * first stays the first whatever is split later, so that nothing is written again for it.
 */
export function countedOnce(entries: readonly SplitEntry[]): Entry[] {
  const firsts = new Map<string, SplitEntry>();
  for (const one of entries) {
    if (!counts(one.entry.line)) continue;
    const first = firsts.get(dayOf(one.entry));
    if (!first || one.at < first.at) firsts.set(dayOf(one.entry), one);
  }
  return entries.map(({ entry }) => {
    const { line } = entry;
    if (!counts(line) || firsts.get(dayOf(entry))?.entry === entry) return entry;
    return { ...entry, line: { ...line, isFurther: true } };
  });
}

function counts(line: JournalLine): line is MerchantLine | SumLine {
  return line.kind === 'SHARE' || line.kind === 'SUMMED';
}

function dayOf({ owner, date }: Entry): string {
  return `${ownerKey(owner)} ${date}`;
}
