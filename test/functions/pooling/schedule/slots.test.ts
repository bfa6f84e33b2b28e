import { describe, expect, test } from 'vitest';
import { runNumberAt, takesPart } from '../../../../functions/pooling/schedule/slots.ts';

const morning = { times: ['09:00'] };
const twice = { times: ['09:00', '16:30'] };

describe('a run of the schedule', () => {
  test.each([
    ['00:00', 10_000],
    ['00:05', 10_005],
    ['09:00', 10_900],
    ['18:30', 11_830],
    ['23:59', 12_359],
  ])('at %s has the number %d, whatever other agreements there are', (time, number) => {
    expect(runNumberAt(time)).toBe(number);
  });

  test('takes in the agreements that have its time and no others', () => {
    expect(takesPart(morning, 10_900)).toBe(true);
    expect(takesPart(morning, 11_630)).toBe(false);
    expect(takesPart(twice, 11_630)).toBe(true);
    expect(takesPart(undefined, 10_900)).toBe(false);
  });
});

test('A run started by hand takes in every agreement, with a schedule or without', () => {
  for (const schedule of [morning, twice, undefined]) expect(takesPart(schedule, 1)).toBe(true);
  expect(takesPart(undefined, 999)).toBe(true);
});
