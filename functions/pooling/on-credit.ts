import * as z from 'zod';
import { consumerHandler } from '../../shared/events/consume.ts';
import type { DomainEvent } from '../../shared/events/event.ts';
import { amount } from '../../shared/http/schemas.ts';
import { sweepInRealTime } from './sweep-real-time.ts';
import { type PoolingTools, poolingTools } from './tools.ts';

const posted = z.object({
  transferId: z.string(),
  legs: z.array(z.object({ debitAccountId: z.string(), creditAccountId: z.string(), amount })),
});

/** Sweeps what a credit brought to a member at once, where an agreement in real time says so. */
export const handler = consumerHandler((event, now) => handleCredit(poolingTools(), event, now));

/** Money from another account of the same pool sets nothing off: it was just put there. */
export async function handleCredit(tools: PoolingTools, event: DomainEvent, now: Date): Promise<void> {
  const { transferId, legs } = posted.parse(event.data);
  const accounts = legs.flatMap(({ debitAccountId, creditAccountId }) => [debitAccountId, creditAccountId]);
  const poolOf = await tools.store.readMemberships(event.tenant, accounts);
  const credited = new Map<string, bigint>();
  for (const { debitAccountId, creditAccountId, amount: money } of legs) {
    const poolId = poolOf.get(creditAccountId);
    if (poolId === undefined || poolOf.get(debitAccountId) === poolId) continue;
    credited.set(creditAccountId, (credited.get(creditAccountId) ?? 0n) + money.minor);
  }
  for (const [accountId, minor] of credited) {
    const pool = await tools.store.readPool(event.tenant, poolOf.get(accountId) ?? '');
    if (!pool || pool.kind === 'NOTIONAL') continue;
    await sweepInRealTime(tools, pool, { accountId, transferId, amount: minor, cause: event.actor }, now);
  }
}
