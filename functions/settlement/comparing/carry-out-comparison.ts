import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { dropLease, type KeptWork, takeLease } from '../background/asked-work.ts';
import { problems } from '../problems.ts';
import type { SettlementStore } from '../store.ts';
import { compareDay, type DaySummary } from './compare-day.ts';
import { type ComparedDayRef, type Comparison, differencesPerWriteMax, type KeptDifference } from './comparison.ts';
import type { FoundDifference } from './found-difference.ts';
import type { ComparingTools } from './ledger-side.ts';
import { mergeDifferences } from './merge-differences.ts';
import { linesPerComparisonMax, readSides } from './read-sides.ts';

/**
 * Works off a comparison that was asked for, until nobody has asked for it again meanwhile. Where somebody else is at it, that one
 * takes it along. Killed at any point, it is worked off anew from its beginning, and comes to the same; see handOn.
 */
export async function carryOutComparison(
  tools: ComparingTools,
  day: ComparedDayRef,
  by: string,
  clock: () => Date,
): Promise<void> {
  const kept: KeptWork<Comparison> = {
    read: () => tools.store.readComparison(day),
    write: tools.store.writeComparison,
  };
  for (;;) {
    const taken = await takeLease(kept, by, clock());
    if (!taken) return;
    try {
      const outcome = await outcomeOf(tools, day);
      await end(kept, by, taken.asked, outcome, clock());
    } catch (error) {
      await dropLease(kept, by, clock());
      throw error;
    }
  }
}

type Outcome = Pick<Comparison, 'summary'> | Pick<Comparison, 'problem'>;

/** Notes how it ended. Somebody who took the lease meanwhile notes it himself. */
async function end(
  { read, write }: KeptWork<Comparison>,
  by: string,
  asked: number,
  outcome: Outcome,
  now: Date,
): Promise<void> {
  await decideAndWrite(async () => {
    const before = await read();
    if (before?.lease?.by !== by || before.done >= asked) return { answer: undefined };
    const { lease: _, problem: __, tries: ___, ...rest } = before;
    const at = now.toISOString();
    const ended = { done: asked, comparedAt: at, changedAt: at, revision: before.revision + 1 };
    const next: Comparison = { ...rest, ...outcome, ...ended };
    return { answer: undefined, write: () => write(next) };
  });
}

async function outcomeOf(tools: ComparingTools, day: ComparedDayRef): Promise<Outcome> {
  const sides = await readSides(tools, day);
  if (!sides) {
    const detail = `The day and those around it have more than ${linesPerComparisonMax} lines.`;
    const { code } = problems['report-too-large'];
    return { problem: { code, detail } };
  }
  const found: FoundDifference[] = [];
  const comparing = compareDay({ date: day.businessDate, ...sides });
  let summary: DaySummary | undefined;
  while (!summary) {
    const { done, value } = comparing.next();
    if (done) summary = value;
    else found.push(value);
  }
  await keep(tools.store, day, found);
  return { summary };
}

/** In parts, so that what was written stays where it breaks off. Where somebody was at one of them meanwhile, that part again. */
async function keep(store: SettlementStore, day: ComparedDayRef, found: readonly FoundDifference[]): Promise<void> {
  await decideAndWrite(async () => {
    const { next, gone } = mergeDifferences(day, await store.readDifferences(day), found);
    if (next.length + gone.length === 0) return { answer: undefined };
    return { answer: undefined, write: () => writeInParts(store, next, gone) };
  });
}

async function writeInParts(
  store: SettlementStore,
  next: readonly KeptDifference[],
  gone: readonly KeptDifference[],
): Promise<void> {
  for (let start = 0; start < next.length; start += differencesPerWriteMax) {
    await store.writeDifferences(next.slice(start, start + differencesPerWriteMax));
  }
  for (let start = 0; start < gone.length; start += differencesPerWriteMax) {
    await store.writeDifferences([], gone.slice(start, start + differencesPerWriteMax));
  }
}
