import type { LargeValue } from '../../../../functions/collection/large-values/large-value.ts';
import { largeValuesOf } from '../../../../functions/collection/large-values/large-value.ts';
import type { Settlement } from '../../../../functions/collection/large-values/settlements.ts';
import type { Payer, PayerKind } from '../../../../functions/collection/mandates/mandate.ts';

let orders = 0;

/** Money that came, of the mandate 'man_1' unless told. Minor units. */
export function aSettlement(amount: bigint, more: Partial<Settlement> = {}): Settlement {
  orders += 1;
  const orderId = `o${String(orders).padStart(6, '0')}`;
  return { batchId: 'cb_1', line: 1, piece: 1, mandateId: 'man_1', orderId, amount, currency: 'CNY', ...more };
}

export function aPayer(number: string, kind?: PayerKind): Payer {
  const account = { type: 'ACCOUNT', number, bank: { cnaps: '105100000017' } } as const;
  return { name: '江南机械厂', account, ...(kind && { kind }) };
}

/** The large values of a Monday; the payers by their mandates, the company of 'man_1' unless told. */
export function found(
  settlements: readonly Settlement[],
  payers: Readonly<Record<string, Payer>> = { man_1: aPayer('1001') },
): LargeValue[] {
  const day = { tenant: 'demo', date: '2026-03-02', hashNumber: (number: string) => `hash of ${number}` };
  return largeValuesOf(day, settlements, new Map(Object.entries(payers)));
}
