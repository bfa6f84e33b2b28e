import { businessDateOf } from '../../../shared/calendar/plain-date.ts';
import { canonicalJson } from '../../../shared/http/canonical-json.ts';
import type { Market } from '../markets/market.ts';
import type { Merchant } from '../merchants/merchant.ts';
import { withAskAt } from './ask-at.ts';
import { isInNetting } from './netted-settlement.ts';
import { backOf, owedAgain } from './payout-after-report.ts';
import { isOnItsWay, lastPayout, type PayoutLine, type Settlement } from './settlement.ts';
import { payoutIdOf } from './settlement-keys.ts';

/** What is tried again, and by what. */
interface Retried {
  /** Only what was mended is tried again. */
  readonly onlyMended: boolean;
  /** What the ledger has for the merchant by now, where that is known. Minor units. */
  readonly there?: bigint;
}

/**
 * A settlement whose payout is to be tried again; nothing where it cannot be: what is on its way is never sent under another number,
 * and what a netting cycle is to pay is not paid otherwise.
 * What was held, or waited for funds, goes to the account as it is now; where there is less than was to be paid, for later refunds took
 * it, that goes at once and the rest under a number of its own, whole. What failed or came back gets a line of its own, unless
 * `onlyMended`: then only where the account is another one since. More may come back of an earlier one when a later one is done.
 */
export function retryPayout(
  settlement: Settlement,
  merchant: Merchant,
  { zone }: Pick<Market, 'zone'>,
  now: Date,
  { onlyMended, there }: Retried,
): Settlement | undefined {
  const last = lastPayout(settlement);
  if (!last || merchant.state === 'SUSPENDED' || isInNetting(settlement)) return undefined;
  const changedAt = now.toISOString();
  const earlier = settlement.payouts.slice(0, -1);
  const again = {
    state: 'DUE',
    to: merchant.payout,
    askedOn: businessDateOf(now, zone),
    isRetry: true,
    changedAt,
  } as const;
  const next = { ...settlement, revision: settlement.revision + 1, changedAt };
  if (last.state === 'HELD' || last.state === 'PENDING_FUNDS') {
    const { reason: _, isPart: __, ...rest } = last;
    return withAskAt(
      { ...next, payouts: [...earlier, { ...rest, ...again, ...asFarAs(settlement, last, there) }] },
      now,
    );
  }
  const amount = owedAgain(settlement);
  // Behind a part that was paid it is the rest of that: its account takes money.
  const isRest = last.isPart && last.state === 'PAID';
  const cameBack = isRest ? undefined : settlement.payouts.findLast((line) => backOf(line) > 0n);
  if (amount === 0n || isOnItsWay(last.state) || last.state === 'DUE') return undefined;
  if (onlyMended && cameBack && isSamePayout(cameBack.to, merchant.payout)) return undefined;
  const id = payoutIdOf(settlement.id, settlement.payouts.length + 1);
  return withAskAt({ ...next, payouts: [...settlement.payouts, { id, amount, attempt: 1, ...again }] }, now);
}

/**
 * Of a payout that was not booked yet: all of it, or what there is. One part stands of a settlement at most, so that it is not paid by
 * the fen.
 */
function asFarAs(
  settlement: Settlement,
  last: PayoutLine,
  there: bigint | undefined,
): Pick<PayoutLine, 'amount' | 'isPart'> {
  const whole = last.amount + (last.isPart ? owedAgain(settlement) : 0n);
  const hasPart = settlement.payouts.some((line) => line !== last && line.isPart && backOf(line) < line.amount);
  if (there === undefined || there <= 0n || there >= whole || hasPart) return { amount: whole };
  return { amount: there, isPart: true };
}

function isSamePayout(one: Merchant['payout'], other: Merchant['payout']): boolean {
  return canonicalJson(one) === canonicalJson(other);
}
