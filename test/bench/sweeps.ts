import type { DownMethod, UpMethod } from '../../functions/pooling/members/agreement.ts';
import { planSweeps } from '../../functions/pooling/sweeps/plan-sweeps.ts';
import type { DownRule, SweepNode, UpRule } from '../../functions/pooling/sweeps/sweep-node.ts';

/** One run of a pool on five levels below its header, with all methods in it. */
export interface SweepRow {
  readonly accounts: number;
  readonly legs: number;
  readonly milliseconds: number;
  readonly nanosecondsPerAccount: number;
}

const sizes = [1_000, 10_000, 100_000];
const levels = 5;

const upMethods: UpMethod[] = [
  { method: 'ZERO_BALANCE' },
  { method: 'KEEP_RESERVE', keep: 50_000n },
  { method: 'FIXED', amount: 30_000n },
  { method: 'PERCENTAGE', millionths: 125_000n },
  { method: 'MULTIPLE', multiple: 10_000n },
  { method: 'TARGET', target: 80_000n },
  { method: 'THRESHOLD', threshold: 100_000n },
  { method: 'COLLAR', threshold: 100_000n, collar: 20_000n },
  {
    method: 'RANGE',
    tiers: [
      { from: 0n, to: 90_000n, rule: { method: 'PERCENTAGE', millionths: 500_000n } },
      { from: 90_000n, rule: { method: 'KEEP_RESERVE', keep: 40_000n } },
    ],
  },
  { method: 'COVER_OVERDRAFT' },
  { method: 'RECALL' },
];

const downMethods: DownMethod[] = [
  { method: 'TARGET', target: 120_000n, mode: 'CONSTANT' },
  { method: 'ZERO_BALANCE' },
  { method: 'FIXED', amount: 25_000n },
];

/** Pools of a thousand to a hundred thousand accounts: the median of several plans, made after the first have warmed up. */
export function benchSweeps(): SweepRow[] {
  return sizes.map((size) => {
    const nodes = pool(size);
    const { legs } = planSweeps(nodes, loans);
    const times = Array.from({ length: 9 }, () => timeOf(nodes)).sort((one, other) => one - other);
    const milliseconds = times[Math.floor(times.length / 2)] ?? 0;
    return {
      accounts: size,
      legs: legs.length,
      milliseconds: Math.round(milliseconds * 10) / 10,
      nanosecondsPerAccount: Math.round((milliseconds * 1e6) / size),
    };
  });
}

const loans = [{ pair: 'GROUP-SUBSIDIARIES', position: 0n, firstLendsMax: 10n ** 12n, secondLendsMax: 10n ** 12n }];

function timeOf(nodes: readonly SweepNode[]): number {
  const started = performance.now();
  planSweeps(nodes, loans);
  return performance.now() - started;
}

/** As many children for every account as it takes to fill five levels; one account in three lives on the money of others. */
function pool(size: number): SweepNode[] {
  const width = Math.ceil(size ** (1 / levels));
  return Array.from({ length: size }, (_, place) => {
    const available = BigInt((place * 7_919) % 200_000) - 40_000n;
    return {
      id: accountId(place),
      ...(place > 0 && { parentId: accountId(Math.floor((place - 1) / width)) }),
      priority: 1 + (place % 4),
      available,
      unencumbered: available,
      reserve: BigInt((place % 3) * 10_000),
      up: place % 3 === 0 ? { idle: 'NO_AGREEMENT' } : upRule(place),
      down: place % 3 === 0 ? downRule(place) : { idle: 'NO_AGREEMENT' },
      sentByParent: 0n,
      owed: BigInt((place % 6) * 9_000),
      ...(place > 0 && place % 5 === 0 && { loan: { pair: 'GROUP-SUBSIDIARIES', child: 'SECOND' as const } }),
    };
  });
}

function accountId(place: number): string {
  return `ACCOUNT-${String(place).padStart(6, '0')}`;
}

function upRule(place: number): UpRule {
  return {
    rule: upMethods[place % upMethods.length] ?? { method: 'ZERO_BALANCE' },
    ...(place % 4 === 0 && { unit: 100n }),
    ...(place % 7 === 0 && { maximum: 60_000n }),
    sweepIfShort: place % 20 < 10,
    parentsMoney: 'SWEEP_BACK',
    whenParentFrozen: 'SKIP',
    ...(place % 9 === 0 && { levels: 1 + (place % 3) }),
  };
}

function downRule(place: number): DownRule {
  return {
    rule: downMethods[Math.floor(place / 3) % downMethods.length] ?? { method: 'ZERO_BALANCE' },
    ...(place % 4 === 0 && { minimum: 1_000n }),
    partialAllowed: place % 2 === 0,
    ...(place % 9 === 0 && { levels: 1 + (place % 3) }),
  };
}
