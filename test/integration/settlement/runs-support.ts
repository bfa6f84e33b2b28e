import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { PaymentAsked, PaymentOutcome, PaymentReport } from '../../../functions/collection/published.ts';
import type { openAccountUnderName } from '../../../functions/ledger/open-account-once.ts';
import type { Entry } from '../../../functions/settlement/journal/entry.ts';
import type { MerchantLine } from '../../../functions/settlement/journal/line.ts';
import { stepsOf } from '../../../functions/settlement/journal/step.ts';
import { writeSteps } from '../../../functions/settlement/journal/write-steps.ts';
import type { Market } from '../../../functions/settlement/markets/market.ts';
import { openPayableAccount } from '../../../functions/settlement/markets/open-accounts.ts';
import type { Merchant } from '../../../functions/settlement/merchants/merchant.ts';
import type { RunTools } from '../../../functions/settlement/settlements/carry-on-run.ts';
import type { Run } from '../../../functions/settlement/settlements/run.ts';
import type { Settlement } from '../../../functions/settlement/settlements/settlement.ts';
import { findRun, startRun } from '../../../functions/settlement/settlements/start-run.ts';
import { takeReport } from '../../../functions/settlement/settlements/take-report.ts';
import { takeTurn } from '../../../functions/settlement/settlements/take-turn.ts';
import { journalingStore, settlementStore } from '../../../functions/settlement/store.ts';
import type { SettlementTools } from '../../../functions/settlement/tools.ts';
import { aMerchant, cause } from '../../functions/settlement/samples.ts';
import type { TestEngine } from '../../support/engines.ts';
import { claim, journalOnEngine, type TestJournal, tenant } from './journal-support.ts';

export { tenant };

/** 2025-09-28, a working Sunday, at 03:00 in Chengdu. */
export const now = new Date('2025-09-27T19:00:00.000Z');
export const dueOn = '2025-09-28';
export const hoursLater = (hours: number) => new Date(now.getTime() + hours * 3_600_000);

/** A bank that does each order once, whatever message brings it, and answers as it is told to. */
export class TestBank {
  /** What it did, by number. */
  readonly paid = new Map<string, PaymentAsked>();
  readonly messages = new Map<string, string>();
  readonly reports = new Map<string, PaymentReport[]>();
  /** How it answers on a number, or on all; TAKEN unless told. */
  answer: (id: string) => 'TAKEN' | 'UNKNOWN' | 'NOT_TAKEN' = () => 'TAKEN';

  readonly sendPayments: RunTools['bank']['sendPayments'] = async (_, { id, orders }) => {
    const content = JSON.stringify(
      orders.map((order) => ({ ...order, amount: String(order.amount) })).sort((a, b) => (a.id < b.id ? -1 : 1)),
    );
    if ((this.messages.get(id) ?? content) !== content)
      throw new Error(`The message ${id} came with other orders before.`);
    this.messages.set(id, content);
    return orders.map((order): PaymentOutcome => {
      const outcome = this.paid.has(order.id) ? 'TAKEN' : this.answer(order.id);
      if (outcome === 'TAKEN') this.paid.set(order.id, order);
      const rail = { railKind: 'IBPS' as const, businessDate: order.businessDate };
      if (outcome === 'TAKEN') return { id: order.id, outcome, ...rail };
      return outcome === 'UNKNOWN'
        ? { id: order.id, outcome, text: '超时', ...rail }
        : { id: order.id, outcome, text: '户名不符' };
    });
  };

  readonly queryPayments: RunTools['bank']['queryPayments'] = async (_, ids) =>
    ids.flatMap((id) => this.reports.get(id) ?? []);
}

export interface TestRuns extends TestJournal {
  readonly bank: TestBank;
  readonly runs: RunTools;
  runsOver(client: DynamoDBClient): RunTools;
  /** A market of merchants that are paid at a bank unless told. */
  open(id: string, merchants: Readonly<Record<string, Partial<Merchant>>>, more?: Partial<Market>): Promise<Market>;
  /** Lines of merchants' days, as the journal writes them. */
  lines(marketId: string, lines: readonly PlacedLine[]): Promise<void>;
  /** First sub-orders that wait until a day, as the journal has them. */
  waiting(marketId: string, date: string, orderNos: readonly string[]): Promise<void>;
  /** What is owed to merchants, as the journal books it. */
  owe(market: Market, merchantId: string, amount: bigint): Promise<void>;
  /** What the market puts on its own account. */
  fund(market: Market, amount: bigint): Promise<void>;
  account(name: string): Promise<string>;
  held(accountId: string): Promise<bigint>;
  /** Starts the run of a day, and carries it on to its end. */
  run(marketId: string, key: string, businessDate?: string, at?: Date): Promise<Run>;
  settlementOf(merchantId: string, date?: string, sequence?: number): Promise<Settlement>;
  merchantOf(merchantId: string): Promise<Merchant>;
  /** The bank says what became of a payout. */
  report(payoutId: string, state: 'SETTLED' | 'REJECTED' | 'RETURNED', text?: string): Promise<void>;
}

export type PlacedLine = readonly [merchantId: string, date: string, line: MerchantLine];

export async function runsOnEngine(engine: Pick<TestEngine, 'endpoint'>): Promise<TestRuns> {
  const journal = await journalOnEngine(engine);
  const { store, tools } = journal;
  const ledger = ledgerOf(tools);
  const bank = new TestBank();
  const runsOver = (client: DynamoDBClient): RunTools => ({
    store: journalingStore(client, journal.table),
    ledger,
    bank,
    endWaiting: async () => {
      throw new Error('Nothing waits.');
    },
  });
  const runs: RunTools = { ...runsOver(journal.client), store };
  let records = 0;
  let transfers = 0;

  async function open(
    id: string,
    merchants: Readonly<Record<string, Partial<Merchant>>>,
    more: Partial<Market> = {},
  ): Promise<Market> {
    const made = await journal.openMarket(id, []);
    const market: Market = { ...made, calendar: 'CN_STATE_COUNCIL', ...more, revision: 2 };
    await store.replaceMarket(market);
    for (const [merchantId, own] of Object.entries(merchants)) {
      const payableAccountId = await openPayableAccount({ ledger }, market, merchantId, cause, now);
      const merchant = aMerchant({ tenant, id: merchantId, marketId: id, payableAccountId, ...own });
      await store.createMerchant(merchant, claim(`merchant ${merchantId}`));
    }
    return market;
  }

  const lines = (marketId: string, placed: readonly PlacedLine[]) =>
    write(
      marketId,
      placed.map(([merchantId, date, line], place): Entry => {
        return { id: String(place), owner: { kind: 'MERCHANT', id: merchantId }, date, line };
      }),
    );

  const waiting = (marketId: string, date: string, orderNos: readonly string[]) =>
    write(
      marketId,
      orderNos.map((orderNo): Entry => {
        const line = { kind: 'WAITS', orderNo, subOrderNo: '1' } as const;
        return { id: orderNo, owner: { kind: 'AGENDA', id: marketId }, date, line };
      }),
    );

  async function write(marketId: string, entries: readonly Entry[]): Promise<void> {
    records += 1;
    const result = { outcome: 'LINES', marketId, entries } as const;
    const steps = stepsOf([{ tenant, orderNo: `T-${records}`, at: String(records), result }]);
    await writeSteps(store, `test ${marketId}`, steps, now);
  }

  async function give(debitAccountId: string, creditAccountId: string, amount: bigint): Promise<void> {
    transfers += 1;
    const order = {
      ...{ name: ['settlement', 'test', String(transfers)], fingerprint: '', cause },
      legs: [{ debitAccountId, creditAccountId, amount, currency: 'CNY' }],
    };
    const [done] = await ledger.postTransfers(tenant, [order], now);
    if (done?.outcome !== 'POSTED') throw new Error('Not posted.');
  }

  async function owe({ accounts }: Market, merchantId: string, amount: bigint): Promise<void> {
    const merchant = await store.readMerchant(tenant, merchantId);
    await give(accounts.supervised, merchant?.payableAccountId ?? '', amount);
  }

  async function fund({ accounts }: Market, amount: bigint): Promise<void> {
    await give(await openAccountOf(journal, 'of who runs markets'), accounts.own, amount);
  }

  async function run(marketId: string, key: string, businessDate = dueOn, at = now): Promise<Run> {
    const asked = { ...claim(`${marketId} ${key}`), operation: 'startSettlementRun' };
    const { id } = await startRun(store, tenant, { marketId, businessDate }, asked, at);
    await takeTurn(runs, tenant, id, at);
    return findRun(store, tenant, id);
  }

  return {
    ...{ ...journal, bank, runs, runsOver, open, lines, waiting, owe, fund, run },
    account: (name) => openAccountOf(journal, name),
    held: async (accountId) => (await ledger.readAccounts(tenant, [accountId])).get(accountId)?.posted ?? 0n,
    settlementOf: async (merchantId, date = dueOn, sequence = 0) => {
      const found = await store.readSettlement({ tenant, merchantId, date, sequence });
      if (!found) throw new Error(`No settlement of ${merchantId} on ${date}.`);
      return found;
    },
    merchantOf: async (merchantId) => {
      const merchant = await store.readMerchant(tenant, merchantId);
      if (!merchant) throw new Error(`No merchant ${merchantId}.`);
      return merchant;
    },
    report: (id, state, text) =>
      takeReport(runs, tenant, id, { state, at: now.toISOString(), ...(text !== undefined && { text }) }, now),
  };
}

/** That of the journal, which opens accounts too. */
function ledgerOf(tools: TestJournal['tools']) {
  return tools.ledger as TestJournal['tools']['ledger'] & SettlementTools['ledger'];
}

function openAccountOf({ tools }: TestJournal, name: string): Promise<string> {
  type Opening = Parameters<typeof openAccountUnderName>[2];
  const account = { currency: 'CNY', holder: name, name, purpose: 'GENERAL', references: {} } as Opening['account'];
  return ledgerOf(tools).openAccountOnce(
    tenant,
    { name: ['settlement', 'test', name], account, constraint: { type: 'NONE' }, cause },
    now,
  );
}

/** A share of an order, in fen. */
export function share(amount: bigint, orderNo = 'SO-1', more: Partial<MerchantLine> = {}): MerchantLine {
  const of = { split: 'PLAN', sequence: 1, base: amount, fee: 0n, kind: 'MERCHANT' } as const;
  return { kind: 'SHARE', amount, orderNo, subOrderNo: '1', share: of, ...more };
}

export function refund(amount: bigint, refundNo = 'RF-1'): MerchantLine {
  return { kind: 'REFUND', amount: -amount, orderNo: 'SO-0', subOrderNo: '1', refundNo };
}

/** A store whose calls of the table are noted. */
export function countedStore(own: Pick<TestRuns, 'newClient' | 'table'>) {
  const client = own.newClient();
  const calls: string[] = [];
  client.middlewareStack.add(
    (next, context) => (args) => {
      calls.push(context.commandName ?? '');
      return next(args);
    },
    { step: 'initialize', name: 'count' },
  );
  return { store: settlementStore(client, own.table), calls };
}

/** Tools whose call number `silent` of ledger or bank is carried out and not answered. */
export function silentAt(tools: RunTools, silent: number): RunTools {
  let calls = 0;
  const silenced =
    <Asked extends unknown[], Answer>(call: (...asked: Asked) => Promise<Answer>) =>
    async (...asked: Asked): Promise<Answer> => {
      const answer = await call(...asked);
      if (calls++ === silent) throw new Error('killed');
      return answer;
    };
  const { ledger, bank } = tools;
  return {
    ...tools,
    ledger: { ...ledger, postTransfers: silenced(ledger.postTransfers) },
    bank: { ...bank, sendPayments: silenced(bank.sendPayments) },
  };
}
