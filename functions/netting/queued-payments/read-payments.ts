import { describeIssue, locateFaults } from '../../../shared/http/faults.ts';
import type { PaymentFault } from './check-payment.ts';
import type { AskedPayment } from './kept-payment.ts';
import { paymentLineIn, toAskedPayment } from './payment-shapes.ts';

/** One line of a batch: what is asked for, or all that is wrong with it. */
export type ReadPayment =
  | { readonly asked: AskedPayment; readonly faults?: never }
  | { readonly asked?: never; readonly faults: readonly PaymentFault[] };

/** Each line by itself. */
export function readPayments(lines: readonly unknown[]): ReadPayment[] {
  return lines.map((line) => {
    const { success, data, error } = paymentLineIn.safeParse(line, { error: describeIssue });
    if (success) return { asked: toAskedPayment(data) };
    const faults = locateFaults(error.issues).map(({ path, detail }): PaymentFault => {
      return { code: 'MALFORMED', field: path.map(String).join('.'), detail };
    });
    return { faults };
  });
}
