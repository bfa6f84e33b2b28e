import type * as z from 'zod';
import { presentAmount } from '../../../shared/money/present.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { isWaiting, type RefusedBooking } from '../booking/refused-booking.ts';
import { presentExplanations, presentMatch } from '../matches/present-match.ts';
import type { ReceiptHistory } from '../matches/undo-match.ts';
import type { OwnCredit } from './own-credit.ts';
import type { ownCreditOut } from './own-credit-shapes.ts';
import {
  type Dismissal,
  dismissedOf,
  type Receipt,
  type Refund,
  receiptState,
  refundKind,
  unappliedOf,
} from './receipt.ts';
import type { receiptOut, wholeReceiptOut } from './receipt-shapes.ts';

/** A receipt as the API shows it; numbers are masked. */
export function presentReceipt(receipt: Receipt): z.input<typeof receiptOut> {
  const { id, number, legalEntity, currency, paidOn, payer, texts, references, cashAccountId, customerId } = receipt;
  const { exception, createdAt, changedAt } = receipt;
  return {
    id,
    ...defined({ number }),
    legalEntity,
    ...presentMoney(receipt),
    paidOn,
    payer: defined({ name: payer.name, account: payer.account }),
    texts: [...texts],
    references: { ...references },
    sources: receipt.sources.map(({ amount, ...source }) => ({
      ...source,
      ...(amount !== undefined && { amount: presentAmount(amount, currency) }),
    })),
    ...defined({ cashAccountId, customerId }),
    ...(receipt.merged && { mergedInto: receipt.merged.into }),
    ...(receipt.unmerged && { unmerged: receipt.unmerged.map((one) => ({ ...one })) }),
    ...(receipt.noReceipt && { noReceipt: { ...receipt.noReceipt } }),
    ...(receipt.dismissals && { dismissals: receipt.dismissals.map((one) => presentDismissal(one, currency)) }),
    ...(exception && { exception: { ...exception } }),
    suggestions: presentExplanations(receipt.suggestions, currency),
    version: receipt.revision,
    createdAt,
    changedAt,
  };
}

function presentDismissal({ amount, ...facts }: Dismissal, currency: Receipt['currency']) {
  return { amount: presentAmount(amount, currency), ...facts };
}

/** Money from an account of the tenant's own. */
export function presentOwnCredit({
  id,
  state,
  draft,
  source,
  taken,
  createdAt,
}: OwnCredit): z.input<typeof ownCreditOut> {
  const { legalEntity, amount, currency, paidOn, payer, texts } = draft;
  return {
    ...{ id, state, legalEntity, amount: presentAmount(amount, currency), paidOn },
    payer: defined({ name: payer.name, account: payer.account }),
    texts: [...texts],
    entryId: source.id,
    ...defined({ takenAt: taken?.at }),
    createdAt,
  };
}

/** Where its money is. */
export function presentMoney(receipt: Receipt) {
  const { amount, allocated, onAccount, refunded, currency } = receipt;
  const show = (minor: bigint) => presentAmount(minor, currency);
  const dismissed = dismissedOf(receipt);
  return {
    state: receiptState(receipt),
    amount: show(amount),
    allocated: show(allocated),
    onAccount: show(onAccount),
    refunded: show(refunded),
    unapplied: show(unappliedOf(receipt)),
    ...(dismissed > 0n && { dismissed: show(dismissed) }),
  };
}

/** With what happened to it, and why the ledger has it not yet. */
export function presentWhole(
  receipt: Receipt,
  { matches, refunds }: ReceiptHistory,
  refused: RefusedBooking | undefined,
): Omit<z.input<typeof wholeReceiptOut>, 'mergeInto'> {
  return {
    ...presentReceipt(receipt),
    matches: matches.map(presentMatch),
    refunds: [...refunds].sort((a, b) => (a.at < b.at ? -1 : 1)).map(presentRefund),
    ...(refused && isWaiting(refused) && { notBooked: presentRefusal(refused) }),
  };
}

export function presentRefusal({ code, detail, since }: RefusedBooking) {
  return { code, detail, since };
}

export function presentRefund(refund: Refund) {
  const { id, amount, fromOnAccount, currency, reason, date, at } = refund;
  const show = (minor: bigint) => presentAmount(minor, currency);
  const kind = refundKind(refund);
  const onAccount =
    kind === 'ON_ACCOUNT_RESTORED'
      ? { fromOnAccount: show(0n), toOnAccount: show(-fromOnAccount) }
      : { fromOnAccount: show(fromOnAccount) };
  return { id, kind, amount: show(amount), ...onAccount, reason, date, at };
}
