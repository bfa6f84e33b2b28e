import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Command } from '../../functions/ledger/commands.ts';
import { foldHot } from '../../functions/ledger/fold-hot.ts';
import { hotShards } from '../../functions/ledger/keys.ts';
import { submit } from '../../functions/ledger/submit.ts';
import { localAccess } from '../../infra/local/tables.ts';
import { meterWrites, type WriteMeter } from '../../shared/dynamo/meter.ts';
import {
  type BenchLedger,
  benchNow,
  benchPost,
  benchReversal,
  benchTransfer,
  openBenchAccount,
  startBenchLedger,
} from './bench-ledger.ts';

/** What one operation writes, by AWS's rules. */
export interface WriteUnitRow {
  readonly operation: string;
  readonly transfers: number;
  readonly unitsPerTransfer: number;
  readonly hottestKeyPerTransfer: number;
  readonly hottestKey: string;
  readonly breakdown: string;
}

const payers = 100;
const creditsToHotAccount = 10_000;
const linesPerCallMax = 1_000;

export async function benchWriteUnits(): Promise<WriteUnitRow[]> {
  const ledger = await startBenchLedger();
  const reader = new DynamoDBClient({ endpoint: ledger.endpoint, ...localAccess });
  const meter = meterWrites(ledger.client, reader);
  try {
    return [
      ...(await measureSingles(ledger, meter)),
      await measureBatch(ledger, meter, 50),
      await measureBatch(ledger, meter, linesPerCallMax),
      await measureHotSingle(ledger, meter),
      ...(await measureHot(ledger, meter, linesPerCallMax)),
      ...(await measureHot(ledger, meter, 200)),
    ];
  } finally {
    meter.stop();
    reader.destroy();
    await ledger.stop();
  }
}

async function measureSingles({ store }: BenchLedger, meter: WriteMeter): Promise<WriteUnitRow[]> {
  const [a, b] = [await openBenchAccount(store, 'bench', 'a'), await openBenchAccount(store, 'bench', 'b')];
  const legs = Array.from({ length: 40 }, (_, n) => ({ n }));
  const others = await Promise.all(legs.map(({ n }) => openBenchAccount(store, 'bench', `leg ${n}`)));
  const simple = benchTransfer('bench', 'simple', a, b);
  const hold = { ...benchTransfer('bench', 'hold', a, b), mode: 'PENDING' as const };
  const expiring = {
    ...benchTransfer('bench', 'expiring', a, b),
    mode: 'PENDING' as const,
    expiresAt: '2026-03-03T00:00:00.000Z',
  };
  const wide = benchTransfer('bench', 'wide', a, b);
  const [leg] = wide.legs;
  const fortyLegs = {
    ...wide,
    legs: others.map((id) => ({ ...leg, debitAccountId: a, creditAccountId: id, amount: 1n, currency: 'CNY' })),
  };
  const cases: [string, Command][] = [
    ['transfer, one debited, one credited', simple],
    ['hold', hold],
    ['posting of a hold', benchPost('bench', 'post', hold.id)],
    ['hold that expires', expiring],
    ['reversal', benchReversal('bench', 'reverse', simple.id)],
    ['transfer of 40 legs', fortyLegs],
  ];
  const rows: WriteUnitRow[] = [];
  for (const [operation, command] of cases) {
    meter.reset();
    await expectAccepted(submit(store, 'bench', [command], benchNow), operation);
    rows.push(rowOf(operation, 1, meter));
  }
  return rows;
}

async function measureBatch({ store }: BenchLedger, meter: WriteMeter, lines: number): Promise<WriteUnitRow> {
  const tenant = `batch${lines}`;
  const [a, b] = [await openBenchAccount(store, tenant, 'a'), await openBenchAccount(store, tenant, 'b')];
  meter.reset();
  const commands = Array.from({ length: lines }, (_, n) => benchTransfer(tenant, `n${n}`, a, b));
  await expectAccepted(submit(store, tenant, commands, benchNow), tenant);
  return rowOf(`batch of ${lines}, two accounts`, lines, meter);
}

async function measureHotSingle({ store }: BenchLedger, meter: WriteMeter): Promise<WriteUnitRow> {
  const hot = await openBenchAccount(store, 'single', 'hot', true);
  const payer = await openBenchAccount(store, 'single', 'payer');
  meter.reset();
  await expectAccepted(submit(store, 'single', [benchTransfer('single', 'one', payer, hot)], benchNow), 'single');
  await foldHot(store, 'single', hot);
  return rowOf('transfer to a hot account, fold included', 1, meter);
}

/** Folds after every call, as a stream that keeps up does: the smaller the calls, the more folds. */
async function measureHot({ store }: BenchLedger, meter: WriteMeter, linesPerCall: number): Promise<WriteUnitRow[]> {
  const tenant = `hot${linesPerCall}`;
  const hot = await openBenchAccount(store, tenant, 'hot', true);
  const from: string[] = [];
  for (let n = 0; n < payers; n++) from.push(await openBenchAccount(store, tenant, `payer ${n}`));
  meter.reset();
  for (let start = 0; start < creditsToHotAccount; start += linesPerCall) {
    const commands = Array.from({ length: linesPerCall }, (_, n) =>
      benchTransfer(tenant, `n${start + n}`, from[(start + n) % payers] ?? '', hot),
    );
    await expectAccepted(submit(store, tenant, commands, benchNow), tenant);
    await foldHot(store, tenant, hot);
  }
  const title = `${creditsToHotAccount.toLocaleString('en')} credits to a hot account from ${payers}, ${linesPerCall} a call`;
  const hotKeys = [...meter.report().byPartitionKey].filter(([key]) => key.includes(hot));
  const hottest = Math.max(...hotKeys.map(([, units]) => units));
  const all = rowOf(title, creditsToHotAccount, meter);
  const ofHot = {
    ...all,
    operation: `  of it the hot account's keys (chain and ${hotShards} shards)`,
    unitsPerTransfer: round(hotKeys.reduce((sum, [, units]) => sum + units, 0) / creditsToHotAccount),
    hottestKeyPerTransfer: round(hottest / creditsToHotAccount),
    hottestKey: shortKey(hotKeys.find(([, units]) => units === hottest)?.[0] ?? ''),
    breakdown: '',
  };
  return [all, ofHot];
}

async function expectAccepted(outcomes: ReturnType<typeof submit>, what: string): Promise<void> {
  const refused = (await outcomes).find(({ outcome }) => outcome === 'REFUSED');
  if (refused?.outcome === 'REFUSED') throw new Error(`${what} was refused: ${refused.problem.message}`);
}

function rowOf(operation: string, transfers: number, meter: WriteMeter): WriteUnitRow {
  const { total, byKind, hottest } = meter.report();
  return {
    operation,
    transfers,
    unitsPerTransfer: round(total / transfers),
    hottestKeyPerTransfer: round((hottest?.units ?? 0) / transfers),
    hottestKey: shortKey(hottest?.key ?? ''),
    breakdown: [...byKind].map(([kind, units]) => `${kind} ${round(units / transfers)}`).join(', '),
  };
}

function shortKey(key: string): string {
  return key.replace(/^\S+ [^#]*#/, '').replace(/_[0-9A-Z]{20}/, '_…');
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
