import { instantOf } from '../../../shared/calendar/local-time.ts';
import { DAY_MS, HOUR_MS } from '../../../shared/time/durations.ts';
import type { CollectionItem } from '../items/item.ts';
import type { RouteStep } from '../items/next-step.ts';
import type { Mandate } from '../mandates/mandate.ts';
import type { Candidate } from '../routing/assess-rail.ts';
import type { RouteQuote, RouteRequest } from '../routing/quote-routes.ts';
import type { Refusal } from '../routing/refusals.ts';
import type { Batch } from './batch.ts';

/** So long after it was due an item waits for a rail to take it. */
export const waitDaysMax = 31;

export interface RailSituation {
  readonly quote: (request: RouteRequest) => RouteQuote;
  /** The bank of the company's account. */
  readonly payeeBank: { readonly cnaps?: string; readonly bic?: string };
  readonly now: Date;
}

export type RailChoice =
  | { readonly outcome: 'RAIL'; readonly candidate: Candidate }
  /** None takes it now, and one does, or may, then. */
  | { readonly outcome: 'LATER'; readonly at: Date }
  | { readonly outcome: 'NONE' };

/**
 * The best rail for an item by the policy of its batch, of those that it was not on; or when to ask again: at its opening,
 * where it is closed. Until then the item stays here, where it can be cancelled and its mandate revoked.
 */
export function chooseRail(
  { policy }: Batch,
  { currency }: CollectionItem,
  { payer }: Mandate,
  { amount, tried, since }: RouteStep,
  { quote, payeeBank, now }: RailSituation,
): RailChoice {
  const { routes, refused } = quote({
    ...{ at: now, direction: 'COLLECT', minor: amount, currency: currency as RouteRequest['currency'] },
    ...{ urgent: false, policy, payerBank: payer.account.bank, payeeBank, triedRails: tried },
  });
  const [best] = routes;
  if (best) {
    const { rail, takesNow, earliestExecution } = best.candidate;
    // What is to be in the file of a cut-off is handed over before it.
    const isToHand = takesNow || rail.hours.type === 'CUT_OFFS';
    return isToHand ? { outcome: 'RAIL', candidate: best.candidate } : { outcome: 'LATER', at: earliestExecution };
  }
  const times = refused.flatMap(({ refusal }) => takesAt(refusal, now) ?? []);
  const [at] = times.sort((one, other) => one.getTime() - other.getTime());
  return at && !hasWaitedEnough(since, now) ? { outcome: 'LATER', at } : { outcome: 'NONE' };
}

/** Whether what has been due since then is given up. */
export function hasWaitedEnough(since: Date, now: Date): boolean {
  return now.getTime() > since.getTime() + waitDaysMax * DAY_MS;
}

/** When a rail may take what it refuses now; undefined where it never will. */
function takesAt(refusal: Refusal, now: Date): Date | undefined {
  switch (refusal.code) {
    case 'OUTAGE':
      return refusal.takesAgainAt ?? new Date(now.getTime() + HOUR_MS);
    case 'CALENDAR_NOT_PUBLISHED':
      return new Date(now.getTime() + DAY_MS);
    case 'NOT_IN_FORCE':
      return refusal.nextFrom === undefined ? undefined : instantOf(refusal.nextFrom, '00:00');
    default:
      return undefined;
  }
}
