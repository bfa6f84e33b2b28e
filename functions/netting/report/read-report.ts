import type { Hindrance } from '../closing/closing.ts';
import { gatherCycle } from '../closing/gather-cycle.ts';
import { describeResult, type PackedResult } from '../closing/pack-result.ts';
import { workOut } from '../closing/work-out.ts';
import type { Cycle } from '../cycles/cycle.ts';
import { findCycle } from '../cycles/find-cycle.ts';
import { problems } from '../problems.ts';
import type { ClosingTools } from '../tools.ts';
import type { RowSource } from './page-rows.ts';
import { noRows, type RowOf, type Rows, type Section, sections } from './rows.ts';

/** Lines that a dry run reads while its caller waits: an answer has 29 seconds. */
const dryRunLinesMax = 200_000;

export interface Report {
  readonly cycle: Cycle;
  /** Not where a rate is missing. */
  readonly result?: PackedResult;
  readonly hindrance?: Hindrance;
  readonly rows: RowSource;
  /** Whether they are as they would be, and nothing is decided. */
  readonly isTrial: boolean;
}

/**
 * The figures of a cycle: those that are decided, or, where a limit is breached, those that are not. Problems:
 * `netting/cycle-not-found`, `netting/report-not-ready`.
 */
export async function readReport(
  { store }: Pick<ClosingTools, 'store'>,
  which: { readonly tenant: string; readonly cycleId: string },
): Promise<Report> {
  const cycle = await findCycle(store, which);
  const { result, closing } = cycle;
  if (!result) {
    const detail = `The cycle ${cycle.id} is ${cycle.state}; its figures are not worked out.`;
    throw problems['report-not-ready'].with({ detail, cycleId: cycle.id, state: cycle.state });
  }
  const read: RowSource['read'] = (section, block) => store.readResultRows(cycle, result.attempt, section, block);
  const hindrance = closing?.hindrance;
  return { cycle, result, ...(hindrance && { hindrance }), rows: { blocks: result.blocks, read }, isTrial: false };
}

/**
 * The figures of a cycle as they would be if it closed now, by the terms and rates of now; nothing is written. Once they are decided,
 * those that stand. Problems: `netting/cycle-not-found`, `netting/dry-run-too-large`.
 */
export async function tryReport(
  tools: ClosingTools,
  which: { readonly tenant: string; readonly cycleId: string },
): Promise<Report> {
  const cycle = await findCycle(tools.store, which);
  if (isDecided(cycle)) return readReport(tools, which);
  const gathered = await gatherCycle(tools, cycle, dryRunLinesMax);
  if (!gathered) {
    const detail = `The cycle ${cycle.id} has more than ${dryRunLinesMax.toLocaleString('en')} lines.`;
    throw problems['dry-run-too-large'].with({ detail, cycleId: cycle.id, linesMax: dryRunLinesMax });
  }
  const worked = workOut(gathered, cycle.closing ?? { leaveOut: [] });
  if (worked.outcome === 'FX_RATE_MISSING') {
    const { missing } = worked;
    return { cycle, hindrance: { why: 'FX_RATE_MISSING', missing }, rows: inMemory(noRows), isTrial: true };
  }
  const { breaches, figures, rows } = worked;
  const count = breaches.length;
  const hindrance = { why: 'LIMITS_BREACHED', count, breaches: [] } as const;
  const tried = { cycle, result: describeResult(figures, rows), rows: inMemory(rows), isTrial: true };
  return { ...tried, ...(count > 0 && { hindrance }) };
}

/** What is not netted goes to later cycles from then on, and is no part of this one any more. */
function isDecided({ state, closing, result }: Cycle): boolean {
  return result !== undefined && (closing ? closing.state === 'MOVING' : state !== 'CONFIRMING');
}

/** Each section as one block. */
function inMemory(rows: Rows): RowSource {
  const blocks = Object.fromEntries(sections.map((section) => [section, rows[section].length > 0 ? 1 : 0]));
  const read = async <Of extends Section>(section: Of): Promise<readonly RowOf[Of][]> => rows[section];
  return { blocks: blocks as Record<Section, number>, read };
}
