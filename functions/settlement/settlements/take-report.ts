import { findMarket } from '../markets/keep-market.ts';
import { findMerchant } from '../merchants/keep-merchant.ts';
import type { PayoutTools } from '../tools.ts';
import { bookBack } from './book-payouts.ts';
import { changePayout } from './change-payout.ts';
import { backOf, payoutAfterReport, type ReportOfPayout } from './payout-after-report.ts';
import { settlementOfPayout } from './settlement-keys.ts';

/**
 * Takes what a bank told of a payment into the payout that it is of; nothing where it is no payout's. What did not go, or came back,
 * is owed to the merchant again first. Told again it changes nothing. Throws where the ledger does not book it, or the store.
 */
export async function takeReport(
  tools: PayoutTools,
  tenant: string,
  paymentId: string,
  report: ReportOfPayout,
  now: Date,
): Promise<void> {
  const settlementId = settlementOfPayout(paymentId);
  const settlement = settlementId && (await tools.store.readSettlementById(tenant, settlementId));
  const line = settlement ? settlement.payouts.find(({ id }) => id === paymentId) : undefined;
  if (!settlement || !line) return;
  const change = payoutAfterReport(line, report);
  if (!change) return;
  const back = backOf({ ...line, ...change });
  if (back > 0n) {
    const market = await findMarket(tools.store, tenant, settlement.marketId);
    const { payableAccountId } = await findMerchant(tools.store, { tenant }, settlement.merchantId);
    await bookBack(tools, market, { settlement, payableAccountId }, line, back, now);
  }
  await changePayout(tools.store, settlement, line.id, (as) => payoutAfterReport(as, report), now);
}
