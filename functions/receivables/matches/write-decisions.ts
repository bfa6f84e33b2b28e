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
import { type ToldBefore, toldBefore } from '../receipts/same-money.ts';
import type { ReceivablesStore } from '../store.ts';
import type { DecidedReceipt } from './decided-receipt.ts';
import { type Candidates, gatherCandidates } from './gather-candidates.ts';
import type { Step } from './step.ts';
import { isMatchable, takeDecision } from './take-decision.ts';
import { roundsOf, transactionsOf } from './write-together.ts';

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
 * Writes what was decided on receipts, several in one transaction and a few of these at once: what pays invoices of one customer
 * one after the other, each over what the one before it left of them. Where another was faster, be it on a receipt or on an
 * invoice of it, each of the transaction is written by itself, and what was overtaken is decided anew. Answers what failed; the
 * others stand.
 */
export async function writeDecisions(
  of: Matching,
  receipts: readonly Receipt[],
  decisions: readonly Decision[],
  on: DecidedOn,
): Promise<unknown[]> {
  const byId = new Map(receipts.map((receipt) => [receipt.id, receipt]));
  const told = await toldBefore(of.store, receipts);
  const limit = pLimit(writesAtOnceMax);
  const failures: unknown[] = [];
  const attempt = (work: () => Promise<void>) =>
    limit(async () => {
      try {
        await work();
      } catch (error) {
        failures.push(error);
      }
    });
  for (const round of roundsOf(decisions)) {
    const { ready, overtaken, failed } = takeRound(of, { receipts: byId, told }, round, on);
    failures.push(...failed);
    await Promise.all([
      ...transactionsOf(ready).map((together) => attempt(() => writeTogether(of, together, on))),
      ...overtaken.map((receiptId) => attempt(() => matchAlone(of, receiptId))),
    ]);
  }
  return failures;
}

interface Round {
  readonly receipts: ReadonlyMap<string, Receipt>;
  /** What may be the same money as one of these and comes before it. */
  readonly told: ReadonlyMap<string, ToldBefore>;
}

/** What is to be written for decisions, and of which receipts another has paid an invoice meanwhile. */
function takeRound(of: Matching, { receipts, told }: Round, round: readonly Decision[], { invoices }: DecidedOn) {
  const ready: DecidedReceipt[] = [];
  const overtaken: string[] = [];
  const failed: unknown[] = [];
  for (const decision of round) {
    const receipt = receipts.get(decision.receiptId);
    if (!receipt) continue;
    try {
      const decided = takeDecision(receipt, invoices, decision, stepOf(of, receipt), {
        told: told.get(receipt.id),
        runId: of.runId,
      });
      if (decided) ready.push(decided);
    } catch (error) {
      if (error instanceof Problem) overtaken.push(receipt.id);
      else failed.push(error);
    }
  }
  return { ready, overtaken, failed };
}

/** All in one transaction; where that is refused, each by itself, so that one does not stand in the way of the others. */
async function writeTogether(of: Matching, together: readonly DecidedReceipt[], on: DecidedOn): Promise<void> {
  if (together.length > 1 && (await isWritten(of, together, on).catch(() => false))) return;
  const failures: unknown[] = [];
  for (const one of together) {
    try {
      if (!(await isWritten(of, [one], on))) await matchAlone(of, one.receipt.next.id);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Some receipts could not be written.');
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

/** False where another was faster, on a receipt or on an invoice; then what stands is to be read. */
async function isWritten(
  { store }: Matching,
  decided: readonly DecidedReceipt[],
  { invoices }: DecidedOn,
): Promise<boolean> {
  try {
    await store.writeAllDecided(decided);
  } catch (error) {
    if (classifyWriteFailure(error) !== 'FATAL') return false;
    throw error;
  }
  for (const { next } of decided.flatMap((one) => one.invoices)) invoices.set(next.id, next);
  return true;
}

async function matchAlone(of: Matching, receiptId: string): Promise<void> {
  const { store, tenant, rules, freshInvoices, runId } = of;
  await decideAndWrite(async () => {
    const [receipt] = await readMatchable(store, tenant, [receiptId]);
    if (!receipt) return { answer: undefined };
    const { items, invoices } = await gatherCandidates(store, tenant, [receipt], freshInvoices);
    const [decision] = decideMatches(items, rules);
    const told = (await toldBefore(store, [receipt])).get(receiptId);
    const decided = decision && takeDecision(receipt, invoices, decision, stepOf(of, receipt), { told, runId });
    return { answer: undefined, ...(decided && { write: () => store.writeDecided(decided) }) };
  });
}

function stepOf({ now, runId }: Matching, { id }: Receipt): Step {
  return { at: now.toISOString(), date: businessDateOf(now), cause: { ...matching, requestId: runId ?? id } };
}
