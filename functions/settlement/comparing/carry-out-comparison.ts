import { addDays, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { unpackThereLine } from '../channel-files/pack-channel-line.ts';
import type { JournalLine } from '../journal/line.ts';
import { problems } from '../problems.ts';
import type { SettlementStore } from '../store.ts';
import { compareDay, type DaySummary } from './compare-day.ts';
import { byKey, type HereLine, type ThereLine } from './compared-line.ts';
import { type ComparedDayRef, type Comparison, differencesPerWriteMax, type KeptDifference } from './comparison.ts';
import type { FoundDifference } from './found-difference.ts';
import { hereLines, refundedOrders, withRefundStates } from './here-lines.ts';
import { mergeDifferences } from './merge-differences.ts';

/** Lines that one comparison has in memory, of both sides and of three days. */
export const linesPerComparisonMax = 3_000_000;
/** Blocks of the journal in one read. */
const blocksAtOnce = 50;
const ordersAtOnce = 400;
/** Longer than a function lives. */
const leaseMs = 16 * 60_000;

/**
 * Works off a comparison that was asked for, until nobody has asked for it again meanwhile. Where somebody else is at it, that one
 * takes it along. Killed at any point, it is worked off anew from its beginning, and comes to the same.
 */
export async function carryOutComparison(
  store: SettlementStore,
  day: ComparedDayRef,
  by: string,
  clock: () => Date,
): Promise<void> {
  for (;;) {
    const taken = await takeLease(store, day, by, clock());
    if (!taken) return;
    const outcome = await outcomeOf(store, day);
    await end(store, day, by, taken.asked, outcome, clock());
  }
}

type Outcome = Pick<Comparison, 'summary'> | Pick<Comparison, 'problem'>;

/** Nothing where all is done, or somebody else is at it. */
async function takeLease(store: SettlementStore, day: ComparedDayRef, by: string, now: Date) {
  return decideAndWrite(async () => {
    const before = await store.readComparison(day);
    if (!before || before.done >= before.asked) return { answer: undefined };
    if (before.lease && before.lease.by !== by && before.lease.until > now.toISOString()) return { answer: undefined };
    const lease = { by, until: new Date(now.getTime() + leaseMs).toISOString() };
    const next: Comparison = { ...before, lease, revision: before.revision + 1 };
    return { answer: next, write: () => store.writeComparison(next) };
  });
}

/** Notes how it ended. Somebody who took the lease meanwhile notes it himself. */
async function end(
  store: SettlementStore,
  day: ComparedDayRef,
  by: string,
  asked: number,
  outcome: Outcome,
  now: Date,
): Promise<void> {
  await decideAndWrite(async () => {
    const before = await store.readComparison(day);
    if (before?.lease?.by !== by || before.done >= asked) return { answer: undefined };
    const { lease: _, problem: __, ...rest } = before;
    const at = now.toISOString();
    const ended = { done: asked, comparedAt: at, changedAt: at, revision: before.revision + 1 };
    const next: Comparison = { ...rest, ...outcome, ...ended };
    return { answer: undefined, write: () => store.writeComparison(next) };
  });
}

async function outcomeOf(store: SettlementStore, day: ComparedDayRef): Promise<Outcome> {
  const budget = new LineBudget();
  const here = await readHere(store, day, budget);
  const there = budget.isSpent ? [] : await readThere(store, day, budget);
  if (budget.isSpent) {
    const detail = `The day and those around it have more than ${linesPerComparisonMax} lines.`;
    const { code } = problems['report-too-large'];
    return { problem: { code, detail } };
  }
  const found: FoundDifference[] = [];
  const comparing = compareDay({ date: day.businessDate, here, there });
  let summary: DaySummary | undefined;
  while (!summary) {
    const { done, value } = comparing.next();
    if (done) summary = value;
    else found.push(value);
  }
  await keep(store, day, found);
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

class LineBudget {
  private lines = 0;

  take(count: number): void {
    this.lines += count;
  }

  get isSpent(): boolean {
    return this.lines > linesPerComparisonMax;
  }
}

function daysAround(date: PlainDate): PlainDate[] {
  return [addDays(date, -1), date, addDays(date, 1)];
}

async function readHere(store: SettlementStore, day: ComparedDayRef, budget: LineBudget): Promise<HereLine[]> {
  const { tenant, marketId, channelId, businessDate } = day;
  const all: HereLine[] = [];
  for (const date of daysAround(businessDate)) {
    const lines: JournalLine[] = [];
    let after: string | undefined;
    do {
      const owner = { kind: 'MARKET', id: marketId } as const;
      const from = { blocks: blocksAtOnce, ...(after !== undefined && { after }) };
      const page = await store.readLines(tenant, owner, date, from);
      budget.take(page.lines.length);
      for (const line of page.lines) lines.push(line);
      after = page.next;
    } while (after !== undefined && !budget.isSpent);
    const refunded = [...refundedOrders(lines, channelId)];
    let ofDay = hereLines(lines, channelId, date);
    for (let start = 0; start < refunded.length; start += ordersAtOnce) {
      const orders = await store.readOrdersByNo(tenant, refunded.slice(start, start + ordersAtOnce));
      ofDay = withRefundStates(ofDay, orders);
    }
    for (const line of ofDay) all.push(line);
  }
  return all.sort(byKey);
}

async function readThere(store: SettlementStore, day: ComparedDayRef, budget: LineBudget): Promise<ThereLine[]> {
  const { tenant, marketId, channelId, businessDate } = day;
  const days = { from: addDays(businessDate, -1), to: addDays(businessDate, 1) };
  const all: ThereLine[] = [];
  for (const standing of await store.readStandingFiles(tenant, marketId, channelId, days)) {
    for await (const block of store.readChannelLines(standing)) {
      budget.take(block.length);
      if (budget.isSpent) return all;
      for (const packed of block) all.push(unpackThereLine(packed, standing.businessDate));
    }
  }
  return all.sort(byKey);
}
