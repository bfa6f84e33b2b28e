import { describe, expect, it } from 'vitest';
import {
  attemptIdOf,
  bankPaymentIdOf,
  bankPaymentOf,
} from '../../../../functions/netting/bank-payments/bank-payment.ts';

describe('the number of a payment at the bank', () => {
  const cycle = { tenant: 'one', id: 'cyc_group_2026-03-31' };
  const id = bankPaymentIdOf(cycle, 1, 0);

  it('is its own among tenants, cycles, closings and legs, each time the same', () => {
    const others = [
      bankPaymentIdOf({ ...cycle, tenant: 'other' }, 1, 0),
      bankPaymentIdOf({ ...cycle, id: 'cyc_group_2026-04-01' }, 1, 0),
      bankPaymentIdOf(cycle, 2, 0),
      bankPaymentIdOf(cycle, 1, 1),
    ];
    expect(new Set([id, ...others]).size).toBe(5);
    expect(bankPaymentIdOf(cycle, 1, 0)).toBe(id);
  });

  it('leads back to the payment, and is short enough for a bank', () => {
    const number = attemptIdOf(id, 12);
    expect(bankPaymentOf(number)).toBe(id);
    expect(number.length).toBeLessThanOrEqual(35);
    expect(bankPaymentOf('01KN1QZX0E3V8Q6X0T1M4N7P2R-1')).toBeUndefined();
  });
});
