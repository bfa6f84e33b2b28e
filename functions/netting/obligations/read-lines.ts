import type { ReadLine } from '../batches/batch-line.ts';
import { readBatch } from '../batches/read-batch.ts';
import type { LineFault } from './check-obligation.ts';
import type { AskedObligation } from './obligation.ts';
import { lineIn, toAsked } from './obligation-shapes.ts';

/** Each line of a batch by itself; `today` is the day of the centre. */
export function readLines(lines: readonly unknown[], today: string): ReadLine<AskedObligation, LineFault>[] {
  return readBatch(lines, lineIn, (line) => toAsked(line, today));
}
