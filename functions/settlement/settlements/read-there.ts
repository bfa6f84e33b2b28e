import { positive, smaller } from '../../../shared/money/compare.ts';
import { sum } from '../../../shared/money/sum.ts';
import { freeOf } from '../../ledger/published.ts';
import type { Market } from '../markets/market.ts';
import type { Merchant } from '../merchants/merchant.ts';
import type { PayoutTools } from '../tools.ts';
import { allSettlements } from './all-settlements.ts';
import { isInNetting } from './netted-settlement.ts';
import { owedAgain, unpaidOf } from './payout-after-report.ts';
import { lastPayout, type Settlement } from './settlement.ts';
import { readOpenTotals } from './upcoming.ts';

/** Shares are due by then: calendars are published for the year to come at most. */
const DAYS_AHEAD = 400;

/**
 * What there is for a settlement's payout, minor units: what the ledger has for the merchant beyond what days to come pay, which is not
 * paid ahead; and no more than is unpaid of it after what those days lack. For the ledger also has what disputes hold and what refunds
 * wait for, and that is none of it. What is lacking is borne by the latest settlement first, so that it is borne once, whoever looks at
 * which of them at the same moment.
 */
export async function readThere(
  {
    store,
    ledger,
  }: { readonly store: PayoutTools['store']; readonly ledger: Pick<PayoutTools['ledger'], 'readAccounts'> },
  market: Market,
  { settlement, merchant }: { readonly settlement: Settlement; readonly merchant: Merchant },
  now: Date,
): Promise<bigint> {
  const { tenant, payableAccountId } = merchant;
  const account = (await ledger.readAccounts(tenant, [payableAccountId])).get(payableAccountId);
  const free = account ? freeOf(account) : 0n;
  if (free <= 0n) return free;
  const days = (await readOpenTotals(store, merchant, market, DAYS_AHEAD, now)).map(({ figures }) => figures.net);
  const toCome = sum(days.map(positive));
  const lacking = toCome - sum(days);
  const later = lacking > 0n ? await readUnpaidLater(store, settlement) : 0n;
  return smaller(free - toCome, unpaidOf(settlement) - positive(lacking - later));
}

async function readUnpaidLater(
  store: Pick<PayoutTools['store'], 'listSettlements'>,
  { tenant, merchantId, date, sequence }: Settlement,
): Promise<bigint> {
  let unpaid = 0n;
  for await (const page of allSettlements(store, { tenant, merchantId }, date)) {
    unpaid += sum(page.filter((one) => one.date > date || one.sequence > sequence).map(bearsOf));
  }
  return unpaid;
}

/** What waits of a settlement: not what a netting cycle is to pay, nor what is about to be booked. */
function bearsOf(settlement: Settlement): bigint {
  if (isInNetting(settlement)) return 0n;
  return lastPayout(settlement)?.state === 'DUE' ? owedAgain(settlement) : unpaidOf(settlement);
}
