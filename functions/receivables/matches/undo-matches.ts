import type { Invoice } from '../invoices/invoice.ts';
import { problems } from '../problems.ts';
import type { Receipt } from '../receipts/receipt.ts';
import type { ReceivablesStore } from '../store.ts';
import { type DecidedReceipt, decidedOf } from './decided-receipt.ts';
import type { Match } from './match.ts';
import type { Step } from './step.ts';
import { type ReceiptHistory, undoMatch } from './undo-match.ts';

type Reads = Pick<ReceivablesStore, 'readInvoices'>;

/** A match undone, ready to be written. Problems: those of undoMatch. */
export async function undoOne(
  store: Reads,
  receipt: Receipt,
  match: Match,
  history: ReceiptHistory,
  reason: string,
  step: Step,
): Promise<DecidedReceipt> {
  const invoices = await invoicesOf(store, receipt, [match]);
  const undone = undoMatch(receipt, invoices, match, history, reason, step);
  return decidedOf(undone, { receipt, invoices, match });
}

/**
 * Matches undone one after the other, the last made first, each on what the one before it leaves; ready to be written in this
 * order. All are decided before the first is written: where one may not be undone, none is. Problems: those of undoMatch.
 */
export async function undoSeveral(
  store: Reads,
  receipt: Receipt,
  matches: readonly Match[],
  history: ReceiptHistory,
  reason: string,
  step: Step,
): Promise<DecidedReceipt[]> {
  let known = await invoicesOf(store, receipt, matches);
  let { matches: all } = history;
  let before = receipt;
  const decided: DecidedReceipt[] = [];
  for (const match of matches.toReversed()) {
    const undone = undoMatch(before, known, match, { ...history, matches: all }, reason, step);
    decided.push(decidedOf(undone, { receipt: before, invoices: known, match }));
    before = undone.receipt;
    known = new Map([...known, ...undone.invoices.map((invoice) => [invoice.id, invoice] as const)]);
    all = all.map((one) => (one.id === match.id ? undone.match : one));
  }
  return decided;
}

async function invoicesOf(
  store: Reads,
  { tenant }: Receipt,
  matches: readonly Match[],
): Promise<ReadonlyMap<string, Invoice>> {
  return await store.readInvoices(
    tenant,
    matches.flatMap(({ allocations }) => allocations.map(({ invoiceId }) => invoiceId)),
  );
}

/**
 * The matches of a receipt that stand; or the one that is named. Problems: `receivables/match-not-found`;
 * `receivables/nothing-matched` where none stands.
 */
export function matchesToUndo({ matches }: ReceiptHistory, matchId: string | undefined): Match[] {
  if (matchId === undefined) {
    const standing = matches.filter(({ undone }) => !undone);
    if (standing.length > 0) return standing;
    throw problems['nothing-matched'].with({ detail: 'No match of the receipt stands. Nothing was changed.' });
  }
  const match = matches.find(({ id }) => id === matchId);
  if (match) return [match];
  const detail = `The receipt has no match ${matchId}.`;
  throw problems['match-not-found'].with({ detail, matchId }).at({ pointer: '/matchId', detail });
}
