/** What other capabilities may call. Everything else of collection is its own. */

import { dynamo } from '../../shared/dynamo/client.ts';
import { requireEnvironment } from '../../shared/service/environment.ts';
import { placeOf } from './batches/batch.ts';
import { type CollectedFile, collectedFile } from './gateway/collected-file.ts';
import { gatewayOf } from './gateway/gateway-of.ts';
import type { PayerAccount } from './mandates/mandate.ts';
import type { PaymentOutcome, PaymentReport, PaymentsAsked } from './payments/payment.ts';
import { queryPaymentsBy } from './payments/query-payments.ts';
import { type PaymentTools, sendPaymentsBy } from './payments/send-payments.ts';
import { defaultStore } from './store.ts';
import { bankFiles } from './store-bank-files.ts';
import { bankMessageStore } from './store-bank-messages.ts';
import { batchStore } from './store-batches.ts';
import { blockStore } from './store-blocks.ts';
import { mandateStore } from './store-mandates.ts';

export type { PartyAccount } from './gateway/bank-gateway.ts';
export type { PaymentAsked, PaymentOutcome, PaymentReport, PaymentsAsked } from './payments/payment.ts';
export { type ReportedPayment, readReported } from './payments/read-reported.ts';
export { answeredBy, sendOrTell, type ToldOutcome } from './payments/send-or-tell.ts';
export type { CollectedFile };

/** Where the money of an order to a bank is booked. */
export interface OrderAccounts {
  readonly currency: string;
  /** The company's account, which it is booked to, and the clearing account, which owes it until it is applied. */
  readonly creditAccountId: string;
  readonly clearingAccountId: string;
}

/** The accounts of an order by its number at the bank; undefined where the number is of no order of the tenant. */
export async function accountsOfOrder(tenant: string, orderId: string): Promise<OrderAccounts | undefined> {
  const place = placeOf(orderId);
  const batch = place && (await batchStore(...table()).readBatch(tenant, place.batchId));
  if (!batch) return undefined;
  const { currency, creditAccountId, clearingAccountId } = batch;
  return { currency, creditAccountId, clearingAccountId };
}

/**
 * What came of a file by the id of its message (MsgId), or of one of its payment informations (PmtInfId); undefined where no
 * collections of the tenant went under it. Reads nothing for an id of another form.
 */
export function collectedUnder(tenant: string, fileId: string): Promise<CollectedFile | undefined> {
  return collectedFile({ ...bankMessageStore(...table()), ...blockStore(...table()) }, tenant, fileId);
}

/** The ids under which the file went that carries an order: of its message and its payment information; none where none did. */
export async function filesOfOrder(tenant: string, orderId: string): Promise<string[]> {
  const orders = await bankMessageStore(...table()).readSentOrders(tenant, [orderId]);
  return orders.flatMap(({ messageId, paymentInformationId }) => [messageId, paymentInformationId]);
}

/** Who pays by a mandate, with the number of its account in full: never to be shown. */
export async function payerOfMandate(
  tenant: string,
  mandateId: string,
): Promise<{ readonly name: string; readonly account: PayerAccount } | undefined> {
  const payer = (await mandateStore(...table()).readPayers(tenant, [mandateId])).get(mandateId);
  return payer && { name: payer.name, account: payer.account };
}

/**
 * Pays through the tenant's bank. Each order goes once, by the best rail for it, which the answer names with the day on which
 * it carries the payment; the answers stand in the order of the orders. Sent again, in whole, everything is as it was the
 * first time, whatever has changed since: what timed out is handed over again and arrives once. What the bank says
 * later is told by the event `collection.payment-reported.v1`. Nothing is booked: that is the caller's.
 *
 * Problems, and nothing of it goes: `collection/bank-channel-missing`; `collection/bank-message-differs` where the message or
 * an order of it was sent before with other content. Throws RangeError on what no message is: no orders or more than 10,000,
 * one twice, an amount not above zero, an id beyond 35 characters of the Latin set or like that of a collection.
 */
export function sendPayments(tenant: string, message: PaymentsAsked, now: Date): Promise<PaymentOutcome[]> {
  return sendPaymentsBy(paymentTools(), tenant, message, now);
}

/** What the bank knows of payments by now, the earliest first of each; nothing of what was not sent or not answered yet. */
export function queryPayments(tenant: string, ids: readonly string[], now: Date): Promise<PaymentReport[]> {
  return queryPaymentsBy(paymentTools(), tenant, ids, now);
}

function paymentTools(): PaymentTools {
  const store = defaultStore();
  return { store, gatewayOf: (channel) => gatewayOf(channel, { store, outbox: bankFiles() }) };
}

/** Only the stores that are asked, so that whoever calls this carries no other. */
function table(): [client: ReturnType<typeof dynamo>, table: string] {
  return [dynamo(), requireEnvironment('TABLE_COLLECTION')];
}
