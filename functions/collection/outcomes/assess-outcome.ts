import type { BankReport } from '../gateway/bank-gateway.ts';
import { type CollectionItem, isOpen, type Try } from '../items/item.ts';
import { takeReport } from '../items/take-report.ts';

export type OutcomeAssessment =
  | { readonly outcome: 'NEW' }
  /** It is known to be so. */
  | { readonly outcome: 'KNOWN' }
  | { readonly outcome: 'REFUSED'; readonly why: string };

/** Whether what somebody says became of an order may be so by what is known of it. */
export function assessOutcome(item: CollectionItem, one: Try, report: BankReport): OutcomeAssessment {
  const { orderId, state } = one;
  if (state === 'ROUTED') return { outcome: 'REFUSED', why: `No bank has got the order ${orderId} yet.` };
  // It is handed over again until that is known: failed before, it might be tried twice.
  if (state === 'UNKNOWN' && report.state === 'REJECTED') {
    return { outcome: 'REFUSED', why: `Whether the bank has got the order ${orderId} is being found out.` };
  }
  if (isSo(one, report)) return { outcome: 'KNOWN' };
  const change = takeReport(item, report);
  if (change && change.item.contradicted === item.contradicted) return { outcome: 'NEW' };
  const why = isOpen(one)
    ? `The order ${orderId} was for less.`
    : `The order ${orderId} is ${state}; that does not change.`;
  return { outcome: 'REFUSED', why };
}

function isSo({ state, settled = 0n }: Try, report: BankReport): boolean {
  if (report.state === 'REJECTED') return state === 'DECLINED' || state === 'REFUSED';
  return settled > 0n && settled === report.amount;
}
