import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamo } from '../../shared/dynamo/client.ts';
import { requireEnvironment } from '../../shared/service/environment.ts';
import { bookingStore } from './store-bookings.ts';
import { bookStore } from './store-books.ts';
import { collectedStore } from './store-collected.ts';
import { customerStore } from './store-customers.ts';
import { factStore } from './store-facts.ts';
import { invoiceStore } from './store-invoices.ts';
import { matchStore } from './store-matches.ts';
import { openInvoiceStore } from './store-open-invoices.ts';
import { ownCreditStore } from './store-own-credits.ts';
import { receiptPointerStore } from './store-receipt-pointers.ts';
import { receiptShardStore } from './store-receipt-shards.ts';
import { receiptStore } from './store-receipts.ts';
import { returnedStore } from './store-returned.ts';
import { runStore } from './store-runs.ts';

export type ReceivablesStore = ReturnType<typeof receivablesStore>;

/** Every DynamoDB expression of receivables. */
export function receivablesStore(client: DynamoDBClient, table: string) {
  return {
    ...bookStore(client, table),
    ...customerStore(client, table),
    ...invoiceStore(client, table),
    ...openInvoiceStore(client, table),
    ...receiptStore(client, table),
    ...matchStore(client, table),
    ...bookingStore(client, table),
    ...factStore(client, table),
    ...receiptPointerStore(client, table),
    ...receiptShardStore(client, table),
    ...returnedStore(client, table),
    ...collectedStore(client, table),
    ...ownCreditStore(client, table),
    ...runStore(client, table),
  };
}

let store: ReceivablesStore | undefined;

/** The store of this process: the table that the host names. */
export function defaultStore(): ReceivablesStore {
  store ??= receivablesStore(dynamo(), requireEnvironment('TABLE_RECEIVABLES'));
  return store;
}
