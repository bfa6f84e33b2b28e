import type { Plain } from '../../../shared/dynamo/items.ts';
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
  const { pk: _pk, sk: _sk, kind: _kind, timeOf: _of, timeAt: _at, runsOf: _r, runAt: _ra, ...rest } = plain;
  return { ...(rest as unknown as Payment), attempt: Number(rest.attempt) };
}
