import { decodeCursor, encodeCursor } from '../../../shared/http/cursor.ts';
import { problems } from '../problems.ts';
import type { PoolingStore } from '../store.ts';
import type { InterestRun, OwnerKind } from './interest-run.ts';
import { type LinePosition, pageInterestLines } from './page-interest-lines.ts';
import { presentInterestLine, presentInterestRun } from './present-interest-runs.ts';

/** Pages of interest runs, and of the lines of one: alike for pools and for agreed deposits. */

interface Owner {
  /** Whose cursors these are. */
  readonly operation: string;
  readonly tenant: string;
  /** The pool, or the account of the deposit. */
  readonly ownerId: string;
}

interface Asked {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** The runs of an owner, the latest period first. */
export async function pageOfRuns(store: PoolingStore, { operation, tenant, ownerId }: Owner, { limit, cursor }: Asked) {
  const scope = { operation, tenant, filters: { ownerId } };
  const after = cursor === undefined ? undefined : decodeCursor(scope, cursor).after;
  const { runs, more } = await store.listInterestRuns(tenant, ownerId, after, limit);
  const last = runs.at(-1)?.at;
  return {
    runs: runs.map(({ run }) => presentInterestRun(run)),
    ...(more && last !== undefined && { nextCursor: encodeCursor(scope, { after: last }) }),
  };
}

interface AskedRun extends Owner {
  readonly kind: OwnerKind;
  readonly runId: string;
}

/** A run with a page of its lines. Problem: `pooling/interest-run-not-found`. */
export async function runWithLines(
  store: PoolingStore,
  { operation, tenant, ownerId, kind, runId }: AskedRun,
  { limit, cursor }: Asked,
) {
  const run: InterestRun | undefined = await store.readInterestRun(tenant, runId);
  if (run?.ownerId !== ownerId || run.ownerKind !== kind) {
    throw problems['interest-run-not-found'].with({ detail: `${ownerId} has no interest run ${runId}.`, runId });
  }
  const scope = { operation, tenant, filters: { runId, linesId: run.computed?.linesId } };
  const from = cursor === undefined ? { block: 0, after: 0 } : positionOf(decodeCursor(scope, cursor));
  const { lines, next } = await pageInterestLines(store, run, from, limit);
  return {
    ...presentInterestRun(run),
    lines: lines.map(({ line, outcome }) => presentInterestLine(line, outcome, run.currency)),
    ...(next && { nextCursor: encodeCursor(scope, { block: String(next.block), after: String(next.after) }) }),
  };
}

function positionOf({ block, after }: Readonly<Record<string, string>>): LinePosition {
  return { block: Number(block), after: Number(after) };
}
