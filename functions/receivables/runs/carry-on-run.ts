import { ended, gotOn, replaceRun } from '../../../shared/runs/replace-run.ts';
import { type Doubts, doubtOf } from '../matches/take-decision.ts';
import { readMatchable, writeDecisions } from '../matches/write-decisions.ts';
import { decideMatches } from '../matching/decide-matches.ts';
import type { Decision } from '../matching/decision.ts';
import type { ReceivablesStore } from '../store.ts';
import { failed, ReceiptsNotMatchedError } from './attempts.ts';
import { addFigures, figuresOfDecisions } from './figures.ts';
import { figuresOfStanding } from './figures-of-standing.ts';
import { gatherRun } from './gather-run.ts';
import { isUnderWay, type Run, type RunDecision } from './run.ts';
import { RunTooLargeError } from './run-items-max.ts';

/** Explanations that are kept with a decision, at most. */
const alternativesMax = 5;
const noDoubts: Doubts = { before: [] };

/** Which run, and how many steps of it are done before it is handed on: deciding is one, and each block. */
export interface CarryOn {
  readonly tenant: string;
  readonly runId: string;
  readonly stepsMax: number;
}

/**
 * Carries a run on from where it stands: decides it once, then books block after block; after its steps it is handed on. Each
 * block is booked again after a kill, and comes to the same: a receipt that is used is left, and what the run made of it is read
 * from its matches. Nothing, where another carries it on at the same time, or it waits for its next attempt.
 */
export async function carryOnRun(
  store: ReceivablesStore,
  { tenant, runId, stepsMax }: CarryOn,
  now: Date,
): Promise<void> {
  let run = await store.readRun(tenant, runId);
  if (run?.retryAt !== undefined && Date.parse(run.retryAt) > now.getTime()) return;
  for (let steps = 0; run && isUnderWay(run) && steps < stepsMax; steps++) {
    run = run.state === 'DECIDING' ? await decide(store, run, now) : await book(store, run, now);
  }
  if (run && isUnderWay(run)) await replaceRun(store, run, { turn: run.turn + 1 }, now);
}

async function decide(store: ReceivablesStore, found: Run, now: Date): Promise<Run | undefined> {
  const run = await replaceRun(store, found, { attempt: found.attempt + 1 }, now);
  if (!run) return undefined;
  try {
    const { items, doubts } = await gatherRun(store, run);
    const byId = new Map(items.receipts.map((receipt) => [receipt.id, receipt]));
    const decisions = decideMatches(items, run.rules).flatMap((decision): RunDecision[] => {
      const receipt = byId.get(decision.receiptId);
      if (!receipt) return [];
      const { legalEntity, currency, amount } = receipt;
      return [{ legalEntity, currency, amount, decision: kept(decision, doubts.get(decision.receiptId)) }];
    });
    const blocks = await store.writeRunBlocks(run, decisions);
    const read = { receipts: items.receipts.length, invoices: items.invoices.length };
    const decided = figuresOfDecisions(decisions);
    const isDone = run.dryRun || blocks === 0;
    const next = isDone ? ended(now) : { state: 'APPLYING' as const };
    return await replaceRun(store, gotOn(run), { ...read, decided, blocks, ...next }, now);
  } catch (error) {
    if (!(error instanceof RunTooLargeError)) throw error;
    return await replaceRun(store, run, failed(error.message, now), now);
  }
}

/** What there is a doubt of is not booked by itself. */
function kept(decision: Decision, doubts: Doubts = noDoubts): Decision {
  const { receiptId, explanation, customerId } = decision;
  const alternatives = decision.alternatives.slice(0, alternativesMax);
  const doubt = doubtOf(decision, doubts);
  if (decision.outcome !== 'MATCHED' || !explanation) {
    return { ...decision, alternatives, ...(doubt === 'DUPLICATE' && { exception: doubt }) };
  }
  if (!doubt) return { ...decision, alternatives };
  const suggested = [explanation, ...alternatives].slice(0, alternativesMax);
  return {
    ...{ receiptId, outcome: 'SUGGESTED', alternatives: suggested, exception: doubt },
    ...(customerId !== undefined && { customerId }),
  };
}

async function book(store: ReceivablesStore, run: Run, now: Date): Promise<Run | undefined> {
  const { tenant, id: runId, rules } = run;
  const decisions = (await store.readRunBlock(run, run.blocksDone)).map(({ decision }) => decision);
  const receiptIds = decisions.map(({ receiptId }) => receiptId);
  const receipts = await readMatchable(store, tenant, receiptIds);
  const invoices = await readInvoicesOf(store, tenant, decisions);
  const on = { invoices };
  const failures = await writeDecisions({ store, tenant, rules, runId, now }, receipts, decisions, on);
  if (failures.length > 0) throw new ReceiptsNotMatchedError(failures);
  const figures = await figuresOfStanding(store, run, receiptIds);
  const blocksDone = run.blocksDone + 1;
  const result = addFigures(run.result, figures);
  const isDone = blocksDone === run.blocks;
  return await replaceRun(store, gotOn(run), { blocksDone, result, ...(isDone && ended(now)) }, now);
}

/** As they stand; what came into dispute since is left out, so that its receipt is decided anew. */
async function readInvoicesOf(store: ReceivablesStore, tenant: string, decisions: readonly Decision[]) {
  const ids = decisions.flatMap(({ explanation }) => explanation?.allocations.map(({ invoiceId }) => invoiceId) ?? []);
  const found = await store.readInvoices(tenant, ids);
  return new Map([...found].filter(([, { dispute }]) => dispute === undefined));
}
