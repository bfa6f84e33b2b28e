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
import { countingReceipt } from '../receipts/find-receipt.ts';
import type { Receipt, Refund } from '../receipts/receipt.ts';
import type { ReceivablesTools } from '../tools.ts';
import { findReturned } from './assign-returned.ts';
import type { ReturnedCredit, ReturnedPart } from './returned-credit.ts';
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
 * `receivables/returned-credit-not-assigned`, `receivables/version-conflict`, `request/idempotency-key-reused`; those of
 * decideAndWrite.
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
    const taken = await partsOf(store, before, receiptId);
    const takenIds = taken.map((part) => part.receiptId);
    // What is not back yet comes back first, so that all of it is turned round.
    await takeBackOthers(tools, tenant, takenIds, now);
    const receipt = await countingReceipt(store, tenant, receiptId);
    if (!receipt || taken.length === 0) {
      const detail = `The returned credit ${returnedId} is not taken off the receipt ${receiptId}.`;
      throw problems['returned-credit-not-assigned'].with({ detail }).at({ pointer: '/receiptId', detail });
    }
    requireVersion(expectedVersion, before.revision);
    const { refunds } = await store.readHistory(receipt);
    const money = giveAgain(receipt, refundsOf(refunds, returnedId), reason, { ...claim, date: businessDateOf(now) });
    const parts = before.parts.filter((part) => !taken.includes(part));
    const ruledOut = [...new Set([...(before.ruledOut ?? []), ...takenIds])];
    const next = changed<ReturnedCredit>(before, { parts, ruledOut }, claim);
    return { answer: next, write: () => store.writeUnassigned(next, before, money, claim) };
  });
}

/** What of a returned credit is taken off a receipt, be it under the id of one that was merged into it. */
async function partsOf(
  store: ReceivablesTools['store'],
  { tenant, parts }: ReturnedCredit,
  receiptId: string,
): Promise<ReturnedPart[]> {
  const counting = async (id: string) => (await countingReceipt(store, tenant, id))?.id ?? id;
  const wanted = await counting(receiptId);
  const ids = await Promise.all(parts.map((part) => counting(part.receiptId)));
  return parts.filter((_, place) => ids[place] === wanted);
}

const turnedRoundId = ({ tenant, id }: Refund) => deriveId('rfd', tenant, 'TURNED_ROUND', id);

/** Those of a returned credit that stand. */
function refundsOf(refunds: readonly Refund[], returnedId: string): Refund[] {
  const ids = new Set(refunds.map(({ id }) => id));
  return refunds.filter((one) => one.returnOf === returnedId && one.amount > 0n && !ids.has(turnedRoundId(one)));
}

/**
 * Matching suggests what it is for, and books nothing of it by itself: somebody had to do with it. What a customer had on account is
 * there again where the receipt is still that customer's; else nobody knows the use of it.
 */
function giveAgain(before: Receipt, refunds: readonly Refund[], reason: string, step: Step): UnassignedMoney {
  const { at, date, cause } = step;
  const refunded = before.refunded - sum(refunds.map(({ amount }) => amount));
  const put = refunds.map((one) => (one.customerId === before.customerId ? one.fromOnAccount : 0n));
  const onAccount = before.onAccount + sum(put);
  const { exception: _, ...rest } = changed<Receipt>(before, { refunded, onAccount, handled: true }, step);
  const exception = exceptionAfter({ ...rest, ...defined({ exception: before.exception }) }, undefined, at);
  const turnedRound = refunds.map((one, place): Refund => {
    const less = { amount: -one.amount, fromOnAccount: -(put[place] ?? 0n) };
    return { ...one, ...less, id: turnedRoundId(one), reason, date, at, cause };
  });
  return { receipt: { next: { ...rest, ...defined({ exception }) }, before }, refunds: turnedRound };
}
