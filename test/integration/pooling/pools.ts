import { createPool } from '../../../functions/pooling/create-pool.ts';
import { membersIn } from '../../../functions/pooling/members/member-shapes.ts';
import { setMembers } from '../../../functions/pooling/members/set-members.ts';
import type { Pool, PoolKind } from '../../../functions/pooling/pool.ts';
import { carryOutRun } from '../../../functions/pooling/runs/carry-out-run.ts';
import type { LegOutcome, Run, RunLeg } from '../../../functions/pooling/runs/run.ts';
import { startRun } from '../../../functions/pooling/runs/start-run.ts';
import type { PoolingTools } from '../../../functions/pooling/tools.ts';
import { deriveId } from '../../../shared/identifiers/id.ts';
import { cause, fund, now, openAccount, type TestPooling } from './support.ts';

export const today = '2026-03-02';
export const yuan = (amount: string) => ({ amount, currency: 'CNY' });

/** Agreements as a treasurer writes them, in force since the beginning of the year. */
export const up = (rule: object, more: object = {}) => ({ effectiveFrom: '2026-01-01', rule, ...more });
export const zeroBalance = (more: object = {}) => up({ method: 'ZERO_BALANCE' }, more);
export const target = (amount: string, more: object = {}) => up({ method: 'TARGET', target: yuan(amount) }, more);

export async function newPool(
  { tools }: TestPooling,
  tenant: string,
  headerAccountId: string,
  kind: PoolKind = 'PHYSICAL',
): Promise<Pool> {
  const claim = {
    operation: 'createPool',
    key: headerAccountId,
    fingerprint: 'new',
    id: deriveId('pool', tenant, headerAccountId),
    at: now.toISOString(),
    cause,
  };
  return await createPool(tools, tenant, { name: 'Test pool', currency: 'CNY', kind, headerAccountId }, claim, now);
}

/** The pool with members set from the body of a request. */
export function withMembers(tools: PoolingTools, pool: Pool, body: unknown, at = now): Promise<Pool> {
  return setMembers(tools, pool, membersIn.parse(body), cause, at);
}

/** Accounts by name with their balances, each of an entity of its own unless told, none below zero. */
export async function accountsOf(
  pooling: TestPooling,
  tenant: string,
  balances: Readonly<Record<string, bigint>>,
  holder?: string,
): Promise<Record<string, string>> {
  const ids: Record<string, string> = {};
  for (const [name, minor] of Object.entries(balances)) {
    ids[name] = await openAccount(pooling, tenant, { name, limit: 'at least 0.00', ...(holder && { holder }) });
    if (minor > 0n) await fund(pooling, tenant, ids[name], minor);
  }
  return ids;
}

/** Starts a run and takes it to its end, as the stream does. */
export async function runToEnd(tools: PoolingTools, pool: Pool, runNumber = 1, at = now): Promise<Run> {
  const request = { businessDate: today, runNumber, startedBy: 'HAND' as const, cause };
  const run = await startRun(tools, pool.tenant, pool.id, request, at);
  await carryOutRun(tools, run, at);
  return (await tools.store.readRun(pool.tenant, run.id)) ?? run;
}

/** What became of each leg, as one reads it: 'c1 → r1 18000 CONFIRMED'. */
export async function legsOf(
  { store }: PoolingTools,
  run: Run,
  ids: Readonly<Record<string, string>>,
): Promise<string[]> {
  const name = new Map(Object.entries(ids).map(([key, id]) => [id, key]));
  const legs: RunLeg[] = (await store.readAllLegs(run)).flat();
  const outcomes = new Map<number, LegOutcome>();
  for (const block of (await store.readOutcomes(run)).values()) for (const one of block) outcomes.set(one.number, one);
  return legs.map((leg) => {
    const [from, to] = leg.direction === 'UP' ? [leg.accountId, leg.parentId] : [leg.parentId, leg.accountId];
    const outcome = outcomes.get(leg.number);
    return `${name.get(from)} → ${name.get(to)} ${outcome?.amount ?? leg.amount} ${outcome?.status ?? 'PLANNED'}`;
  });
}
