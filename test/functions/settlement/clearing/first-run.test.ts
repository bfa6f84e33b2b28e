import { expect, test } from 'vitest';
import { firstRunOn } from '../../../../functions/settlement/clearing/first-run.ts';

test('the run of a day takes what is known until 02:00 on the market’s clock; then it is that of the next day', () => {
  // 02:00 in Shanghai on the 19th is 18:00 of the 18th in UTC.
  expect(firstRunOn('2025-09-18T17:59:59.999Z')).toBe('2025-09-19');
  expect(firstRunOn('2025-09-18T18:00:00.000Z')).toBe('2025-09-19');
  expect(firstRunOn('2025-09-18T18:00:00.001Z')).toBe('2025-09-20');
  // In New York it is 14:30 on the 18th.
  expect(firstRunOn('2025-09-18T18:30:00.000Z', 'America/New_York')).toBe('2025-09-19');
});
