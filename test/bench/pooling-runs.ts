import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { openAccount } from '../../functions/ledger/open-account.ts';
import { service as ledger } from '../../functions/ledger/service.ts';
import { type LedgerStore, ledgerStore } from '../../functions/ledger/store.ts';
import { submit } from '../../functions/ledger/submit.ts';
import { createPool } from '../../functions/pooling/create-pool.ts';
import { membersIn } from '../../functions/pooling/members/member-shapes.ts';
import { setMembers } from '../../functions/pooling/members/set-members.ts';
import type { Pool } from '../../functions/pooling/pool.ts';
import { carryOutRun } from '../../functions/pooling/runs/carry-out-run.ts';
import { startRun } from '../../functions/pooling/runs/start-run.ts';
import { service as pooling } from '../../functions/pooling/service.ts';
import { poolingStore } from '../../functions/pooling/store.ts';
import type { PoolingTools } from '../../functions/pooling/tools.ts';
import { startEngine } from '../../infra/local/engine.ts';
import { createTables, localAccess, planTables } from '../../infra/local/tables.ts';
import { meterWrites, type WriteMeter } from '../../shared/dynamo/meter.ts';
import { deriveId } from '../../shared/identifiers/id.ts';
import { toolsOn } from '../support/pooling-tools.ts';
import { benchNow, benchTransfer, openBenchAccount } from './bench-ledger.ts';

/** A run of sweeps over many members on the embedded engine: what each executed leg writes, and how long it takes. */
export interface PoolingRunRow {
  readonly run: string;
  readonly members: number;
  readonly legs: number;
  readonly planMs: number;
  readonly executeMs: number;
  readonly legsPerSecond: number;
  readonly unitsPerLeg: number;
  readonly hottestKeyPerLeg: number;
  readonly breakdown: string;
}

const cause = {
  client: 'treasury-workstation-01',
  role: 'treasurer',
  requestId: '0f8fad5b-d9cb-469f-a165-70867728950e',
};
const sizes = [10, 100, 1_000];

export async function benchPoolingRuns(): Promise<PoolingRunRow[]> {
  const engine = await startEngine();
  const tables = await createTables(engine.endpoint, await planTables([ledger, pooling]), (name) => `bench-${name}`);
  const nameOf = (service: string) => tables.find((table) => table.service === service)?.name ?? '';
  const client = new DynamoDBClient({ endpoint: engine.endpoint, ...localAccess });
  const reader = new DynamoDBClient({ endpoint: engine.endpoint, ...localAccess });
  const books = ledgerStore(client, nameOf('ledger'));
  const tools = toolsOn(poolingStore(client, nameOf('pooling')), books);
  try {
    const rows: PoolingRunRow[] = [];
    for (const oneEntity of [true, false]) {
      for (const members of sizes) {
        // Timed and metered apart: a meter reads each item before it is written.
        const timed = await runOnce(tools, books, members, oneEntity, 'timed');
        const meter = meterWrites(client, reader);
        const metered = await runOnce(tools, books, members, oneEntity, 'metered', meter);
        meter.stop();
        rows.push({ ...metered, planMs: timed.planMs, executeMs: timed.executeMs, legsPerSecond: timed.legsPerSecond });
      }
    }
    return rows;
  } finally {
    client.destroy();
    reader.destroy();
    await engine.stop();
  }
}

async function runOnce(
  tools: PoolingTools,
  books: LedgerStore,
  members: number,
  oneEntity: boolean,
  tenant: string,
  meter?: WriteMeter,
): Promise<PoolingRunRow> {
  const where = `${tenant}-${members}-${oneEntity ? 'one' : 'many'}`;
  const pool = await openPool(tools, books, where, members, oneEntity);
  meter?.reset();
  const request = { businessDate: '2026-03-02', runNumber: 1, startedBy: 'HAND' as const, cause };
  const begun = performance.now();
  const run = await startRun(tools, where, pool.id, request, benchNow);
  const planned = performance.now();
  await carryOutRun(tools, run, benchNow);
  const ended = performance.now();
  const result = await tools.store.readRun(where, run.id);
  if (result?.ended?.confirmed !== members)
    throw new Error(`${where}: ${result?.ended?.confirmed} of ${members} legs.`);
  const report = meter?.report();
  return {
    run: oneEntity ? 'one entity' : 'an entity each, loans booked',
    members,
    legs: members,
    planMs: Math.round(planned - begun),
    executeMs: Math.round(ended - planned),
    legsPerSecond: Math.round((members * 1_000) / (ended - planned)),
    unitsPerLeg: round((report?.total ?? 0) / members),
    hottestKeyPerLeg: round((report?.hottest?.units ?? 0) / members),
    breakdown: [...(report?.byKind ?? [])].map(([kind, units]) => `${kind} ${round(units / members)}`).join(', '),
  };
}

/** Members with daily and monthly limits, funded, all below one header. */
async function openPool(
  tools: PoolingTools,
  books: LedgerStore,
  tenant: string,
  members: number,
  oneEntity: boolean,
): Promise<Pool> {
  const capital = await openBenchAccount(books, tenant, 'capital');
  const header = await openBenchAccount(books, tenant, 'header');
  const ids: string[] = [];
  for (let n = 0; n < members; n++) ids.push(await openMember(books, tenant, n, oneEntity));
  const funding = ids.map((id, n) => benchTransfer(tenant, `fund ${n}`, capital, id));
  for (const outcome of await submit(books, tenant, funding, benchNow)) {
    if (outcome.outcome === 'REFUSED') throw outcome.problem;
  }
  const id = deriveId('pool', tenant);
  const claim = { operation: 'createPool', key: tenant, fingerprint: '', id, at: benchNow.toISOString(), cause };
  const facts = { name: 'Bench', currency: 'CNY', kind: 'PHYSICAL' as const, headerAccountId: header };
  const pool = await createPool(tools, tenant, facts, claim, benchNow);
  const limits = [
    { period: 'DAY', amount: { amount: '50000.00', currency: 'CNY' } },
    { period: 'MONTH', amount: { amount: '500000.00', currency: 'CNY' } },
  ];
  const agreement = { effectiveFrom: '2026-01-01', rule: { method: 'ZERO_BALANCE' }, limits };
  const body = { members: ids.map((accountId) => ({ accountId, up: [agreement] })) };
  return await setMembers(tools, pool, membersIn.parse(body), cause, benchNow);
}

async function openMember(books: LedgerStore, tenant: string, n: number, oneEntity: boolean): Promise<string> {
  const holder = oneEntity ? '禹道贸易有限公司' : `禹道第${n}贸易有限公司`;
  const account = {
    currency: 'CNY',
    holder,
    name: `member ${n}`,
    purpose: 'GENERAL',
    hot: false,
    references: {},
  } as const;
  const id = deriveId('tr', tenant, 'member', String(n));
  const constraint = { type: 'MIN_BALANCE', minor: 0n } as const;
  return await openAccount(books, tenant, { id, fingerprint: '', cause, account, constraint }, benchNow);
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
