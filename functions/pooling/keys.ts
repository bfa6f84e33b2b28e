/** Where things lie in the table. Tenant names hold no '#'. */
export const stateBuckets = 64;
const blockDigits = 6;
const shards = 8;

export const keys = {
  /** All pools of a tenant: few, each written a few times a day. */
  pools: (tenant: string) => `${tenant}#POOLS`,
  pool: (tenant: string, poolId: string) => ({ pk: keys.pools(tenant), sk: poolId }),
  /** Blocks of one version of a pool's configuration; nothing names them before the pool does. */
  configuration: (tenant: string, poolId: string, attempt: string) => `${tenant}#${poolId}#C#${attempt}`,
  /** What is remembered of the members, spread over buckets. */
  states: (tenant: string, poolId: string, bucket: number) => ({ pk: `${tenant}#${poolId}#S${bucket}`, sk: 'S' }),
  /** Which pool an account belongs to. */
  membership: (tenant: string, accountId: string) => ({ pk: `${tenant}#M#${accountId}`, sk: 'M' }),
  /** Which ledger a virtual account number leads to, by keyed hash. */
  virtualAccount: (tenant: string, hash: string) => ({ pk: `${tenant}#V#${hash}`, sk: 'V' }),
  ledgers: (tenant: string, poolId: string) => `${tenant}#${poolId}#G`,
  run: (tenant: string, runId: string) => ({ pk: `${tenant}#${runId}`, sk: 'RUN' }),
  /** The plan of a run: legs (L), accounts without one (I) and what became of the legs (X). */
  plan: (tenant: string, runId: string, attempt: string) => `${tenant}#${runId}#${attempt}`,
  legs: (block: number) => `L#${place(block)}`,
  idle: (block: number) => `I#${place(block)}`,
  outcomes: (block: number) => `X#${place(block)}`,
  /** Loans of a pool that have fallen due: few. */
  dueLoan: (tenant: string, poolId: string, loanId: string) => ({ pk: `${tenant}#${poolId}#D`, sk: loanId }),
  /** Which pool a loan that has fallen due is of. */
  dueLoanPool: (tenant: string, loanId: string) => ({ pk: `${tenant}#${loanId}`, sk: 'POOL' }),
  /** What a netting cycle has paid back of a loan. */
  nettedLoan: (tenant: string, loanId: string, cycleId: string) => ({ pk: `${tenant}#${loanId}`, sk: `N#${cycleId}` }),
  payment: (tenant: string, paymentId: string) => ({ pk: `${tenant}#${paymentId}`, sk: 'PAYMENT' }),
  terms: (tenant: string, ownerId: string) => ({ pk: `${tenant}#${ownerId}#T`, sk: 'TERMS' }),
  interestRun: (tenant: string, runId: string) => ({ pk: `${tenant}#${runId}`, sk: 'INTEREST' }),
  lines: (block: number) => `N#${place(block)}`,
} as const;

export function place(number: number): string {
  return String(number).padStart(blockDigits, '0');
}

/** Index values: the runs of a pool by date, and what waits for its time or its end. */
export const runsOf = (tenant: string, poolId: string) => `${tenant}#${poolId}`;
export const paymentsOf = (tenant: string, poolId: string) => `${tenant}#${poolId}#PAYMENTS`;
export const interestRunsOf = (tenant: string, ownerId: string) => `${tenant}#${ownerId}#INTEREST`;
export const dueShard = (id: string) => `DUE#${shardOf(id)}`;
export const openShard = (id: string) => `OPEN#${shardOf(id)}`;
export const dueShards = Array.from({ length: shards }, (_, shard) => `DUE#${shard}`);
/**
 * Interest by settlement day, apart from pools that are due, so that neither stands in the other's way. An owner's item is
 * written a few times a month, and by one job after the other: that needs no shards.
 */
export const settlementsOf = 'SETTLEMENT';
export const openShards = Array.from({ length: shards }, (_, shard) => `OPEN#${shard}`);

function shardOf(id: string): number {
  return id.charCodeAt(id.length - 1) % shards;
}

/** The bucket that remembers a member. */
export function bucketOf(accountId: string): number {
  let sum = 0;
  for (let index = accountId.length - 6; index < accountId.length; index++)
    sum = (sum * 31 + accountId.charCodeAt(index)) % 65_521;
  return sum % stateBuckets;
}

export function tenantOf(pk: string): string {
  return pk.slice(0, pk.indexOf('#'));
}
