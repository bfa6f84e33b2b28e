import { describe, expect, test } from 'vitest';
import { isWithinWindow, termsOn, versionOn } from '../../../../functions/settlement/channels/version-on.ts';
import { channelOf, versionOf } from './samples.ts';

describe('the terms of a channel on a day', () => {
  const channel = channelOf({
    versions: [versionOf('2026-07-01'), versionOf('2026-01-01', { effectiveTo: '2026-05-31' })],
  });

  test.each([
    ['2025-12-31', undefined],
    ['2026-01-01', '2026-01-01'],
    ['2026-05-31', '2026-01-01'],
    ['2026-06-01', undefined],
    ['2026-06-30', undefined],
    ['2026-07-01', '2026-07-01'],
    ['2099-12-31', '2026-07-01'],
  ])('on %s are those from %s on', (day, from) => {
    expect(versionOn(channel, day)?.effectiveFrom).toBe(from);
  });

  test.each([
    ['2025-12-31', '2026-01-01'],
    ['2026-05-31', '2026-01-01'],
    ['2026-06-15', '2026-01-01'],
    ['2026-07-01', '2026-07-01'],
  ])('by which money of %s counts that came all the same are those from %s on', (day, from) => {
    expect(termsOn(channel, day).effectiveFrom).toBe(from);
  });
});

describe('a window of 30 days from 2026-01-01', () => {
  test.each([
    ['2026-01-01', true],
    ['2026-01-31', true],
    ['2026-02-01', false],
  ])('on %s is open: %s', (day, isOpen) => {
    expect(isWithinWindow('2026-01-01', day, 30)).toBe(isOpen);
  });

  test('of no days closes at the end of its own day; one that is not given never does', () => {
    expect(isWithinWindow('2026-01-01', '2026-01-01', 0)).toBe(true);
    expect(isWithinWindow('2026-01-01', '2026-01-02', 0)).toBe(false);
    expect(isWithinWindow('2026-01-01', '2099-01-01', undefined)).toBe(true);
  });

  test('of 365 days from the day before a leap day ends a day sooner on the calendar', () => {
    expect(isWithinWindow('2024-02-28', '2025-02-27', 365)).toBe(true);
    expect(isWithinWindow('2024-02-28', '2025-02-28', 365)).toBe(false);
  });
});
