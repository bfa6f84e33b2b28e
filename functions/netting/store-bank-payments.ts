import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { batchGet } from '../../shared/dynamo/batch-get.ts';
import { toItem } from '../../shared/dynamo/items.ts';
import { keyToPlain } from '../../shared/dynamo/key-records.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { transactionParts } from '../../shared/dynamo/transaction-parts.ts';
import type { KeyClaim } from '../../shared/http/key-claim.ts';
import type { BankPayment } from './bank-payments/bank-payment.ts';
import { bankPaymentFromPlain, bankPaymentToPlain } from './bank-payments/bank-payment-items.ts';
import { keys, openBankPayments } from './keys.ts';

/** Payments by which banks pay receivers; reads by key are strongly consistent. */
export function bankPaymentStore(client: DynamoDBClient, table: string) {
  const { get, query, putNew: putOne } = tableAccess(client, table);
  const { putNew, putNext, write } = transactionParts(client, table);

  async function readBankPayment(tenant: string, id: string): Promise<BankPayment | undefined> {
    const item = await get(keys.bankPayment(tenant, id));
    return item && bankPaymentFromPlain(item);
  }

  /** Those of ids, in their order. Throws Error where one is not there: a list names only what was written before. */
  async function readBankPayments(tenant: string, ids: readonly string[]): Promise<BankPayment[]> {
    const items = await batchGet(
      client,
      table,
      ids.map((id) => keys.bankPayment(tenant, id)),
    );
    const found = new Map(items.map(bankPaymentFromPlain).map((payment) => [payment.id, payment]));
    return ids.map((id) => {
      const payment = found.get(id);
      if (!payment) throw new Error(`There is no bank payment ${id}.`);
      return payment;
    });
  }

  /** A new payment; one that is there stays as it is. */
  const putBankPayment = (payment: BankPayment) => putOne(bankPaymentToPlain(payment));

  /** The next state of a payment, only over the one before it, and the record of a key. Throws what DynamoDB throws. */
  const replaceBankPayment = (next: BankPayment, claim?: KeyClaim) =>
    write([
      putNext(bankPaymentToPlain(next), next.revision - 1),
      ...(claim ? [putNew(keyToPlain(next.tenant, claim))] : []),
    ]);

  /** A page of those of all tenants that are due to be looked at; the index may lag a moment. */
  async function listOpenBankPayments(now: string, after: string | undefined, count: number) {
    const { items } = await query({
      IndexName: 'byDue',
      KeyConditionExpression:
        after === undefined ? 'dueOf = :of AND dueAt <= :to' : 'dueOf = :of AND dueAt BETWEEN :after AND :to',
      ExpressionAttributeValues: toItem({
        ':of': openBankPayments,
        // Behind every one of this very instant.
        ':to': `${now}#\uffff`,
        ...(after !== undefined && { ':after': `${after}\u0000` }),
      }),
      Limit: count,
    });
    const found = await batchGet(
      client,
      table,
      items.map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) })),
    );
    const next = items.length === count ? String(items.at(-1)?.dueAt) : undefined;
    return { payments: found.map(bankPaymentFromPlain), ...(next !== undefined && { next }) };
  }

  return { readBankPayment, readBankPayments, putBankPayment, replaceBankPayment, listOpenBankPayments };
}
