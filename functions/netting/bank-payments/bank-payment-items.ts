import type { Plain } from '../../../shared/dynamo/items.ts';
import { keys, openBankPayments } from '../keys.ts';
import type { BankPayment } from './bank-payment.ts';

/** Items as plain objects ↔ the model; numbers come back from the database as bigints. */
export function bankPaymentToPlain(payment: BankPayment): Plain {
  const { tenant, id, askAt } = payment;
  const due = askAt === undefined ? {} : { dueOf: openBankPayments, dueAt: `${askAt}#${tenant}#${id}` };
  return { ...keys.bankPayment(tenant, id), kind: 'BANK_PAYMENT', ...due, ...payment };
}

export function bankPaymentFromPlain(plain: Plain): BankPayment {
  const { pk: _pk, sk: _sk, kind: _kind, dueOf: _of, dueAt: _at, ...facts } = plain;
  const payment = facts as unknown as BankPayment;
  const { leg, block, turn, revision, ...rest } = payment;
  return { ...rest, leg: Number(leg), block: Number(block), turn: Number(turn), revision: Number(revision) };
}
