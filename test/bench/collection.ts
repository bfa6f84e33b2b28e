import { acceptBatch } from '../../functions/collection/batches/accept-batch.ts';
import type { Batch } from '../../functions/collection/batches/batch.ts';
import { batchFigures } from '../../functions/collection/batches/batch-figures.ts';
import { carryOnBatch } from '../../functions/collection/batches/carry-on.ts';
import { readJsonLines } from '../../functions/collection/batches/read-line.ts';
import type { TakeReports } from '../../functions/collection/gateway/bank-gateway.ts';
import { giveDueAnswers } from '../../functions/collection/gateway/sandbox/give-answers.ts';
import { takeIntoBlocks } from '../../functions/collection/reports/take-into-block.ts';
import { takeReports } from '../../functions/collection/reports/take-reports.ts';
import type { StoredReport } from '../../functions/collection/store-reports.ts';
import { meterWrites } from '../../shared/dynamo/meter.ts';
import { randomFrom } from '../support/random.ts';
import {
  agreementNumber,
  type BenchCollection,
  benchCause,
  startBenchCollection,
  writeMandates,
} from './bench-collection.ts';
import { benchNow, openBenchAccount } from './bench-ledger.ts';
import { blockWrites, unitsOf } from './collection-units.ts';

/** A batch of lines from upload to settlement, with the sandbox bank: how long it takes, and what each line writes. */
export interface CollectionRow {
  readonly lines: number;
  readonly mandates: number;
  readonly reports: Size['reports'];
  readonly acceptMs: number;
  readonly carryOnMs: number;
  readonly answersMs: number;
  readonly reportsMs: number;
  readonly linesPerSecond: number;
  readonly unitsPerLine: number;
  readonly collection: number;
  readonly inbox: number;
  readonly ledger: number;
  readonly refusedWrites: number;
  /** The bank's side, in no other figure. */
  readonly sandboxBank: number;
  readonly writesPerBlock: number;
  readonly bytesPerBlock: number;
  readonly hottestKeyPerLine: number;
  readonly breakdown: string;
}

interface Size {
  readonly lines: number;
  readonly mandates: number;
  /** As they come in: in the order of the orders, as a bank's file has them, or mixed as by a bank that tells them one by one. */
  readonly reports: 'in order' | 'mixed';
}

const sizes: readonly Size[] = [
  { lines: 100, mandates: 100, reports: 'in order' },
  { lines: 1_000, mandates: 1_000, reports: 'in order' },
  { lines: 1_000, mandates: 1_000, reports: 'mixed' },
  { lines: 1_000, mandates: 100, reports: 'in order' },
  { lines: 10_000, mandates: 10_000, reports: 'in order' },
];
/** As the stream hands reports over. */
const reportsPerCall = 200;
const minute = 60_000;
/** By then BEPS has cleared. */
const clearingMinutes = 35;

export async function benchCollection(): Promise<CollectionRow[]> {
  const bench = await startBenchCollection();
  try {
    const rows: CollectionRow[] = [];
    for (const size of sizes) {
      // Timed and metered apart: a meter reads each item before it is written.
      const timed = await runOnce(bench, size, 'timed');
      const meter = meterWrites(bench.client, bench.aside);
      const blocks = blockWrites(bench.client);
      await runOnce(bench, size, 'metered', meter.reset);
      const units = unitsOf(meter.report(), bench, size.lines);
      meter.stop();
      rows.push({ ...size, ...timed, ...units, ...blocks.stop() });
    }
    return rows;
  } finally {
    await bench.stop();
  }
}

async function runOnce(bench: BenchCollection, size: Size, name: string, begin?: () => void) {
  const { tools, books } = bench;
  const { lines, mandates, reports } = size;
  const tenant = `${name}-${lines}-${mandates}-${reports.slice(0, 1)}`;
  await writeMandates(bench, tenant, mandates);
  const creditAccountId = await openBenchAccount(books, tenant, 'collected');
  begin?.();
  const begun = performance.now();
  const request = { number: 'DK-20260302-01', creditAccountId, policy: 'BALANCED' as const, atomic: true };
  const read = () => readJsonLines(Array.from({ length: lines }, (_, n) => benchLine(n, mandates)));
  const fingerprint = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';
  const batch = await acceptBatch(tools, tenant, { ...request, fingerprint }, read, benchCause, benchNow);
  const accepted = performance.now();
  await carryOnBatch(tools, batch, benchNow);
  const carriedOn = performance.now();
  const { answersMs, reportsMs } = await settle(bench, batch, reports);
  const took = performance.now() - begun;
  await requireSettled(bench, batch);
  return {
    acceptMs: Math.round(accepted - begun),
    carryOnMs: Math.round(carriedOn - accepted),
    answersMs: Math.round(answersMs),
    reportsMs: Math.round(reportsMs),
    linesPerSecond: Math.round((lines * 1_000) / took),
  };
}

/** A line with what real ones carry: a description and two references. */
function benchLine(n: number, mandates: number): object {
  return {
    agreementNumber: agreementNumber(n % mandates),
    amount: { amount: `${1_000 + (n % 977)}.${String(n % 100).padStart(2, '0')}`, currency: 'CNY' },
    description: '三月货款',
    references: { orderNo: `SO-2026-${String(n).padStart(6, '0')}`, store: 'Beijing 7' },
  };
}

/** What the bank says first, and after the clearing; each time all of it, then taken in as the stream hands it over. */
async function settle({ tools }: BenchCollection, { tenant }: Batch, reports: Size['reports']) {
  let answersMs = 0;
  let reportsMs = 0;
  for (const minutes of [1, clearingMinutes]) {
    const now = new Date(benchNow.getTime() + minutes * minute);
    const begun = performance.now();
    const told = await giveAll(tools, now);
    const inbox = reports === 'mixed' ? mixed(told) : inOrder(told);
    const given = performance.now();
    for (let from = 0; from < inbox.length; from += reportsPerCall) {
      await takeIntoBlocks(tools, inbox.slice(from, from + reportsPerCall), now);
    }
    answersMs += given - begun;
    reportsMs += performance.now() - given;
  }
  if (reportsMs === 0) throw new Error(`The bank said nothing to ${tenant}.`);
  return { answersMs, reportsMs };
}

/** One call gives so many answers at most: called until there are none. */
async function giveAll({ store }: BenchCollection['tools'], now: Date): Promise<StoredReport[]> {
  const inbox: StoredReport[] = [];
  const take: TakeReports = async (tenant, reports, at) => {
    await takeReports(store, tenant, reports, at);
    inbox.push(...reports.map((report) => ({ tenant, report, receivedAt: at.toISOString() })));
  };
  for (let before = -1; before < inbox.length; ) {
    before = inbox.length;
    const failures = await giveDueAnswers(store, take, now);
    if (failures.length > 0) throw new AggregateError(failures, 'Some answers were not given.');
  }
  return inbox;
}

function inOrder(reports: readonly StoredReport[]): readonly StoredReport[] {
  return [...reports].sort((one, other) => (one.report.orderId < other.report.orderId ? -1 : 1));
}

function mixed(reports: readonly StoredReport[]): readonly StoredReport[] {
  const random = randomFrom(2026);
  return reports
    .map((report) => ({ report, place: random() }))
    .sort((one, other) => one.place - other.place)
    .map(({ report }) => report);
}

async function requireSettled({ tools }: BenchCollection, batch: Batch): Promise<void> {
  const blocks = await tools.store.readBlocks(batch);
  const { state, counts } = batchFigures(
    blocks.flatMap(({ items }) => items),
    batch.refused,
  );
  if (state !== 'COMPLETED') throw new Error(`${batch.tenant} is ${state}: ${JSON.stringify([...counts])}`);
  const open = blocks.filter(({ dueAt }) => dueAt !== undefined).length;
  if (open > 0) throw new Error(`${batch.tenant}: ${open} blocks are still to be looked at.`);
}
