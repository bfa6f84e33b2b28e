import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { benchAlgorithms } from './algorithms.ts';
import { type BenchRow, type BenchTable, tableOf } from './bench-table.ts';
import { benchBundles } from './bundles.ts';
import { benchChannelCompare } from './channel-compare.ts';
import { benchCollection } from './collection.ts';
import { benchCsv } from './csv.ts';
import { benchInterest } from './interest.ts';
import { benchLatency } from './latency.ts';
import { benchNetting } from './netting.ts';
import { benchNettingCycles } from './netting-cycles.ts';
import { benchPain } from './pain.ts';
import { benchParsers } from './parsers.ts';
import { benchPoolingRuns } from './pooling-runs.ts';
import { benchReceivables } from './receivables.ts';
import { benchReconciliation } from './reconciliation.ts';
import { benchRouting } from './routing.ts';
import { benchSettlement } from './settlement.ts';
import { benchSettlementJournal } from './settlement-journal.ts';
import { benchSplitOrders } from './split-orders.ts';
import { benchSweeps } from './sweeps.ts';
import { benchWriteUnits } from './write-units.ts';

/** Rows of one table, or several tables. */
type Result = readonly object[] | { readonly tables: readonly BenchTable[] };

/** `npm run bench`, or `npm run bench -- parsers bundles`. Prints tables and writes test/bench/results/<name>.json. */
const benches: Record<string, { title: string; run: () => Promise<Result> | Result }> = {
  'write-units': { title: 'Write units per transfer, by AWS’s rules', run: benchWriteUnits },
  latency: { title: 'HTTP calls on the local system, in memory', run: benchLatency },
  algorithms: { title: 'Pure algorithms', run: benchAlgorithms },
  sweeps: { title: 'Planning of sweeps, a pool of five levels', run: benchSweeps },
  'pooling-runs': { title: 'Runs of sweeps on the embedded engine; write units by AWS’s rules', run: benchPoolingRuns },
  collection: {
    title: 'Batches of collections from upload to settlement; write units by AWS’s rules',
    run: benchCollection,
  },
  receivables: {
    title: 'Receipts told at once, from the event to the match; write units by AWS’s rules',
    run: benchReceivables,
  },
  settlement: {
    title: 'Three-party orders over 100 merchants, from ingest to the payout of T+1; write units by AWS’s rules',
    run: benchSettlement,
  },
  'settlement-journal': {
    title:
      'Three-party orders over 100 merchants, from the stream to their days and the ledger; write units by AWS’s rules',
    run: benchSettlementJournal,
  },
  interest: { title: 'A month of interest', run: benchInterest },
  routing: { title: 'Routing of payments over rails', run: benchRouting },
  splits: { title: 'Splits of orders over their receivers', run: benchSplitOrders },
  reconciliation: { title: 'Matching of receipts with invoices, on labelled data', run: benchReconciliation },
  'netting-cycles': { title: 'Netting cycles on the embedded engine, from intake to SETTLED', run: benchNettingCycles },
  netting: { title: 'Netting: positions, payments and the queue', run: benchNetting },
  parsers: { title: 'Statement parsers', run: benchParsers },
  pain: { title: 'Payment messages, their reports and notifications', run: benchPain },
  csv: { title: 'CSV files, read and written', run: benchCsv },
  'channel-compare': { title: 'Files of a channel, read and compared with a market’s day', run: benchChannelCompare },
  bundles: { title: 'Function bundles', run: benchBundles },
};

const folder = join(import.meta.dirname, 'results');
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !benches[name]);
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}.`);
  process.exit(1);
}
mkdirSync(folder, { recursive: true });
const machine = { node: process.version, cores: availableParallelism(), cpu: cpus()[0]?.model ?? '' };
console.log(`Node ${machine.node}, ${machine.cores} cores, ${machine.cpu}`);
for (const [name, { title, run }] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`\n${title} (${name})`);
  const result = await run();
  const measured = 'tables' in result ? result : { rows: result };
  const tables = 'tables' in result ? result.tables : [{ title: '', rows: result }];
  for (const { title, rows } of tables) console.log(`${title && `\n  ${title}\n`}${tableOf(rows as BenchRow[])}`);
  writeFileSync(
    join(folder, `${name}.json`),
    `${JSON.stringify({ measuredAt: new Date().toISOString(), machine, ...measured }, null, 2)}\n`,
  );
}
