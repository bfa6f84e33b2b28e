import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readCsv } from '../../functions/collection/batches/read-csv.ts';
import { readTable } from '../../shared/formats/csv/read-table.ts';
import { writeCsv } from '../../shared/formats/csv/write-csv.ts';
import { encodeGbk } from '../shared/formats/csv/gbk.ts';

/** One piece of work at one size, measured in a process of its own so that peak memory is its own. */
export interface CsvBenchRow {
  readonly work: Work;
  readonly lines: number;
  readonly megabytes: number;
  readonly seconds: number;
  readonly megabytesPerSecond: number;
  readonly linesPerSecond: number;
  /** Of the whole process, the file and the code in it. */
  readonly peakMemoryMegabytes: number;
}

const header = ['协议号', '金额', '摘要', '付款人', '日期', 'ref:contract'];

function* rows(count: number): Generator<string[]> {
  for (let line = 1; line <= count; line += 1) {
    const words = line % 10 === 0 ? `服务费, "${line}" 月` : '服务费';
    yield [`XY-2026-${line}`, `${line}.50`, words, `江南机械厂${line}`, '2026-03-02', `HT-2026-${line}`];
  }
}

async function text(count: number): Promise<string> {
  let whole = '';
  for await (const chunk of writeCsv(header, rows(count))) whole += chunk;
  return whole;
}

async function fileOf(work: Work, count: number): Promise<Uint8Array> {
  const whole = await text(count);
  return work === 'rows of GBK' ? encodeGbk(whole) : Buffer.from(whole);
}

/** Each answers how many lines it saw. */
const works = {
  'rows of UTF-8': (file) => countOf(readTable(file).rows),
  'rows of GBK': (file) => countOf(readTable(file).rows),
  collections: (file) => readCsv(file, { currency: 'CNY' }).lines.filter(({ request }) => request).length,
  write: async (_, count) => {
    for await (const _chunk of writeCsv(header, rows(count)));
    return count;
  },
} satisfies Record<string, (file: Uint8Array, count: number) => number | Promise<number>>;
type Work = keyof typeof works;

function countOf(items: Iterable<unknown>): number {
  let count = 0;
  for (const _ of items) count += 1;
  return count;
}

/** A batch of collections has 10,000 lines at most. */
const sizes: Record<Work, readonly number[]> = {
  'rows of UTF-8': [10_000, 100_000],
  'rows of GBK': [10_000, 100_000],
  collections: [10_000],
  write: [10_000, 100_000],
};

export async function benchCsv(): Promise<CsvBenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'yudao-bench-'));
  const measured: CsvBenchRow[] = [];
  try {
    for (const work of Object.keys(works) as Work[]) {
      for (const size of sizes[work]) measured.push(await measureApart(work, size, join(folder, 'file.csv')));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return measured;
}

async function measureApart(work: Work, lines: number, path: string): Promise<CsvBenchRow> {
  writeFileSync(path, await fileOf(work, lines));
  const task = [import.meta.filename, work, String(lines), path];
  const { stdout } = await promisify(execFile)(process.execPath, task);
  return JSON.parse(stdout) as CsvBenchRow;
}

/** Starts cold, as work in a new process does; the file is in memory already. */
async function measure(work: Work, lines: number, path: string): Promise<CsvBenchRow> {
  const file = readFileSync(path);
  const start = performance.now();
  const seen = await works[work](file, lines);
  const seconds = (performance.now() - start) / 1000;
  if (seen !== lines) throw new Error(`${work}: saw ${seen} lines of ${lines}`);
  return {
    work,
    lines,
    megabytes: Math.round(file.length / 1e5) / 10,
    seconds: Math.round(seconds * 1000) / 1000,
    megabytesPerSecond: Math.round(file.length / 1e5 / seconds) / 10,
    linesPerSecond: Math.round(lines / seconds),
    peakMemoryMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
  };
}

if (process.argv[1] === import.meta.filename) {
  const [, , work, lines, path = ''] = process.argv;
  if (work === undefined) console.table(await benchCsv());
  else console.log(JSON.stringify(await measure(work as Work, Number(lines), path)));
}
