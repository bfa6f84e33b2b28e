import { presentAmount } from '../../../shared/money/present.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { changed, type Step } from '../matches/step.ts';
import { problems } from '../problems.ts';
import { learnt } from './add-source.ts';
import { flagged } from './flag-no-receipt.ts';
import type { Merged } from './merged.ts';
import type { Receipt } from './receipt.ts';
import { differences, isOfHand } from './same-money.ts';

/** Times that one receipt is merged into another, at most. */
const mergesMax = 20;

/** Two receipts of the same money: one that goes, and one that stays. */
export interface MergedReceipts {
  readonly from: Receipt;
  readonly into: Receipt;
}

/**
 * Makes a receipt of which nothing is used a part of another one of the same money. It is kept, and counts for nothing; who told of
 * it, and what was told, goes to the other, and so does that a report says it is none; and where somebody undid a match of either,
 * what stays is not matched by itself.
 * The money lies where those say that did not tell of it by hand, unless some of it went back from where somebody said.
 * Problems: `receivables/merge-with-itself`, `receivables/receipt-merged`,
 * `receivables/merge-differs`, `receivables/receipt-used`, `receivables/merged-too-often`.
 */
export function mergeReceipts({ from, into }: MergedReceipts, step: Step): MergedReceipts {
  requireMergeable(from, into);
  const { exception, ...rest } = from;
  const { date, at } = step;
  const known = new Set(into.sources.map(({ kind, id }) => `${kind} ${id}`));
  const sources = [...into.sources, ...from.sources.filter(({ kind, id }) => !known.has(`${kind} ${id}`))];
  const { cashAccountId, ...elsewhere } = into;
  const isMoved = isOfHand(into) && into.refunded === 0n;
  const stays: Receipt = isMoved ? { ...elsewhere, ...defined({ cashAccountId: from.cashAccountId }) } : into;
  const merged = {
    into: into.id,
    date,
    at,
    leaves: defined({ cashAccountId: isMoved ? cashAccountId : from.cashAccountId }),
    ...defined({ exception }),
    before: beforeMerge(into),
  };
  const says = {
    ...(from.handled && { handled: true as const }),
    ...(from.noReceipt && !into.noReceipt && flagged(into, from.noReceipt, at)),
  };
  return {
    from: changed<Receipt>({ ...rest, suggestions: [] }, { merged }, step),
    into: changed<Receipt>(stays, { sources, ...learnt(into, from), ...says }, step),
  };
}

function beforeMerge(into: Receipt): Merged['before'] {
  const { texts, references, payer, sources, matchesMade, refunded } = into;
  const { virtualAccountKey, fromOwn, cashAccountId, noReceipt, customerId } = into;
  const may = defined({ virtualAccountKey, fromOwn, cashAccountId, noReceipt, customerId });
  return { texts, references, payer, sources, matchesMade, refunded, ...may };
}

function requireMergeable(from: Receipt, into: Receipt): void {
  if (from.id === into.id) {
    const detail = `The receipt ${from.id} is named twice.`;
    throw problems['merge-with-itself'].with({ detail, receiptId: from.id }).at({ pointer: '/into', detail });
  }
  requireNotMerged(from);
  requireNotMerged(into, '/into');
  requireSameMoney(from, into);
  requireUnused(from);
  requireFewMerges(from);
}

/** Problem: `receivables/receipt-merged`. */
export function requireNotMerged({ id, merged }: Receipt, pointer?: string): void {
  if (!merged) return;
  const detail = `The receipt ${id} was merged into ${merged.into}.`;
  const problem = problems['receipt-merged'].with({ detail, receiptId: id, mergedInto: merged.into });
  throw pointer === undefined ? problem : problem.at({ pointer, detail });
}

function requireSameMoney(from: Receipt, into: Receipt): void {
  const differs = differences(from, into);
  if (differs.length === 0) return;
  const tell = ({ legalEntity, currency, amount, paidOn, sources }: Receipt) => ({
    ...{ legalEntity, ...presentAmount(amount, currency), paidOn },
    sources: sources.map(({ kind }) => kind),
  });
  const detail = `The receipts ${from.id} and ${into.id} differ in ${differs.join(', ')}.`;
  const facts = { differs, from: tell(from), into: tell(into) };
  throw problems['merge-differs'].with({ detail, ...facts }).at({ pointer: '/into', detail });
}

function requireFewMerges({ id, unmerged = [] }: Receipt): void {
  if (unmerged.length < mergesMax) return;
  const detail = `Merges of the receipt ${id} were taken back ${unmerged.length} times.`;
  throw problems['merged-too-often'].with({ detail, receiptId: id });
}

function requireUnused({ id, allocated, onAccount, refunded, currency }: Receipt): void {
  if (allocated + onAccount + refunded === 0n) return;
  const show = (minor: bigint) => presentAmount(minor, currency);
  const detail = `Of the receipt ${id} ${show(allocated + onAccount + refunded).amount} ${currency} is used.`;
  const facts = { allocated: show(allocated), onAccount: show(onAccount), refunded: show(refunded) };
  throw problems['receipt-used'].with({ detail, receiptId: id, ...facts });
}
