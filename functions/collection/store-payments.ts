import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { batchGet } from '../../shared/dynamo/batch-get.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { keys } from './keys.ts';
import type { Payment } from './payments/payment.ts';
import { paymentFromPlain, paymentToPlain, type ToldPayment, toldToPlain } from './payments/payment-items.ts';

/** Payments that other capabilities sent, and what was told of them. All reads are strongly consistent. */
export function paymentStore(client: DynamoDBClient, table: string) {
  const { get, putNew } = tableAccess(client, table);

  /** The fingerprint of the orders that were sent under an id. */
  async function readPaymentMessage(tenant: string, messageId: string): Promise<string | undefined> {
    const item = await get(keys.paymentMessage(tenant, messageId));
    return item && String(item.fingerprint);
  }

  /** Remembers a message by its orders, now or before; OTHER where it stands for other orders. */
  async function claimPaymentMessage(
    tenant: string,
    messageId: string,
    fingerprint: string,
  ): Promise<'CLAIMED' | 'OTHER'> {
    const item = { ...keys.paymentMessage(tenant, messageId), kind: 'PAYMENT_MESSAGE', fingerprint };
    if (await putNew(item)) return 'CLAIMED';
    return (await readPaymentMessage(tenant, messageId)) === fingerprint ? 'CLAIMED' : 'OTHER';
  }

  /** Payments by id; those that were not sent are left out. */
  async function readPayments(tenant: string, ids: readonly string[]): Promise<Map<string, Payment>> {
    const unique = [...new Set(ids)].map((id) => keys.payment(tenant, id));
    const payments = (await batchGet(client, table, unique)).map(paymentFromPlain);
    return new Map(payments.map((payment) => [payment.id, payment]));
  }

  /** Remembers a payment where none has its id. */
  const claimPayment = (payment: Payment) => putNew(paymentToPlain(payment));

  /** Keeps a report that is told of; once. */
  const keepToldPayment = (told: ToldPayment) => putNew(toldToPlain(told));

  return { readPaymentMessage, claimPaymentMessage, readPayments, claimPayment, keepToldPayment };
}
