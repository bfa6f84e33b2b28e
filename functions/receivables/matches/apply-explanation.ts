import { defined } from '../../../shared/objects/defined.ts';
import type { Invoice } from '../invoices/invoice.ts';
import type { Receipt } from '../receipts/receipt.ts';
import { exceptionAfter } from './exception-after.ts';
import { cashOf, clearedBy, type Match, matchIdOf } from './match.ts';
import { requireUsable } from './require-usable.ts';
import { changed, type Step } from './step.ts';
import type { Use } from './use.ts';

/** What one decision makes of a receipt and its invoices; written together or not at all. */
export interface Applied {
  readonly receipt: Receipt;
  readonly invoices: readonly Invoice[];
  readonly match: Match;
}

/**
 * Uses money of a receipt as it is explained: the next states of the receipt and of the invoices that it pays, and the match
 * that says so. Problems, of which each leaves everything as it is: those of `requireUsable`.
 */
export function applyExplanation(
  receipt: Receipt,
  invoices: ReadonlyMap<string, Invoice>,
  use: Use,
  step: Step,
): Applied {
  const paid = requireUsable(receipt, invoices, use);
  const match = matchOf(receipt, use, step);
  return {
    receipt: receiptAfter(receipt, use, step),
    invoices: paid.map(({ invoice, allocation }) =>
      changed(invoice, { cleared: invoice.cleared + clearedBy(allocation) }, step),
    ),
    match,
  };
}

function receiptAfter(receipt: Receipt, use: Use, step: Step): Receipt {
  const used = changed(
    receipt,
    {
      allocated: receipt.allocated + cashOf(use),
      onAccount: receipt.onAccount + use.onAccount - use.fromOnAccount,
      // What is on account belongs to one customer; the receipt is its.
      ...(receipt.onAccount === 0n && { customerId: use.customerId }),
      matchesMade: receipt.matchesMade + 1,
    },
    step,
  );
  const { exception: _, suggestions, ...rest } = used;
  const exception = exceptionAfter(used, use.exception, step.at);
  const isDone = exception === undefined || use.exception !== undefined;
  return { ...rest, ...defined({ exception }), suggestions: isDone ? [] : suggestions };
}

function matchOf(receipt: Receipt, use: Use, { at, date, cause }: Step): Match {
  const { tenant, id: receiptId, legalEntity, currency, customerId, exception } = receipt;
  const { exception: _, runId, ...facts } = use;
  return {
    tenant,
    id: matchIdOf(tenant, receiptId, receipt.matchesMade + 1),
    receiptId,
    legalEntity,
    currency,
    ...facts,
    ...defined({ runId }),
    found: defined({ customerId, reason: exception?.reason }),
    date,
    madeAt: at,
    cause,
    revision: 1,
  };
}
