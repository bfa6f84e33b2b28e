import { describe, expect, test } from 'vitest';
import { computeNotionalPool } from '../../../../functions/pooling/interest/notional.ts';
import { flat, position } from './samples.ts';

/** 10 million on either side, for February: 28 days, but 30 by 30E/360. */
const february = {
  period: { from: '2026-02-01', to: '2026-03-01' },
  segmented: true,
  credit: flat('1.00'),
  debit: flat('4.35'),
  members: [
    { id: 'a', position: position('10000000') },
    { id: 'b', position: position('-10000000') },
  ],
  allocation: { method: 'ABSOLUTE_BALANCE' },
} as const;

describe('the advantage of a notional pool by absolute balance', () => {
  test.each([
    ['ACT_360', 'ACT_360'],
    ['30E_360', 'ACT_360'],
    ['ACT_360', '30E_360'],
  ] as const)('goes by natural days, where interest counts by %s and %s', (dayCount, debitDayCount) => {
    const { members, advantage } = computeNotionalPool({ ...february, dayCount, debitDayCount });
    const [a = 0n, b = 0n] = members.map(({ share }) => share ?? 0n);
    expect(a + b).toBe(advantage);
    expect([0n, 1n]).toContain(a - b);
  });
});
