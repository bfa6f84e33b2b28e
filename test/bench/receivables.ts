import { setTimeout as pause } from 'node:timers/promises';
import pLimit from 'p-limit';
import { acceptInvoices } from '../../functions/receivables/invoices/accept-invoices.ts';
import { readJsonLines } from '../../functions/receivables/invoices/read-line.ts';
import { proveBooks } from '../../functions/receivables/proof/prove-books.ts';
import { receiptIdOfCredit } from '../../functions/receivables/receipts/receipt-draft.ts';
import { rememberAccounts } from '../../functions/receivables/receipts/remember-accounts.ts';
import { takeCredit } from '../../functions/receivables/receipts/take-credit.ts';
import { workOff } from '../../functions/receivables/work-off.ts';
import { meterWrites } from '../../shared/dynamo/meter.ts';
import type { MeterReport } from '../../shared/dynamo/meter-report.ts';
import type { DomainEvent } from '../../shared/events/event.ts';
import { benchCause } from './bench-collection.ts';
import { benchNow } from './bench-ledger.ts';
import {
  type BenchReceivables,
  benchEntity,
  countCalls,
  customerAccount,
  customerName,
  customerNumber,
  newFacts,
  startBenchReceivables,
} from './bench-receivables.ts';
import type { BenchTable } from './bench-table.ts';

/** Invoices recorded, then as many receipts told by statements at once, matched and booked. */
export interface ReceivablesRow {
  readonly receipts: number;
  readonly invoicesMs: number;
  readonly receiptsMs: number;
  readonly receiptsPerSecond: number;
  /** Of the processor, without the engine's; others may share it. */
  readonly cpuSeconds: number;
  /** Calls of DynamoDB. */
  readonly callsPerReceipt: number;
  /** From the event to the match that is written; the second that the stream waits for more is part of it. */
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly unitsPerInvoice: number;
  readonly unitsPerReceipt: number;
  readonly ofThemLedger: number;
  readonly refusedWrites: number;
}

/** A kind of item and how it is written, to the table or for an index. A move within an index is two writes. */
export interface WriteRow {
  readonly receipts: number;
  readonly item: string;
  readonly place: string;
  readonly operation: string;
  readonly unitsPerReceipt: number;
}

/** Ten thousand take minutes, and are asked for: RECEIPTS=10000 npm run bench -- receivables. */
const sizes = process.env.RECEIPTS === undefined ? [100, 1_000] : process.env.RECEIPTS.split(',').map(Number);
const invoicesPerCustomer = 10;
/** As `service.ts` has them: a batch of the stream, and how long it is waited for. */
const recordsPerBatch = 1_000;
const windowMs = 1_000;
/** A batch of the queue, its events one after the other, and the batches that are taken side by side. */
const eventsPerBatch = 10;
const batchesAtOnce = 10;
const linesPerBatch = 10_000;

export async function benchReceivables(): Promise<{ tables: BenchTable[] }> {
  const rows: ReceivablesRow[] = [];
  const writeRows: WriteRow[] = [];
  for (const receipts of sizes) {
    // An engine each: the more its streams hold, the slower it writes. Timed and metered apart.
    const timed = await onBench((bench) => runOnce(bench, receipts));
    const { units } = await onBench((bench) => runOnce(bench, receipts, true));
    const { writes, ...figures } = units;
    rows.push({ receipts, ...timed.times, ...figures });
    writeRows.push(...writes.map((write) => ({ receipts, ...write })));
  }
  return {
    tables: [
      { title: 'From the event to the match', rows },
      { title: 'Write units per matched receipt', rows: writeRows },
    ],
  };
}

async function onBench<Answer>(work: (bench: BenchReceivables) => Promise<Answer>): Promise<Answer> {
  const bench = await startBenchReceivables();
  try {
    return await work(bench);
  } finally {
    await bench.stop();
  }
}

async function runOnce(bench: BenchReceivables, count: number, isMetered = false) {
  const { client, aside, tools } = bench;
  const tenant = 'bench';
  const accounts = await bench.prepare(tenant, Math.ceil(count / invoicesPerCustomer));
  const meter = isMetered ? meterWrites(client, aside) : undefined;
  const facts = newFacts(client);
  const begun = performance.now();
  const lines = Array.from({ length: count }, (_, n) => benchInvoice(n));
  for (let start = 0; start < count; start += linesPerBatch) {
    const request = { lines: readJsonLines(lines.slice(start, start + linesPerBatch)), atomic: true };
    await acceptInvoices(tools.store, tenant, request, { at: benchNow.toISOString(), cause: benchCause });
  }
  while (facts.waiting() > 0) await workOff(tools, facts.take(recordsPerBatch), benchNow);
  const recorded = performance.now();
  const invoiceUnits = meter?.report().total ?? 0;
  meter?.reset();
  const calls = countCalls(client);
  const { toldAt, tookMs, cpuSeconds } = await receive(bench, facts, tenant, { count, accountId: accounts.cash });
  const latencies = [...toldAt].map(([id, at]) => (facts.matchedAt.get(id) ?? Number.NaN) - at).sort((a, b) => a - b);
  const report = meter?.report();
  meter?.stop();
  facts.stop();
  calls.stop();
  await requireMatched(bench, tenant, count);
  const times = {
    invoicesMs: Math.round(recorded - begun),
    receiptsMs: Math.round(tookMs),
    receiptsPerSecond: Math.round((count * 1_000) / tookMs),
    cpuSeconds: round(cpuSeconds),
    callsPerReceipt: round(calls.count() / count),
    p50Ms: Math.round(latencies[Math.floor(count * 0.5)] ?? 0),
    p95Ms: Math.round(latencies[Math.floor(count * 0.95)] ?? 0),
  };
  return { times, units: unitsOf(report, bench, count, invoiceUnits) };
}

/** Tells of all receipts as fast as they are taken, and works off what the stream would hand over, batch by batch. */
async function receive(
  { tools }: BenchReceivables,
  facts: ReturnType<typeof newFacts>,
  tenant: string,
  { count, accountId }: { readonly count: number; readonly accountId: string },
) {
  const toldAt = new Map<string, number>();
  const limit = pLimit(batchesAtOnce);
  const begun = performance.now();
  const cpuBegun = process.cpuUsage();
  let isTold = false;
  const telling = Promise.all(
    Array.from({ length: Math.ceil(count / eventsPerBatch) }, (_, batch) =>
      limit(async () => {
        const ledger = { ...tools.ledger, readAccounts: rememberAccounts(tools.ledger.readAccounts) };
        const first = batch * eventsPerBatch;
        for (let n = first; n < Math.min(first + eventsPerBatch, count); n++) {
          toldAt.set(receiptIdOfCredit(tenant, `credit-${n}`), performance.now());
          await takeCredit({ ...tools, ledger }, benchCredit(tenant, n, accountId), benchNow);
        }
      }),
    ),
  ).then(() => {
    isTold = true;
  });
  while (!isTold || facts.waiting() > 0) {
    if (facts.waiting() < recordsPerBatch) await pause(windowMs);
    await workOff(tools, facts.take(recordsPerBatch), benchNow);
  }
  await telling;
  const { user, system } = process.cpuUsage(cpuBegun);
  return { toldAt, tookMs: performance.now() - begun, cpuSeconds: (user + system) / 1e6 };
}

const amountOf = (n: number) => `${1_000 + (n % 9_973)}.${String(n % 100).padStart(2, '0')}`;
const numberOf = (n: number) => `FP-2026-${100_000 + n}`;
const customerOf = (n: number) => Math.floor(n / invoicesPerCustomer);

function benchInvoice(n: number): object {
  return {
    legalEntity: benchEntity,
    number: numberOf(n),
    customerNumber: customerNumber(customerOf(n)),
    amount: { amount: amountOf(n), currency: 'CNY' },
    ...{ issuedOn: '2026-02-02', dueOn: '2026-03-04', references: { contract: `HT-2026-${1_000 + customerOf(n)}` } },
  };
}

/** Nine of ten name their invoice; the tenth is known by its account and pays the amount. */
function benchCredit(tenant: string, n: number, accountId: string): DomainEvent {
  const type = 'statements.receipt-recorded.v1';
  const data = {
    ...{ entryId: `ent_${n}`, creditKey: `credit-${n}`, accountId, reversal: false, detailsCount: 0, details: [] },
    amount: { amount: amountOf(n), currency: 'CNY' },
    ...{ bookingDate: '2026-03-02', valueDate: '2026-03-02', references: { bankReference: `B-${n}` } },
    remittance: n % 10 === 9 ? '货款' : `支付货款 发票 ${numberOf(n)}`,
    counterparty: { name: customerName(customerOf(n)), counterpartyKey: customerAccount(customerOf(n)) },
  };
  const actor = benchCause;
  return { id: `evt_${n}`, type, tenant, occurredAt: benchNow.toISOString(), subject: `ent_${n}`, actor, data };
}

async function requireMatched({ tools }: BenchReceivables, tenant: string, count: number): Promise<void> {
  const [proof] = await proveBooks(tools, tenant);
  if (proof?.receipts.count === count && proof.receipts.unapplied === 0n && proof.isBalanced) return;
  throw new Error(`Not all of ${count} receipts are matched and booked: ${String(proof?.receipts.unapplied)} is left.`);
}

function unitsOf(
  report: MeterReport | undefined,
  { ledgerTable }: BenchReceivables,
  count: number,
  invoiceUnits: number,
) {
  const ofLedger = [...(report?.byPlace ?? [])].filter(([place]) => place.split('/')[0] === ledgerTable);
  return {
    unitsPerInvoice: round(invoiceUnits / count),
    unitsPerReceipt: round((report?.total ?? 0) / count),
    ofThemLedger: round(ofLedger.reduce((total, [, units]) => total + units, 0) / count),
    refusedWrites: round((report?.refused ?? 0) / count),
    writes: writesOf(report, count),
  };
}

/** What a receipt writes, item by item and index by index, the dearest first. */
function writesOf(report: MeterReport | undefined, count: number): Omit<WriteRow, 'receipts'>[] {
  return [...(report?.byWrite ?? [])].map(([write, units]) => {
    const [item = '', place = '', ...operation] = write.split(' ');
    return {
      item,
      place: place.replace('bench-', ''),
      operation: operation.join(' '),
      unitsPerReceipt: round(units / count),
    };
  });
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
