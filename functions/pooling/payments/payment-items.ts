import type { Plain } from '../../../shared/dynamo/items.ts';
import { factsOf } from '../items.ts';
import { keys, openShard, paymentsOf } from '../keys.ts';
import type { Payment } from './payment.ts';

/** A payment's item. While it is not at its end it stands in the index of open work. */
export function paymentToPlain(payment: Payment): Plain {
  const open = payment.status === 'PLANNED' && { timeOf: openShard(payment.id), timeAt: payment.madeAt };
  const { tenant, poolId, id, madeAt } = payment;
  const listed = { runsOf: paymentsOf(tenant, poolId), runAt: `${madeAt}#${id}` };
  return { ...keys.payment(tenant, id), kind: 'PAYMENT', ...payment, ...listed, ...open };
}

export function paymentFromPlain(plain: Plain): Payment {
  const payment = factsOf(plain) as unknown as Payment;
  return { ...payment, attempt: Number(payment.attempt) };
}
