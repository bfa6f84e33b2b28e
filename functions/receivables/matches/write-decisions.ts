import pLimit from 'p-limit';
import { businessDateOf } from '../../../shared/calendar/plain-date.ts';
import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { classifyWriteFailure } from '../../../shared/dynamo/failure.ts';
import type { Cause } from '../../../shared/http/cause.ts';
import { Problem } from '../../../shared/problems/problem.ts';
import { decideMatches } from '../matching/decide-matches.ts';
import type { Decision } from '../matching/decision.ts';
import type { MatchRules } from '../matching/match-rules.ts';
import type { Receipt } from '../receipts/receipt.ts';
import type { ReceivablesStore } from '../store.ts';
import { type Candidates, gatherCandidates } from './gather-candidates.ts';
import type { Step } from './step.ts';
import { isMatchable, takeDecision } from './take-decision.ts';

const writesAtOnceMax = 12;

/** Who matches, where nobody asked for it. */
export const matching: Omit<Cause, 'requestId'> = { client: 'matching', role: 'system' };

/** Receipts of a tenant are matched: by which rules, and in which run, where it is one. */
export interface Matching {
  readonly store: ReceivablesStore;
  readonly tenant: string;
  readonly rules: MatchRules;
  /** Invoices that the indexes may not show yet. */
  readonly freshInvoices?: readonly string[] | undefined;
  readonly runId?: string | undefined;
  readonly now: Date;
}

/** What decisions are taken on: invoices as they were read. */
export type DecidedOn = Pick<Candidates, 'invoices'>;

/**
 * Writes what was decided on receipts, a few at once: what pays invoices of one customer one after the other, each over what the
 * one before it left of them. Where another was faster, be it on the receipt or on an invoice of it, the receipt is decided
 * anew by itself. Answers what failed; the others stand.
 */
export async function writeDecisions(
  of: Matching,
  receipts: readonly Receipt[],
  decisions: readonly Decision[],
  on: DecidedOn,
): Promise<unknown[]> {
  const byId = new Map(receipts.map((receipt) => [receipt.id, receipt]));
  const lanes = Map.groupBy(decisions, laneOf);
  const limit = pLimit(writesAtOnceMax);
  const failures: unknown[] = [];
  const write = async (decision: Decision) => {
    const receipt = byId.get(decision.receiptId);
    if (!receipt) return;
    try {
      if (!(await isWritten(of, receipt, decision, on))) await matchAlone(of, receipt.id);
    } catch (error) {
      failures.push(error);
    }
  };
  await Promise.all(
    [...lanes.values()].map((lane) =>
      limit(async () => {
        for (const decision of lane) await write(decision);
      }),
    ),
  );
  return failures;
}

/** Those of these receipts that may be matched: with money, of which nothing is used. */
export async function readMatchable(
  store: Pick<ReceivablesStore, 'readReceipts'>,
  tenant: string,
  ids: readonly string[],
): Promise<Receipt[]> {
  const receipts = await store.readReceipts(tenant, ids);
  return [...receipts.values()].filter(isMatchable);
}

function laneOf({ receiptId, explanation }: Decision): string {
  return explanation?.customerId ?? receiptId;
}

/** False where another was faster, on what was read or on what is written; then what stands is to be read. */
async function isWritten(of: Matching, receipt: Receipt, decision: Decision, on: DecidedOn): Promise<boolean> {
  const { invoices } = on;
  const { store, runId } = of;
  try {
    const decided = takeDecision(receipt, invoices, decision, stepOf(of, receipt), runId);
    if (!decided) return true;
    await store.writeDecided(decided);
    for (const { next } of decided.invoices) invoices.set(next.id, next);
    return true;
  } catch (error) {
    // An invoice that another has paid meanwhile has not got what it was decided to pay.
    if (error instanceof Problem || classifyWriteFailure(error) !== 'FATAL') return false;
    throw error;
  }
}

async function matchAlone(of: Matching, receiptId: string): Promise<void> {
  const { store, tenant, rules, freshInvoices, runId } = of;
  await decideAndWrite(async () => {
    const [receipt] = await readMatchable(store, tenant, [receiptId]);
    if (!receipt) return { answer: undefined };
    const { items, invoices } = await gatherCandidates(store, tenant, [receipt], freshInvoices);
    const [decision] = decideMatches(items, rules);
    const decided = decision && takeDecision(receipt, invoices, decision, stepOf(of, receipt), runId);
    return { answer: undefined, ...(decided && { write: () => store.writeDecided(decided) }) };
  });
}

function stepOf({ now, runId }: Matching, { id }: Receipt): Step {
  return { at: now.toISOString(), date: businessDateOf(now), cause: { ...matching, requestId: runId ?? id } };
}
