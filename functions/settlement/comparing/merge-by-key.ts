import type { HereLine, ThereLine } from './compared-line.ts';

/** All lines of one key. */
export interface KeyGroup {
  readonly key: string;
  readonly here: readonly HereLine[];
  readonly there: readonly ThereLine[];
}

/**
 * Walks two streams that are sorted by key (see byKey) side by side and gives all lines of each key together. Keeps one group in
 * memory. @throws RangeError where a stream is not sorted.
 */
export function* mergeByKey(here: Iterable<HereLine>, there: Iterable<ThereLine>): Generator<KeyGroup> {
  const ours = new SortedLines(here, 'here');
  const theirs = new SortedLines(there, 'there');
  for (;;) {
    const key = lower(ours.key, theirs.key);
    if (key === undefined) return;
    yield { key, here: ours.takeAll(key), there: theirs.takeAll(key) };
  }
}

function lower(one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one < other ? one : other;
}

class SortedLines<Line extends { readonly key: string }> {
  private readonly lines: Iterator<Line>;
  private readonly side: string;
  private next: Line | undefined;

  constructor(lines: Iterable<Line>, side: string) {
    this.lines = lines[Symbol.iterator]();
    this.side = side;
    this.advance();
  }

  get key(): string | undefined {
    return this.next?.key;
  }

  takeAll(key: string): Line[] {
    const taken: Line[] = [];
    while (this.next?.key === key) {
      taken.push(this.next);
      this.advance();
    }
    return taken;
  }

  private advance(): void {
    const before = this.next;
    const { done, value } = this.lines.next();
    this.next = done ? undefined : value;
    if (before && this.next && this.next.key < before.key)
      throw new RangeError(`The lines ${this.side} are not sorted by key.`);
  }
}
