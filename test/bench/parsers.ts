import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { readStatements } from '../../shared/formats/read-statements.ts';
import { type BenchFormat, statementFile } from './statement-files.ts';

/** One parser at one size of file, measured in a process of its own so that peak memory is its own. */
export interface Row {
  readonly parser: BenchFormat;
  readonly megabytes: number;
  readonly entries: number;
  readonly seconds: number;
  readonly megabytesPerSecond: number;
  readonly entriesPerSecond: number;
  readonly peakMemoryMegabytes: number;
}

const formats: readonly BenchFormat[] = ['camt.053', 'MT940', 'MT942'];
const sizes = [1, 10, 100];

export async function benchParsers(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const format of formats) for (const size of sizes) rows.push(await measureApart(format, size));
  return rows;
}

async function measureApart(format: BenchFormat, megabytes: number): Promise<Row> {
  const { stdout } = await promisify(execFile)(process.execPath, [import.meta.filename, format, String(megabytes)]);
  return JSON.parse(stdout) as Row;
}

/** Time includes making the chunks (copies of one block) and starts cold, as an import in a new process does. */
async function measure(parser: BenchFormat, megabytes: number): Promise<Row> {
  const start = performance.now();
  let entries = 0;
  let bytes = 0;
  for await (const event of readStatements(counted(statementFile(parser, megabytes * 1e6)))) {
    if (event.kind === 'entry') entries += 1;
  }
  const seconds = (performance.now() - start) / 1000;
  return {
    parser,
    megabytes: Math.round(bytes / 1e5) / 10,
    entries,
    seconds: Math.round(seconds * 1000) / 1000,
    megabytesPerSecond: Math.round(bytes / 1e5 / seconds) / 10,
    entriesPerSecond: Math.round(entries / seconds),
    peakMemoryMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
  };

  async function* counted(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      bytes += chunk.length;
      yield chunk;
    }
  }
}

if (process.argv[1] === import.meta.filename) {
  const [, , format, size] = process.argv;
  if (format === undefined) console.table(await benchParsers());
  else console.log(JSON.stringify(await measure(format as BenchFormat, Number(size))));
}
