import { findMarket } from '../markets/keep-market.ts';
import type { Market } from '../markets/market.ts';
import { findMerchant } from '../merchants/keep-merchant.ts';
import type { PayoutTools } from '../tools.ts';
import { bookFailed, bookPaid, bookReturned } from './book-outcomes.ts';
import type { DuePayout } from './book-payouts.ts';
import { changePayout } from './change-payout.ts';
import { payoutAfterReport, type ReportOfPayout } from './payout-after-report.ts';
import type { PayoutLine } from './settlement.ts';
import { settlementOfPayout } from './settlement-keys.ts';

/**
 * Takes what a bank told of a payment into the payout that it is of; nothing where it is no payout's. What it means is booked first.
 * Told again it changes nothing. Throws where the ledger does not book it, or the store.
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
  const market = await findMarket(tools.store, tenant, settlement.marketId);
  const { payableAccountId } = await findMerchant(tools.store, { tenant }, settlement.merchantId);
  await book(tools, market, { settlement, payableAccountId }, { ...line, ...change }, now);
  await changePayout(tools.store, settlement, line.id, (as) => payoutAfterReport(as, report), now);
}

async function book(tools: PayoutTools, market: Market, of: DuePayout, line: PayoutLine, now: Date): Promise<void> {
  switch (line.state) {
    case 'PAID':
      return bookPaid(tools, market, of, line, now);
    case 'FAILED':
      return bookFailed(tools, market, of, line, now);
    case 'RETURNED': {
      // The others were booked when they came.
      const last = line.returns?.at(-1);
      return last && bookReturned(tools, market, of, line, last, now);
    }
    default:
      return;
  }
}
