import { createHash } from 'node:crypto';
import { packBlocks } from '../../../shared/dynamo/record-blocks.ts';
import { type TextWithAmounts, writeText } from '../../../shared/dynamo/text-with-amounts.ts';
import { type Rows, type Section, sections } from '../report/rows.ts';
import type { CycleFigures, CycleResult } from './closing.ts';

/** Rows that are put into text at once: all of a large cycle would be hundreds of megabytes. */
const rowsAtOnce = 2_000;
/** Rows of one block at most: a block of what moves to the next cycle is moved in one go. */
const rowsPerBlockMax = 1_000;

export interface ResultBlock {
  readonly section: Section;
  /** From 0 in each section. */
  readonly place: number;
  readonly content: TextWithAmounts;
}

export type PackedResult = Omit<CycleResult, 'attempt'>;

/** Rows in blocks, one after the other as they are asked for; returns at the end what they are known by. */
export function* packResult(figures: CycleFigures, rows: Rows): Generator<ResultBlock, PackedResult> {
  const hash = createHash('sha256');
  const add = (section: string, { text, amounts }: TextWithAmounts) =>
    hash.update(`${section}\n${text}\n${amounts.join()}\n`);
  const blocks = { ...none };
  for (const section of sections) {
    const all: readonly unknown[] = rows[section];
    for (let start = 0; start < all.length; start += rowsAtOnce) {
      for (const content of packBlocks(all.slice(start, start + rowsAtOnce), rowsPerBlockMax)) {
        add(section, content);
        yield { section, place: blocks[section]++, content };
      }
    }
  }
  add('FIGURES', writeText(figures));
  return { digest: hash.digest('hex'), figures, rows: countsOf(rows), blocks };
}

/** What rows are known by, without keeping them. */
export function describeResult(figures: CycleFigures, rows: Rows): PackedResult {
  const blocks = packResult(figures, rows);
  for (;;) {
    const next = blocks.next();
    if (next.done) return next.value;
  }
}

const none = Object.fromEntries(sections.map((section) => [section, 0])) as Record<Section, number>;

function countsOf(rows: Rows): Record<Section, number> {
  return Object.fromEntries(sections.map((section) => [section, rows[section].length])) as Record<Section, number>;
}
