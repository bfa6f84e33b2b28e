import { requireChannel } from '../channels/bank-channel.ts';
import type { PaymentReport } from './payment.ts';
import type { PaymentTools } from './send-payments.ts';

/** What the bank knows of payments that were sent; see `queryPayments` in `published.ts`. */
export async function queryPaymentsBy(
  { store, gatewayOf }: PaymentTools,
  tenant: string,
  ids: readonly string[],
  now: Date,
): Promise<PaymentReport[]> {
  const payments = await store.readPayments(tenant, ids);
  if (payments.size === 0) return [];
  const gateway = gatewayOf(requireChannel(await store.readChannel(tenant)));
  const reports = await gateway.query(tenant, [...payments.keys()], now);
  return reports.flatMap((report) => {
    const payment = payments.get(report.orderId);
    return payment ? [{ ...report, currency: payment.currency }] : [];
  });
}
