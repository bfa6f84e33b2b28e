import { findMarket } from '../markets/keep-market.ts';
import type { JournalingStore } from '../store.ts';
import type { PayoutTools } from '../tools.ts';
import { bookBill } from './book-bill.ts';
import { findSettlement } from './find-settlement.ts';
import { ownerDayOf } from './open-days.ts';
import { payOut } from './pay-out.ts';
import { type SettlingBy, settleMerchant } from './settle-merchant.ts';
import { openPayout, type Settlement } from './settlement.ts';
import { findRun } from './start-run.ts';
import { takeHeldSince } from './take-along.ts';

type RetryTools = PayoutTools & { readonly store: JournalingStore };
type Found = Awaited<ReturnType<typeof findSettlement>>;

/**
 * Pays a settlement out whose payout is to be tried again, and bills what it bills; one that did not add up is settled first. Each
 * once, however often it is told. Throws those of settleMerchant, payOut and bookBill.
 */
export async function payRetried(tools: RetryTools, tenant: string, settlementId: string, now: Date): Promise<void> {
  const found = await findSettlement(tools.store, { tenant }, settlementId);
  const { merchant } = found;
  const market = await findMarket(tools.store, tenant, found.settlement.marketId);
  const settlement = await settledAnew(tools.store, found, { market, now });
  const due = { settlement, payableAccountId: merchant.payableAccountId };
  await bookBill(tools, market, due, now);
  const open = openPayout(settlement);
  // One that broke off was booked as part of a message of its own, and goes on from there.
  const isBegun = open?.state === 'SENDING' && open.messageId === open.id;
  if (open?.state === 'DUE' || (open && isBegun)) await payOut(tools, market, [due], open.id, now);
}

/** What disputes hold of it since is not paid. */
async function settledAnew(
  store: JournalingStore,
  { settlement, merchant }: Found,
  by: Omit<SettlingBy, 'run'>,
): Promise<Settlement> {
  if (settlement.state !== 'MISMATCH') return settlement;
  const run = await findRun(store, settlement.tenant, settlement.runId);
  await takeHeldSince(store, ownerDayOf(merchant, settlement));
  return settleMerchant(store, merchant, settlement, { ...by, run });
}
