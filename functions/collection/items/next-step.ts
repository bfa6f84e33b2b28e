import type { WorkingDayCalendar } from '../../../shared/calendar/calendar.ts';
import { instantOf } from '../../../shared/calendar/local-time.ts';
import { nextTry } from '../retries/next-try.ts';
import { type ReasonCode, reasons } from '../retries/reasons.ts';
import type { RetryPolicy } from '../retries/retry-policy.ts';
import { mayHaveCome } from './contradict.ts';
import { type CollectionItem, isOpen, openAmount, type Try } from './item.ts';

export interface RouteStep {
  readonly step: 'ROUTE';
  readonly amount: bigint;
  readonly partial: boolean;
  /** The rails that this try was on; a new try may use them again. */
  readonly tried: readonly string[];
  /** Since when it has been due. */
  readonly since: Date;
}

/** What is to be done with an item now. */
export type NextStep =
  /** Money may be on its way: nothing is done but to ask. */
  | { readonly step: 'WAIT_FOR_BANK'; readonly orderId: string }
  | { readonly step: 'WAIT_UNTIL'; readonly at: Date; readonly partial: boolean }
  | RouteStep
  | { readonly step: 'FAIL'; readonly reason: ReasonCode }
  | { readonly step: 'NONE' };

/**
 * The next step of an item by its tries and the retry policy of its mandate; the same whoever asks and however often. Where a rail did not
 * carry it, another is asked at once; where the payer had too little, it waits for the day agreed; a part that came, where the bank was to
 * take one, leaves the rest to the same policy. Throws CalendarNotPublishedError where a retry's day cannot be told.
 */
export function nextStep(item: CollectionItem, policy: RetryPolicy, calendar: WorkingDayCalendar, now: Date): NextStep {
  const amount = openAmount(item);
  if (item.ended || amount === 0n) return { step: 'NONE' };
  const underWay = item.tries.find(isOpen);
  if (underWay) return { step: 'WAIT_FOR_BANK', orderId: underWay.orderId };
  if (mayHaveCome(item)) return { step: 'FAIL', reason: 'CONTRADICTED' };
  const last = item.tries.at(-1);
  if (!last) return { step: 'ROUTE', amount, partial: false, tried: [], since: instantOf(item.dueOn, '00:00') };
  if ((last.state === 'NEVER_LEFT' || last.state === 'REFUSED') && isToRouteAgain(last)) {
    const [partial, tried, since] = [last.partial, railsOfTry(item.tries), new Date(last.routedAt)];
    return { step: 'ROUTE', amount, partial, tried, since };
  }
  return retried(item, last, policy, calendar, now);
}

function retried(
  item: CollectionItem,
  last: Try,
  policy: RetryPolicy,
  calendar: WorkingDayCalendar,
  now: Date,
): NextStep {
  const reason = reasonOfRest(last);
  const [first] = item.tries;
  if (!first || reasons[reason].next !== 'RETRY') return { step: 'FAIL', reason };
  const tries = item.tries.filter(wasAsked).length;
  const next = nextTry(
    { firstTriedAt: new Date(first.routedAt), tries, reason },
    policy,
    calendar,
    new Date(last.endedAt ?? now),
  );
  if (next.outcome === 'ENDED') return { step: 'FAIL', reason };
  if (next.at > now) return { step: 'WAIT_UNTIL', at: next.at, partial: next.partial };
  return { step: 'ROUTE', amount: openAmount(item), partial: next.partial, tried: [], since: next.at };
}

/**
 * Why there is a rest. A bank that may take a part and did had too little before it. One that was asked for the whole may have
 * taken it, whatever it has credited: the rest is not asked for again.
 */
function reasonOfRest({ state, partial, settled = 0n, reason }: Try): ReasonCode {
  if (settled > 0n && !partial) return 'SETTLED_SHORT';
  return state === 'SETTLED' ? 'INSUFFICIENT_FUNDS' : (reason ?? 'REFUSED');
}

/** The payer's side had an answer for it. */
function wasAsked({ state }: Try): boolean {
  return state === 'DECLINED' || state === 'SETTLED' || state === 'RETURNED';
}

/** Whether a rail may carry it yet. What the ledger or a revoked mandate forbids, they forbid on every rail. */
function isToRouteAgain({ reason }: Try): boolean {
  return reason === undefined || reasons[reason].next === 'FAILOVER' || reasons[reason].next === 'AGAIN';
}

/** The rails that did not take the money since it was last declined, or came in part. */
function railsOfTry(tries: readonly Try[]): string[] {
  const ended = tries.findLastIndex(wasAsked);
  const since = tries.slice(ended + 1);
  return since.filter(({ reason }) => !reason || reasons[reason].next !== 'AGAIN').map(({ railId }) => railId);
}
