import type { AccountStatus } from '../../../functions/ledger/account.ts';
import type { TransferResult } from '../../../functions/ledger/post-transfers.ts';
import { submit } from '../../../functions/ledger/submit.ts';
import { carryOn } from '../../../functions/pooling/carry-on.ts';
import { handleCredit } from '../../../functions/pooling/on-credit.ts';
import { payFromPool } from '../../../functions/pooling/payments/pay-from-pool.ts';
import type { Payment } from '../../../functions/pooling/payments/payment.ts';
import type { Pool } from '../../../functions/pooling/pool.ts';
import type { Run } from '../../../functions/pooling/runs/run.ts';
import type { PoolingTools } from '../../../functions/pooling/tools.ts';
import type { DomainEvent } from '../../../shared/events/event.ts';
import { deriveId } from '../../../shared/identifiers/id.ts';
import { presentAmount } from '../../../shared/money/present.ts';
import { someEvent } from '../../support/events.ts';
import { cause, move, now, type TestPooling, worldOf } from './support.ts';

const openMax = 100;
const roundsMax = 20;
const runsMax = 100;

/** What the ledger tells of a posted transfer. */
export function toldOf(tenant: string, result: TransferResult): DomainEvent {
  if (result.outcome === 'REFUSED') throw result.problem;
  const legs = result.legs.map(({ amount, currency, ...accounts }) => ({
    ...accounts,
    amount: presentAmount(amount, currency),
  }));
  return someEvent(result.id, { tenant, data: { transferId: result.id, legs } });
}

/** A customer pays into an account; returns what the ledger tells of it. */
export async function receive(
  pooling: TestPooling,
  tenant: string,
  accountId: string,
  minor: bigint,
  at = now,
): Promise<DomainEvent> {
  const from = await worldOf(pooling, tenant);
  return toldOf(tenant, await move(pooling, tenant, { from, to: accountId, minor, now: at }));
}

/** An account pays somebody outside the pool, straight in the ledger. */
export async function spend(
  pooling: TestPooling,
  tenant: string,
  accountId: string,
  minor: bigint,
  at = now,
): Promise<void> {
  const result = await move(pooling, tenant, {
    from: accountId,
    to: await worldOf(pooling, tenant),
    minor,
    now: at,
  });
  if (result.outcome === 'REFUSED') throw result.problem;
}

/** A customer pays, the pool is told, and what that sets off is taken to its end. */
export async function receiveAndSweep(
  pooling: TestPooling,
  tenant: string,
  accountId: string,
  minor: bigint,
  at = now,
): Promise<void> {
  await handleCredit(pooling.tools, await receive(pooling, tenant, accountId, minor, at), at);
  await carryOnAll(pooling.tools, tenant, at);
}

/** Everything of a tenant that is open, and what comes of it, taken to its end as stream and job do. */
export async function carryOnAll(tools: PoolingTools, tenant: string, at = now): Promise<void> {
  for (let round = 1; round <= roundsMax; round++) {
    const open = (await tools.store.readOpen('9', openMax)).filter((work) => work.tenant === tenant);
    if (open.length === 0) return;
    for (const work of open) await carryOn(tools, work, at);
  }
  throw new Error('The work of the pool does not come to an end.');
}

/** Runs of a pool, the oldest first. */
export async function runsOf({ store }: PoolingTools, { tenant, id }: Pool): Promise<Run[]> {
  const { runs } = await store.listRuns(tenant, id, undefined, runsMax);
  return runs.map(({ run }) => run).reverse();
}

let changes = 0;

export async function change(
  { ledgerStore }: TestPooling,
  tenant: string,
  accountId: string,
  what: { readonly status?: AccountStatus; readonly freeze?: bigint },
  at = now,
): Promise<void> {
  changes += 1;
  const id = deriveId('tr', tenant, `change ${changes}`);
  const [outcome] = await submit(
    ledgerStore,
    tenant,
    [{ command: 'CHANGE', id, fingerprint: 'change', cause, accountId, ...what }],
    at,
  );
  if (outcome?.outcome === 'REFUSED') throw outcome.problem;
}

/** Pays from an account of a pool under a key; the same key is the same payment. */
export function pay(
  tools: PoolingTools,
  pool: Pool,
  key: string,
  from: string,
  to: string,
  amount: bigint,
  at = now,
): Promise<Payment> {
  const request = { accountId: from, creditAccountId: to, amount, references: {}, cause };
  const id = deriveId('pay', pool.tenant, key);
  const claim = {
    operation: 'payFromPool',
    key,
    fingerprint: `${from} ${to} ${amount}`,
    id,
    at: at.toISOString(),
    cause,
  };
  return payFromPool(tools, pool, request, claim, at);
}
