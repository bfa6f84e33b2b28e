import { describe, expect, test } from 'vitest';
import { accrueInterest } from '../../../../functions/pooling/interest/accrue.ts';
import { agreedDepositRates } from '../../../../functions/pooling/interest/agreed-deposit.ts';
import { parseRate } from '../../../../functions/pooling/interest/rates.ts';
import { position, yuan } from './samples.ts';

const terms = {
  from: '2025-01-01',
  base: yuan('100000'),
  demandRate: parseRate('0.35'),
  agreedRate: parseRate('1.15'),
};

/** Interest from 2026-03-21 to 2026-06-21, 92 days in 360. */
function interest(opening: string, movements: Record<string, string> = {}, credit = agreedDepositRates([terms])) {
  const period = { from: '2026-03-21', to: '2026-06-21' };
  const input = {
    period,
    dayCount: 'ACT_360',
    segmented: true,
    position: position(opening, movements),
    credit,
  } as const;
  return accrueInterest(input).credit.interest;
}

describe('an agreed deposit with a base of 100,000 at 0.35 % and 1.15 % above', () => {
  test.each([
    ['below the base it is a demand deposit', '80000', '71.56'], // 80,000 × 0.35 % × 92/360 = 71.5556
    ['at the base too', '100000', '89.44'], // 89.4444
    ['above, the base earns 0.35 % and 250,000 earn 1.15 %', '350000', '824.17'], // 89.4444 + 734.7222
    ['an overdrawn one earns nothing', '-5000', '0.00'],
  ])('%s', (_, balance, expected) => {
    expect(interest(balance)).toBe(yuan(expected));
  });

  test('goes day by day: 40 days of 350,000 and 52 of 60,000', () => {
    // 38.8889 + 319.4444 + 30.3333; the average balance, 186,087, would have given 342.44.
    expect(interest('350000', { '2026-04-30': '-290000' })).toBe(yuan('388.67'));
  });

  test('takes new terms from their date on: 30 days of the old, 62 of a base of 200,000 and 1.00 %', () => {
    const later = { ...terms, from: '2026-04-20', base: yuan('200000'), agreedRate: parseRate('1.00') };
    // 100,000 × 0.35 % × 30/360 + 250,000 × 1.15 % × 30/360 + 200,000 × 0.35 % × 62/360 + 150,000 × 1 % × 62/360
    // = 29.1667 + 239.5833 + 120.5556 + 258.3333
    expect(interest('350000', {}, agreedDepositRates([terms, later]))).toBe(yuan('647.64'));
  });

  test('with a base of nothing has all at the agreed rate', () => {
    const rates = agreedDepositRates([{ ...terms, base: 0n }]);
    expect(interest('100000', {}, rates)).toBe(yuan('293.89'));
  });
});

test('the base of an agreed deposit is not below zero', () => {
  expect(() => agreedDepositRates([{ ...terms, base: -1n }])).toThrow(RangeError);
});
