import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll } from 'vitest';
import type { Constraint, Purpose } from '../../../functions/ledger/account.ts';
import { openAccount as openInLedger } from '../../../functions/ledger/open-account.ts';
import type { TransferResult } from '../../../functions/ledger/post-transfers.ts';
import { type LedgerStore, ledgerStore } from '../../../functions/ledger/store.ts';
import { type PoolingStore, poolingStore } from '../../../functions/pooling/store.ts';
import type { PoolingTools } from '../../../functions/pooling/tools.ts';
import { rateStore } from '../../../functions/rates/store.ts';
import type { Actor } from '../../../shared/http/request.ts';
import { deriveId } from '../../../shared/identifiers/id.ts';
import { parseAmount } from '../../../shared/money/amount.ts';
import type { TestEngine } from '../../support/engines.ts';
import { snapshotOf } from '../../support/ledger.ts';
import { toolsOn } from '../../support/pooling-tools.ts';
import { createTables, localAccess } from '../../support/tables.ts';

export const cause = { client: 'test', role: 'treasurer', requestId: 'test' };
/** 09:00 in Shanghai on a Monday that is a working day. */
export const now = new Date('2026-03-02T01:00:00.000Z');

export function actorOf(tenant: string, role: Actor['role'] = 'treasurer'): Actor {
  return { tenant, client: role, role, requestId: 'test' };
}

/** Pooling with a ledger of its own, in tables of their own on an engine. */
export interface TestPooling {
  readonly endpoint: string;
  readonly client: DynamoDBClient;
  /** What functions find in their environment: `{ TABLE_LEDGER: …, TABLE_POOLING: … }`. */
  readonly tables: Readonly<Record<string, string>>;
  readonly ledgerStore: LedgerStore;
  readonly store: PoolingStore;
  readonly tools: PoolingTools;
  /** Every item of both tables as text, by key. */
  snapshot(): Promise<Map<string, string>>;
  close(): void;
}

let made = 0;

export async function poolingOnEngine({ endpoint }: TestEngine): Promise<TestPooling> {
  made += 1;
  const tables = await createTables(endpoint, `p${process.pid}_${Math.floor(performance.now())}_${made}`);
  const { TABLE_LEDGER = '', TABLE_POOLING = '', TABLE_RATES = '' } = tables;
  const client = new DynamoDBClient({ endpoint, ...localAccess, maxAttempts: 1 });
  const inLedger = ledgerStore(client, TABLE_LEDGER);
  const store = poolingStore(client, TABLE_POOLING);
  return {
    endpoint,
    client,
    tables,
    ledgerStore: inLedger,
    store,
    tools: toolsOn(store, inLedger, rateStore(client, TABLE_RATES)),
    snapshot: async () =>
      new Map([...(await snapshotOf(client, TABLE_LEDGER)), ...(await snapshotOf(client, TABLE_POOLING))]),
    close: () => client.destroy(),
  };
}

/** `poolingOnEngine` for the tests of a describe: there from its `beforeAll` on, closed after them. */
export function usePooling(engine: TestEngine): TestPooling {
  const pooling = {} as TestPooling;
  beforeAll(async () => {
    Object.assign(pooling, await poolingOnEngine(engine));
  });
  afterAll(() => pooling.close?.());
  return pooling;
}

export interface TestAccount {
  /** The same name in one tenant is the same account. */
  readonly name: string;
  /** Default: the name. */
  readonly holder?: string;
  readonly currency?: string;
  readonly purpose?: Purpose;
  /** 'no limit' (default), 'at least 10.00', 'overdraft 50.00' */
  readonly limit?: string;
  readonly hot?: boolean;
  readonly now?: Date;
}

/** Opens an account of the ledger, outside all books. Returns its id. */
export async function openAccount(
  { ledgerStore: store }: TestPooling,
  tenant: string,
  account: TestAccount,
): Promise<string> {
  const { name, holder = name, currency = 'CNY', purpose = 'GENERAL', limit = 'no limit', hot = false } = account;
  const id = deriveId('tr', tenant, `open ${name}`);
  const facts = { currency, holder, name, purpose, hot, references: {} };
  const constraint = constraintOf(limit, currency);
  return await openInLedger(store, tenant, { id, fingerprint: name, cause, account: facts, constraint }, at(account));
}

function at({ now: instant = now }: { readonly now?: Date }): Date {
  return instant;
}

function constraintOf(limit: string, currency: string): Constraint {
  if (limit === 'no limit') return { type: 'NONE' };
  const [, how, amount = ''] = /^(at least|overdraft) (\S+)$/.exec(limit) ?? [];
  if (!how) throw new Error(`'${limit}' is no limit of an account`);
  return { type: how === 'overdraft' ? 'OVERDRAFT_LIMIT' : 'MIN_BALANCE', minor: parseAmount(amount, currency) };
}

export interface TestMove {
  readonly from: string;
  readonly to: string;
  readonly minor: bigint;
  readonly currency?: string;
  readonly valueDate?: string;
  readonly now?: Date;
}

let moves = 0;

/** One transfer straight in the ledger; further moves are further legs of it. Never the same transfer twice. */
export async function move(
  { tools }: TestPooling,
  tenant: string,
  first: TestMove,
  ...further: readonly TestMove[]
): Promise<TransferResult> {
  moves += 1;
  const legs = [first, ...further].map(({ from, to, minor, currency = 'CNY' }) => ({
    debitAccountId: from,
    creditAccountId: to,
    amount: minor,
    currency,
  }));
  const { valueDate } = first;
  const order = { name: ['test', `move ${moves}`], fingerprint: 'move', legs, cause };
  const [result] = await tools.ledger.postTransfers(
    tenant,
    [{ ...order, ...(valueDate !== undefined && { valueDate }) }],
    at(first),
  );
  if (!result) throw new Error('The ledger gave no answer.');
  return result;
}

/** Pays minor units into an account, from an account 'world' of its tenant and currency. Throws where the ledger refuses. */
export async function fund(
  pooling: TestPooling,
  tenant: string,
  accountId: string,
  minor: bigint,
  more: { readonly currency?: string; readonly now?: Date; readonly valueDate?: string } = {},
): Promise<void> {
  const { currency = 'CNY' } = more;
  const world = await worldOf(pooling, tenant, currency);
  const result = await move(pooling, tenant, { ...more, from: world, to: accountId, minor, currency });
  if (result.outcome === 'REFUSED') throw result.problem;
}

/** Where `fund` takes money from; may be debited without bound. */
export function worldOf(pooling: TestPooling, tenant: string, currency = 'CNY'): Promise<string> {
  return openAccount(pooling, tenant, { name: `world ${currency}`, currency });
}

/** Posted balances in minor units, in the order asked for. Throws on an account that is not there. */
export async function balancesOf(
  { tools }: TestPooling,
  tenant: string,
  accountIds: readonly string[],
): Promise<bigint[]> {
  const accounts = await tools.ledger.readAccounts(tenant, accountIds);
  return accountIds.map((accountId) => {
    const account = accounts.get(accountId);
    if (!account) throw new Error(`There is no account ${accountId}.`);
    return account.posted;
  });
}

export async function balanceOf(pooling: TestPooling, tenant: string, accountId: string): Promise<bigint> {
  const [posted = 0n] = await balancesOf(pooling, tenant, [accountId]);
  return posted;
}
