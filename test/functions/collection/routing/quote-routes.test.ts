import { describe, expect, test } from 'vitest';
import { defaultRails } from '../../../../functions/collection/routing/default-rails.ts';
import type { RouteRequest } from '../../../../functions/collection/routing/quote-routes.ts';
import type { Rail } from '../../../../functions/collection/routing/rail.ts';
import {
  ccb,
  fen,
  hvpsHours,
  icbc,
  inShanghai,
  quote,
  railOf,
  ranked,
  refusedOf,
  sepaHours,
  shanghai,
} from './samples.ts';

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
      ['HVPS', 'OPENS_LATER'],
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
    const quick = railOf('quick');
    const [chosen, loser] = quote([asleep, quick], { urgent: true }).routes;
    expect(chosen?.candidate.rail.id).toBe('quick');
    expect(loser?.lost).toEqual({
      code: 'OPENS_LATER',
      earliestExecution: shanghai('2025-10-15 12:00'),
      against: shanghai('2025-10-15 10:00'),
    });
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
