import { positive, smaller } from '../../../shared/money/compare.ts';
import { sum } from '../../../shared/money/sum.ts';
import { freeOf } from '../../ledger/published.ts';
import type { Market } from '../markets/market.ts';
import type { Merchant } from '../merchants/merchant.ts';
import type { PayoutTools } from '../tools.ts';
import { allSettlements } from './all-settlements.ts';
import { unpaidOf } from './payout-after-report.ts';
import type { Settlement } from './settlement.ts';
import { readUpcoming } from './upcoming.ts';

/** Shares are due by then: calendars are published for the year to come at most. */
const DAYS_AHEAD = 400;

/**
 * What there is for a payout that waits, minor units: what the ledger has for the merchant beyond what days to come pay, which is not
 * paid ahead; and no more than is unpaid of it after what those days lack, of which its other payouts that are unpaid bear their part
 * first. For the ledger also has what disputes hold and what refunds wait for, and that is none of it.
 */
export async function readThere(
  { store, ledger }: PayoutTools,
  market: Market,
  { settlement, merchant }: { readonly settlement: Settlement; readonly merchant: Merchant },
  now: Date,
): Promise<bigint> {
  const { tenant, payableAccountId } = merchant;
  const account = (await ledger.readAccounts(tenant, [payableAccountId])).get(payableAccountId);
  const free = account ? freeOf(account) : 0n;
  if (free <= 0n) return free;
  const days = (await readUpcoming(store, merchant, market, DAYS_AHEAD, now)).map(({ figures }) => figures.net);
  const toCome = sum(days.map(positive));
  const lacking = toCome - sum(days);
  const others = lacking > 0n ? await readUnpaidOthers(store, settlement) : 0n;
  return smaller(free - toCome, unpaidOf(settlement) - positive(lacking - others));
}

async function readUnpaidOthers(
  store: Pick<PayoutTools['store'], 'listSettlements'>,
  { tenant, merchantId, id }: Settlement,
): Promise<bigint> {
  let unpaid = 0n;
  for await (const page of allSettlements(store, { tenant, merchantId })) {
    unpaid += sum(page.filter((one) => one.id !== id).map(unpaidOf));
  }
  return unpaid;
}
