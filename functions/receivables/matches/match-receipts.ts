import pLimit from 'p-limit';
import { businessDateOf } from '../../../shared/calendar/plain-date.ts';
import { classifyWriteFailure } from '../../../shared/dynamo/failure.ts';
import type { Cause } from '../../../shared/http/cause.ts';
import { Problem } from '../../../shared/problems/problem.ts';
import { decideAndWrite } from '../decide-and-write.ts';
import { decideMatches } from '../matching/decide-matches.ts';
import type { Decision } from '../matching/decision.ts';
import { defaultMatchRules, type MatchRules } from '../matching/match-rules.ts';
import { type Receipt, unappliedOf } from '../receipts/receipt.ts';
import type { ReceivablesStore } from '../store.ts';
import { type Candidates, gatherCandidates } from './gather-candidates.ts';
import type { Step } from './step.ts';
import { isUntouched, takeDecision } from './take-decision.ts';

const writesAtOnceMax = 12;
/** Receipts that are decided together. */
const receiptsAtOnce = 200;

/** Who matches, where nobody asked for it. */
const matching: Omit<Cause, 'requestId'> = { client: 'matching', role: 'system' };

/** A tenant's receipts by id, and invoices that the indexes may not show yet. */
export interface ToMatch {
  readonly tenant: string;
  readonly receiptIds: readonly string[];
  readonly freshInvoices?: readonly string[];
}

/**
 * Matches receipts of which nothing is used against all that may explain them; what is not matched says why and how it may be.
 * Asked again, it changes nothing that is said already. Where another is faster, be it on the receipt or on an invoice of it,
 * the receipt is decided anew by itself.
 *
 * Throws where a receipt could not be decided for all the contention; the others stand.
 */
export async function matchReceipts(store: ReceivablesStore, toMatch: ToMatch, now: Date): Promise<void> {
  const { tenant, receiptIds, freshInvoices } = toMatch;
  const rules = (await store.readRules(tenant))?.rules ?? defaultMatchRules;
  const failures: unknown[] = [];
  for (let start = 0; start < receiptIds.length; start += receiptsAtOnce) {
    const receipts = await readMatchable(store, tenant, receiptIds.slice(start, start + receiptsAtOnce));
    if (receipts.length > 0)
      failures.push(...(await matchTogether({ store, tenant, rules, freshInvoices, now }, receipts)));
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Some receipts could not be matched.');
}

async function readMatchable(store: ReceivablesStore, tenant: string, ids: readonly string[]): Promise<Receipt[]> {
  const receipts = await store.readReceipts(tenant, ids);
  return [...receipts.values()].filter((receipt) => isUntouched(receipt) && unappliedOf(receipt) > 0n);
}

interface Matching {
  readonly store: ReceivablesStore;
  readonly tenant: string;
  readonly rules: MatchRules;
  readonly freshInvoices: readonly string[] | undefined;
  readonly now: Date;
}

/** What pays invoices of one customer is written one after the other, each over what the one before it left of them. */
async function matchTogether(of: Matching, receipts: readonly Receipt[]): Promise<unknown[]> {
  const { store, tenant, rules, freshInvoices } = of;
  const { items, invoices, cut } = await gatherCandidates(store, tenant, receipts, freshInvoices);
  const byId = new Map(receipts.map((receipt) => [receipt.id, receipt]));
  const lanes = Map.groupBy(decideMatches(items, rules), laneOf);
  const limit = pLimit(writesAtOnceMax);
  const failures: unknown[] = [];
  const write = async (decision: Decision) => {
    const receipt = byId.get(decision.receiptId);
    if (!receipt) return;
    try {
      if (!(await isWritten(of, receipt, decision, { invoices, cut }))) await matchAlone(of, receipt.id);
    } catch (error) {
      failures.push(error);
    }
  };
  await Promise.all(
    [...lanes.values()].map((decisions) =>
      limit(async () => {
        for (const decision of decisions) await write(decision);
      }),
    ),
  );
  return failures;
}

function laneOf({ receiptId, explanation }: Decision): string {
  return explanation?.customerId ?? receiptId;
}

/** False where another was faster, on what was read or on what is written; then what stands is to be read. */
async function isWritten(
  { store, now }: Matching,
  receipt: Receipt,
  decision: Decision,
  { invoices, cut }: Pick<Candidates, 'invoices' | 'cut'>,
): Promise<boolean> {
  try {
    const decided = takeDecision(receipt, invoices, decision, stepOf(receipt, now), { cut });
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

async function matchAlone({ store, tenant, rules, freshInvoices, now }: Matching, receiptId: string): Promise<void> {
  await decideAndWrite(async () => {
    const [receipt] = await readMatchable(store, tenant, [receiptId]);
    if (!receipt) return { answer: undefined };
    const { items, invoices, cut } = await gatherCandidates(store, tenant, [receipt], freshInvoices);
    const [decision] = decideMatches(items, rules);
    const decided = decision && takeDecision(receipt, invoices, decision, stepOf(receipt, now), { cut });
    return { answer: undefined, ...(decided && { write: () => store.writeDecided(decided) }) };
  });
}

function stepOf({ id }: Receipt, now: Date): Step {
  return { at: now.toISOString(), date: businessDateOf(now), cause: { ...matching, requestId: id } };
}
