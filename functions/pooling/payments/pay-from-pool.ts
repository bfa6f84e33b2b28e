import { businessDateOf } from '../../../shared/calendar/plain-date.ts';
import { backOff } from '../../../shared/concurrency/backoff.ts';
import { classifyWriteFailure } from '../../../shared/dynamo/failure.ts';
import type { KeyClaim } from '../../../shared/http/key-claim.ts';
import { requireSameRequest } from '../../../shared/http/key-claim.ts';
import { general } from '../../../shared/problems/general.ts';
import type { Cause, Pool } from '../pool.ts';
import { problems } from '../problems.ts';
import { type Reading, readPath } from '../read-situation.ts';
import { planPolicy } from '../runs/start-run.ts';
import { statesAfter } from '../sweeps/states-after.ts';
import type { PoolingTools } from '../tools.ts';
import { carryOutPayment, planned } from './carry-out-payment.ts';
import { type Payment, takenBy } from './payment.ts';

export interface PaymentRequest {
  readonly accountId: string;
  readonly creditAccountId: string;
  readonly amount: bigint;
  readonly description?: string;
  readonly references: Readonly<Record<string, string>>;
  readonly cause: Cause;
}

/**
 * Pays from a member of a pool; what it lacks comes down from above by the agreements in real time, in the same transfer.
 * The payment is stored with its plan before it is booked, together with what it takes of the limits, so that a payment
 * that breaks off is carried on with the same end. Refused, it leaves nothing behind but its own record, for ever the
 * answer to its key.
 */
export async function payFromPool(
  tools: PoolingTools,
  pool: Pool,
  request: PaymentRequest,
  claim: KeyClaim,
  now: Date,
): Promise<Payment> {
  const { store } = tools;
  for (let attempt = 1; attempt <= planPolicy.attemptsMax; attempt++) {
    const earlier = await store.readPayment(pool.tenant, claim.id);
    if (earlier) {
      if (attempt > 1) await requireSameRequest(store, pool.tenant, claim);
      return await carryOutPayment(tools, pool, earlier, now);
    }
    const reading = await readPath(tools, pool, request.accountId, now);
    requireMember(reading, request.accountId);
    const payment = planned(reading, { ...newPayment(pool, request, claim.id, now), attempt: 1 });
    try {
      await store.transact([
        store.putPayment(payment),
        store.putKey(pool.tenant, claim),
        ...takenLimits(tools, reading, payment),
      ]);
    } catch (error) {
      if (classifyWriteFailure(error) === 'FATAL') throw error;
      await backOff(attempt, planPolicy);
      continue;
    }
    return await carryOutPayment(tools, pool, payment, now);
  }
  throw general['conflict-retry'].with({
    detail: 'Too many payments on the same accounts. Nothing was paid; send it again.',
  });
}

function takenLimits({ store }: PoolingTools, reading: Reading, payment: Payment) {
  if (payment.status !== 'PLANNED' || payment.funding.length === 0) return [];
  return store.putStates(
    reading.pool,
    reading.states,
    statesAfter(reading.situation, takenBy(payment), payment.businessDate),
  );
}

function newPayment(pool: Pool, request: PaymentRequest, id: string, now: Date): Omit<Payment, 'attempt'> {
  return {
    id,
    tenant: pool.tenant,
    poolId: pool.id,
    currency: pool.currency,
    ...request,
    businessDate: businessDateOf(now),
    status: 'PLANNED',
    funding: [],
    madeAt: now.toISOString(),
  };
}

function requireMember({ situation, pool }: Reading, accountId: string): void {
  if (accountId === pool.rootAccountId) return;
  if (situation.configuration.members.some((member) => member.accountId === accountId)) return;
  const detail = `The account ${accountId} is no member of the pool ${pool.id}.`;
  throw problems['not-a-member'].with({ detail, accountId }).at({ pointer: '/accountId', detail });
}
