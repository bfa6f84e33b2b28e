import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { service as ledger } from '../../functions/ledger/service.ts';
import { RoleAccounts } from '../../functions/settlement/journal/booking/role-accounts.ts';
import { type JournalTools, type StreamChange, takeChanges } from '../../functions/settlement/journal/take-changes.ts';
import type { Order, OrderLeg } from '../../functions/settlement/orders/order.ts';
import { orderToPlain } from '../../functions/settlement/orders/order-items.ts';
import { service as settlement } from '../../functions/settlement/service.ts';
import { startEngine } from '../../infra/local/engine.ts';
import { createTables, localAccess, planTables } from '../../infra/local/tables.ts';
import { fromItem, toItem } from '../../shared/dynamo/items.ts';
import { meterWrites } from '../../shared/dynamo/meter.ts';
import type { MeterReport } from '../../shared/dynamo/meter-report.ts';
import { plannedWrites } from '../../shared/dynamo/planned-writes.ts';
import { benchCause } from './bench-collection.ts';
import { benchNow } from './bench-ledger.ts';
import { marketId, merchantId, merchants, prepareMarket, tenant, toolsOver } from './bench-settlement.ts';

/** Write units of one three-party order from its payment to lines of days and to the ledger, by orders in a batch. */
export interface JournalRow {
  readonly ordersPerBatch: number;
  readonly orders: number;
  readonly unitsPerOrder: number;
  readonly lines: number;
  readonly totals: number;
  readonly positions: number;
  readonly days: number;
  readonly postings: number;
  readonly ledger: number;
  readonly hottestKeyPerOrder: number;
  readonly ordersPerSecond: number;
}

const sizes = [1, 10, 100, 1_000] as const;
/** Batches in a row: the first finds nothing there. */
const batches = 3;

export async function benchSettlementJournal(): Promise<JournalRow[]> {
  const rows: JournalRow[] = [];
  for (const size of sizes) {
    // Timed and metered apart, an engine each.
    const { seconds } = await runOnce(size, false);
    const { report, ledgerTable } = await runOnce(size, true);
    rows.push(rowOf(size, seconds, report, ledgerTable));
  }
  return rows;
}

async function runOnce(size: number, isMetered: boolean) {
  const engine = await startEngine();
  const tables = await createTables(engine.endpoint, await planTables([ledger, settlement]), (name) => `bench-${name}`);
  const nameOf = (service: string) => tables.find((table) => table.service === service)?.name ?? '';
  const client = new DynamoDBClient({ endpoint: engine.endpoint, ...localAccess });
  const aside = new DynamoDBClient({ endpoint: engine.endpoint, ...localAccess });
  const tools = toolsOver(client, nameOf('settlement'), nameOf('ledger'));
  await prepareMarket(toolsOver(aside, nameOf('settlement'), nameOf('ledger')));
  const accounts = new RoleAccounts();
  // Finds the accounts, which is not of an order.
  await work(tools, accounts, client, recordsOf(0, 100));
  const meter = isMetered ? meterWrites(client, aside) : undefined;
  const start = performance.now();
  for (let batch = 0; batch < batches; batch++)
    await work(tools, accounts, client, recordsOf(1_000 + batch * size, size));
  const seconds = (performance.now() - start) / 1_000;
  const report = meter?.report();
  client.destroy();
  aside.destroy();
  await engine.stop();
  return { seconds, report: report ?? ({} as MeterReport), ledgerTable: nameOf('ledger') };
}

/** A batch, and the one in which its postings come. */
async function work(tools: JournalTools, accounts: RoleAccounts, client: DynamoDBClient, records: StreamChange[]) {
  const postings = newPostings(client);
  await takeChanges(tools, accounts, 'shardId-00000001414562045508-2bac9cd2', records, benchNow);
  const found = postings();
  await takeChanges(tools, accounts, 'shardId-00000001414562045509-3bac9cd2', found, benchNow);
}

function newPostings(client: DynamoDBClient): () => StreamChange[] {
  const found: StreamChange[] = [];
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      (args) => {
        for (const { item } of plannedWrites(commandName.replace(/Command$/, ''), args.input)) {
          if (item?.kind?.S === 'POSTING') found.push({ at: `${found.length}`, isNew: true, after: fromItem(item) });
        }
        return next(args);
      },
    { step: 'initialize', name: 'newPostings' },
  );
  return () => {
    client.middlewareStack.remove('newPostings');
    return found;
  };
}

/** What the stream tells when orders are paid: they are split at once, by a rule, due in two days. */
function recordsOf(first: number, count: number): StreamChange[] {
  return Array.from({ length: count }, (_, n) => {
    const [before, after] = imagesOf(first + n);
    const at = `700000000000000000${String(first + n).padStart(9, '0')}`;
    return { at, isNew: false, before: imageOf(before), after: imageOf(after) };
  });
}

function imagesOf(n: number): [Order, Order] {
  const at = benchNow.toISOString();
  const legs = [2_000n, 500n, 7_440n].map((amount, place): OrderLeg => {
    const receiver = merchantId((n * 7 + place * 31) % merchants);
    const share = { sequence: place + 1, receiver, amount, fee: place === 2 ? 60n : 0n, base: 10_000n };
    return { ...share, kind: 'RATIO', dueOn: '2026-03-03', takenBack: 0n };
  });
  const plan = { by: 'RULE' as const, ruleId: 'rul_01KAVG2Y7T8XJ4N5QW3R6S9Z21', version: 3 };
  const subOrder = { no: '1', merchantId: legs[2]?.receiver ?? '', amount: 10_000n, addOns: [], coupons: [], plan };
  const facts = { tenant, no: `SO2026030200${String(n).padStart(8, '0')}`, marketId, currency: 'CNY' as const };
  const rest = {
    createdAt: at,
    payBy: at,
    references: {},
    slips: [],
    refunds: [],
    disputes: [],
    fingerprint: 'f',
    cause: benchCause,
  };
  const before: Order = {
    ...{ ...facts, ...rest, payments: [], revision: 1, changedAt: at },
    subOrders: [{ ...subOrder, splits: [] }],
  };
  const payment = {
    ...{ channelId: 'WECHAT_PAY', transactionId: `42000023452026030200${String(n).padStart(8, '0')}` },
    ...{ amount: 10_000n, fee: 60n, paidAt: at, businessDate: '2026-03-02' },
  };
  const splits = [{ no: 'PLAN', at, legs }];
  return [before, { ...before, revision: 2, payments: [payment], subOrders: [{ ...subOrder, splits }] }];
}

function rowOf(size: number, seconds: number, report: MeterReport, ledgerTable: string): JournalRow {
  const orders = size * batches;
  const perOrder = (units: number) => Math.round((units / orders) * 1_000) / 1_000;
  const inLedger = [...report.byPlace].filter(([place]) => place.split('/')[0] === ledgerTable);
  const ledgerUnits = inLedger.reduce((total, [, units]) => total + units, 0);
  const of = (kind: string) => perOrder(report.byKind.get(kind) ?? 0);
  return {
    ...{ ordersPerBatch: size, orders, unitsPerOrder: perOrder(report.total) },
    ...{
      lines: of('LINES'),
      totals: of('TOTAL'),
      positions: of('POSITION'),
      days: daysOf(report),
      postings: of('POSTING'),
    },
    ledger: perOrder(ledgerUnits),
    hottestKeyPerOrder: perOrder(report.hottest?.units ?? 0),
    ordersPerSecond: Math.round(orders / seconds),
  };

  /** A day that was never closed is not there, and has no kind. */
  function daysOf({ byOperation }: MeterReport): number {
    return perOrder(byOperation.get('TransactWriteItems ConditionCheck') ?? 0);
  }
}

function imageOf(order: Order) {
  return fromItem(toItem(orderToPlain(order)));
}
