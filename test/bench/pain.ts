import { execFile } from 'node:child_process';
import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { readPayments } from '../../shared/formats/pain/read-payments.ts';
import { readStatuses } from '../../shared/formats/pain/read-statuses.ts';
import { writeCollections } from '../../shared/formats/pain/write-message.ts';
import { readStatements } from '../../shared/formats/read-statements.ts';
import { collections, notification, statusReport } from './pain-files.ts';

/** One piece of work at one size, measured in a process of its own so that peak memory is its own. */
export interface PainRow {
  readonly work: Work;
  readonly transactions: number;
  readonly megabytes: number;
  readonly seconds: number;
  readonly megabytesPerSecond: number;
  readonly transactionsPerSecond: number;
  /** Highest of the heap in use, garbage included. */
  readonly peakHeapMegabytes: number;
  readonly peakMemoryMegabytes: number;
}

interface Task {
  /** What is in the file. */
  content(transactions: number): Iterable<string> | AsyncIterable<string>;
  /** What is measured: reads the file, or writes its content anew. */
  run(file: string, transactions: number): AsyncIterable<unknown>;
}

const pain008 = (count: number) => writeCollections(collections(count), { characters: 'UNICODE' });

const tasks = {
  'write pain.008': { content: pain008, run: (_, count) => pain008(count) },
  'read pain.008': { content: pain008, run: (file) => readPayments(createReadStream(file)) },
  'read pain.002': { content: statusReport, run: (file) => readStatuses(createReadStream(file)) },
  'read camt.054, an entry each': {
    content: (count) => notification(count, false),
    run: (file) => readStatements(createReadStream(file)),
  },
  'read camt.054, in one entry': {
    content: (count) => notification(count, true),
    run: (file) => readStatements(createReadStream(file)),
  },
} satisfies Record<string, Task>;
type Work = keyof typeof tasks;

const sizes = [1_000, 10_000, 100_000];

export async function benchPain(): Promise<PainRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'yudao-bench-'));
  const rows: PainRow[] = [];
  try {
    for (const work of Object.keys(tasks) as Work[]) {
      for (const size of sizes) rows.push(await measureApart(work, size, join(folder, 'file.xml')));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return rows;
}

async function measureApart(work: Work, transactions: number, file: string): Promise<PainRow> {
  await pipeline(Readable.from(tasks[work].content(transactions)), createWriteStream(file));
  const task = [import.meta.filename, work, String(transactions), file];
  const { stdout } = await promisify(execFile)(process.execPath, task);
  return JSON.parse(stdout) as PainRow;
}

const lookEvery = 500;

/** Starts cold, as work in a new process does. */
async function measure(work: Work, transactions: number, file: string): Promise<PainRow> {
  const { size } = statSync(file);
  const start = performance.now();
  let pieces = 0;
  let peakHeap = 0;
  for await (const _ of tasks[work].run(file, transactions)) {
    if (pieces % lookEvery === 0) peakHeap = Math.max(peakHeap, process.memoryUsage().heapUsed);
    pieces += 1;
  }
  const seconds = (performance.now() - start) / 1000;
  return {
    work,
    transactions,
    megabytes: Math.round(size / 1e4) / 100,
    seconds: Math.round(seconds * 1000) / 1000,
    megabytesPerSecond: Math.round(size / 1e5 / seconds) / 10,
    transactionsPerSecond: Math.round(transactions / seconds),
    peakHeapMegabytes: Math.round(Math.max(peakHeap, process.memoryUsage().heapUsed) / 1e6),
    peakMemoryMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
  };
}

if (process.argv[1] === import.meta.filename) {
  const [, , work, size, file = ''] = process.argv;
  if (work === undefined) console.table(await benchPain());
  else console.log(JSON.stringify(await measure(work as Work, Number(size), file)));
}
