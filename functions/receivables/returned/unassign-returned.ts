import { businessDateOf } from '../../../shared/calendar/plain-date.ts';
import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { type KeyClaim, requireSameRequest } from '../../../shared/http/key-claim.ts';
import { deriveId } from '../../../shared/identifiers/id.ts';
import { sum } from '../../../shared/money/sum.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { requireVersion } from '../expected-version.ts';
import { exceptionAfter } from '../matches/exception-after.ts';
import { changed, type Step } from '../matches/step.ts';
import { problems } from '../problems.ts';
import { findReceipt } from '../receipts/find-receipt.ts';
import { requireNotMerged } from '../receipts/merge-receipts.ts';
import type { Receipt, Refund } from '../receipts/receipt.ts';
import type { ReceivablesTools } from '../tools.ts';
import { findReturned } from './assign-returned.ts';
import type { ReturnedCredit } from './returned-credit.ts';
import { takeBackOthers } from './take-back.ts';

export interface Unassignment {
  readonly tenant: string;
  readonly returnedId: string;
  readonly receiptId: string;
  readonly reason: string;
  readonly expectedVersion?: number;
}

/** A receipt that has its money again, and the refunds turned round. */
export interface UnassignedMoney {
  readonly receipt: { readonly next: Receipt; readonly before: Receipt };
  readonly refunds: readonly Refund[];
}

/**
 * Takes back, once per key, that a returned credit was of a receipt: its money counts as there again, and the returned credit is
 * looked at again, but never by itself taken off that receipt. What was unmatched for it stays so. Problems: those of findReturned,
 * `receivables/returned-credit-not-assigned`, `receivables/receipt-not-found`, `receivables/receipt-merged`,
 * `receivables/version-conflict`, `request/idempotency-key-reused`; those of decideAndWrite.
 */
export function unassignReturned(
  tools: Pick<ReceivablesTools, 'store'>,
  { tenant, returnedId, receiptId, reason, expectedVersion }: Unassignment,
  claim: KeyClaim,
  now: Date,
): Promise<ReturnedCredit> {
  const { store } = tools;
  return decideAndWrite(async () => {
    const before = await findReturned(store, tenant, returnedId);
    if (await requireSameRequest(store, tenant, claim)) return { answer: before };
    const parts = before.parts.filter((part) => part.receiptId !== receiptId);
    if (parts.length === before.parts.length) {
      const detail = `The returned credit ${returnedId} is not taken off the receipt ${receiptId}.`;
      throw problems['returned-credit-not-assigned'].with({ detail }).at({ pointer: '/receiptId', detail });
    }
    // What is not back yet comes back first, so that all of it is turned round.
    await takeBackOthers(tools, tenant, [receiptId], now);
    const receipt = await findReceipt(store, tenant, receiptId, '/receiptId');
    requireNotMerged(receipt, '/receiptId');
    requireVersion(expectedVersion, before.revision);
    const { refunds } = await store.readHistory(receipt);
    const money = giveAgain(receipt, refundsOf(refunds, returnedId), reason, { ...claim, date: businessDateOf(now) });
    const ruledOut = [...new Set([...(before.ruledOut ?? []), receiptId])];
    const next = changed<ReturnedCredit>(before, { parts, ruledOut }, claim);
    return { answer: next, write: () => store.writeUnassigned(next, before, money, claim) };
  });
}

const turnedRoundId = ({ tenant, id }: Refund) => deriveId('rfd', tenant, 'TURNED_ROUND', id);

/** Those of a returned credit that stand. */
function refundsOf(refunds: readonly Refund[], returnedId: string): Refund[] {
  const ids = new Set(refunds.map(({ id }) => id));
  return refunds.filter((one) => one.returnOf === returnedId && one.amount > 0n && !ids.has(turnedRoundId(one)));
}

/** Matching suggests what it is for, and books nothing of it by itself: somebody had to do with it. */
function giveAgain(before: Receipt, refunds: readonly Refund[], reason: string, step: Step): UnassignedMoney {
  const { at, date, cause } = step;
  const refunded = before.refunded - sum(refunds.map(({ amount }) => amount));
  const onAccount = before.onAccount + sum(refunds.map(({ fromOnAccount }) => fromOnAccount));
  const { exception: _, ...rest } = changed<Receipt>(before, { refunded, onAccount, handled: true }, step);
  const exception = exceptionAfter({ ...rest, ...defined({ exception: before.exception }) }, undefined, at);
  const turnedRound = refunds.map((one): Refund => {
    const { amount, fromOnAccount } = one;
    const less = { amount: -amount, fromOnAccount: -fromOnAccount };
    return { ...one, ...less, id: turnedRoundId(one), reason, date, at, cause };
  });
  return { receipt: { next: { ...rest, ...defined({ exception }) }, before }, refunds: turnedRound };
}
