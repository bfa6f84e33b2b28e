import type { ReadLine } from '../batches/batch-line.ts';
import { readBatch } from '../batches/read-batch.ts';
import type { PaymentFault } from './check-payment.ts';
import type { AskedPayment } from './kept-payment.ts';
import { paymentLineIn, toAskedPayment } from './payment-shapes.ts';

/** Each line of a batch by itself. */
export function readPayments(lines: readonly unknown[]): ReadLine<AskedPayment, PaymentFault>[] {
  return readBatch(lines, paymentLineIn, toAskedPayment);
}
