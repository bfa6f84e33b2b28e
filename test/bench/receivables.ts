import { setTimeout as pause } from 'node:timers/promises';
import pLimit from 'p-limit';
import { acceptInvoices } from '../../functions/receivables/invoices/accept-invoices.ts';
import { readJsonLines } from '../../functions/receivables/invoices/read-line.ts';
import { proveBooks } from '../../functions/receivables/proof/prove-books.ts';
import { receiptIdOfCredit } from '../../functions/receivables/receipts/receipt-draft.ts';
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
  customerAccount,
  customerName,
  customerNumber,
  newFacts,
  startBenchReceivables,
} from './bench-receivables.ts';

/** Invoices recorded, then as many receipts told by statements at once, matched and booked. */
export interface ReceivablesRow {
  readonly receipts: number;
  readonly invoicesMs: number;
  readonly receiptsMs: number;
  readonly receiptsPerSecond: number;
  /** From the event to the match that is written; the second that the stream waits for more is part of it. */
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly unitsPerInvoice: number;
  readonly unitsPerReceipt: number;
  readonly ofThemLedger: number;
  readonly refusedWrites: number;
  readonly breakdown: string;
}

/** Ten thousand take minutes, and are asked for: RECEIPTS=10000 npm run bench -- receivables. */
const sizes = process.env.RECEIPTS === undefined ? [100, 1_000] : process.env.RECEIPTS.split(',').map(Number);
const invoicesPerCustomer = 10;
/** As `service.ts` has them: a batch of the stream, and how long it is waited for. */
const recordsPerBatch = 1_000;
const windowMs = 1_000;
/** Events that are taken at once: a batch of the queue. */
const eventsAtOnce = 10;
const linesPerBatch = 10_000;

export async function benchReceivables(): Promise<ReceivablesRow[]> {
  const rows: ReceivablesRow[] = [];
  for (const receipts of sizes) {
    // An engine each: the more its streams hold, the slower it writes. Timed and metered apart.
    const timed = await onBench((bench) => runOnce(bench, receipts));
    const { units } = await onBench((bench) => runOnce(bench, receipts, true));
    rows.push({ receipts, ...timed.times, ...units });
  }
  return rows;
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
  const { toldAt, tookMs } = await receive(bench, facts, tenant, { count, accountId: accounts.cash });
  const latencies = [...toldAt].map(([id, at]) => (facts.matchedAt.get(id) ?? Number.NaN) - at).sort((a, b) => a - b);
  const report = meter?.report();
  meter?.stop();
  facts.stop();
  await requireMatched(bench, tenant, count);
  const times = {
    invoicesMs: Math.round(recorded - begun),
    receiptsMs: Math.round(tookMs),
    receiptsPerSecond: Math.round((count * 1_000) / tookMs),
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
  const limit = pLimit(eventsAtOnce);
  const begun = performance.now();
  let isTold = false;
  const telling = Promise.all(
    Array.from({ length: count }, (_, n) =>
      limit(() => {
        const event = benchCredit(tenant, n, accountId);
        toldAt.set(receiptIdOfCredit(tenant, `credit-${n}`), performance.now());
        return takeCredit(tools, event, benchNow);
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
  return { toldAt, tookMs: performance.now() - begun };
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
    breakdown: [...(report?.byKind ?? [])]
      .map(([kind, units]) => `${kind === '-' ? 'index keys' : kind} ${round(units / count)}`)
      .join(', '),
  };
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
