import { describeError, writeLog } from '../../../shared/http/log.ts';
import { placeOf } from '../batches/batch.ts';
import type { CollectionStore } from '../store.ts';
import type { StoredReport } from '../store-reports.ts';

type PaymentReports = Pick<CollectionStore, 'readPayments' | 'keepToldPayment'>;

/**
 * Tells of what banks reported on payments, each report once by order, state and source. Answers the reports that could not
 * be told yet; one of an order that nobody sent stays in the inbox.
 */
export async function tellPayments(store: PaymentReports, reports: readonly StoredReport[]): Promise<StoredReport[]> {
  const left: StoredReport[] = [];
  const ofPayments = reports.filter(({ report }) => placeOf(report.orderId) === undefined);
  for (const [tenant, ofTenant] of Map.groupBy(ofPayments, (stored) => stored.tenant)) {
    try {
      const ids = ofTenant.map(({ report }) => report.orderId);
      const payments = await store.readPayments(tenant, ids);
      for (const stored of ofTenant) {
        const payment = payments.get(stored.report.orderId);
        const { messageId = '', currency = '' } = payment ?? {};
        if (payment) await store.keepToldPayment({ ...stored, messageId, currency });
      }
    } catch (error) {
      writeLog({ level: 'ERROR', message: 'payments not told of', tenant, error: describeError(error) });
      left.push(...ofTenant);
    }
  }
  return left;
}
