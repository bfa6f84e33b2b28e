import { addDays, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import { unpackThereLine } from '../channel-files/pack-channel-line.ts';
import type { RefundState } from '../orders/order.ts';
import type { ComparingStore } from '../store.ts';
import type { MarketBlock } from '../store-booked.ts';
import { byKey, type HereLine, type ThereLine } from './compared-line.ts';
import type { ComparedDayRef } from './comparison.ts';
import { hereLines, refundedOrders, refundStates } from './here-lines.ts';
import { type ComparingTools, type LedgerSide, ledgerSide } from './ledger-side.ts';

/** Lines that one comparison has in memory, of both sides and of three days. */
export const linesPerComparisonMax = 3_000_000;
/** Blocks of the journal in one read. */
const blocksAtOnce = 50;
const ordersAtOnce = 400;
/** Readings of a day of which the ledger has something else; then it is compared as it stands. */
const readingsMax = 3;

export interface Sides {
  readonly here: readonly HereLine[];
  readonly there: readonly ThereLine[];
  readonly ledger: LedgerSide;
}

/**
 * What a market's journal, the channel's files and the ledger have of a day; nothing where it is too much. What was written a moment
 * ago may not be posted yet: then both are read again.
 */
export async function readSides(tools: ComparingTools, day: ComparedDayRef): Promise<Sides | undefined> {
  const { store } = tools;
  const ofFiles = new LineBudget(0);
  const there = await readThere(store, day, ofFiles);
  for (let readings = 1; ; readings++) {
    const budget = new LineBudget(ofFiles.lines);
    const { here, blocks } = await readHere(store, day, budget);
    if (budget.isSpent) return undefined;
    const ledger = await ledgerSide(tools, day, blocks);
    if (ledger.wrong.length === 0 || readings === readingsMax) return { here, there, ledger };
  }
}

class LineBudget {
  lines: number;

  constructor(lines: number) {
    this.lines = lines;
  }

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

/** Sorted by key; `blocks` are those of the day itself. */
async function readHere(store: ComparingStore, day: ComparedDayRef, budget: LineBudget) {
  const { tenant, channelId, businessDate } = day;
  const all: HereLine[] = [];
  let ofDay: readonly MarketBlock[] = [];
  for (const date of daysAround(businessDate)) {
    const blocks = await readBlocks(store, day, date, budget);
    if (date === businessDate) ofDay = blocks;
    const lines = blocks.flatMap((block) => block.lines);
    const refunded = [...refundedOrders(lines, channelId)];
    const states = new Map<string, RefundState>();
    for (let start = 0; start < refunded.length; start += ordersAtOnce) {
      const orders = await store.readOrdersByNo(tenant, refunded.slice(start, start + ordersAtOnce));
      for (const [refund, state] of refundStates(orders)) states.set(refund, state);
    }
    for (const line of hereLines(lines, channelId, date, states)) all.push(line);
  }
  return { here: all.sort(byKey), blocks: ofDay };
}

async function readBlocks(
  store: ComparingStore,
  { tenant, marketId }: ComparedDayRef,
  date: PlainDate,
  budget: LineBudget,
): Promise<MarketBlock[]> {
  const blocks: MarketBlock[] = [];
  let after: string | undefined;
  do {
    const from = { count: blocksAtOnce, ...(after !== undefined && { after }) };
    const page = await store.readMarketBlocks(tenant, marketId, date, from);
    for (const block of page.blocks) {
      budget.take(block.lines.length);
      blocks.push(block);
    }
    after = page.next;
  } while (after !== undefined && !budget.isSpent);
  return blocks;
}

async function readThere(store: ComparingStore, day: ComparedDayRef, budget: LineBudget): Promise<ThereLine[]> {
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
