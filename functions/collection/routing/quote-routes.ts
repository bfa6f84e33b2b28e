import { CalendarNotPublishedError } from '../../../shared/calendar/calendar.ts';
import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import { assessRail, type Candidate, type OpeningOf, type RoutedItem } from './assess-rail.ts';
import { rememberingClock } from './clock.ts';
import { type Calendars, rememberOpenings } from './openings.ts';
import { isInForce, type Outage, type Rail } from './rail.ts';
import { mannerOf, type Policy, type RankedRoute, rankRoutes } from './rank-routes.ts';
import type { Refusal } from './refusals.ts';

export interface RouteRequest extends RoutedItem {
  readonly policy: Policy;
}

export interface RefusedRail {
  readonly railId: string;
  readonly refusal: Refusal;
}

/** What can become of an item: every rail is in one of the two lists, once. */
export interface RouteQuote {
  readonly at: Date;
  readonly policy: Policy;
  /** The best first; it is the one chosen. */
  readonly routes: readonly RankedRoute[];
  /** By id. */
  readonly refused: readonly RefusedRail[];
}

/** All that a decision goes by besides the item. */
export interface RailSituation {
  /** All versions of all rails, in any order; the versions of a rail do not overlap (see railFaults). */
  readonly rails: readonly Rail[];
  readonly outages: readonly Outage[];
  readonly calendars: Calendars;
}

/**
 * Every rail's terms for an item, ranked by policy, and why the others cannot take it. The version in force on the day
 * of the decision counts, on the rail's own clock; execution may come later, and a quote that was given stays as it is
 * when the configuration changes. Throws RangeError where a rail names a calendar or zone that there is not.
 */
export function quoteRoutes(request: RouteRequest, situation: RailSituation): RouteQuote {
  return routeQuoter(situation)(request);
}

/** quoteRoutes for many items against one situation: days and openings are worked out once. Give each batch its own. */
export function routeQuoter({ rails, outages, calendars }: RailSituation): (request: RouteRequest) => RouteQuote {
  const clock = rememberingClock();
  const openingOf = rememberOpenings(calendars, clock);
  const outagesOf = Map.groupBy(
    outages.toSorted((one, other) => one.from.getTime() - other.from.getTime()),
    ({ railId }) => railId,
  );
  const versions = [...Map.groupBy(rails, ({ id }) => id)].sort(([one], [other]) => (one < other ? -1 : 1));

  return (request) => {
    const candidates: Candidate[] = [];
    const refused: RefusedRail[] = [];
    const inForce: Rail[] = [];
    for (const [railId, ofRail] of versions) {
      const rail = ofRail.find((version) => isInForce(version, clock.dayOf(request.at, version.zone)));
      if (rail) inForce.push(rail);
      const assessed = rail
        ? assessRail(rail, request, outagesOf.get(railId) ?? [], openingOf)
        : { refusal: notInForce(ofRail, (zone) => clock.dayOf(request.at, zone)) };
      if ('candidate' in assessed) candidates.push(assessed.candidate);
      else refused.push({ railId, refusal: assessed.refusal });
    }
    const { at, policy } = request;
    const isPressing = request.urgent || isGrossClosed(inForce, request, openingOf);
    return { at, policy, routes: rankRoutes(candidates, policy, isPressing), refused };
  };
}

function notInForce(versions: readonly Rail[], dayIn: (zone: string) => PlainDate): Refusal {
  const day = dayIn(versions[0]?.zone ?? 'UTC');
  const [nextFrom] = versions
    .map(({ effectiveFrom }) => effectiveFrom)
    .filter((from) => from > day)
    .sort();
  return { code: 'NOT_IN_FORCE', day, ...(nextFrom !== undefined && { nextFrom }) };
}

/**
 * Whether the currency has gross rails and none of them is within its hours; an outage does not count. Hours that are not
 * published are no open hours.
 */
function isGrossClosed(inForce: readonly Rail[], { currency, at }: RouteRequest, openingOf: OpeningOf): boolean {
  const gross = inForce.filter((rail) => rail.currency === currency && mannerOf(rail) === 'GROSS');
  return gross.length > 0 && !gross.some((rail) => isOpen(rail, at, openingOf));
}

function isOpen(rail: Rail, at: Date, openingOf: OpeningOf): boolean {
  try {
    return openingOf(rail, at).opens <= at;
  } catch (error) {
    if (error instanceof CalendarNotPublishedError) return false;
    throw error;
  }
}
