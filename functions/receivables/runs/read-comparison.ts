import { defined } from '../../../shared/objects/defined.ts';
import { problems } from '../problems.ts';
import type { ReceivablesStore } from '../store.ts';
import { type Booked, bookedByDecision, bookedByMatches, type Compared, compare } from './compare.ts';
import type { Run, RunDecision } from './run.ts';

/** Steps of a page, each over a block of the run at most: some 2,000 receipts. */
const stepsPerPageMax = 10;

type Store = Pick<ReceivablesStore, 'readRunBlock' | 'readReceipts' | 'readMatches'>;

interface Page {
  readonly after?: string | undefined;
  /** Differences, at most. */
  readonly count: number;
}

/** Where a page begins: in which block of the run, behind how many of its decisions; and at which block of the other run. */
interface Place {
  readonly block: number;
  readonly passed: number;
  readonly besideBlock: number;
}

/**
 * A page of a dry run beside what is booked now, or beside another dry run; by receipt. It ends behind its last difference, or
 * after so many steps, and may have none. Problem: `receivables/run-not-comparable` of a run that books, or has not ended.
 */
export async function readComparison(
  store: Store,
  run: Run,
  beside: Run | undefined,
  { after, count }: Page,
): Promise<{ readonly compared: readonly Compared[]; readonly next?: string }> {
  for (const one of beside ? [run, beside] : [run]) requireComparable(one);
  let place = placeOf(after);
  let room = count;
  const compared: Compared[] = [];
  for (let steps = 0; steps < stepsPerPageMax && room > 0 && place.block < run.blocks; steps++) {
    const step = await compareAt(store, run, beside, place);
    const shown = upToDifferences(step.compared, room);
    compared.push(...shown);
    room -= shown.filter(isDifference).length;
    place = shown.length < step.compared.length ? { ...place, passed: place.passed + shown.length } : step.next;
  }
  return { compared, ...(place.block < run.blocks && { next: textOf(place) }) };
}

export function isDifference({ as }: Compared): boolean {
  return as !== 'SAME';
}

/** Both runs are in the order of the receipts' ids: a block of the other tells of all up to its last one. */
async function compareAt(store: Store, run: Run, beside: Run | undefined, place: Place) {
  const { block, passed, besideBlock } = place;
  const decisions = (await store.readRunBlock(run, block)).slice(passed);
  const other = beside
    ? await bookedBeside(store, beside, besideBlock)
    : { booked: await bookedNow(store, run, decisions) };
  const told = decisions.filter(({ decision }) => other.upTo === undefined || decision.receiptId <= other.upTo);
  const next: Place =
    told.length === decisions.length
      ? { block: block + 1, passed: 0, besideBlock }
      : { block, passed: passed + told.length, besideBlock: besideBlock + 1 };
  return { compared: told.map((one) => compare(one, other.booked.get(one.decision.receiptId))), next };
}

function upToDifferences(all: readonly Compared[], count: number): readonly Compared[] {
  const last = all.filter(isDifference)[count - 1];
  return last ? all.slice(0, all.indexOf(last) + 1) : all;
}

function placeOf(text = '0 0 0'): Place {
  const [block = 0, passed = 0, besideBlock = 0] = text.split(' ').map(Number);
  return { block, passed, besideBlock };
}

function textOf({ block, passed, besideBlock }: Place): string {
  return `${block} ${passed} ${besideBlock}`;
}

function requireComparable({ id, dryRun, state }: Run): void {
  if (dryRun && state === 'ENDED') return;
  const detail = dryRun
    ? `The run ${id} is ${state}.`
    : `The run ${id} books its decisions: it has nothing to be compared with.`;
  throw problems['run-not-comparable'].with({ detail, runId: id, state });
}

async function bookedBeside(
  store: Store,
  run: Run,
  block: number,
): Promise<{ readonly booked: Map<string, Booked>; readonly upTo?: string }> {
  if (block >= run.blocks) return { booked: new Map() };
  const decisions = await store.readRunBlock(run, block);
  const booked = decisions.flatMap(({ decision }) => {
    const by = bookedByDecision(decision);
    return by ? [[decision.receiptId, by] as const] : [];
  });
  const last = decisions.at(-1)?.decision.receiptId;
  return { booked: new Map(booked), ...defined({ upTo: last }) };
}

async function bookedNow(
  store: Store,
  { tenant }: Run,
  decisions: readonly RunDecision[],
): Promise<Map<string, Booked>> {
  const receipts = await store.readReceipts(
    tenant,
    decisions.map(({ decision }) => decision.receiptId),
  );
  const matches = await store.readMatches([...receipts.values()]);
  return new Map(
    [...matches].flatMap(([id, made]) => {
      const booked = bookedByMatches(made);
      return booked ? [[id, booked] as const] : [];
    }),
  );
}
