import type { Case } from '../book/case.ts';
import type { Decision, ExceptionReason, Explanation } from '../decision.ts';
import type { Run } from '../rules/proposal.ts';
import type { Outcome } from '../rules/run-rule.ts';
import { reasonOf } from './reason-of.ts';
import type { Suggester } from './suggester.ts';

/** The decision on a receipt after all rules: booked, or held with a reason, or explained by none of them. */
export function decisionOf(run: Run, of: Case, outcome: Outcome | undefined, suggester: Suggester): Decision {
  const receiptId = of.receipt.id;
  if (outcome?.kind === 'BOOKED') {
    const { explanation } = outcome;
    const exception = exceptionOf(run, explanation);
    const { customerId } = explanation;
    return {
      receiptId,
      outcome: 'MATCHED',
      explanation,
      alternatives: [],
      customerId,
      ...(exception && { exception }),
    };
  }
  const exception = outcome?.reason ?? reasonOf(run, of);
  const alternatives = suggester.suggest(of, exception);
  const customerId = of.payer.customerId ?? outcome?.customerId;
  return {
    receiptId,
    outcome: alternatives.length > 0 ? 'SUGGESTED' : 'UNMATCHED',
    alternatives,
    ...(customerId !== undefined && { customerId }),
    exception,
  };
}

/** Too much, or too little for what is still open after all receipts: a later one may have paid the rest. */
function exceptionOf({ book }: Run, { allocations, onAccount }: Explanation): ExceptionReason | undefined {
  if (onAccount > 0n) return 'OVERPAID';
  return allocations.some(({ invoiceId }) => book.item(invoiceId).left > 0n) ? 'SHORT_PAID' : undefined;
}
