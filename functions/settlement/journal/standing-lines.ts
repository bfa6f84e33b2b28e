import type { JournalLine } from './line.ts';
import { opposite, original } from './opposite.ts';
import { packLine } from './pack-lines.ts';

/**
 * Of lines those that stand: what was written and taken back among them is left out. One that takes back what is not among them
 * stays.
 */
export function standingLines<Line extends JournalLine>(lines: Iterable<Line>): Line[] {
  const found = new Map<string, { readonly line: Line; times: number }>();
  for (const line of lines) {
    const written = line.takesBack ? turned(line) : line;
    const one = found.get(packLine(written)) ?? { line: written, times: 0 };
    one.times += line.takesBack ? -1 : 1;
    found.set(packLine(written), one);
  }
  return [...found.values()].flatMap(({ line, times }) =>
    Array.from({ length: Math.abs(times) }, () => (times > 0 ? line : turned(line))),
  );
}

/** What takes a line back; of one that takes back, what it took. */
export function turned<Line extends JournalLine>(line: Line): Line {
  const entry = { id: '', owner: { kind: 'MARKET', id: '' }, date: '', line } as const;
  return (line.takesBack ? original(entry) : opposite(entry)).line as Line;
}
