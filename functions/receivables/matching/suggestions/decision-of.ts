import type { Case } from '../book/case.ts';
import type { Decision, ExceptionReason } from '../decision.ts';
import type { Run } from '../rules/proposal.ts';
import type { Outcome } from '../rules/run-rule.ts';
import type { Settlement } from '../terms/settle.ts';
import { reasonOf } from './reason-of.ts';
import type { Suggester } from './suggester.ts';

/** The decision on a receipt after all rules: booked, or held with a reason, or explained by none of them. */
export function decisionOf(run: Run, of: Case, outcome: Outcome | undefined, suggester: Suggester): Decision {
  const receiptId = of.receipt.id;
  if (outcome?.kind === 'BOOKED') {
    const { explanation, settlement, alternatives } = outcome;
    const exception = exceptionOf(settlement);
    const { customerId } = explanation;
    return {
      receiptId,
      outcome: 'MATCHED',
      explanation,
      alternatives,
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
function exceptionOf({ parts, onAccount }: Settlement): ExceptionReason | undefined {
  if (onAccount > 0n) return 'OVERPAID';
  return parts.some(({ item }) => item.left > 0n) ? 'SHORT_PAID' : undefined;
}
