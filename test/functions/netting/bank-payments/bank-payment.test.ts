import { describe, expect, it } from 'vitest';
import {
  attemptIdOf,
  type BankAttempt,
  type BankPayment,
  bankPaymentIdOf,
  bankPaymentOf,
  nextOf,
} from '../../../../functions/netting/bank-payments/bank-payment.ts';
import { cause } from '../intake-samples.ts';

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

describe('a payment that the bank has', () => {
  const attempt: BankAttempt = {
    id: 'N1-1',
    amount: 60n,
    askedOn: '2026-04-02',
    carriedOn: '2026-04-03',
    state: 'SENT',
  };
  const payment: BankPayment = {
    ...{ tenant: 'one', id: 'nbp_1', centreId: 'ctr_group', cycleId: 'cyc_group_2026-03-31', leg: 0, block: 0 },
    ...{ payer: '*centre', participant: 'C', currency: 'CNY', amount: 60n, turn: 0, attempts: [attempt], cause },
    ...{ positionAccountId: 'acc_1', bankAccountId: 'acc_2', revision: 1, createdAt: '', changedAt: '' },
  };
  const askedNext = (at: string, one = attempt) => nextOf(payment, [one], new Date(at)).askAt;

  it('is asked for by the hour for a week, and then once a day', () => {
    expect(askedNext('2026-04-10T00:00:00.000Z')).toBe('2026-04-10T01:00:00.000Z');
    expect(askedNext('2026-04-10T00:00:00.001Z')).toBe('2026-04-11T00:00:00.001Z');
  });

  it('is not asked for once it is paid, unless the ledger has refused to book that', () => {
    const paid: BankAttempt = { ...attempt, state: 'PAID' };
    expect(askedNext('2026-04-10T00:00:00.000Z', paid)).toBeUndefined();
    expect(askedNext('2026-04-10T00:00:00.000Z', { ...paid, isUnbooked: true })).toBe('2026-04-10T00:30:00.000Z');
  });
});
