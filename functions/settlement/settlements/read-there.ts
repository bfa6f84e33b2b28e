import { positive, smaller } from '../../../shared/money/compare.ts';
import { sum } from '../../../shared/money/sum.ts';
import { freeOf } from '../../ledger/published.ts';
import type { Market } from '../markets/market.ts';
import type { Merchant } from '../merchants/merchant.ts';
import type { PayoutTools } from '../tools.ts';
import { unpaidOf } from './payout-after-report.ts';
import { readUnpaid } from './read-unpaid.ts';
import { asksForFunds } from './retry-payout.ts';
import type { Settlement } from './settlement.ts';
import { readOpenTotals } from './upcoming.ts';

interface ThereTools {
  readonly store: PayoutTools['store'];
  readonly ledger: Pick<PayoutTools['ledger'], 'readAccounts'>;
}

/** Shares are due by then: calendars are published for the year to come at most. */
const DAYS_AHEAD = 400;

/**
 * What there is for a settlement's payout, minor units: no more than is unpaid of it after what days to come lack, for the ledger also has
 * for the merchant what disputes hold and what refunds wait for, and that is none of it. What is lacking is borne by the latest settlement
 * first, so that it is borne once, whoever looks at which of them at the same moment. Of what the ledger has refused already, no more
 * either than it has beyond what days to come pay, which is not paid ahead; all else is asked for, and it says.
 */
export async function readThere(
  { store, ledger }: ThereTools,
  market: Market,
  { settlement, merchant }: { readonly settlement: Settlement; readonly merchant: Merchant },
  now: Date,
): Promise<bigint> {
  const days = (await readOpenTotals(store, merchant, market, DAYS_AHEAD, now)).map(({ figures }) => figures.net);
  const toCome = sum(days.map(positive));
  const lacking = toCome - sum(days);
  const later = lacking > 0n ? await readUnpaid(store, settlement, settlement) : 0n;
  const own = unpaidOf(settlement) - positive(lacking - later);
  if (own <= 0n || !asksForFunds(settlement)) return own;
  const { tenant, payableAccountId } = merchant;
  const account = (await ledger.readAccounts(tenant, [payableAccountId])).get(payableAccountId);
  return smaller((account ? freeOf(account) : 0n) - toCome, own);
}
