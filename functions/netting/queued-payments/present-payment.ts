import { presentAmount } from '../../../shared/money/present.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { presentResults } from '../batches/present-results.ts';
import type { KeptPayment } from './kept-payment.ts';
import type { PaymentResult } from './take-payments.ts';

/** Queued payments and what became of a batch, as callers see them. */

export function presentPayment(payment: KeptPayment) {
  const { id, centreId, reference, payer, payee, amount, currency, description, state, number } = payment;
  const { resolutionId, queuedAt, changedAt } = payment;
  return {
    ...{ id, centreId, reference, payer, payee, amount: presentAmount(amount, currency) },
    ...defined({ description }),
    ...{ state, number, ...defined({ resolutionId }), queuedAt, changedAt },
  };
}

export function presentPaymentBatch(results: readonly PaymentResult[]) {
  const countOf = (outcome: PaymentResult['outcome']) => results.filter((one) => one.outcome === outcome).length;
  return {
    lines: {
      sent: results.length,
      ...{ accepted: countOf('ACCEPTED'), known: countOf('KNOWN'), refused: countOf('REFUSED') },
    },
    results: presentResults(results, ({ payment: { id, number, state } }) => ({ id, number, state })),
  };
}
