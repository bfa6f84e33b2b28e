import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultRails, railCalendars } from '../../../../functions/collection/routing/default-rails.ts';
import { nextOpening } from '../../../../functions/collection/routing/openings.ts';
import { quoteRoutes, type RouteRequest, routeQuoter } from '../../../../functions/collection/routing/quote-routes.ts';
import { type Hours, type Outage, type Rail, railKinds } from '../../../../functions/collection/routing/rail.ts';
import { policies } from '../../../../functions/collection/routing/rank-routes.ts';
import { ccb, collect, hvpsHours, icbc, railOf, sepaHours, shanghai, walkToSession } from './samples.ts';

const minutesFrom2025 = (minutes: number) => new Date(shanghai('2025-01-02 00:00').getTime() + minutes * 60_000);
const instant = fc.integer({ min: 0, max: 700 * 1_440 }).map(minutesFrom2025);
const money = fc.bigInt({ min: 1n, max: 200n });

const hours = fc.constantFrom<Hours>(
  { type: 'ALWAYS' },
  hvpsHours,
  { ...hvpsHours, opensOn: 'SAME_DAY', opens: '08:30', closes: '17:00' },
  { ...sepaHours, calendar: 'CN_STATE_COUNCIL' },
  { ...sepaHours, cutOffs: ['12:00'], leadDays: 3 },
);

/** Few different figures, so that many candidates are equal in some. */
const rails: fc.Arbitrary<Rail[]> = fc
  .uniqueArray(
    fc.record({
      id: fc.integer({ min: 0, max: 40 }).map((n) => `rail-${n}`),
      kind: fc.constantFrom(...railKinds),
      hours,
      minimum: fc.option(money, { nil: undefined }),
      maximum: fc.option(money, { nil: undefined }),
      floor: fc.constantFrom(0n, 1n, 5n, 20n),
      millionths: fc.constantFrom(0, 20, 100_000),
      usualMinutes: fc.constantFrom(0, 1, 30, 600),
      successMillionths: fc.constantFrom(900_000, 990_000),
      same: fc.constantFrom<Rail['banks']>({ same: 'ANY' }, { same: 'CNAPS_TYPE', sharedTypes: [] }),
      currency: fc.constantFrom('CNY', 'CNY', 'CNY', 'EUR'),
    }),
    { selector: ({ id }) => id, maxLength: 12 },
  )
  .map((drawn) =>
    drawn.map(({ id, floor, millionths, same, minimum, maximum, ...terms }) =>
      railOf(id, {
        ...terms,
        ...(minimum && { minimum }),
        ...(maximum && { maximum }),
        tariff: { bands: [{ upTo: 50n, fee: floor }], above: { millionths, floor } },
        banks: same,
      }),
    ),
  );

const request: fc.Arbitrary<RouteRequest> = fc
  .record({
    at: instant,
    minor: money,
    urgent: fc.boolean(),
    policy: fc.constantFrom(...policies),
    payerBank: fc.constantFrom(ccb, icbc),
  })
  .map((drawn) => ({ ...collect, ...drawn }));

const outages: fc.Arbitrary<Outage[]> = fc.array(
  fc
    .record({
      rail: fc.integer({ min: 0, max: 40 }),
      start: fc.integer({ min: 0, max: 700 * 1_440 }),
      length: fc.option(fc.integer({ min: 1, max: 10_000 })),
    })
    .map(({ rail, start, length }) => ({
      railId: `rail-${rail}`,
      from: minutesFrom2025(start),
      ...(length !== null && { to: minutesFrom2025(start + length) }),
    })),
  { maxLength: 8 },
);

const situation = fc.record({ rails, outages }).map((drawn) => ({ ...drawn, calendars: railCalendars }));
const always = (property: fc.IProperty<unknown>) => fc.assert(property, { numRuns: 300 });

describe('a quote', () => {
  test('does not depend on the order of rails and outages', () => {
    always(
      fc.property(situation, request, fc.infiniteStream(fc.nat()), (given, item, numbers) => {
        const shuffle = <T>(list: readonly T[]) =>
          list
            .map((entry) => ({ entry, place: numbers.next().value ?? 0 }))
            .sort((one, other) => one.place - other.place)
            .map(({ entry }) => entry);
        const shuffled = { ...given, rails: shuffle(given.rails), outages: shuffle(given.outages) };
        const [one, other] = [quoteRoutes(item, given), quoteRoutes(item, shuffled)];
        expect(other.routes).toEqual(one.routes);
        expect(other.refused.map(({ railId, refusal }) => [railId, refusal.code])).toEqual(
          one.refused.map(({ railId, refusal }) => [railId, refusal.code]),
        );
      }),
    );
  });

  test('offers no rail against its own terms', () => {
    always(
      fc.property(situation, request, (given, item) => {
        for (const { candidate } of quoteRoutes(item, given).routes) {
          const { minimum = 0n, maximum = item.minor, currency, banks } = candidate.rail;
          expect(item.minor >= minimum && item.minor <= maximum).toBe(true);
          expect(currency).toBe(item.currency);
          expect(banks.same === 'ANY' || item.payerBank === ccb).toBe(true);
        }
      }),
    );
  });

  test('executes never before now, always within an opening, never in an outage', () => {
    always(
      fc.property(situation, request, (given, item) => {
        for (const { candidate } of quoteRoutes(item, given).routes) {
          const { rail, earliestExecution, businessDate, expectedSettlement, takesNow } = candidate;
          expect(earliestExecution.getTime()).toBeGreaterThanOrEqual(item.at.getTime());
          expect(takesNow).toBe(earliestExecution.getTime() === item.at.getTime());
          expect(expectedSettlement.getTime()).toBeGreaterThanOrEqual(earliestExecution.getTime());
          const opening = nextOpening(rail, earliestExecution, railCalendars);
          expect(opening.opens.getTime()).toBeLessThanOrEqual(earliestExecution.getTime());
          expect(opening.businessDate).toBe(businessDate);
          const down = given.outages.filter(
            ({ railId, from, to }) =>
              railId === rail.id && from <= earliestExecution && (!to || earliestExecution < to),
          );
          expect(down).toEqual([]);
        }
      }),
    );
  });

  test('by CHEAPEST never picks a dearer rail, by FASTEST never a later one', () => {
    always(
      fc.property(situation, request, (given, item) => {
        const [cheapest] = quoteRoutes({ ...item, policy: 'CHEAPEST' }, given).routes;
        const [fastest, ...others] = quoteRoutes({ ...item, policy: 'FASTEST' }, given).routes;
        for (const { candidate } of [fastest, ...others].flatMap((route) => route ?? [])) {
          expect(candidate.fee >= (cheapest?.candidate.fee ?? 0n)).toBe(true);
          expect(candidate.expectedSettlement >= (fastest?.candidate.expectedSettlement ?? new Date(0))).toBe(true);
        }
      }),
    );
  });

  test('stays as it is when a losing rail goes, but for its own line', () => {
    always(
      fc.property(situation, request, fc.nat(), (given, item, pick) => {
        // What is pressing hangs on the gross rails; one that goes may change it.
        const { routes } = quoteRoutes(item, given);
        const losers = routes.slice(1).filter(({ candidate }) => candidate.rail.kind !== 'HVPS');
        const gone = losers[pick % Math.max(losers.length, 1)]?.candidate.rail.id;
        if (gone === undefined) return;
        const less = { ...given, rails: given.rails.filter(({ id }) => id !== gone) };
        expect(quoteRoutes(item, less).routes).toEqual(routes.filter(({ candidate }) => candidate.rail.id !== gone));
      }),
    );
  });

  test('gives every loser a figure that is truly worse, and the chosen none', () => {
    always(
      fc.property(situation, request, (given, item) => {
        const [chosen, ...losers] = quoteRoutes(item, given).routes;
        expect(chosen?.lost).toBeUndefined();
        for (const { lost } of losers) {
          if (lost?.code === 'DEARER') expect(lost.fee > lost.against).toBe(true);
          else if (lost?.code === 'SETTLES_LATER') expect(lost.settlement > lost.against).toBe(true);
          else if (lost?.code === 'OPENS_LATER') expect(lost.earliestExecution > lost.against).toBe(true);
          else if (lost?.code === 'LESS_RELIABLE') expect(lost.successMillionths < lost.against).toBe(true);
          else if (lost?.code === 'LESS_FITTING') expect(lost.manner).not.toBe(lost.against);
          else expect(lost?.code).toBe('LATER_IN_ALPHABET');
        }
      }),
    );
  });

  test('is the same in a batch as alone', () => {
    always(
      fc.property(situation, fc.array(request, { maxLength: 10 }), (given, items) => {
        const quoteOf = routeQuoter(given);
        for (const item of items) expect(quoteOf(item)).toEqual(quoteRoutes(item, given));
      }),
    );
  });
});

test('BALANCED over the common rails of China is the rule as treasurers tell it', () => {
  const amount = fc.oneof(
    fc.bigInt({ min: 99_999_998n, max: 100_000_002n }),
    fc.bigInt({ min: 1n, max: 500_000_000n }),
  );
  const item = fc.record({ at: instant, minor: amount, urgent: fc.boolean(), payerBank: fc.constantFrom(ccb, icbc) });
  always(
    fc.property(item, (drawn) => {
      const [executes, businessDate] = walkToSession(drawn.at, hvpsHours);
      const isHvpsOpen = executes.getTime() === drawn.at.getTime();
      const [chosen] = quoteRoutes(
        { ...collect, ...drawn },
        { rails: defaultRails, outages: [], calendars: railCalendars },
      ).routes;
      const candidate = chosen?.candidate;
      const id = candidate?.rail.id;
      if (drawn.payerBank === ccb) expect(id).toBe('BOOK');
      else if (drawn.minor <= 100_000_000n) expect(id).toBe(drawn.urgent || !isHvpsOpen ? 'IBPS' : 'BEPS');
      else
        expect([id, candidate?.earliestExecution, candidate?.businessDate]).toEqual(['HVPS', executes, businessDate]);
    }),
  );
});
