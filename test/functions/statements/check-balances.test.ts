import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkBalances, closingBalance, openingBalance } from '../../../functions/statements/check-balances.ts';
import { balance } from './pages.ts';

describe('the balances of a statement', () => {
  it('are BALANCED when opening + credits − debits is the closing balance', () => {
    // 1,000.00 + 250.50 − 50.25 = 1,200.25
    expect(checkBalances(100_000n, 120_025n, 25_050n, 5_025n)).toEqual({
      status: 'BALANCED',
      computedClosing: 120_025n,
      difference: 0n,
    });
  });

  it('are off by −0.20 when the entries give 0.20 less than the declared closing', () => {
    // 229.20 − 79.90 + 10.10 = 159.40, declared 159.60
    expect(checkBalances(22_920n, 15_960n, 1_010n, 7_990n)).toEqual({
      status: 'BALANCE_MISMATCH',
      computedClosing: 15_940n,
      difference: -20n,
    });
  });

  it('hold below zero as well', () => {
    // −12,347.36 overdrawn, 30.00 in, 10.64 out: −12,328.00
    expect(checkBalances(-1_234_736n, -1_232_800n, 3_000n, 1_064n).status).toBe('BALANCED');
  });

  it('are NOT_CHECKED when either end is missing', () => {
    expect(checkBalances(undefined, 100n, 0n, 0n)).toEqual({ status: 'NOT_CHECKED' });
    expect(checkBalances(100n, undefined, 50n, 0n)).toEqual({ status: 'NOT_CHECKED', computedClosing: 150n });
  });

  it('differ by exactly what is added to the closing balance', () => {
    const cents = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n });
    const sums = fc.bigInt({ min: 0n, max: 10n ** 18n });
    fc.assert(
      fc.property(cents, sums, sums, cents, (opening, credits, debits, error) => {
        const check = checkBalances(opening, opening + credits - debits + error, credits, debits);
        expect(check.difference).toBe(-error);
        expect(check.status).toBe(error === 0n ? 'BALANCED' : 'BALANCE_MISMATCH');
      }),
    );
  });
});

describe('the opening balance', () => {
  it('is the booked one before the previous closing one', () => {
    const balances = [balance('PRCD', 1n), balance('OPAV', 2n), balance('OPBD', 3n)];
    expect(openingBalance(balances, 'EUR')?.amount).toBe(3n);
  });

  it('is the previous closing one where there is no booked one', () => {
    expect(openingBalance([balance('CLBD', 1n), balance('PRCD', 2n)], 'EUR')?.amount).toBe(2n);
  });

  it('is the earliest of several, and of the currency of the statement', () => {
    const balances = [
      balance('OPBD', 1n, { date: '2026-03-03' }),
      balance('OPBD', 2n, { date: '2026-03-02' }),
      balance('OPBD', 3n, { date: '2026-03-01', currency: 'USD' }),
    ];
    expect(openingBalance(balances, 'EUR')?.amount).toBe(2n);
  });

  it('is not an available balance', () => {
    expect(openingBalance([balance('OPAV', 1n), balance('ITBD', 2n)], 'EUR')).toBeUndefined();
  });
});

describe('the closing balance', () => {
  it('is the latest booked one, a final one before one that only carries over', () => {
    const balances = [
      balance('CLBD', 1n, { date: '2026-03-02' }),
      balance('CLBD', 2n, { date: '2026-03-03' }),
      balance('CLBD', 3n, { date: '2026-03-04', intermediate: true }),
    ];
    expect(closingBalance(balances, 'EUR')?.amount).toBe(2n);
  });
});
