import { setTimeout as pause } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import pLimit from 'p-limit';
import { service as ledger } from '../../functions/ledger/service.ts';
import { RoleAccounts } from '../../functions/settlement/journal/booking/role-accounts.ts';
import { askForProof } from '../../functions/settlement/journal/proof/ask-for-proof.ts';
import { carryOutProof } from '../../functions/settlement/journal/proof/carry-out-proof.ts';
import { type StreamChange, takeChanges } from '../../functions/settlement/journal/take-changes.ts';
import { createOrder, createOrders } from '../../functions/settlement/orders/create-orders.ts';
import { recordPayment } from '../../functions/settlement/orders/record-payment.ts';
import { service as settlement } from '../../functions/settlement/service.ts';
import type { RunTools } from '../../functions/settlement/settlements/carry-on-run.ts';
import { findRun, startRun } from '../../functions/settlement/settlements/start-run.ts';
import { takeTurn } from '../../functions/settlement/settlements/take-turn.ts';
import { provingStore } from '../../functions/settlement/store.ts';
import { startEngine } from '../../infra/local/engine.ts';
import { createTables, localAccess, planTables } from '../../infra/local/tables.ts';
import { meterWrites, type WriteMeter } from '../../shared/dynamo/meter.ts';
import { benchCause } from './bench-collection.ts';
import { benchNow } from './bench-ledger.ts';
import { claim, marketId, merchants, prepareMarket, tenant, toolsOver } from './bench-settlement.ts';
import type { BenchTable } from './bench-table.ts';
import { benchMerchantDay } from './merchant-day.ts';
import { orderNo, recordsPerBatch, requestOf, ruleOf, rules, streamOf, transactionOf } from './settlement-orders.ts';

/** A hundred thousand take long, and are asked for: ORDERS=100000 npm run bench -- settlement. */
const count = Number(process.env.ORDERS ?? 3_000);
/** Calls of one order each; all others come in batches. */
const singles = Math.min(1_000, Math.ceil(count / 3));
const ordersPerBatch = 1_000;
const callsAtOnce = 16;
/** As `service.ts` has it: how long the stream is waited for. */
const windowMs = 5_000;
/** 10:00 on the next working day on the market. */
const runNow = new Date('2026-03-03T02:00:00Z');
/** The day after: the day of the orders has closing figures. */
const nextDay = new Date('2026-03-04T02:00:00Z');

/** From ingest to payout; by use cases, in one process beside the engine. */
export interface SettlementRow {
  readonly stage: string;
  readonly orders: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
}

export interface SettlementUnitsRow {
  readonly stage: string;
  readonly item: string;
  readonly unitsPerOrder: number;
}

export async function benchSettlement(): Promise<{ tables: BenchTable[] }> {
  // Timed and metered apart, an engine each.
  const timed = await onEngine(runTimed);
  const units = await onEngine(runMetered);
  return {
    tables: [
      { title: 'From ingest to payout', rows: timed },
      { title: 'Write units per three-party order', rows: units },
      { title: 'A merchant’s day with 100,000 lines, page by page', rows: await onEngine(benchMerchantDay) },
    ],
  };
}

export interface BenchEngine {
  readonly client: DynamoDBClient;
  /** What only prepares and looks on. */
  readonly aside: DynamoDBClient;
  readonly table: string;
  readonly ledgerTable: string;
}

async function onEngine<Answer>(work: (engine: BenchEngine) => Promise<Answer>): Promise<Answer> {
  const engine = await startEngine();
  const tables = await createTables(engine.endpoint, await planTables([ledger, settlement]), (name) => `bench-${name}`);
  const nameOf = (service: string) => tables.find((table) => table.service === service)?.name ?? '';
  const client = new DynamoDBClient({ endpoint: engine.endpoint, ...localAccess });
  const aside = new DynamoDBClient({ endpoint: engine.endpoint, ...localAccess });
  try {
    return await work({ client, aside, table: nameOf('settlement'), ledgerTable: nameOf('ledger') });
  } finally {
    client.destroy();
    aside.destroy();
    await engine.stop();
  }
}

async function runTimed(engine: BenchEngine): Promise<SettlementRow[]> {
  const bench = await prepare(engine);
  const rows = [
    await timedRow('ingest, one order a call', singles, callsAtOnce, (n) => bench.single(n)),
    await timedRow(
      `ingest, ${ordersPerBatch} orders a call`,
      count - singles,
      1,
      (n) => bench.batch(n),
      ordersPerBatch,
    ),
  ];
  await bench.drain();
  const netting = bench.netWhile();
  rows.push(await timedRow('payment, one a call, netted meanwhile', count, callsAtOnce, (n) => bench.pay(n)));
  const { lags, seconds } = await netting();
  rows.push(rowOf('from the payment to its days and the ledger (lag)', count, seconds, lags));
  const begun = performance.now();
  await bench.settle();
  rows.push(
    rowOf(`settlement run, ${merchants} merchants paid`, count, (performance.now() - begun) / 1_000, [
      performance.now() - begun,
    ]),
  );
  for (const stage of ['proof, from the first order', 'proof, from the closing figures of the day']) {
    const start = performance.now();
    await bench.prove();
    const ms = performance.now() - start;
    rows.push(rowOf(stage, count, ms / 1_000, [ms]));
  }
  return rows;
}

async function runMetered(engine: BenchEngine): Promise<SettlementUnitsRow[]> {
  const bench = await prepare(engine);
  const meter = meterWrites(engine.client, engine.aside);
  const rows: SettlementUnitsRow[] = [];
  const stage = async (name: string, orders: number, work: () => Promise<unknown>) => {
    meter.reset();
    await work();
    rows.push(...unitRows(name, orders, meter, engine));
  };
  const at = (first: number, of: number, step: number, work: (n: number) => Promise<unknown>) => () =>
    many(first, of, step, callsAtOnce, work);
  await stage('1 ingest, one order a call', singles, at(0, singles, 1, bench.single));
  await stage(
    `1 ingest, ${ordersPerBatch} a call`,
    count - singles,
    at(0, count - singles, ordersPerBatch, bench.batch),
  );
  await stage('2 payment', count, at(0, count, 1, bench.pay));
  await stage('3 days and ledger', count, bench.drain);
  await stage('4 settlement and payout', count, bench.settle);
  await bench.prove();
  const isSingle = ({ stage: of }: SettlementUnitsRow) => of === '1 ingest, one order a call';
  const totalOf = (rest: readonly SettlementUnitsRow[]) =>
    round(rest.filter(({ item }) => item === 'all').reduce((total, { unitsPerOrder }) => total + unitsPerOrder, 0));
  const inBatch = rows.filter((row) => !isSingle(row));
  const bySingle = rows.filter((row) => isSingle(row) || !row.stage.startsWith('1'));
  return [
    ...rows,
    { stage: 'ingest to payout, in batches', item: 'all', unitsPerOrder: totalOf(inBatch) },
    { stage: 'ingest to payout, one order a call', item: 'all', unitsPerOrder: totalOf(bySingle) },
  ];
}

/** The market, and what is done with its orders: those of single calls first, then those of batches. */
async function prepare({ client, aside, table, ledgerTable }: BenchEngine) {
  await prepareMarket(toolsOver(aside, table, ledgerTable));
  const { store: asideStore } = toolsOver(aside, table, ledgerTable);
  for (let rule = 0; rule < rules; rule++) await asideStore.writeRule(ruleOf(rule), claim(`rule ${rule}`));
  const tools = toolsOver(client, table, ledgerTable);
  const { store } = tools;
  const on = { at: benchNow.toISOString(), cause: benchCause };
  const stream = streamOf(client);
  const accounts = new RoleAccounts();
  const net = async (records: readonly StreamChange[]) =>
    takeChanges(tools, accounts, 'shardId-00000001414562045508-2bac9cd2', records, benchNow);
  const drain = async () => {
    while (stream.waiting() > 0) await net(stream.take());
  };
  const single = async (n: number) => {
    const { order } = await createOrder(store, requestOf(n), { tenant, ...on });
    await store.noteKey(tenant, claim(`order ${order.no}`));
  };
  const batch = async (n: number) => {
    const first = singles + n;
    const last = Math.min(first + ordersPerBatch, count);
    const asked = Array.from({ length: last - first }, (_, place) => requestOf(first + place));
    const made = await createOrders(store, asked, { tenant, ...on });
    if (made.some((one) => 'problem' in one)) throw new Error('An order was refused.');
    await store.noteKey(tenant, claim(`batch ${first}`));
  };
  const pay = async (n: number) => {
    const asked = { channelId: 'WECHAT_PAY', transactionId: transactionOf(n), amount: 10_000n, currency: 'CNY' };
    await recordPayment(store, { tenant, no: orderNo(n) }, { ...asked, paidAt: on.at }, on);
  };
  /** Works the stream off beside what goes on, as the host does; what it answers ends it when all is done. */
  const netWhile = () => {
    let isOver = false;
    const lags: number[] = [];
    const begun = performance.now();
    const working = (async () => {
      while (!isOver || stream.waiting() > 0) {
        const until = performance.now() + windowMs;
        while (stream.waiting() < recordsPerBatch && performance.now() < until && !isOver) await pause(20);
        const taken = stream.take();
        const told = stream.writtenAt(taken);
        if (taken.length > 0) await net(taken);
        lags.push(...told.map((at) => performance.now() - at));
      }
    })();
    return async () => {
      isOver = true;
      await working;
      return { lags, seconds: (performance.now() - begun) / 1_000 };
    };
  };
  const settle = async () => {
    const bank = { sendPayments: unexpected, queryPayments: unexpected };
    const runs: RunTools = { store, ledger: tools.ledger, bank, endWaiting: unexpected };
    const { id } = await startRun(store, tenant, { marketId, businessDate: '2026-03-03' }, claim('run'), runNow);
    await takeTurn(runs, tenant, id, runNow);
    const { state, figures } = await findRun(store, tenant, id);
    const owed = BigInt(count) * 9_940n;
    if (state === 'ENDED' && figures.paidOut === owed && figures.mismatches === 0 && figures.held === 0) return;
    throw new Error(`The run is ${state} and paid ${figures.paidOut} of ${owed}.`);
  };
  const prove = async () => {
    const { ledger } = toolsOver(aside, table, ledgerTable);
    const proving = provingStore(aside, table);
    const ref = { tenant, marketId };
    const before = await proving.readProof(ref);
    await askForProof(proving, ref, false, benchCause, nextDay.toISOString());
    await carryOutProof({ store: proving, ledger }, ref, 'evt_bench', () => nextDay);
    const { result } = (await proving.readProof(ref)) ?? {};
    const isRight = result?.isBalanced && result.orders === count && result.changed === (before ? 0 : count);
    if (!isRight) throw new Error(`The market does not add up: ${result?.orders} orders, ${result?.lost.count} lost.`);
  };
  return { single, batch, pay, drain, netWhile, settle, prove };
}

async function unexpected(): Promise<never> {
  throw new Error('Nothing waits, and no bank is asked.');
}

async function many(first: number, of: number, step: number, atOnce: number, work: (n: number) => Promise<unknown>) {
  const limit = pLimit(atOnce);
  const starts = Array.from({ length: Math.ceil(of / step) }, (_, n) => first + n * step);
  await Promise.all(starts.map((n) => limit(() => work(n))));
}

async function timedRow(
  stage: string,
  orders: number,
  atOnce: number,
  work: (n: number) => Promise<unknown>,
  step = 1,
): Promise<SettlementRow> {
  const times: number[] = [];
  const begun = performance.now();
  await many(0, orders, step, atOnce, async (n) => {
    const start = performance.now();
    await work(n);
    times.push(performance.now() - start);
  });
  return rowOf(stage, orders, (performance.now() - begun) / 1_000, times);
}

function rowOf(stage: string, orders: number, seconds: number, times: number[]): SettlementRow {
  times.sort((a, b) => a - b);
  const at = (share: number) =>
    Math.round((times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0) * 10) / 10;
  return { stage, orders, perSecond: Math.round(orders / seconds), p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) };
}

/** By item of settlement, the ledger as one, the hottest key, and all of it. */
function unitRows(
  stage: string,
  orders: number,
  meter: WriteMeter,
  { ledgerTable }: BenchEngine,
): SettlementUnitsRow[] {
  const { total, byWrite, hottest } = meter.report();
  const byItem = new Map<string, number>();
  for (const [write, units] of byWrite) {
    const [kind = '', place = '', ...operation] = write.split(' ');
    const isDay = kind === '-' && operation.join(' ').endsWith('ConditionCheck');
    const item = place.split('/')[0] === ledgerTable ? 'ledger' : isDay ? 'DAY (condition)' : kind;
    byItem.set(item, (byItem.get(item) ?? 0) + units);
  }
  const row = (item: string, units: number) => ({ stage, item, unitsPerOrder: round(units / orders) });
  return [
    ...[...byItem].sort(([, a], [, b]) => b - a).map(([item, units]) => row(item, units)),
    row('hottest key', hottest?.units ?? 0),
    row('all', total),
  ];
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
