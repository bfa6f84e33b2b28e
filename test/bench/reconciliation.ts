import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { decideMatches, decideRead, readItems } from '../../functions/receivables/matching/decide-matches.ts';
import type { Decision } from '../../functions/receivables/matching/decision.ts';
import { defaultMatchRules } from '../../functions/receivables/matching/match-rules.ts';
import type { BenchTable } from './bench-table.ts';
import { generate } from './reconciliation/generate.ts';
import type { LabelledItems } from './reconciliation/labelled.ts';
import { breachesOf } from './reconciliation/measure/breaches.ts';
import { caseRows } from './reconciliation/measure/cases.ts';
import { kindRows, type QualityRow, qualityOf, ruleRows } from './reconciliation/measure/rows.ts';
import { isMissed, isWrong, scoreAll } from './reconciliation/measure/score.ts';
import { worstSets } from './reconciliation/worst-sets.ts';

/** One size, decided in a process of its own so that peak memory is its own. */
export interface SizeRow {
  readonly receipts: number;
  readonly invoices: number;
  readonly customers: number;
  /** Receipts drawn and left out, since something untrue explains them better than the truth. */
  readonly leftOut: number;
  /** How many of the invoices of the generated book are there: EVEN leaves out as many as are more than receipts. */
  readonly book: BookKind;
  readonly seconds: number;
  /** Of these, to bring names and numbers into their normal forms, to index them, and to find them in the receipts. */
  readonly readSeconds: number;
  /** And to go through the rules and to suggest. */
  readonly decideSeconds: number;
  /** Of the processor, which others may share. */
  readonly cpuSeconds: number;
  readonly receiptsPerSecond: number;
  /** On the heap after a collection: the open items before, and with the decisions on them after. */
  readonly itemsMegabytes: number;
  readonly withDecisionsMegabytes: number;
  /** Of the whole process, the making of the items in it. */
  readonly peakMegabytes: number;
  /** Of what must always hold. */
  readonly breaches: number;
  /** Decided once more with all in another order. */
  readonly inAnotherOrder: string;
}

interface SizeMeasured {
  readonly size: SizeRow;
  readonly quality: QualityRow;
  readonly details: readonly BenchTable[];
}

/** WHOLE: as generated. EVEN: with as many invoices as receipts. */
type BookKind = 'WHOLE' | 'EVEN';

const measures: readonly (readonly [number, BookKind])[] = [
  [1_000, 'WHOLE'],
  [10_000, 'WHOLE'],
  [100_000, 'WHOLE'],
  [100_000, 'EVEN'],
];
/** Another one: SEED=7 npm run bench -- reconciliation. */
const seed = Number(process.env.SEED ?? 20_250_701);
const shownMost = 20;

export async function benchReconciliation(): Promise<{ tables: BenchTable[] }> {
  const measured: SizeMeasured[] = [];
  for (const [size, book] of measures) measured.push(await measureApart(size, book));
  const whole = measured.filter(({ size }) => size.book === 'WHOLE');
  const tables = [
    { title: 'Sizes', rows: measured.map(({ size }) => size) },
    { title: 'Quality, by invoice; shares in percent', rows: whole.map(({ quality }) => quality) },
    ...(whole.at(-1)?.details ?? []),
    { title: 'A payer with 2,000 open invoices', rows: measureWorstSets() },
  ];
  return { tables };
}

async function measureApart(size: number, book: BookKind): Promise<SizeMeasured> {
  const task = ['--expose-gc', import.meta.filename, String(size), book];
  const { stdout } = await promisify(execFile)(process.execPath, task, { maxBuffer: 64 * 1024 * 1024 });
  return JSON.parse(stdout) as SizeMeasured;
}

function measure(size: number, book: BookKind): SizeMeasured {
  const generated = generate(size, seed);
  const labelled = book === 'EVEN' ? asManyInvoicesAsReceipts(generated) : generated;
  const { items } = labelled;
  const itemsMegabytes = heapMegabytes();
  const cpuStarted = process.cpuUsage();
  const started = performance.now();
  const read = readItems(items, defaultMatchRules);
  const readAt = performance.now();
  const decisions = decideRead(read);
  const endedAt = performance.now();
  const seconds = (endedAt - started) / 1_000;
  const { user, system } = process.cpuUsage(cpuStarted);
  const peakMegabytes = Math.round(process.resourceUsage().maxRSS / 1_024);
  const withDecisionsMegabytes = heapMegabytes();
  const scored = scoreAll(labelled, decisions);
  const breaches = breachesOf(items, decisions);
  const turned = decideMatches(
    {
      receipts: items.receipts.toReversed(),
      invoices: items.invoices.toReversed(),
      customers: items.customers.toReversed(),
      virtualAccounts: items.virtualAccounts.toReversed(),
    },
    defaultMatchRules,
  );
  return {
    size: {
      receipts: items.receipts.length,
      invoices: items.invoices.length,
      customers: items.customers.length,
      leftOut: labelled.leftOut,
      book,
      seconds: Math.round(seconds * 1_000) / 1_000,
      readSeconds: Math.round(readAt - started) / 1_000,
      decideSeconds: Math.round(endedAt - readAt) / 1_000,
      cpuSeconds: Math.round((user + system) / 1_000) / 1_000,
      receiptsPerSecond: Math.round(items.receipts.length / seconds),
      itemsMegabytes,
      withDecisionsMegabytes,
      peakMegabytes,
      breaches: breaches.length,
      inAnotherOrder: `${differences(decisions, turned)} differ`,
    },
    quality: qualityOf(scored),
    details: [
      { title: `By kind of payment, ${size} receipts`, rows: kindRows(scored) },
      { title: 'By rule, of what was booked', rows: ruleRows(scored) },
      {
        title: 'Breaches of what must hold, the first',
        rows: breaches.slice(0, shownMost).map((breach) => ({ breach })),
      },
      { title: 'Booked wrongly, the first', rows: caseRows(labelled, scored.filter(isWrong), shownMost) },
      { title: 'Decidable and not booked, the first', rows: caseRows(labelled, scored.filter(isMissed), shownMost) },
    ],
  };
}

/**
 * A payment often pays several invoices, so that a generated book has more of them than receipts. Those that are too many go:
 * first those that no receipt pays or names, then any. What loses an invoice is no longer what its label says, so that the
 * quality of such a book is not looked at.
 */
function asManyInvoicesAsReceipts({ items, labels, ...rest }: LabelledItems): LabelledItems {
  const meant = new Set([...labels.values()].flatMap((label) => label.meant));
  const inOrder = [
    ...items.invoices.filter(({ id }) => meant.has(id)),
    ...items.invoices.filter(({ id }) => !meant.has(id)),
  ];
  return { ...rest, labels, items: { ...items, invoices: inOrder.slice(0, items.receipts.length) } };
}

function differences(some: readonly Decision[], others: readonly Decision[]): number {
  const byReceipt = new Map(others.map((decision) => [decision.receiptId, asText(decision)]));
  return some.filter((decision) => byReceipt.get(decision.receiptId) !== asText(decision)).length;
}

function asText(decision: Decision): string {
  return JSON.stringify(decision, (_, value) => (typeof value === 'bigint' ? String(value) : value));
}

function heapMegabytes(): number {
  globalThis.gc?.();
  return Math.round(process.memoryUsage().heapUsed / 1e6);
}

function measureWorstSets() {
  return worstSets().map(({ name, items, rules }) => {
    const started = performance.now();
    const decisions = decideMatches(items, rules);
    const milliseconds = Math.round((performance.now() - started) * 10) / 10;
    return {
      case: name,
      receipts: items.receipts.length,
      invoices: items.invoices.length,
      milliseconds,
      matched: decisions.filter(({ outcome }) => outcome === 'MATCHED').length,
      suggested: decisions.filter(({ outcome }) => outcome === 'SUGGESTED').length,
    };
  });
}

if (process.argv[1] === import.meta.filename) {
  console.log(JSON.stringify(measure(Number(process.argv[2]), process.argv[3] as BookKind)));
}
