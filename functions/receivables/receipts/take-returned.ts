import { businessDateOf } from '../../../shared/calendar/plain-date.ts';
import { type Decided, decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import type { Cause } from '../../../shared/http/cause.ts';
import { deriveId } from '../../../shared/identifiers/id.ts';
import { smaller } from '../../../shared/money/compare.ts';
import { presentAmount } from '../../../shared/money/present.ts';
import { sum } from '../../../shared/money/sum.ts';
import { raised } from '../matches/exception-after.ts';
import { refundReceipt } from '../matches/refund-receipt.ts';
import { changed, type Step } from '../matches/step.ts';
import { undoReturned } from '../matches/undo-returned.ts';
import type { ReceivablesTools } from '../tools.ts';
import { countingReceipt } from './find-receipt.ts';
import { type Receipt, unappliedOf } from './receipt.ts';

/** Money that a bank took back after it had come. Minor units. */
export interface ReturnedMoney {
  readonly tenant: string;
  readonly receiptId: string;
  /** What took it back: the order by which the money had come, or the returned credit of a statement. */
  readonly returnOf: string;
  /** All that this took back of the receipt so far. */
  readonly amount: bigint;
  /** Why, as the matches that are undone say; that a bank took it back unless told. */
  readonly reason?: string;
  /** Whether it is taken back no more, or in another way: asked for once a receipt is read that is written only as it was read. */
  readonly isOver?: () => Promise<boolean>;
}

const takenByBank = '退汇 The bank took the money back.';

/**
 * Gives back what a bank took back and is not given back yet: as long as too little of the receipt pays no invoice, its matches
 * are undone one by one, the last first; then it is refunded. Handed over again, it goes on where it stopped; told of no more
 * than before, it changes nothing. Where some of it was given back by hand before, so that more went than had come, somebody is
 * to look, once.
 */
export async function takeReturned(
  tools: Pick<ReceivablesTools, 'store'>,
  returned: ReturnedMoney,
  cause: Cause,
  now: Date,
): Promise<void> {
  const step = { at: now.toISOString(), date: businessDateOf(now), cause };
  for (let isDone = false; !isDone; ) isDone = await decideAndWrite(() => nextStep(tools, returned, step));
}

/** Answers whether nothing is left to do after it. */
async function nextStep(
  { store }: Pick<ReceivablesTools, 'store'>,
  { tenant, receiptId: toldId, returnOf, amount: total, reason = takenByBank, isOver }: ReturnedMoney,
  step: Step,
): Promise<Decided<boolean>> {
  const receipt = await countingReceipt(store, tenant, toldId);
  if (!receipt) throw new Error(`There is no receipt ${toldId} that ${returnOf} takes back.`);
  if (await isOver?.()) return { answer: true };
  const { id: receiptId } = receipt;
  const history = await store.readHistory(receipt);
  const refunds = history.refunds.filter((one) => one.returnOf === returnOf);
  // The total names the refund, so that each step of it is refunded once; and anew, once it was turned round.
  const turnedRound = refunds.filter((one) => one.amount < 0n).map(({ id }) => id);
  const refundId = deriveId('rfd', tenant, receiptId, 'RETURNED', returnOf, String(total), ...turnedRound.sort());
  const amount = total - sum(refunds.map((one) => one.amount));
  if (amount <= 0n || history.refunds.some(({ id }) => id === refundId)) return { answer: true };
  if (await store.isUnreturned(receipt, refundId)) return { answer: true };
  const unapplied = unappliedOf(receipt);
  const left = smaller(amount, unapplied + receipt.onAccount);
  const last = history.matches.findLast((one) => !one.undone);
  if (last && left < amount) {
    const undone = await undoReturned(store, receipt, last, history, reason, step);
    return { answer: false, write: () => store.writeDecided(undone) };
  }
  if (left === 0n) {
    const next = changed(receipt, exceptionOf(receipt, amount, step), step);
    return { answer: true, write: () => store.writeUnreturned(next, receipt, refundId) };
  }
  const fromOnAccount = left > unapplied ? left - unapplied : 0n;
  const asked = { id: refundId, amount: left, fromOnAccount, returnOf, reason };
  const decided = refundReceipt(receipt, asked, step);
  const next = left < amount ? { ...decided.receipt, ...exceptionOf(receipt, amount - left, step) } : decided.receipt;
  const written = { receipt: { next, before: receipt }, invoices: [], refund: decided.refund };
  return { answer: true, write: () => store.writeDecided(written) };
}

function exceptionOf({ exception, currency }: Receipt, amount: bigint, { at }: Step): Pick<Receipt, 'exception'> {
  const note = `The bank took back ${presentAmount(amount, currency).amount} ${currency} that were given back before.`;
  return { exception: { ...raised(exception, 'DUPLICATE', at), note } };
}
