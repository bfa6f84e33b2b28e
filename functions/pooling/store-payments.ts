import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { keys, paymentsOf } from './keys.ts';
import type { Payment } from './payments/payment.ts';
import { paymentFromPlain, paymentToPlain } from './payments/payment-items.ts';
import type { poolStore } from './store-pools.ts';

/** Payments out of pools. */
export function paymentStore(client: DynamoDBClient, table: string, pools: ReturnType<typeof poolStore>) {
  const { get } = tableAccess(client, table);

  async function readPayment(tenant: string, paymentId: string): Promise<Payment | undefined> {
    const item = await get(keys.payment(tenant, paymentId));
    return item && paymentFromPlain(item);
  }

  const putPayment = (payment: Payment): TransactWriteItem => pools.put(paymentToPlain(payment));

  /** The next state of a payment that is not at its end; only where it still stands at the attempt that was carried out. */
  function replacePayment(payment: Payment, attempt: number): TransactWriteItem {
    const { Put } = pools.put(paymentToPlain(payment), '#status = :planned AND attempt = :attempt');
    if (!Put) throw new Error('A put is a put.');
    return {
      Put: {
        ...Put,
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ':planned': { S: 'PLANNED' }, ':attempt': { N: String(attempt) } },
      },
    };
  }

  async function listPayments(tenant: string, poolId: string, after: string | undefined, count: number) {
    const { items, more } = await pools.pageRuns(paymentsOf(tenant, poolId), after, count);
    return { payments: items.map((item) => ({ payment: paymentFromPlain(item), at: String(item.runAt) })), more };
  }

  return { readPayment, listPayments, putPayment, replacePayment };
}
