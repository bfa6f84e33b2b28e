import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { postOrders } from '../../functions/ledger/post-transfers.ts';
import { readLedgerAccounts } from '../../functions/ledger/read-accounts.ts';
import { recordIdOfName } from '../../functions/ledger/record-name.ts';
import { service as ledger } from '../../functions/ledger/service.ts';
import { ledgerStore } from '../../functions/ledger/store.ts';
import type { BookAccounts } from '../../functions/receivables/books/book.ts';
import { accountPurposes } from '../../functions/receivables/books/book-accounts.ts';
import { customerToPlain, payerPointers } from '../../functions/receivables/customers/customer-items.ts';
import { customerIdOf } from '../../functions/receivables/keys.ts';
import { service as receivables } from '../../functions/receivables/service.ts';
import { receivablesStore } from '../../functions/receivables/store.ts';
import type { ReceivablesTools, ToldTools } from '../../functions/receivables/tools.ts';
import type { Change } from '../../functions/receivables/work-off.ts';
import { startEngine } from '../../infra/local/engine.ts';
import { createTables, localAccess, planTables } from '../../infra/local/tables.ts';
import { batchWriter } from '../../shared/dynamo/batch-writer.ts';
import { fromItem } from '../../shared/dynamo/items.ts';
import { plannedWrites } from '../../shared/dynamo/planned-writes.ts';
import { benchCause } from './bench-collection.ts';
import { benchNow, openBenchAccount } from './bench-ledger.ts';

export const benchEntity = '禹道贸易有限公司';

/** Receivables with a ledger, on an engine of their own, in memory. */
export interface BenchReceivables {
  /** Everything that is measured writes through it. */
  readonly client: DynamoDBClient;
  /** What only prepares and looks on. */
  readonly aside: DynamoDBClient;
  readonly ledgerTable: string;
  readonly tools: ReceivablesTools & ToldTools;
  /** A tenant's book, and customers with a name and an account each, their numbers counted from 0. */
  prepare(tenant: string, customers: number): Promise<BookAccounts>;
  stop(): Promise<void>;
}

export async function startBenchReceivables(): Promise<BenchReceivables> {
  const engine = await startEngine();
  const tables = await createTables(
    engine.endpoint,
    await planTables([ledger, receivables]),
    (name) => `bench-${name}`,
  );
  const nameOf = (service: string) => tables.find((table) => table.service === service)?.name ?? '';
  const client = new DynamoDBClient({ endpoint: engine.endpoint, ...localAccess });
  const aside = new DynamoDBClient({ endpoint: engine.endpoint, ...localAccess });
  const books = ledgerStore(client, nameOf('ledger'));
  const store = receivablesStore(client, nameOf('receivables'));
  const tools: BenchReceivables['tools'] = {
    store,
    ledger: {
      readAccounts: (tenant, ids) => readLedgerAccounts(books, tenant, ids),
      postTransfers: (tenant, orders, at, options) => postOrders(books, tenant, orders, at, options),
      transferIdOf: (tenant, ...name) => recordIdOfName(tenant, name),
    },
    collection: {
      accountsOfOrder: async () => undefined,
      collectedUnder: async () => undefined,
      filesOfOrder: async () => [],
      payerOfMandate: async () => undefined,
    },
    statements: { detailsOfEntry: async () => [] },
    settlement: { legalEntityOfMarket: async () => undefined },
    hashNumber: (number) => number,
  };
  const prepare = async (tenant: string, customers: number) => {
    const ids: Partial<Record<keyof BookAccounts, string>> = {};
    for (const purpose of accountPurposes) ids[purpose] = await openBenchAccount(books, tenant, purpose);
    const accounts = ids as BookAccounts;
    const at = benchNow.toISOString();
    const changed = { revision: 1, changedAt: at, cause: benchCause };
    await store.writeBook({ tenant, legalEntity: benchEntity, currency: 'CNY', accounts, ...changed });
    const writer = batchWriter(aside, nameOf('receivables'));
    for (let n = 0; n < customers; n++) {
      const number = customerNumber(n);
      const customer = {
        ...{ tenant, id: customerIdOf(tenant, number), number, names: [customerName(n)] },
        ...{
          accountKeys: [customerAccount(n)],
          accountsMasked: ['****0099'],
          references: {},
          createdAt: at,
          ...changed,
        },
      };
      for (const item of [customerToPlain(customer), ...payerPointers(customer)]) await writer.put(item);
    }
    await writer.finish();
    return accounts;
  };
  const stop = async () => {
    client.destroy();
    aside.destroy();
    await engine.stop();
  };
  return { client, aside, ledgerTable: nameOf('ledger'), tools, prepare, stop };
}

export const customerNumber = (n: number) => `K-${10_000 + n}`;
export const customerName = (n: number) => `江南第${n}机械厂有限公司`;
export const customerAccount = (n: number) => `320018812360525${5_000_000 + n}99`;

/** Counts the calls of DynamoDB that a client makes from now on. */
export function countCalls(client: DynamoDBClient) {
  let calls = 0;
  client.middlewareStack.add(
    (next) => (args) => {
      calls += 1;
      return next(args);
    },
    { step: 'initialize', name: 'countCalls' },
  );
  return { count: () => calls, stop: () => client.middlewareStack.remove('countCalls') };
}

/** What the stream would tell of new facts, as they are written, and when each receipt was matched. */
export function newFacts(client: DynamoDBClient) {
  const changes: Change[] = [];
  const matchedAt = new Map<string, number>();
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const answer = await next(args);
        for (const { item } of plannedWrites(commandName.replace(/Command$/, ''), args.input)) {
          const plain = item && fromItem(item);
          const isFact = plain && ['INVOICE', 'RECEIPT', 'MATCH'].includes(String(plain.kind));
          if (!isFact || plain.revision !== 1n) continue;
          changes.push({ kind: 'INSERT', item: plain });
          if (plain.kind === 'MATCH') matchedAt.set(String(plain.receiptId), performance.now());
        }
        return answer;
      },
    { step: 'initialize', name: 'newFacts' },
  );
  return {
    matchedAt,
    /** Those that nobody has taken yet, the oldest first. */
    take: (count: number) => changes.splice(0, count),
    waiting: () => changes.length,
    stop: () => client.middlewareStack.remove('newFacts'),
  };
}
