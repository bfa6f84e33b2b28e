import type { Market } from '../markets/market.ts';
import type { Merchant } from '../merchants/merchant.ts';
import type { PayoutTools } from '../tools.ts';
import { changePayout } from './change-payout.ts';
import { readThere } from './read-there.ts';
import { lastPayout, type PayoutLine, type Settlement } from './settlement.ts';

/**
 * A payout that is due, where other days of its merchant lack more than is beside it: it waits for funds, and the part that there is goes
 * by the job of each hour. Refunds may wait since its day was closed, and a run asks for nothing but what it settles. Answers the
 * settlement as it is afterwards. Throws what the ledger and the store throw.
 */
export async function waitWhereDaysLack(
  tools: Pick<PayoutTools, 'store' | 'ledger'>,
  market: Market,
  { settlement, merchant }: { readonly settlement: Settlement; readonly merchant: Merchant },
  now: Date,
): Promise<Settlement> {
  const due = lastPayout(settlement);
  if (due?.state !== 'DUE') return settlement;
  const there = await readThere(tools, market, { settlement, merchant }, now);
  if (there >= due.amount) return settlement;
  const reason = 'Other days of the merchant lack more than is left beside it.';
  const wait = ({ state, attempt }: PayoutLine) =>
    state === 'DUE' && attempt === due.attempt ? { state: 'PENDING_FUNDS' as const, reason } : undefined;
  return changePayout(tools.store, settlement, due.id, wait, now);
}
