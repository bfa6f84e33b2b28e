import { describe, expect, test } from 'vitest';
import { hvpsHours, quote, railOf, ranked, refusedOf, shanghai } from './samples.ts';

const holiday = shanghai('2025-10-04 10:00');

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
