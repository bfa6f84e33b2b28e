import { defaultRails, railCalendars } from '../../functions/collection/routing/default-rails.ts';
import { type RouteRequest, routeQuoter } from '../../functions/collection/routing/quote-routes.ts';
import type { Rail } from '../../functions/collection/routing/rail.ts';
import { policies } from '../../functions/collection/routing/rank-routes.ts';
import { addDays } from '../../shared/calendar/plain-date.ts';

/** Routing decisions, whole quotes: every rail assessed, ranked, and each loser with its reason. */
export interface RoutingRow {
  readonly batch: string;
  readonly rails: number;
  readonly decisions: number;
  readonly milliseconds: number;
  readonly decisionsPerSecond: number;
}

const railCounts = [6, 20, 100];
const decisions = 20_000;
const start = Date.parse('2025-09-01T00:00:00Z');

export function benchRouting(): RoutingRow[] {
  return railCounts.flatMap((count) => {
    const situation = { rails: railsOf(count), outages: [], calendars: railCalendars };
    // One due moment for all, as a file of items has; and one each, over two months.
    const together = Array.from({ length: decisions }, (_, n) => itemOf(n, start));
    const scattered = Array.from({ length: decisions }, (_, n) => itemOf(n, start + ((n * 7_919) % 86_400) * 60_000));
    return [
      time('one moment', count, together, routeQuoter(situation)),
      time('any moment of two months', count, scattered, routeQuoter(situation)),
    ];
  });
}

/** The common rails of China over and over, the copies with limits and fees of their own; a quarter has two versions. */
function railsOf(count: number): Rail[] {
  const china = defaultRails.filter(({ currency }) => currency === 'CNY');
  const rails = Array.from({ length: count }, (_, n): Rail => {
    const rail = china[n % china.length] as Rail;
    const maximum = (rail.maximum ?? 10_000_000_000n) - BigInt(n);
    return { ...rail, id: `${rail.id}_${n}`, maximum, usualMinutes: rail.usualMinutes + n };
  });
  return rails.flatMap((rail, n) => {
    if (n % 4 !== 0) return [rail];
    const changes = '2025-10-01';
    return [
      { ...rail, expiresOn: addDays(changes, -1) },
      { ...rail, effectiveFrom: changes },
    ];
  });
}

function itemOf(n: number, at: number): RouteRequest {
  return {
    at: new Date(at),
    direction: 'COLLECT',
    minor: BigInt((n * 104_729) % 300_000_000) + 1n,
    currency: 'CNY',
    urgent: n % 5 === 0,
    policy: policies[n % policies.length] ?? 'BALANCED',
    payerBank: { cnaps: n % 3 === 0 ? '105100000017' : '102100099996' },
    payeeBank: { cnaps: '105100000017' },
  };
}

function time(
  batch: string,
  rails: number,
  items: readonly RouteRequest[],
  quote: (item: RouteRequest) => unknown,
): RoutingRow {
  const started = performance.now();
  for (const item of items) quote(item);
  const milliseconds = performance.now() - started;
  return {
    batch,
    rails,
    decisions: items.length,
    milliseconds: Math.round(milliseconds * 10) / 10,
    decisionsPerSecond: Math.round((items.length / milliseconds) * 1_000),
  };
}
