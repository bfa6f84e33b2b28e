import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ReceivablesBook } from '../../../functions/receivables/books/book.ts';
import { acceptInvoices } from '../../../functions/receivables/invoices/accept-invoices.ts';
import { readJsonLines } from '../../../functions/receivables/invoices/read-line.ts';
import { type ReceivablesStore, receivablesStore } from '../../../functions/receivables/store.ts';
import type { KeyClaim } from '../../../shared/http/key-claim.ts';
import { aBook, aCustomer, at, cause, entity, on } from '../../functions/receivables/samples.ts';
import type { TestEngine } from '../../support/engines.ts';
import { snapshotOf } from '../../support/ledger.ts';
import { createTables, localAccess } from '../../support/tables.ts';

export interface TestReceivables {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly store: ReceivablesStore;
  /** A store whose calls go through a client of its own. */
  storeOver(client: DynamoDBClient): ReceivablesStore;
  newClient(maxAttempts?: number): DynamoDBClient;
  /** Every item of the table as text, by key. */
  snapshot(): Promise<Map<string, string>>;
  close(): void;
}

let tables = 0;

/** A table of its own on an engine. */
export async function receivablesOnEngine({ endpoint }: TestEngine): Promise<TestReceivables> {
  tables += 1;
  const names = await createTables(endpoint, `r${process.pid}_${Math.floor(performance.now())}_${tables}`);
  const table = names.TABLE_RECEIVABLES ?? '';
  const newClient = (maxAttempts = 1) => new DynamoDBClient({ endpoint, ...localAccess, maxAttempts });
  const client = newClient();
  const storeOver = (of: DynamoDBClient) => receivablesStore(of, table);
  return {
    ...{ client, table, store: storeOver(client), storeOver, newClient },
    snapshot: () => snapshotOf(client, table),
    close: () => client.destroy(),
  };
}

export function claimOf(operation: string, key: string, id: string, fingerprint = key): KeyClaim {
  return { operation, key, fingerprint, id, at, cause };
}

/** A tenant with a book in yuan and the customer K-1. */
export async function aTenant({ store }: TestReceivables, tenant: string, more: Partial<ReceivablesBook> = {}) {
  await store.writeBook(aBook({ tenant, ...more }));
  const customer = aCustomer({ tenant, accountKeys: ['key of 5123'], accountsMasked: ['****5123'] });
  await store.createCustomer(customer, claimOf('createCustomer', 'K-1', customer.id));
  return customer;
}

/** A line of a batch, of 1,000.00 unless told. */
export const line = (number: string, more: object = {}) => ({
  legalEntity: entity,
  number,
  customerNumber: 'K-1',
  amount: { amount: '1000.00', currency: 'CNY' },
  issuedOn: '2026-03-02',
  dueOn: '2026-04-01',
  ...more,
});

export function accept(store: ReceivablesStore, tenant: string, lines: readonly unknown[], atomic = false) {
  return acceptInvoices(store, tenant, { lines: readJsonLines(lines), atomic }, on);
}
