import type { ReportedPayment } from '../../collection/published.ts';
import { findMarket } from '../markets/keep-market.ts';
import { findMerchant } from '../merchants/keep-merchant.ts';
import type { PayoutTools } from '../tools.ts';
import { bookArrived, bookBack } from './book-outcomes.ts';
import { changePayout } from './change-payout.ts';
import { payoutAfterReport } from './payout-after-report.ts';
import { settlementOfPayout } from './settlement-keys.ts';

/**
 * Takes what a bank told of a payment into the payout that it is of; nothing where it is no payout's. That it arrived is booked first;
 * what did not go or comes back is noted first, since what is owed of it depends on what was told at the same time. Told again it
 * changes nothing, and books what was not booked. Throws where the ledger does not book it, or the store.
 */
export async function takeReport(
  tools: PayoutTools,
  tenant: string,
  paymentId: string,
  report: ReportedPayment,
  now: Date,
): Promise<void> {
  const settlementId = settlementOfPayout(paymentId);
  const settlement = settlementId && (await tools.store.readSettlementById(tenant, settlementId));
  const line = settlement ? settlement.payouts.find(({ id }) => id === paymentId) : undefined;
  if (!settlement || !line) return;
  const market = await findMarket(tools.store, tenant, settlement.marketId);
  const { payableAccountId } = await findMerchant(tools.store, { tenant }, settlement.merchantId);
  const of = { settlement, payableAccountId };
  const note = () => changePayout(tools.store, settlement, line.id, (as) => payoutAfterReport(as, report), now);
  if (report.state === 'RETURNED' || report.state === 'REJECTED') {
    const { payouts } = await note();
    const noted = payouts.find(({ id }) => id === line.id);
    return noted && bookBack(tools, market, of, noted, now);
  }
  const change = payoutAfterReport(line, report);
  if (!change) return;
  if (change.state === 'PAID') await bookArrived(tools, market, of, line, now);
  await note();
}
