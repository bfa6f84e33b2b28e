import { isDeepStrictEqual } from 'node:util';
import { defined } from '../../../shared/objects/defined.ts';
import type { Invoice } from '../invoices/invoice.ts';
import type { Decision, ExceptionReason, Explanation } from '../matching/decision.ts';
import { dismissedOf, type Receipt, unappliedOf } from '../receipts/receipt.ts';
import type { ToldBefore } from '../receipts/same-money.ts';
import { applyExplanation } from './apply-explanation.ts';
import { type DecidedReceipt, decidedOf } from './decided-receipt.ts';
import { raised } from './exception-after.ts';
import { invoicesPerMatchMax } from './require-usable.ts';
import { changed, type Step } from './step.ts';
import { useOf } from './use.ts';

/** Explanations that are kept with a receipt or a match, at most, the best first. */
export const suggestionsMax = 5;

/**
 * Whether matching may look at a receipt: nothing of it is used, and not all of it went back. One that a report says is none is
 * left to somebody until what is none of it is dismissed.
 */
export function isMatchable(receipt: Receipt): boolean {
  const isDoubted = receipt.noReceipt !== undefined && dismissedOf(receipt) === 0n;
  return receipt.allocated === 0n && receipt.onAccount === 0n && unappliedOf(receipt) > 0n && !isDoubted;
}

/** What else a decision is taken on. */
export interface TakenOn {
  readonly told?: ToldBefore | undefined;
  readonly runId?: string | undefined;
}

/**
 * What is to be written for a decision on a receipt of which nothing is used: a match, or why somebody is to look at it, with how
 * it may be explained. Nothing, where it says that already. What `doubtOf` speaks against is not matched by itself.
 */
export function takeDecision(
  receipt: Receipt,
  invoices: ReadonlyMap<string, Invoice>,
  decision: Decision,
  step: Step,
  { told = { before: [] }, runId }: TakenOn = {},
): DecidedReceipt | undefined {
  const { explanation, exception } = decision;
  const alternatives = decision.alternatives.filter(fitsOneMatch).slice(0, suggestionsMax);
  const doubt = doubtOf(decision, { ...receipt, ...told });
  if (!explanation || decision.outcome !== 'MATCHED' || !fitsOneMatch(explanation)) {
    const reason = doubt === 'DUPLICATE' ? doubt : reasonOf(decision);
    return suggested(receipt, { decision, suggestions: alternatives, reason }, step);
  }
  if (doubt) {
    const suggestions = [explanation, ...alternatives].slice(0, suggestionsMax);
    return suggested(receipt, { decision, suggestions, reason: doubt }, step);
  }
  const use = useOf(explanation, { alternatives, ...defined({ exception, runId }) });
  return decidedOf(applyExplanation(receipt, invoices, use, step), { receipt, invoices });
}

/** What a receipt may be held for, whatever explains it. */
export type Doubts = Pick<Receipt, 'handled' | 'fromOwn'> & ToldBefore;

/**
 * Why a receipt is not to be matched by itself, if at all: it may be the same money as one that comes before it, and that is not another
 * customer's, or as one of too many to look through; a match of it was undone by hand; or it came from an account of our own and names
 * nothing that it pays, so that it may be a sweep.
 */
export function doubtOf(
  { explanation, customerId }: Decision,
  { before, isCut, handled, fromOwn }: Doubts,
): ExceptionReason | undefined {
  const payer = explanation?.customerId ?? customerId;
  const mayBePayers = ({ customerId: of }: Receipt) => payer === undefined || of === undefined || of === payer;
  if (before.some(mayBePayers)) return 'DUPLICATE';
  const isNamed = explanation?.evidence.some(({ kind }) => kind === 'REFERENCE' || kind === 'VIRTUAL_ACCOUNT');
  return isCut || handled || (fromOwn && !isNamed) ? 'AMBIGUOUS' : undefined;
}

function reasonOf({ outcome, exception }: Decision): ExceptionReason {
  return outcome === 'MATCHED' ? 'AMBIGUOUS' : (exception ?? 'AMBIGUOUS');
}

/** What pays more invoices than one transaction holds is for somebody to allocate in parts. */
function fitsOneMatch({ allocations }: Explanation): boolean {
  return allocations.length <= invoicesPerMatchMax;
}

interface Suggested {
  readonly decision: Decision;
  readonly suggestions: readonly Explanation[];
  readonly reason: ExceptionReason;
}

function suggested(
  receipt: Receipt,
  { decision, suggestions, reason }: Suggested,
  step: Step,
): DecidedReceipt | undefined {
  const { customerId = receipt.customerId } = decision;
  const says = { suggestions, ...defined({ customerId }), exception: raised(receipt.exception, reason, step.at) };
  const said = { suggestions: receipt.suggestions, customerId: receipt.customerId, exception: receipt.exception };
  if (isDeepStrictEqual({ ...said }, { customerId: undefined, ...says })) return undefined;
  return { receipt: { next: changed<Receipt>(receipt, says, step), before: receipt }, invoices: [] };
}
