import type { PoolingStore } from '../store.ts';
import type { InterestLine, InterestRun, LineOutcome } from './interest-run.ts';

/** A place among a run's lines: the block, and the number of the last line shown. */
export interface LinePosition {
  readonly block: number;
  readonly after: number;
}

export interface LinePage {
  readonly lines: readonly { readonly line: InterestLine; readonly outcome: LineOutcome | undefined }[];
  /** Where the next page begins; absent after the last line. */
  readonly next?: LinePosition;
}

/** A page of a run's lines with what became of each. Reads no more blocks than it shows lines of. */
export async function pageInterestLines(
  store: Pick<PoolingStore, 'readInterestBlock' | 'readLineOutcomes'>,
  run: InterestRun,
  from: LinePosition,
  limit: number,
): Promise<LinePage> {
  const lines: { line: InterestLine; outcome: LineOutcome | undefined }[] = [];
  const blocks = run.computed?.blocks ?? 0;
  let { block, after } = from;
  for (; block < blocks && lines.length < limit; block++) {
    const [held, outcomes] = await Promise.all([
      store.readInterestBlock(run, block),
      store.readLineOutcomes(run, block),
    ]);
    const begun = after;
    const shown = held.filter(({ number }) => number > begun).slice(0, limit - lines.length);
    lines.push(...shown.map((line) => ({ line, outcome: outcomes.get(line.number) })));
    after = shown.at(-1)?.number ?? after;
    if (after < (held.at(-1)?.number ?? 0)) break;
  }
  const hasMore = after < (run.computed?.lines ?? 0) && block < blocks;
  return { lines, ...(hasMore && { next: { block, after } }) };
}
