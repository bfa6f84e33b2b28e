import { findMarket } from '../markets/keep-market.ts';
import type { PayoutTools } from '../tools.ts';
import { bookBill } from './book-outcomes.ts';
import { findSettlement } from './find-settlement.ts';
import { payOut } from './pay-out.ts';
import { lastPayout } from './settlement.ts';

/**
 * Pays a settlement out whose payout is to be tried again, and bills what it bills; each once, however often it is told. Throws those
 * of payOut and bookBill.
 */
export async function payRetried(tools: PayoutTools, tenant: string, settlementId: string, now: Date): Promise<void> {
  const { settlement, merchant } = await findSettlement(tools.store, { tenant }, settlementId);
  const market = await findMarket(tools.store, tenant, settlement.marketId);
  const due = { settlement, payableAccountId: merchant.payableAccountId };
  if (settlement.billed > 0n) await bookBill(tools, market, due, now);
  const last = lastPayout(settlement);
  // One that broke off was booked as part of a message of its own, and goes on from there.
  const isBegun = last?.state === 'SENDING' && last.messageId === last.id;
  if (last?.state === 'DUE' || (last && isBegun)) await payOut(tools, market, [due], last.id, now);
}
