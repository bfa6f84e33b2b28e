import { presentAmount } from '../../../shared/money/present.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { exceptionAfter } from '../matches/exception-after.ts';
import { cashOf } from '../matches/match.ts';
import { changed, type Step } from '../matches/step.ts';
import type { ReceiptHistory } from '../matches/undo-match.ts';
import { problems } from '../problems.ts';
import { type Knowledge, learnt } from './add-source.ts';
import { answered } from './dismiss-receipt.ts';
import { flagged } from './flag-no-receipt.ts';
import type { MergedReceipts } from './merge-receipts.ts';
import type { Merged } from './merged.ts';
import { dismissedOf, type Receipt } from './receipt.ts';
import { isOfHand } from './same-money.ts';

/**
 * Takes a merge back: the receipt that went counts again, its money lies where it lay, and the other one is as it was before. What
 * others told since goes to the one of the two that was not told by hand. From then on neither is matched by itself. `history` is
 * that of the one that stayed. Problems: `receivables/receipt-not-merged`; `receivables/merge-used` where that one was matched, went
 * back or was dismissed since, and stands so.
 */
export function unmergeReceipts(
  { from, into }: MergedReceipts,
  history: ReceiptHistory,
  reason: string,
  step: Step,
): MergedReceipts {
  const { merged, ...counts } = from;
  if (!merged) throw problems['receipt-not-merged'].with({ detail: `The receipt ${from.id} is not merged.` });
  requireUnusedSince(into, merged, history);
  const { date, at } = step;
  const { before, exception } = merged;
  const undone = { into: merged.into, date: merged.date, at: merged.at, undone: { reason, date, at } };
  const waits = exception && { exception: { ...exception, since: at } };
  const told = toldSince(from, into, before);
  const isOfFrom = isOfHand(before);
  return {
    from: again({ ...counts, ...waits, unmerged: [...(from.unmerged ?? []), undone] }, isOfFrom ? told : nothing, step),
    into: again(asBefore(into, before), isOfFrom ? nothing : told, step),
  };
}

/** What was told of the two since they are one, and by whom. */
type Told = Knowledge & Pick<Receipt, 'sources' | 'noReceipt'>;

const nothing: Told = { texts: [], references: {}, payer: {}, sources: [] };

function toldSince(from: Receipt, into: Receipt, before: Merged['before']): Told {
  const known = learnt(before, from);
  const tellers = new Set([...before.sources, ...from.sources].map(({ kind, id }) => `${kind} ${id}`));
  const { virtualAccountKey, fromOwn, noReceipt } = into;
  return {
    texts: into.texts.slice(known.texts.length),
    references: without(into.references, known.references),
    payer: without(into.payer, known.payer),
    ...(known.virtualAccountKey === undefined && defined({ virtualAccountKey })),
    ...(known.fromOwn === undefined && defined({ fromOwn })),
    ...(before.noReceipt === undefined && defined({ noReceipt })),
    sources: into.sources.filter(({ kind, id }) => !tellers.has(`${kind} ${id}`)),
  };
}

function without<Facts extends object>(facts: Facts, known: object): Facts {
  return Object.fromEntries(Object.entries(facts).filter(([name]) => !(name in known))) as Facts;
}

/** The one that stayed as it was, with the matches of before that stand. */
function asBefore(into: Receipt, { matchesMade, refunded: _, customerId: by, ...before }: Merged['before']): Receipt {
  const { virtualAccountKey: _v, fromOwn: _f, cashAccountId: _a, noReceipt, customerId: now, ...rest } = into;
  const { exception: _e, ...kept } = rest;
  const exception = noReceipt && !before.noReceipt ? answered(into) : into.exception;
  return { ...kept, ...before, ...defined({ exception, customerId: matchesMade > 0 ? now : by }) };
}

/** Counting by itself, with what was told of it since. */
function again(receipt: Receipt, { sources, noReceipt, ...told }: Told, step: Step): Receipt {
  const counting = changed<Receipt>(
    receipt,
    { ...learnt(receipt, told), sources: [...receipt.sources, ...sources], suggestions: [], handled: true },
    step,
  );
  if (noReceipt && !receipt.noReceipt) return { ...counting, ...flagged(counting, noReceipt, step.at) };
  const { exception: _, ...rest } = counting;
  const waits = exceptionAfter(counting, undefined, step.at);
  return { ...rest, ...defined({ exception: waits }) };
}

function requireUnusedSince(into: Receipt, { at, before }: Merged, { matches, refunds }: ReceiptHistory): void {
  const standing = matches.slice(before.matchesMade).filter(({ undone }) => !undone);
  const isMoved = into.refunded !== before.refunded || dismissedOf(into) > 0n;
  if (standing.length === 0 && !isMoved) return;
  const show = (minor: bigint) => presentAmount(minor, into.currency);
  const back = into.refunded === before.refunded ? [] : refunds.filter((refund) => refund.at >= at);
  const usedBy = [
    ...standing.map((match) => ({ matchId: match.id, amount: show(cashOf(match) + match.onAccount) })),
    ...back.map(({ id, amount }) => ({ refundId: id, amount: show(amount) })),
    ...(dismissedOf(into) > 0n ? [{ dismissed: show(dismissedOf(into)) }] : []),
  ];
  const detail = `The receipt ${into.id} was used since it took the other one over; \`usedBy\` names by what.`;
  throw problems['merge-used'].with({ detail, receiptId: into.id, usedBy });
}
