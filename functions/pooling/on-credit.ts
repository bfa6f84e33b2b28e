import * as z from 'zod';
import { consumerHandler } from '../../shared/events/consume.ts';
import type { DomainEvent } from '../../shared/events/event.ts';
import { amount } from '../../shared/http/schemas.ts';
import { sweptTree } from './members/investment.ts';
import { readConfiguration } from './members/read-configuration.ts';
import type { Pool } from './pool.ts';
import { legName } from './runs/run.ts';
import { sweepInRealTime } from './runs/sweep-real-time.ts';
import { type PoolingTools, poolingTools } from './tools.ts';

const posted = z.object({
  transferId: z.string(),
  legs: z.array(z.object({ debitAccountId: z.string(), creditAccountId: z.string(), amount })),
  references: z.record(z.string(), z.string()).default({}),
});
type Posted = z.output<typeof posted>;

/** Sweeps what a credit brought to a member at once, where an agreement in real time says so. */
export const handler = consumerHandler((event, now) => handleCredit(poolingTools(), event, now));

/**
 * Money that a sweep or the parent has just put there sets nothing off, or it would go up and down without end; a payment
 * of any other account does, also of one of the same pool.
 */
export async function handleCredit(tools: PoolingTools, event: DomainEvent, now: Date): Promise<void> {
  const transfer = posted.parse(event.data);
  const { transferId, legs } = transfer;
  const poolOf = await tools.store.readMemberships(
    event.tenant,
    legs.map(({ creditAccountId }) => creditAccountId),
  );
  for (const [accountId, poolId] of poolOf) {
    const pool = await tools.store.readPool(event.tenant, poolId);
    if (!pool || pool.kind === 'NOTIONAL' || isSweep(tools, pool, transfer)) continue;
    const minor = await creditedFromElsewhere(tools, pool, accountId, legs);
    if (minor > 0n)
      await sweepInRealTime(tools, pool, { accountId, transferId, amount: minor, cause: event.actor }, now);
  }
}

/** The name of a sweep's transfer follows from its run and edge, so that nobody else's can pass for one. */
function isSweep({ ledger }: PoolingTools, pool: Pool, { transferId, legs, references }: Posted): boolean {
  const { runId } = references;
  if (runId === undefined) return false;
  const ends = legs.flatMap(({ debitAccountId, creditAccountId }) => [debitAccountId, creditAccountId]);
  return ends.some(
    (accountId) =>
      ledger.transferIdOf(pool.tenant, ...legName({ poolId: pool.id, id: runId }, { accountId })) === transferId,
  );
}

async function creditedFromElsewhere(
  tools: PoolingTools,
  pool: Pool,
  accountId: string,
  legs: Posted['legs'],
): Promise<bigint> {
  const { members } = sweptTree(pool, await readConfiguration(tools, pool)).configuration;
  const parentId = members.find((member) => member.accountId === accountId)?.parentId;
  return legs
    .filter((leg) => leg.creditAccountId === accountId && leg.debitAccountId !== parentId)
    .reduce((sum, leg) => sum + leg.amount.minor, 0n);
}
