import { positive } from '../../../shared/money/compare.ts';
import { presentAmount } from '../../../shared/money/present.ts';
import { sum } from '../../../shared/money/sum.ts';
import { defined } from '../../../shared/objects/defined.ts';
import type { Invoice } from '../invoices/invoice.ts';
import type { Explanation } from '../matching/decision.ts';
import { problems } from '../problems.ts';
import { type Receipt, type Refund, unappliedOf } from '../receipts/receipt.ts';
import type { Applied } from './apply-explanation.ts';
import { raised, reasonToLook } from './exception-after.ts';
import { cashOf, clearedBy, type Match } from './match.ts';
import { changed, type Step } from './step.ts';

/** What happened with a receipt besides the match that is to be undone. */
export interface ReceiptHistory {
  readonly matches: readonly Match[];
  readonly refunds: readonly Refund[];
}

/**
 * Takes a match back, all of it: receipt and invoices have what they had before it, and what it was is kept. The money is
 * for somebody to look at; how it was explained stays as a suggestion.
 *
 * Problems: `receivables/match-undone`; `receivables/on-account-used` where what it put on account went further, naming the
 * matches and refunds that used it.
 */
export function undoMatch(
  receipt: Receipt,
  invoices: ReadonlyMap<string, Invoice>,
  match: Match,
  history: ReceiptHistory,
  reason: string,
  step: Step,
): Applied {
  if (match.undone) {
    throw problems['match-undone'].with({ detail: `The match ${match.id} was undone at ${match.undone.at}.` });
  }
  requireKept(receipt, match, history);
  const undone = { at: step.at, reason, cause: step.cause };
  return {
    receipt: receiptBefore(receipt, match, history, step),
    invoices: match.allocations.map((allocation) => {
      const invoice = invoices.get(allocation.invoiceId);
      if (!invoice)
        throw new Error(`The match ${match.id} pays the invoice ${allocation.invoiceId}, which is not there.`);
      return changed(invoice, { cleared: invoice.cleared - clearedBy(allocation) }, step);
    }),
    match: { ...match, undone, revision: match.revision + 1 },
  };
}

/**
 * What is missing of what a match put on account, in minor units; nothing, mostly. Only its customer's counts, for what others
 * have is theirs.
 */
export function missingOf(match: Match, { matches, refunds }: ReceiptHistory): bigint {
  const { customerId } = match;
  const standing = matches.filter((one) => !one.undone && one.customerId === customerId);
  const put = sum(standing.map(({ onAccount, fromOnAccount }) => onAccount - fromOnAccount));
  const back = sum(refunds.filter((one) => one.customerId === customerId).map(({ fromOnAccount }) => fromOnAccount));
  return positive(match.onAccount - match.fromOnAccount - put + back);
}

function requireKept({ onAccount, currency }: Receipt, match: Match, history: ReceiptHistory): void {
  if (missingOf(match, history) === 0n) return;
  const { customerId } = match;
  const show = (minor: bigint) => presentAmount(minor, currency);
  const usedBy = [
    ...history.matches
      .filter((one) => !one.undone && one.fromOnAccount > 0n && one.customerId === customerId)
      .map(({ id, fromOnAccount }) => ({ matchId: id, amount: show(fromOnAccount) })),
    ...history.refunds
      .filter((one) => one.fromOnAccount > 0n && one.customerId === customerId)
      .map(({ id, fromOnAccount }) => ({ refundId: id, amount: show(fromOnAccount) })),
  ];
  const users = usedBy.map((one) => ('matchId' in one ? one.matchId : one.refundId)).join(', ');
  const detail = `The match ${match.id} put ${show(match.onAccount).amount} ${currency} on account, of which ${users} used some.`;
  const facts = { available: show(onAccount), required: show(match.onAccount), usedBy };
  throw problems['on-account-used'].with({ detail, ...facts });
}

function receiptBefore(receipt: Receipt, match: Match, history: ReceiptHistory, step: Step): Receipt {
  const {
    exception: before,
    settled,
    customerId: _,
    ...rest
  } = changed(
    receipt,
    {
      allocated: receipt.allocated - cashOf(match),
      onAccount: receipt.onAccount + match.fromOnAccount - match.onAccount,
      suggestions: [...asSuggestion(match), ...match.alternatives],
      handled: true,
    },
    step,
  );
  const customerId = rest.onAccount > 0n ? receipt.customerId : customerBefore(match, history);
  // What pays nothing any more paid nothing too little.
  const kept = rest.allocated > 0n ? settled : undefined;
  const next = { ...rest, ...defined({ customerId, settled: kept }) };
  const reason = match.found.reason ?? (unappliedOf(next) > 0n ? reasonToLook(next) : undefined);
  const exception = reason && raised(before, reason, step.at);
  return { ...next, ...defined({ exception }) };
}

/** Of the last other match that stands; where none does, whom the first one found it with. */
function customerBefore({ id }: Match, { matches }: ReceiptHistory): string | undefined {
  const last = matches.findLast((one) => !one.undone && one.id !== id);
  return last ? last.customerId : matches[0]?.found.customerId;
}

function asSuggestion({ rule, score, customerId, allocations, onAccount, evidence }: Match): Explanation[] {
  if (rule === 'BY_HAND' || rule === 'NETTING') return [];
  return [{ rule, score, customerId, allocations, onAccount, evidence }];
}
