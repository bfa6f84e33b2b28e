import { describe, expect, test } from 'vitest';
import { slotsOf, takesPart } from '../../../../functions/pooling/schedule/slots.ts';

const morning = { times: ['09:00'] };
const twice = { times: ['09:00', '16:30'] };
const noon = { times: ['12:00'] };

describe('the slots of a pool', () => {
  test('are the distinct times of its agreements in the order of the day', () => {
    expect(slotsOf([twice, noon, morning, undefined])).toEqual(['09:00', '12:00', '16:30']);
  });

  test('are none where no agreement has a schedule', () => {
    expect(slotsOf([undefined])).toEqual([]);
  });
});

describe('an agreement', () => {
  const slots = ['09:00', '12:00', '16:30'];
  const runs = [1, 2, 3, 4, 5];

  test('takes part in the runs of its times and in all beyond the slots', () => {
    expect(runs.filter((run) => takesPart(morning, slots, run))).toEqual([1, 4, 5]);
    expect(runs.filter((run) => takesPart(twice, slots, run))).toEqual([1, 3, 4, 5]);
    expect(runs.filter((run) => takesPart(noon, slots, run))).toEqual([2, 4, 5]);
  });

  test('without a schedule takes part in the runs beyond the slots, which are started by hand', () => {
    expect(runs.filter((run) => takesPart(undefined, slots, run))).toEqual([4, 5]);
    expect(takesPart(undefined, [], 1)).toBe(true);
  });

  test.each([0, -1, 1.5, Number.NaN])('is not asked about run %d', (run) => {
    expect(() => takesPart(morning, slots, run)).toThrow(RangeError);
  });
});
