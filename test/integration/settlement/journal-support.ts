import { DynamoDBClient, PutItemCommand, type PutItemCommandInput, ScanCommand } from '@aws-sdk/client-dynamodb';
import { isOrderPosted } from '../../../functions/ledger/is-posted.ts';
import { openAccountUnderName } from '../../../functions/ledger/open-account-once.ts';
import { postOrders } from '../../../functions/ledger/post-transfers.ts';
import type { AccountStatus } from '../../../functions/ledger/published.ts';
import { readLedgerAccounts } from '../../../functions/ledger/read-accounts.ts';
import { readPostedOrders } from '../../../functions/ledger/read-posted.ts';
import { ledgerStore } from '../../../functions/ledger/store.ts';
import type { MarketChannel } from '../../../functions/settlement/channels/market-channel.ts';
import { takeDefaultChannels } from '../../../functions/settlement/channels/take-default-channels.ts';
import type { ComparingTools } from '../../../functions/settlement/comparing/ledger-side.ts';
import { type Owner, ownerKey } from '../../../functions/settlement/journal/entry.ts';
import { addFigures, type Figures, noFigures, sumFigures } from '../../../functions/settlement/journal/figures.ts';
import { groupOf } from '../../../functions/settlement/journal/groups.ts';
import { askForProof } from '../../../functions/settlement/journal/proof/ask-for-proof.ts';
import {
  carryOutProof,
  type ProofLimits,
  type ProofTools,
} from '../../../functions/settlement/journal/proof/carry-out-proof.ts';
import type { ProofResult } from '../../../functions/settlement/journal/proof/proof.ts';
import type { JournalTools, StreamChange } from '../../../functions/settlement/journal/take-changes.ts';
import type { Market } from '../../../functions/settlement/markets/market.ts';
import {
  openMarketAccounts,
  openPayableAccount,
  openSubsidyAccount,
} from '../../../functions/settlement/markets/open-accounts.ts';
import type { Merchant } from '../../../functions/settlement/merchants/merchant.ts';
import type { StepTools } from '../../../functions/settlement/orders/booking/carry-out-step.ts';
import type { Order } from '../../../functions/settlement/orders/order.ts';
import { orderToPlain } from '../../../functions/settlement/orders/order-items.ts';
import { type JournalingStore, journalingStore, provingStore } from '../../../functions/settlement/store.ts';
import { fromItem, type Plain, toItem } from '../../../shared/dynamo/items.ts';
import { cause } from '../../functions/settlement/journal/orders.ts';
import type { TestEngine } from '../../support/engines.ts';
import { changeAccount } from '../../support/ledger.ts';
import { createTables, localAccess } from '../../support/tables.ts';

export const now = new Date('2025-09-26T03:00:00.000Z');
export const minutesLater = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
export const tenant = 'demo';

/** Settlement and a ledger on an engine, each table its own. */
export interface TestJournal {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly store: JournalingStore;
  readonly tools: JournalTools & {
    readonly ledger: StepTools['ledger'] & ProofTools['ledger'] & ComparingTools['ledger'];
  };
  /** Puts an order into the table, and nothing else. */
  put(order: Order): Promise<unknown>;
  newClient(): DynamoDBClient;
  /** Tools whose calls of settlement's table go through another client. */
  toolsOver(client: DynamoDBClient): TestJournal['tools'];
  openMarket(id: string, merchantIds: readonly string[]): Promise<Market>;
  /** What an account of the ledger holds, by role; zero where it is not there. */
  balance(market: Market, role: 'supervised' | `channel ${string}` | `payable ${string}`): Promise<bigint>;
  itemsOf(kind: string): Promise<Plain[]>;
  /** As whoever keeps the accounts of the ledger freezes one, and thaws it. */
  setStatus(accountId: string, status: AccountStatus): Promise<void>;
  /** As the same takes off what bounds one. */
  unbound(accountId: string): Promise<void>;
  close(): void;
}

let tables = 0;

export async function journalOnEngine({ endpoint }: Pick<TestEngine, 'endpoint'>): Promise<TestJournal> {
  tables += 1;
  const names = await createTables(endpoint, `j${process.pid}_${Math.floor(performance.now())}_${tables}`);
  const table = names.TABLE_SETTLEMENT ?? '';
  const clients: DynamoDBClient[] = [];
  const newClient = () => {
    const client = new DynamoDBClient({ endpoint, ...localAccess, maxAttempts: 1 });
    clients.push(client);
    return client;
  };
  const client = newClient();
  const store = journalingStore(client, table);
  const books = ledgerStore(client, names.TABLE_LEDGER ?? '');
  const ledger = {
    postTransfers: (
      of: string,
      orders: Parameters<typeof postOrders>[2],
      at: Date,
      options?: Parameters<typeof postOrders>[4],
    ) => postOrders(books, of, orders, at, options),
    openAccountOnce: (of: string, request: Parameters<typeof openAccountUnderName>[2], at: Date) =>
      openAccountUnderName(books, of, request, at),
    isPosted: (of: string, name: readonly string[]) => isOrderPosted(books, of, name),
    readPosted: (of: string, names: readonly (readonly string[])[]) => readPostedOrders(books, of, names),
    readAccounts: (of: string, ids: Iterable<string>) => readLedgerAccounts(books, of, ids),
  };
  const toolsOver = (over: DynamoDBClient): TestJournal['tools'] => ({
    store: journalingStore(over, table),
    ledger,
  });
  const payable = new Map<string, string>();
  let channels: MarketChannel[] = [];

  async function openMarket(id: string, merchantIds: readonly string[]): Promise<Market> {
    const facts = { tenant, id, name: '锦里', legalEntity: '成都锦里市场', currency: 'CNY' as const };
    const changed = { revision: 1, changedAt: now.toISOString(), cause };
    const market: Market = {
      ...facts,
      ...{ zone: 'Asia/Shanghai', calendar: 'CN', orderTimeoutMinutes: 30, shortfall: { kind: 'CARRY' } },
      accounts: await openMarketAccounts({ ledger }, facts, cause, now),
      ...changed,
    };
    channels = await takeDefaultChannels({ ledger }, market, ['WECHAT_PAY', 'ALIPAY'], cause, now);
    await store.createMarket(market, channels, claim(`market ${id}`));
    for (const merchantId of merchantIds) {
      const payableAccountId = await openPayableAccount({ ledger }, market, merchantId, cause, now);
      const subsidyAccountId = await openSubsidyAccount({ ledger }, market, merchantId, cause, now);
      payable.set(`${id} ${merchantId}`, payableAccountId);
      const merchant: Merchant = {
        ...{ tenant, id: merchantId, marketId: id, name: merchantId, kind: 'COMPANY', state: 'ACTIVE' },
        ...{ payout: { to: 'LEDGER', accountId: 'acc_1' }, payableAccountId, subsidyAccountId, ...changed },
      };
      await store.createMerchant(merchant, claim(`merchant ${merchantId}`));
    }
    return market;
  }

  async function balance(market: Market, role: string): Promise<bigint> {
    const [purpose, id = ''] = role.split(' ');
    const accountId =
      purpose === 'supervised'
        ? market.accounts.supervised
        : purpose === 'channel'
          ? (channels.find((channel) => channel.id === id)?.accountId ?? '')
          : (payable.get(`${market.id} ${id}`) ?? '');
    return (await ledger.readAccounts(tenant, [accountId])).get(accountId)?.posted ?? 0n;
  }

  async function itemsOf(kind: string): Promise<Plain[]> {
    const found: Plain[] = [];
    let after: Record<string, never> | undefined;
    do {
      const page: { Items?: PutItemCommandInput['Item'][]; LastEvaluatedKey?: unknown } = (await client.send(
        new ScanCommand({ TableName: table, ConsistentRead: true, ...(after && { ExclusiveStartKey: after }) }),
      )) as never;
      found.push(...(page.Items ?? []).map((item) => fromItem(item ?? {})).filter((item) => item.kind === kind));
      after = page.LastEvaluatedKey as typeof after;
    } while (after);
    return found;
  }

  return {
    ...{
      client,
      table,
      store,
      tools: toolsOver(client),
      newClient,
      toolsOver,
      openMarket,
      balance,
      itemsOf,
    },
    setStatus: (accountId, status) => changeAccount(books, { tenant, accountId }, { status }, now),
    unbound: (accountId) => changeAccount(books, { tenant, accountId }, { constraint: { type: 'NONE' } }, now),
    put: (order) => client.send(new PutItemCommand({ TableName: table, Item: toItem(orderToPlain(order)) })),
    close: () => {
      for (const one of clients) one.destroy();
    },
  };
}

export function claim(key: string) {
  return { operation: 'test', key, fingerprint: key, id: key, at: now.toISOString(), cause };
}

/** Has a market proved, and answers what it came to. */
export async function prove(
  { client, table, tools }: Pick<TestJournal, 'client' | 'table' | 'tools'>,
  { id: marketId }: Pick<Market, 'id'>,
  at = now,
  more: { readonly isAnew?: boolean; readonly limits?: ProofLimits } = {},
): Promise<ProofResult> {
  const store = provingStore(client, table);
  const market = { tenant, marketId };
  await askForProof(store, market, more.isAnew ?? false, cause, at.toISOString());
  await carryOutProof({ store, ledger: tools.ledger }, market, 'evt_1', () => at, more.limits);
  const proof = await store.readProof(market);
  if (!proof?.result || proof.problem) throw new Error(`The proof failed: ${proof?.problem?.detail}.`);
  return proof.result;
}

/** As the stream has it, read back from what the table would hold. */
export function imageOf(order: Order): Plain {
  return fromItem(toItem(orderToPlain(order)));
}

/** The records that the changes of an order leave in the stream. */
export function changesOf(history: readonly Order[]): Omit<StreamChange, 'at'>[] {
  return history.map((after, place) => {
    const before = history[place - 1];
    return { isNew: place === 0, after: imageOf(after), ...(before && { before: imageOf(before) }) };
  });
}

/** What the journal has of an owner's day, by its totals and by its lines, over all settlements of the day. */
export async function dayOf(
  store: Pick<JournalingStore, 'readTotals' | 'readLines'>,
  marketId: string,
  owner: Owner,
  date: string,
) {
  const totals = await store.readTotals({ tenant, marketId, date, group: groupOf(tenant, owner) });
  const own = totals.filter((total) => ownerKey(total.owner) === ownerKey(owner));
  const total = own.reduce((sum: Figures, { figures }) => addFigures(sum, figures), noFigures);
  const lines = [];
  let after: string | undefined;
  do {
    const page = await store.readLines(tenant, owner, date, { blocks: 3, ...(after !== undefined && { after }) });
    lines.push(...page.lines);
    after = page.next;
  } while (after !== undefined);
  return { total, lines: sumFigures(lines), sequences: own.map(({ sequence }) => sequence) };
}
