import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { Constraint } from '../../functions/ledger/account.ts';
import { openAccount } from '../../functions/ledger/open-account.ts';
import type { AccountStatus } from '../../functions/ledger/published.ts';
import { type LedgerStore, ledgerStore } from '../../functions/ledger/store.ts';
import { submit } from '../../functions/ledger/submit.ts';
import { deriveId } from '../../shared/identifiers/id.ts';
import { parseAmount } from '../../shared/money/amount.ts';
import { testCause } from './commands.ts';
import { anEngine, engines, type TestEngine } from './engines.ts';
import { createTables, localAccess } from './tables.ts';

/** A ledger of its own on an embedded engine. */
export interface TestLedger {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly store: LedgerStore;
  /** Every item of the table as text, by key. */
  snapshot(): Promise<Map<string, string>>;
  close(): void;
}

let ledgers = 0;

/** On the engine named, or on the first that runs here. Its table has a stream only where that is asked for. */
export async function ledgerOnEngine(
  kind: TestEngine['kind'] = anEngine().kind,
  { streams = false } = {},
): Promise<TestLedger> {
  const { endpoint } = engines().find((engine) => engine.kind === kind) ?? anEngine();
  ledgers += 1;
  const tables = await createTables(endpoint, `t${process.pid}_${Math.floor(performance.now())}_${ledgers}`, {
    streams,
  });
  const table = tables.TABLE_LEDGER ?? '';
  const client = new DynamoDBClient({ endpoint, ...localAccess, maxAttempts: 1 });
  return {
    client,
    table,
    store: ledgerStore(client, table),
    snapshot: () => snapshotOf(client, table),
    close: () => client.destroy(),
  };
}

let changes = 0;

/** As whoever keeps the accounts of the ledger freezes one and thaws it, or bounds it otherwise. */
export async function changeAccount(
  store: LedgerStore,
  { tenant, accountId }: { readonly tenant: string; readonly accountId: string },
  change: { readonly status: AccountStatus } | { readonly constraint: Constraint },
  at: Date,
): Promise<void> {
  changes += 1;
  const asked = { id: `tr_change_${changes}`, fingerprint: '', cause: testCause } as const;
  const [done] = await submit(store, tenant, [{ ...asked, command: 'CHANGE', accountId, ...change }], at);
  if (done?.outcome !== 'CHANGE') throw new Error(`${accountId} is not changed.`);
}

export async function snapshotOf(client: DynamoDBClient, table: string): Promise<Map<string, string>> {
  const items = new Map<string, string>();
  let after: Record<string, never> | undefined;
  do {
    const page: { Items?: Record<string, { S?: string }>[]; LastEvaluatedKey?: unknown } = (await client.send(
      new ScanCommand({ TableName: table, ConsistentRead: true, ...(after && { ExclusiveStartKey: after }) }),
    )) as never;
    for (const item of page.Items ?? []) items.set(`${item.pk?.S} ${item.sk?.S}`, textOf(item));
    after = page.LastEvaluatedKey as typeof after;
  } while (after);
  return items;
}

function textOf(item: object): string {
  return JSON.stringify(item, (_, value) =>
    value && typeof value === 'object' && !Array.isArray(value) && !(value instanceof Uint8Array)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

export interface TestAccount {
  readonly name: string;
  readonly currency?: string;
  /** 'no limit', 'at least 10.00', 'overdraft 50.00' */
  readonly limit?: string;
  readonly hot?: boolean;
  readonly now?: Date;
}

export async function openTestAccount(ledger: TestLedger, tenant: string, account: TestAccount): Promise<string> {
  const { name, currency = 'CNY', limit = 'no limit', hot = false, now = new Date('2026-03-02T01:00:00Z') } = account;
  return await openAccount(
    ledger.store,
    tenant,
    {
      id: deriveId('tr', tenant, `open ${name}`),
      fingerprint: 'open',
      cause: { client: 'test', role: 'treasurer', requestId: 'open' },
      account: { currency, holder: name, purpose: 'GENERAL', hot, references: {} },
      constraint: constraintOf(limit, currency),
    },
    now,
  );
}

function constraintOf(limit: string, currency: string): Constraint {
  if (limit === 'no limit') return { type: 'NONE' };
  const [, how, amount = ''] = /^(at least|overdraft) (\S+)$/.exec(limit) ?? [];
  if (!how) throw new Error(`'${limit}' is no limit of an account`);
  const minor = parseAmount(amount.replaceAll(',', ''), currency);
  return { type: how === 'overdraft' ? 'OVERDRAFT_LIMIT' : 'MIN_BALANCE', minor };
}
