import { decideMatches } from '../matching/decide-matches.ts';
import { defaultMatchRules } from '../matching/match-rules.ts';
import type { ReceivablesStore } from '../store.ts';
import { gatherCandidates } from './gather-candidates.ts';
import { readMatchable, writeDecisions } from './write-decisions.ts';

/** Receipts that are decided together. */
const receiptsAtOnce = 200;

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
    if (receipts.length === 0) continue;
    const { items, ...on } = await gatherCandidates(store, tenant, receipts, freshInvoices);
    const of = { store, tenant, rules, freshInvoices, now };
    failures.push(...(await writeDecisions(of, receipts, decideMatches(items, rules), on)));
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Some receipts could not be matched.');
}
