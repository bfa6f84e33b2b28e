import { businessDateOf, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import { canonicalJson } from '../../../shared/http/canonical-json.ts';
import type { Market } from '../markets/market.ts';
import type { Merchant } from '../merchants/merchant.ts';
import { withAskAt } from './ask-at.ts';
import { isInNetting } from './netted-settlement.ts';
import { backOf, owedAgain } from './payout-after-report.ts';
import { isOnItsWay, lastPayout, type PayoutLine, type Settlement } from './settlement.ts';
import { payoutIdOf } from './settlement-keys.ts';

/** How it is tried again. */
interface Retried {
  /** Only what was mended is. */
  readonly onlyMended: boolean;
  /** No more than is there for the merchant by now, where that is known; else all of it. Minor units. */
  readonly there?: bigint;
}

/**
 * A settlement whose payout is to be tried again; nothing where it cannot be: what is on its way is never sent under another number,
 * and what a netting cycle is to pay is not paid otherwise. What was held, or waited for funds, goes to the account as it is now. What
 * failed or came back gets a line of its own, unless `onlyMended`: then only where the account is another one since. Where there is less
 * than is to be paid, for later refunds took it, that goes at once and the rest under numbers of its own. More may come back of an earlier
 * one when a later one is done.
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
  const today = businessDateOf(now, zone);
  const found = isWaiting(last) ? waitingLine(settlement, last) : lineAgain(settlement, last, merchant, onlyMended);
  const part = found && asFarAs(settlement, found, today, there);
  if (!part) return undefined;
  const changedAt = now.toISOString();
  const { reason: _, isPart: __, ...rest } = found;
  const line: PayoutLine = {
    ...{ ...rest, ...part, state: 'DUE', to: merchant.payout, askedOn: today, isRetry: true, changedAt },
  };
  const earlier = isWaiting(last) ? settlement.payouts.slice(0, -1) : settlement.payouts;
  const next = { ...settlement, payouts: [...earlier, line], revision: settlement.revision + 1, changedAt };
  return withAskAt(next, now);
}

/** It waits, and was not booked: it is the same line. What is not in it of a settlement that goes in parts is. */
function waitingLine(settlement: Settlement, last: PayoutLine): Tried {
  return { ...last, amount: last.amount + (last.isPart ? owedAgain(settlement) : 0n) };
}

/** What failed or came back, or the rest of a part, under a number of its own. */
function lineAgain(
  settlement: Settlement,
  last: PayoutLine,
  merchant: Merchant,
  onlyMended: boolean,
): Tried | undefined {
  const { payouts, id } = settlement;
  const amount = owedAgain(settlement);
  const isOpen = last.state === 'DUE' || payouts.some(({ state }) => isOnItsWay(state));
  if (amount === 0n || isOpen) return undefined;
  // Behind a part that was paid it is the rest of that: its account takes money.
  const isRest = isPaidPart(last) && isSamePayout(last.to, merchant.payout);
  const cameBack = isRest ? undefined : payouts.findLast((line) => backOf(line) > 0n);
  if (onlyMended && cameBack && isSamePayout(cameBack.to, merchant.payout)) return undefined;
  return { id: payoutIdOf(id, payouts.length + 1), amount, attempt: 1 };
}

type Tried = Pick<PayoutLine, 'id' | 'amount' | 'attempt'> & Partial<PayoutLine>;

/**
 * All that is to be tried, or what there is of it; nothing where that is to wait. One part goes of a settlement on a day, so that it is
 * not paid by the fen; one that came back whole is none.
 */
function asFarAs(
  { payouts }: Settlement,
  { id, amount }: Tried,
  today: PlainDate,
  there: bigint | undefined,
): Pick<PayoutLine, 'amount' | 'isPart'> | undefined {
  if (there === undefined || there >= amount) return { amount };
  const ofToday = payouts.filter((line) => line.id !== id && line.isPart && line.askedOn === today);
  const hasPart = ofToday.some((line) => backOf(line) < line.amount);
  return there <= 0n || hasPart ? undefined : { amount: there, isPart: true };
}

/** It was never on its way. */
function isWaiting({ state }: PayoutLine): boolean {
  return state === 'HELD' || state === 'PENDING_FUNDS';
}

/** Whether the ledger has refused all of it already: of what waited for funds, and of the rest of a part. */
export function asksForFunds(settlement: Settlement): boolean {
  const last = lastPayout(settlement);
  return last !== undefined && (last.state === 'PENDING_FUNDS' || isPaidPart(last));
}

function isPaidPart({ state, isPart }: PayoutLine): boolean {
  return state === 'PAID' && isPart === true;
}

function isSamePayout(one: Merchant['payout'], other: Merchant['payout']): boolean {
  return canonicalJson(one) === canonicalJson(other);
}
