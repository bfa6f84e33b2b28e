import { problems } from '../problems.ts';
import type { ReceivablesStore } from '../store.ts';
import { type Booked, bookedByDecision, bookedByMatches, type Compared, compare } from './compare.ts';
import type { Run, RunDecision } from './run.ts';

/**
 * A dry run beside what is booked now, or beside another dry run; by receipt. Problem: `receivables/run-not-comparable` of
 * a run that books, or has not ended.
 */
export async function readComparison(
  store: ReceivablesStore,
  run: Run,
  beside: Run | undefined,
): Promise<readonly Compared[]> {
  for (const one of beside ? [run, beside] : [run]) requireComparable(one);
  const others = beside && (await bookedByRun(store, beside));
  const compared: Compared[] = [];
  for (let block = 0; block < run.blocks; block++) {
    const decisions = await store.readRunBlock(run, block);
    const booked = others ?? (await bookedNow(store, run, decisions));
    compared.push(...decisions.map((decision) => compare(decision, booked.get(decision.decision.receiptId))));
  }
  return compared;
}

function requireComparable({ id, dryRun, state }: Run): void {
  if (dryRun && state === 'ENDED') return;
  const detail = dryRun
    ? `The run ${id} is ${state}.`
    : `The run ${id} books its decisions: it has nothing to be compared with.`;
  throw problems['run-not-comparable'].with({ detail, runId: id, state });
}

async function bookedByRun(store: ReceivablesStore, run: Run): Promise<Map<string, Booked>> {
  const booked = new Map<string, Booked>();
  for (let block = 0; block < run.blocks; block++) {
    for (const { decision } of await store.readRunBlock(run, block)) {
      const by = bookedByDecision(decision);
      if (by) booked.set(decision.receiptId, by);
    }
  }
  return booked;
}

async function bookedNow(
  store: ReceivablesStore,
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
