import { describe, expect, it } from 'vitest';
import type { Participant } from '../../../../functions/netting/centres/participant.ts';
import { type PaymentFault, paymentFaults } from '../../../../functions/netting/queued-payments/check-payment.ts';
import type { AskedPayment } from '../../../../functions/netting/queued-payments/kept-payment.ts';
import { readPayments } from '../../../../functions/netting/queued-payments/read-payments.ts';
import { aCentre, aParticipant } from '../intake-samples.ts';

const inYuan = { currency: 'CNY', at: 'LEDGER', accountId: 'acc_1' } as const;
const bank = { type: 'ACCOUNT', number: '51001881236052505123', bank: { cnaps: '105100000017' } } as const;
const participants = new Map(
  [
    aParticipant('A', { accounts: [inYuan] }),
    aParticipant('B', { accounts: [inYuan] }),
    aParticipant('C', { accounts: [inYuan], state: 'SUSPENDED' }),
    aParticipant('D', { accounts: [{ currency: 'CNY', at: 'BANK', name: 'D', account: bank }] }),
    aParticipant('E', { accounts: [inYuan] }),
  ].map((one): [string, Participant] => [one.id, one]),
);
const world = { centre: aCentre(), participants, excludedPairs: [['E', 'A']] as const };
const pays = (payer: string, payee: string, more: Partial<AskedPayment> = {}): AskedPayment => {
  return { reference: 'P-1', payer, payee, currency: 'CNY', amount: 1n, ...more };
};
const told = (faults: readonly PaymentFault[]) => faults.map(({ code, field }) => `${code} ${field}`);

describe('a payment that is to be queued', () => {
  it('is between two participants with accounts of the ledger in its currency', () => {
    expect(paymentFaults(pays('A', 'B'), world)).toEqual([]);
    expect(told(paymentFaults(pays('A', 'A'), world))).toEqual(['SAME_PARTY payee']);
    expect(told(paymentFaults(pays('X', 'C'), world))).toEqual([
      'PARTICIPANT_NOT_FOUND payer',
      'PARTICIPANT_SUSPENDED payee',
    ]);
    expect(told(paymentFaults(pays('D', 'A'), world))).toEqual(['NO_LEDGER_ACCOUNT payer']);
    expect(told(paymentFaults(pays('A', 'B', { currency: 'EUR' }), world))).toEqual([
      'NO_LEDGER_ACCOUNT payer',
      'NO_LEDGER_ACCOUNT payee',
    ]);
    expect(told(paymentFaults(pays('A', 'B', { currency: 'JPY' }), world))).toEqual([
      'CURRENCY_NOT_NETTED amount.currency',
    ]);
  });

  it('is not between two that are kept apart, either way round', () => {
    expect(told(paymentFaults(pays('A', 'E'), world))).toEqual(['EXCLUDED_PAIR payee']);
    expect(told(paymentFaults(pays('E', 'A'), world))).toEqual(['EXCLUDED_PAIR payee']);
  });

  it('is read by itself, whatever the other lines of its batch are', () => {
    const yuan = (amount: string) => ({ amount, currency: 'CNY' });
    const [read, ...wrong] = readPayments([
      { reference: 'P-1', payer: 'A', payee: 'B', amount: yuan('1.05') },
      { reference: 'P-2', payer: 'A', payee: 'B', amount: yuan('0.00') },
      { reference: 'P-3', payer: 'A', payee: 'B', amount: yuan('1.005') },
      { reference: 'P-4', payer: 'A', payee: 'B', amount: yuan('1.00'), date: '2026-03-31' },
      'P-5',
    ]);
    expect(read).toEqual({ asked: pays('A', 'B', { amount: 105n }) });
    expect(wrong.map(({ faults = [] }) => told(faults))).toEqual([
      ['MALFORMED amount.amount'],
      ['MALFORMED amount.amount'],
      ['MALFORMED date'],
      ['MALFORMED '],
    ]);
  });
});
