import { expect, it } from 'vitest';
import { firstOpenDay } from '../../../../functions/settlement/channels/clock-ahead.ts';

const zone = 'Asia/Shanghai';

it('leaves terms open from the next day of the market on', () => {
  expect(firstOpenDay(new Date('2025-09-30T02:00:00.000Z'), zone)).toBe('2025-10-01');
  // 23:54:59 in Chengdu: a clock that is five minutes ahead is not there yet. A second later it is.
  expect(firstOpenDay(new Date('2025-09-30T15:54:59.000Z'), zone)).toBe('2025-10-01');
  expect(firstOpenDay(new Date('2025-09-30T15:55:00.000Z'), zone)).toBe('2025-10-02');
});
