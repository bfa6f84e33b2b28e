import { describe, expect, test } from 'vitest';
import { defaultRails } from '../../../../functions/collection/routing/default-rails.ts';
import type { RouteRequest } from '../../../../functions/collection/routing/quote-routes.ts';
import type { Outage, Rail } from '../../../../functions/collection/routing/rail.ts';
import { ccb, fen, hvpsHours, icbc, inShanghai, quote, railOf, ranked, sepaHours, shanghai } from './samples.ts';

/** Every refused rail with its reason. */
function refusedOf(rails: readonly Rail[], request: Partial<RouteRequest> = {}, outages: readonly Outage[] = []) {
  const { refused } = quote(rails, request, { outages });
  return Object.fromEntries(refused.map(({ railId, refusal }) => [railId, refusal]));
}

const holiday = shanghai('2025-10-04 10:00');

describe('by the common rails of China', () => {
  test('1,000,000.00 within the National Day holiday goes at once, over IBPS', () => {
    const [first, ...others] = quote(defaultRails, { at: holiday, minor: fen('1,000,000.00') }).routes;
    expect(first?.candidate).toMatchObject({
      rail: { id: 'IBPS' },
      fee: fen('20.00'),
      earliestExecution: holiday,
      takesNow: true,
      businessDate: '2025-10-04',
    });
    expect(first?.lost).toBeUndefined();
    expect(others.map(({ candidate, lost }) => [candidate.rail.id, lost?.code])).toEqual([
      ['BEPS', 'LESS_FITTING'],
      ['HVPS', 'LESS_FITTING'],
    ]);
  });

  test.each(['CHEAPEST', 'FASTEST', 'BALANCED'] as const)('a fen more waits for HVPS, by %s', (policy) => {
    const { routes, refused } = quote(defaultRails, { at: holiday, minor: fen('1,000,000.01'), policy });
    expect(routes).toHaveLength(1);
    const { rail, earliestExecution, ...terms } = routes[0]?.candidate ?? {};
    expect(rail?.id).toBe('HVPS');
    expect(earliestExecution && inShanghai(earliestExecution)).toBe('2025-10-08 20:30');
    expect(terms).toMatchObject({ businessDate: '2025-10-09', fee: fen('20.00'), takesNow: false });
    expect(refused.map(({ railId, refusal }) => [railId, refusal.code])).toEqual([
      ['BEPS', 'ABOVE_LIMIT'],
      ['BOOK', 'NOT_SAME_BANK'],
      ['IBPS', 'ABOVE_LIMIT'],
      ['SEPA_FILE', 'CURRENCY'],
    ]);
  });

  test.each<[string, Partial<RouteRequest>, string[]]>([
    ['within one bank: a book transfer', { payerBank: { cnaps: '105205800521' } }, ['BOOK', 'BEPS', 'IBPS', 'HVPS']],
    ['in the hours of HVPS: BEPS', {}, ['BEPS', 'IBPS', 'HVPS']],
    ['at the cut-off of HVPS: BEPS still', { at: shanghai('2025-10-15 17:15') }, ['BEPS', 'IBPS', 'HVPS']],
    ['a minute later: IBPS', { at: shanghai('2025-10-15 17:16') }, ['IBPS', 'BEPS', 'HVPS']],
    ['in the evening before a working day: BEPS', { at: shanghai('2025-10-15 20:30') }, ['BEPS', 'IBPS', 'HVPS']],
    ['on Friday night: IBPS', { at: shanghai('2025-09-19 21:00') }, ['IBPS', 'BEPS', 'HVPS']],
    // HVPS settles in five minutes, BEPS in thirty.
    ['urgent: IBPS, then by speed', { urgent: true }, ['IBPS', 'HVPS', 'BEPS']],
    ['above the limit of an item: HVPS', { minor: fen('1,000,000.01') }, ['HVPS']],
    ['in euro: the file', { currency: 'EUR' }, ['SEPA_FILE']],
    ['in a currency without rails: none', { currency: 'USD' }, []],
  ])('BALANCED %s', (_, request, ids) => {
    expect(ranked(defaultRails, request)).toEqual(ids);
  });

  test('beyond the published calendar the rails that need none go on', () => {
    const at = shanghai('2027-03-01 10:00');
    expect(ranked(defaultRails, { at })).toEqual(['IBPS', 'BEPS']);
    expect(refusedOf(defaultRails, { at }).HVPS).toEqual({
      code: 'CALENDAR_NOT_PUBLISHED',
      calendar: 'CN_STATE_COUNCIL',
      date: '2027-03-01',
    });
  });

  test('a bank that is not named costs the book transfer only', () => {
    expect(ranked(defaultRails, { payerBank: {} })).toEqual(['BEPS', 'IBPS', 'HVPS']);
    expect(refusedOf(defaultRails, { payerBank: {} }).BOOK).toEqual({
      code: 'BANK_UNKNOWN',
      place: 'payerBank',
      needed: 'cnaps',
    });
  });

  test('a book transfer takes any amount for nothing', () => {
    const [first] = quote(defaultRails, { payerBank: ccb, payeeBank: ccb, minor: fen('50,000,000.00') }).routes;
    expect(first?.candidate).toMatchObject({ rail: { id: 'BOOK' }, fee: 0n, takesNow: true });
  });
});

describe('a policy', () => {
  const at = shanghai('2025-10-15 10:00');
  const cheap = railOf('cheap', { tariff: { bands: [], above: { millionths: 0, floor: 2_00n } }, usualMinutes: 120 });
  const fast = railOf('fast', { tariff: { bands: [], above: { millionths: 0, floor: 20_00n } } });
  const sure = railOf('sure', { ...without(cheap), successMillionths: 999_999 });

  function without({ id: _, ...terms }: Rail) {
    return terms;
  }

  test('CHEAPEST says what the others would cost', () => {
    const [first, second] = quote([fast, cheap], { policy: 'CHEAPEST' }).routes;
    expect(first?.candidate.rail.id).toBe('cheap');
    expect(second?.lost).toEqual({ code: 'DEARER', fee: 20_00n, against: 2_00n });
  });

  test('FASTEST says when the others would settle', () => {
    const [first, second] = quote([fast, cheap], { at, policy: 'FASTEST' }).routes;
    expect(first?.candidate.rail.id).toBe('fast');
    expect(second?.lost).toEqual({
      code: 'SETTLES_LATER',
      settlement: shanghai('2025-10-15 12:00'),
      against: shanghai('2025-10-15 10:01'),
    });
  });

  test('goes by what follows where the first figure is equal', () => {
    expect(quote([cheap, sure], { policy: 'CHEAPEST' }).routes[1]?.lost).toEqual({
      code: 'LESS_RELIABLE',
      successMillionths: 990_000,
      against: 999_999,
    });
    const twin = railOf('twin', without(sure));
    expect(quote([twin, sure], { policy: 'FASTEST' }).routes[1]?.lost).toEqual({
      code: 'LATER_IN_ALPHABET',
      against: 'sure',
    });
  });

  test('compares with the rail chosen, not with the one before', () => {
    const dear = railOf('dear', { tariff: { bands: [], above: { millionths: 0, floor: 30_00n } } });
    const losers = quote([dear, fast, cheap], { policy: 'CHEAPEST' }).routes.slice(1);
    expect(losers.map(({ lost }) => lost)).toEqual([
      { code: 'DEARER', fee: 20_00n, against: 2_00n },
      { code: 'DEARER', fee: 30_00n, against: 2_00n },
    ]);
  });

  test('BALANCED names the manners', () => {
    const batch = railOf('batch', { kind: 'BEPS' });
    expect(quote([fast, batch], {}).routes[1]?.lost).toEqual({
      code: 'LESS_FITTING',
      manner: 'IMMEDIATE',
      against: 'BATCHED',
    });
  });

  test('BALANCED does not wait for an immediate rail where another takes an urgent item at once', () => {
    const asleep = railOf('asleep', { kind: 'UNIONPAY', hours: { ...hvpsHours, opensOn: 'SAME_DAY', opens: '12:00' } });
    const batch = railOf('batch', { kind: 'BEPS', usualMinutes: 30 });
    expect(ranked([asleep, batch], { urgent: true })).toEqual(['batch', 'asleep']);
    expect(ranked([asleep, batch], { urgent: true, at: shanghai('2025-10-15 12:00') })).toEqual(['asleep', 'batch']);
  });

  test('BALANCED without a gross rail in the currency is calm unless the item is urgent', () => {
    const batch = railOf('batch', { kind: 'BEPS' });
    const request = { at: holiday };
    expect(ranked([fast, batch], request)).toEqual(['batch', 'fast']);
    expect(ranked([fast, batch], { ...request, urgent: true })).toEqual(['fast', 'batch']);
  });

  test('an outage of the gross rail is not its closing time', () => {
    const outages = [{ railId: 'HVPS', from: shanghai('2025-10-15 09:00') }];
    expect(ranked(defaultRails, {}, { outages })).toEqual(['BEPS', 'IBPS']);
  });
});

describe('a rail refuses', () => {
  const limited = railOf('r', { minimum: fen('1.00'), maximum: fen('50,000.00') });

  test.each<[string, Partial<RouteRequest>, object | undefined]>([
    ['its maximum', { minor: fen('50,000.00') }, undefined],
    ['a fen more', { minor: fen('50,000.01') }, { code: 'ABOVE_LIMIT', maximum: fen('50,000.00') }],
    ['its minimum', { minor: fen('1.00') }, undefined],
    ['a fen less', { minor: fen('0.99') }, { code: 'BELOW_MINIMUM', minimum: fen('1.00') }],
    ['another currency', { currency: 'EUR' }, { code: 'CURRENCY', currency: 'CNY' }],
    ['money that it had before', { triedRails: ['q', 'r'] }, { code: 'ALREADY_TRIED' }],
  ])('or takes: %s', (_, request, refusal) => {
    expect(refusedOf([limited], request).r).toEqual(refusal);
  });

  test('a direction that it does not serve', () => {
    const payOnly = railOf('r', { directions: ['PAY'] });
    expect(refusedOf([payOnly]).r).toEqual({ code: 'DIRECTION', directions: ['PAY'] });
    expect(ranked([payOnly], { direction: 'PAY' })).toEqual(['r']);
  });
});

describe('the version of a rail', () => {
  const before = railOf('r', { effectiveFrom: '2025-01-01', expiresOn: '2025-10-14', maximum: 1_00n });
  const after = railOf('r', { effectiveFrom: '2025-10-16', maximum: 2_00n });
  const maximumOf = (at: string) =>
    quote([after, before], { at: shanghai(at), minor: 1_00n }).routes[0]?.candidate.rail;

  test.each([
    ['2025-01-01 00:00', 1_00n],
    ['2025-10-14 23:59', 1_00n],
    ['2025-10-16 00:00', 2_00n],
  ])('at %s is the one in force that day', (at, maximum) => {
    expect(maximumOf(at)?.maximum).toBe(maximum);
  });

  test('is none between two, and before the first; the refusal says which one comes', () => {
    expect(refusedOf([before, after], { at: shanghai('2025-10-15 12:00') }).r).toEqual({
      code: 'NOT_IN_FORCE',
      day: '2025-10-15',
      nextFrom: '2025-10-16',
    });
    expect(refusedOf([after, before], { at: shanghai('2024-12-31 23:59') }).r).toMatchObject({
      nextFrom: '2025-01-01',
    });
    expect(refusedOf([before], { at: shanghai('2025-10-15 00:00') }).r).toEqual({
      code: 'NOT_IN_FORCE',
      day: '2025-10-15',
    });
  });

  test('goes by the day on the clock of the rail', () => {
    const berlin = railOf('r', { zone: 'Europe/Berlin', effectiveFrom: '2025-10-16' });
    expect(ranked([berlin], { at: shanghai('2025-10-16 05:59') })).toEqual([]);
    expect(ranked([berlin], { at: shanghai('2025-10-16 06:00') })).toEqual(['r']);
  });

  test('of the day of decision counts, even where the rail opens after it expired', () => {
    const gross = railOf('g', { kind: 'HVPS', hours: hvpsHours, expiresOn: '2025-10-04' });
    expect(quote([gross], { at: holiday }).routes[0]?.candidate.businessDate).toBe('2025-10-09');
  });
});

describe('an outage', () => {
  const [first, second] = [railOf('a'), railOf('b')];
  const from = shanghai('2025-10-15 09:00');
  const to = shanghai('2025-10-15 11:00');

  test.each([
    ['2025-10-15 08:59', ['a', 'b']],
    ['2025-10-15 09:00', ['b']],
    ['2025-10-15 10:59', ['b']],
    ['2025-10-15 11:00', ['a', 'b']],
  ])('at %s leaves %j', (at, ids) => {
    expect(ranked([first, second], { at: shanghai(at) }, { outages: [{ railId: 'a', from, to }] })).toEqual(ids);
  });

  test('says when the rail takes items again, past others and into its hours', () => {
    const at = shanghai('2025-10-15 10:00');
    expect(refusedOf([first], { at }, [{ railId: 'a', from, to }]).a).toEqual({
      code: 'OUTAGE',
      from,
      to,
      takesAgainAt: to,
    });
    const next = { railId: 'a', from: to, to: shanghai('2025-10-15 18:00') };
    const gross = railOf('a', { kind: 'HVPS', hours: hvpsHours });
    expect(refusedOf([gross], { at }, [next, { railId: 'a', from, to }]).a).toMatchObject({
      to,
      takesAgainAt: shanghai('2025-10-15 20:30'),
    });
  });

  test('without an end, or with another without one behind it, promises nothing', () => {
    const at = shanghai('2025-10-15 10:00');
    expect(refusedOf([first], { at }, [{ railId: 'a', from }]).a).toEqual({ code: 'OUTAGE', from });
    const endless = { railId: 'a', from: to };
    expect(refusedOf([first], { at }, [{ railId: 'a', from, to }, endless]).a).toEqual({ code: 'OUTAGE', from, to });
  });

  test('that ends where the calendar does promises nothing', () => {
    const gross = railOf('a', { kind: 'HVPS', hours: hvpsHours });
    const outage = { railId: 'a', from: shanghai('2026-12-31 10:00'), to: shanghai('2026-12-31 18:00') };
    expect(refusedOf([gross], { at: shanghai('2026-12-31 12:00') }, [outage]).a).not.toHaveProperty('takesAgainAt');
  });

  test('counts when the rail would take the item, not when it is asked', () => {
    const gross = railOf('a', { kind: 'HVPS', hours: hvpsHours });
    const over = { railId: 'a', from: holiday, to: shanghai('2025-10-05 10:00') };
    expect(ranked([gross], { at: holiday }, { outages: [over] })).toEqual(['a']);
    const opening = { railId: 'a', from: shanghai('2025-10-08 20:00'), to: shanghai('2025-10-08 22:00') };
    expect(refusedOf([gross], { at: holiday }, [opening]).a).toMatchObject({
      code: 'OUTAGE',
      takesAgainAt: shanghai('2025-10-08 22:00'),
    });
  });
});

test('a file settles on its business date, however soon it leaves', () => {
  const file = railOf('f', {
    kind: 'FILE',
    currency: 'EUR',
    zone: 'Europe/Berlin',
    hours: sepaHours,
    usualMinutes: 60,
  });
  const [route] = quote([file], { currency: 'EUR', at: new Date('2026-04-02T12:00:00+02:00') }).routes;
  expect(route?.candidate).toMatchObject({
    earliestExecution: new Date('2026-04-02T16:00:00+02:00'),
    businessDate: '2026-04-07',
    expectedSettlement: new Date('2026-04-07T10:00:00+02:00'),
  });
});

test('every rail is answered once, whether it takes the item or not', () => {
  const { routes, refused } = quote(defaultRails, { payerBank: icbc });
  const ids = [...routes.map(({ candidate }) => candidate.rail.id), ...refused.map(({ railId }) => railId)];
  expect(ids.sort()).toEqual(defaultRails.map(({ id }) => id).sort());
});
