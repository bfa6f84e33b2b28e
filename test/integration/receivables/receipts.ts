import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { CollectedFile } from '../../../functions/collection/published.ts';
import { openAccountUnderName } from '../../../functions/ledger/open-account-once.ts';
import { postOrders } from '../../../functions/ledger/post-transfers.ts';
import { readLedgerAccounts } from '../../../functions/ledger/read-accounts.ts';
import { recordIdOfName } from '../../../functions/ledger/record-name.ts';
import { ledgerStore } from '../../../functions/ledger/store.ts';
import type { BookAccounts } from '../../../functions/receivables/books/book.ts';
import { allPurposes } from '../../../functions/receivables/books/book-accounts.ts';
import type { Customer } from '../../../functions/receivables/customers/customer.ts';
import { toEvents } from '../../../functions/receivables/events.ts';
import type { Invoice } from '../../../functions/receivables/invoices/invoice.ts';
import { virtualAccountIdOf } from '../../../functions/receivables/keys.ts';
import { proveBooks } from '../../../functions/receivables/proof/prove-books.ts';
import type { Receipt } from '../../../functions/receivables/receipts/receipt.ts';
import { takeTurn } from '../../../functions/receivables/runs/take-turn.ts';
import { service } from '../../../functions/receivables/service.ts';
import { receivablesStore } from '../../../functions/receivables/store.ts';
import type { ToldTools } from '../../../functions/receivables/tools.ts';
import { type Change, workOff } from '../../../functions/receivables/work-off.ts';
import type { detailsOfEntry } from '../../../functions/statements/published.ts';
import { createTables } from '../../../infra/local/tables.ts';
import { fromItem, type Plain } from '../../../shared/dynamo/items.ts';
import { normaliseAccountNumber } from '../../../shared/identifiers/account-number.ts';
import { keyedHash } from '../../../shared/identifiers/keyed-hash.ts';
import { aReceipt } from '../../functions/receivables/receipt-samples.ts';
import { aCustomer, anInvoice, cause, entity } from '../../functions/receivables/samples.ts';
import type { TestEngine } from '../../support/engines.ts';
import { localAccess, tablePlans } from '../../support/tables.ts';

/** 10:00 in Shanghai on a Monday. */
export const monday = new Date('2026-03-02T02:00:00.000Z');
export const hashNumber = (number: string) => keyedHash(normaliseAccountNumber(number), 'test key');

const bookNames = [...allPurposes, 'bank', 'clearing'] as const;
type BookName = (typeof bookNames)[number];

/** An order of the collection, as it would tell of it. */
export interface TestOrder {
  readonly orderId: string;
  readonly mandateId: string;
  /** Of the file that carries it. */
  readonly fileIds?: readonly string[];
}

/** Receivables with a ledger of their own, in tables of their own on an engine; their stream is what changed since last looked. */
export interface TestReceipts {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly tools: ToldTools;
  /** What a process works with whose calls go through another client. */
  toolsOver(client: DynamoDBClient): ToldTools;
  newClient(): DynamoDBClient;
  /** Orders that the collection knows. */
  readonly orders: Map<string, TestOrder>;
  /** Files of collections that it has sent, by the id that a bank quotes. */
  readonly files: Map<string, CollectedFile>;
  /** All transactions of an entry that has many, by its statement. */
  readonly details: Map<string, Awaited<ReturnType<typeof detailsOfEntry>>>;
  readonly accounts: Readonly<Record<string, string>>;
  /** The customer and the invoices that were kept last. */
  customerId: string;
  invoiceIds: readonly string[];
  /** What changed since this was last asked, as the table's stream would tell it. */
  changes(): Promise<Change[]>;
  close(): void;
}

const tenant = 'demo';
const turnEvents = new Set(service.subscriptions?.find(({ entry }) => entry === 'on-run-handed-on')?.events);
let made = 0;

/** Without a book until one is written. */
export async function receiptsOn({ endpoint }: TestEngine): Promise<TestReceipts> {
  made += 1;
  const prefix = `rr${process.pid}_${Math.floor(performance.now())}_${made}`;
  const plans = tablePlans()
    .filter(({ service }) => service === 'receivables' || service === 'ledger')
    .map(({ stream: _, ...plan }) => plan);
  await createTables(endpoint, plans, (service) => `${prefix}-${service}`);
  const table = `${prefix}-receivables`;
  const newClient = () => new DynamoDBClient({ endpoint, ...localAccess, maxAttempts: 1 });
  const orders = new Map<string, TestOrder>();
  const files = new Map<string, CollectedFile>();
  const details: TestReceipts['details'] = new Map();
  const client = newClient();
  const accounts = await openAccounts(client, `${prefix}-ledger`);
  const toolsOver = (of: DynamoDBClient): ToldTools => {
    const ledger = ledgerStore(of, `${prefix}-ledger`);
    return {
      store: receivablesStore(of, table),
      ledger: {
        readAccounts: (owner, ids) => readLedgerAccounts(ledger, owner, ids),
        postTransfers: (owner, asked, at, options) => postOrders(ledger, owner, asked, at, options),
        transferIdOf: (owner, ...name) => recordIdOfName(owner, name),
      },
      collection: {
        accountsOfOrder: async (_, orderId) =>
          orders.has(orderId)
            ? { currency: 'CNY', creditAccountId: accounts.bank ?? '', clearingAccountId: accounts.clearing ?? '' }
            : undefined,
        collectedUnder: async (_, fileId) => files.get(fileId),
        filesOfOrder: async (_, orderId) => [...(orders.get(orderId)?.fileIds ?? [])],
        payerOfMandate: async () => ({
          name: '江南机械厂有限公司',
          account: { type: 'ACCOUNT', number: '32001881236052505123', bank: {} },
        }),
      },
      statements: {
        detailsOfEntry: async (_, { statementId }, most) => (details.get(statementId) ?? []).slice(0, most),
      },
      settlement: { legalEntityOfMarket: async (_, marketId) => (marketId === 'mkt_ours' ? entity : undefined) },
      hashNumber,
    };
  };
  let known = new Map<string, string>();
  let items = new Map<string, Plain>();
  return {
    ...{ client, table, toolsOver, newClient, orders, files, details, accounts },
    customerId: '',
    invoiceIds: [],
    tools: toolsOver(client),
    changes: async () => {
      const found = await itemsOf(client, table);
      const changed = [...found].filter(([key, item]) => known.get(key) !== textOf(item));
      const told = changed.map(([key, item]): Change => {
        const previous = items.get(key);
        return previous ? { kind: 'MODIFY', item, previous } : { kind: 'INSERT', item };
      });
      items = found;
      known = new Map([...found].map(([key, item]) => [key, textOf(item)]));
      return told;
    },
    close: () => client.destroy(),
  };
}

async function openAccounts(client: DynamoDBClient, table: string): Promise<Record<BookName, string>> {
  const store = ledgerStore(client, table);
  const opened: Partial<Record<BookName, string>> = {};
  for (const name of bookNames) {
    const account = { currency: 'CNY', holder: entity, name, purpose: 'GENERAL' } as const;
    const opening = { name: ['test', name], account, constraint: { type: 'NONE' }, cause } as const;
    opened[name] = await openAccountUnderName(store, tenant, opening, monday);
  }
  return opened as Record<BookName, string>;
}

async function itemsOf(client: DynamoDBClient, table: string): Promise<Map<string, Plain>> {
  const found = new Map<string, Plain>();
  let after: Record<string, never> | undefined;
  do {
    const page = await client.send(
      new ScanCommand({ TableName: table, ConsistentRead: true, ...(after && { ExclusiveStartKey: after }) }),
    );
    for (const item of page.Items ?? []) found.set(`${item.pk?.S} ${item.sk?.S}`, fromItem(item));
    after = page.LastEvaluatedKey as typeof after;
  } while (after);
  return found;
}

/** Maps know no order, and an engine may answer another one each time. */
function textOf(item: Plain): string {
  return JSON.stringify(item, (_, value) => {
    if (typeof value === 'bigint') return `${value}n`;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

export async function writeBook({ tools, accounts }: TestReceipts, of = tenant): Promise<void> {
  const names = allPurposes.map((purpose) => [purpose, accounts[purpose]]);
  const book = Object.fromEntries(names) as unknown as BookAccounts;
  await tools.store.writeBook({
    ...{ tenant: of, legalEntity: entity, currency: 'CNY', accounts: book },
    ...{ revision: 1, changedAt: monday.toISOString(), cause },
  });
}

export async function receiptsWithBook(engine: TestEngine): Promise<TestReceipts> {
  const receipts = await receiptsOn(engine);
  await writeBook(receipts);
  return receipts;
}

/** With a book and the customer K-1, all of it worked off. */
export async function receiptsWithCustomer(engine: TestEngine): Promise<TestReceipts> {
  const receipts = await receiptsWithBook(engine);
  await keepCustomer(receipts);
  await settle(receipts);
  return receipts;
}

/** Works off all that changed, and carries on the runs that it tells of, until nothing changes any more; answers what was told. */
export async function settle(receipts: TestReceipts, tools = receipts.tools, at = monday): Promise<Change[]> {
  const told: Change[] = [];
  for (;;) {
    const changes = await receipts.changes();
    if (changes.length === 0) return told;
    told.push(...changes);
    await workOff(tools, changes, at);
    for (const { type, tenant: of, subject } of changes.flatMap(toEvents)) {
      if (turnEvents.has(type)) await takeTurn(tools.store, of, subject, at);
    }
  }
}

export async function keepCustomer(receipts: TestReceipts, more: Partial<Customer> = {}): Promise<Customer> {
  const customer = aCustomer({ accountKeys: [hashNumber('32001881236052505123')], ...more });
  const { id } = customer;
  const claim = { operation: 'createCustomer', key: id, fingerprint: id, id, at: monday.toISOString(), cause };
  await receipts.tools.store.createCustomer(customer, claim);
  receipts.customerId = id;
  return customer;
}

/** A virtual account of the customer that was kept last. */
export async function keepVirtualAccount(
  { tools, customerId }: TestReceipts,
  number: string,
  state: 'ACTIVE' | 'CLOSED',
): Promise<void> {
  const accountKey = hashNumber(number);
  const id = virtualAccountIdOf(tenant, accountKey);
  const at = monday.toISOString();
  const claim = { operation: 'createVirtualAccount', key: id, fingerprint: id, id, at, cause };
  const account = { tenant, id, accountKey, number, legalEntity: entity, customerId, state };
  await tools.store.createVirtualAccount({ ...account, createdAt: at, changedAt: at, revision: 1, cause }, claim);
}

/** Invoices with their pointers, as a batch writes them. */
export async function keepInvoices(
  receipts: TestReceipts,
  ...invoices: readonly Partial<Invoice>[]
): Promise<Invoice[]> {
  const all = invoices.map(anInvoice);
  const { store } = receipts.tools;
  await store.writePointers(all);
  for (let start = 0; start < all.length; start += 50) await store.keepInvoices(all.slice(start, start + 50));
  receipts.invoiceIds = all.map(({ id }) => id);
  return all;
}

export async function keepReceipt({ tools }: TestReceipts, more: Partial<Receipt> = {}): Promise<Receipt> {
  const receipt = aReceipt(more);
  await tools.store.keepReceipt(receipt);
  return receipt;
}

/** The receipt as it stands. */
export async function theReceipt({ tools }: TestReceipts, { id }: Pick<Receipt, 'id'>): Promise<Receipt> {
  const receipt = await tools.store.readReceipt(tenant, id);
  if (!receipt) throw new Error(`There is no receipt ${id}.`);
  return receipt;
}

/** Balances of the ledger by the names of the book, zero ones left out. */
export async function balances({ tools, accounts }: TestReceipts): Promise<Record<string, bigint>> {
  const found = await tools.ledger.readAccounts(tenant, Object.values(accounts));
  const named = Object.entries(accounts).map(([name, id]) => [name, found.get(id)?.posted ?? 0n] as const);
  return Object.fromEntries(named.filter(([, posted]) => posted !== 0n));
}

/** What does not agree between the items and the ledger; nothing where all does. */
export async function disagreements({ tools }: TestReceipts) {
  return (await proveBooks(tools, tenant)).filter(({ isBalanced }) => !isBalanced);
}
