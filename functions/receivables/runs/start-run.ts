import { businessDateOf } from '../../../shared/calendar/plain-date.ts';
import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import type { Cause } from '../../../shared/http/cause.ts';
import { type KeyClaim, requireSameRequest } from '../../../shared/http/key-claim.ts';
import { deriveId } from '../../../shared/identifiers/id.ts';
import { defaultMatchRules, type MatchRules } from '../matching/match-rules.ts';
import { problems } from '../problems.ts';
import type { ReceivablesStore } from '../store.ts';
import { noFigures } from './figures.ts';
import type { Run, RunScope } from './run.ts';

/** What is asked for; without rules those of the tenant as they are now. */
export interface AskedRun {
  readonly scope: RunScope;
  readonly dryRun: boolean;
  readonly rules?: MatchRules | undefined;
}

/** Starts a run, once per key. Problems: `request/idempotency-key-reused`, and those of decideAndWrite. */
export async function startRun(
  store: ReceivablesStore,
  tenant: string,
  asked: AskedRun,
  claim: KeyClaim,
): Promise<Run> {
  const run = await runOf(store, tenant, claim.id, asked, claim);
  return decideAndWrite(async () => {
    if (!(await requireSameRequest(store, tenant, claim))) {
      return { answer: run, write: () => store.createRun(run, claim) };
    }
    return { answer: await findRun(store, tenant, claim.id) };
  });
}

/** Starts the day's run of every tenant that has open receipts, once. */
export async function startDaily(store: ReceivablesStore, tenant: string, now: Date): Promise<void> {
  const { receipts } = await store.listReceipts(tenant, 'OPEN', { count: 1 });
  if (receipts.length === 0) return;
  const id = deriveId('run', tenant, 'daily', businessDateOf(now));
  const on = { at: now.toISOString(), cause: { client: 'daily-reconciliation', role: 'system', requestId: id } };
  await store.keepRun(await runOf(store, tenant, id, { scope: {}, dryRun: false }, on));
}

/** Problem: `receivables/run-not-found`. */
export async function findRun(store: Pick<ReceivablesStore, 'readRun'>, tenant: string, runId: string): Promise<Run> {
  const run = await store.readRun(tenant, runId);
  if (run) return run;
  throw problems['run-not-found'].with({ detail: `There is no run ${runId}.`, runId });
}

async function runOf(
  store: ReceivablesStore,
  tenant: string,
  id: string,
  { scope, dryRun, rules }: AskedRun,
  { at, cause }: { readonly at: string; readonly cause: Cause },
): Promise<Run> {
  return {
    ...{ tenant, id, scope, dryRun },
    rules: rules ?? (await store.readRules(tenant))?.rules ?? defaultMatchRules,
    state: 'DECIDING',
    ...{ attempt: 0, receipts: 0, invoices: 0, blocks: 0, blocksDone: 0, turn: 0, failures: 0 },
    ...{ decided: noFigures, result: noFigures },
    ...{ createdAt: at, changedAt: at, revision: 1, cause },
  };
}
