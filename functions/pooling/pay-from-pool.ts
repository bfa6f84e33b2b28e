import { businessDateOf } from '../../shared/calendar/plain-date.ts';
import { backOff } from '../../shared/concurrency/backoff.ts';
import { classifyWriteFailure } from '../../shared/dynamo/failure.ts';
import { deriveId } from '../../shared/identifiers/id.ts';
import { general } from '../../shared/problems/general.ts';
import { NotAnsweredError, notFinal, overtaken } from './leg-order.ts';
import type { Payment, Refusal } from './payment.ts';
import { paymentOrder } from './payment-order.ts';
import { planPayment } from './plan-payment.ts';
import type { Cause, Pool } from './pool.ts';
import { problems } from './problems.ts';
import { type Reading, readPath } from './read-situation.ts';
import { planPolicy, statesAfter } from './start-run.ts';
import type { KeyClaim } from './store-pools.ts';
import type { PoolingTools } from './tools.ts';

/** Plans of one payment, at most: others may draw on the same accounts between plan and booking. */
const plansMax = 5;

export interface PaymentRequest {
  readonly accountId: string;
  readonly creditAccountId: string;
  readonly amount: bigint;
  readonly description?: string;
  readonly references: Readonly<Record<string, string>>;
  readonly cause: Cause;
}

export function paymentIdOf(tenant: string, idempotencyKey: string): string {
  return deriveId('pay', tenant, idempotencyKey);
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
    if (earlier) return await carryOutPayment(tools, pool, earlier, now);
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

/** Takes a payment to its end from wherever it stands. */
export async function carryOutPayment(tools: PoolingTools, pool: Pool, begun: Payment, now: Date): Promise<Payment> {
  const { ledger } = tools;
  let payment = begun;
  while (payment.status === 'PLANNED') {
    const accounts = await ledger.readAccounts(pool.tenant, [payment.creditAccountId]);
    const order = paymentOrder(pool, payment, accounts.get(payment.creditAccountId) ?? {});
    const [result] = await ledger.postTransfers(pool.tenant, [order], now);
    if (!result) throw new NotAnsweredError('The ledger gave no answer.');
    if (result.outcome === 'POSTED') {
      payment = await settle(tools, payment, { ...payment, status: 'PAID', transferId: result.id }, now);
      continue;
    }
    const { code, fields } = result.problem;
    if (notFinal.has(code)) throw result.problem;
    payment = await refuseOrPlanAgain(tools, pool, payment, { code, detail: fields.detail }, now);
  }
  return payment;
}

/** A refusal that other movements caused is answered with a new plan, a few times; then it stands. */
async function refuseOrPlanAgain(
  tools: PoolingTools,
  pool: Pool,
  payment: Payment,
  refusal: Refusal,
  now: Date,
): Promise<Payment> {
  const refused: Payment = { ...payment, status: 'REFUSED', refusal };
  if (!overtaken.has(refusal.code ?? '') || payment.attempt >= plansMax)
    return await settle(tools, payment, refused, now);
  const reading = withoutTaken(await readPath(tools, pool, payment.accountId, now), payment);
  const again = planned(reading, { ...payment, attempt: payment.attempt + 1 });
  return await settle(tools, payment, again, now);
}

/** The reading as it were without the payment: what it took of limits and position is its own to plan with again. */
function withoutTaken(reading: Reading, payment: Payment): Reading {
  const { situation } = reading;
  const states = new Map(situation.states);
  for (const state of statesAfter(reading, givenBack(payment), payment.businessDate))
    states.set(state.accountId, state);
  return { ...reading, situation: { ...situation, states } };
}

/** Writes the next state; what the limits gave to the plan before is given back, unless it was paid. Returns what stands then. */
async function settle(tools: PoolingTools, before: Payment, after: Payment, now: Date): Promise<Payment> {
  const { store } = tools;
  for (let attempt = 1; ; attempt++) {
    try {
      const states = await statesBetween(tools, before, after, now);
      await store.transact([store.replacePayment(after, before.attempt), ...states]);
      return after;
    } catch (error) {
      const current = await store.readPayment(before.tenant, before.id);
      if (current && (current.status !== 'PLANNED' || current.attempt !== before.attempt)) return current;
      if (classifyWriteFailure(error) === 'FATAL' || attempt >= planPolicy.attemptsMax) throw error;
      await backOff(attempt, planPolicy);
    }
  }
}

async function statesBetween(tools: PoolingTools, before: Payment, after: Payment, now: Date) {
  if (after.status === 'PAID') return [];
  const back = givenBack(before);
  const taken = after.status === 'PLANNED' ? movementsOf(after) : [];
  if (back.length + taken.length === 0) return [];
  const pool = await tools.store.readPool(before.tenant, before.poolId);
  if (!pool) throw new Error(`The pool ${before.poolId} of a payment is not there.`);
  const reading = await readPath(tools, pool, before.accountId, now);
  return tools.store.putStates(
    pool,
    reading.states,
    statesAfter(reading, netOf([...back, ...taken]), before.businessDate),
  );
}

/** One movement per account. */
function netOf(movements: readonly { accountId: string; direction: 'DOWN'; amount: bigint }[]) {
  const net = new Map<string, bigint>();
  for (const { accountId, amount } of movements) net.set(accountId, (net.get(accountId) ?? 0n) + amount);
  return [...net].map(([accountId, amount]) => ({ accountId, direction: 'DOWN' as const, amount, spent: true }));
}

function givenBack(payment: Payment) {
  return movementsOf(payment).map((one) => ({ ...one, amount: -one.amount }));
}

function movementsOf({ funding }: Payment) {
  return funding.map(({ accountId, amount }) => ({ accountId, direction: 'DOWN' as const, amount, spent: true }));
}

function takenLimits({ store }: PoolingTools, reading: Reading, payment: Payment) {
  if (payment.status !== 'PLANNED' || payment.funding.length === 0) return [];
  return store.putStates(
    reading.pool,
    reading.states,
    statesAfter(reading, movementsOf(payment), payment.businessDate),
  );
}

function planned(reading: Reading, payment: Payment): Payment {
  const plan = planPayment(reading, payment);
  if (plan.outcome === 'REFUSED') return { ...payment, status: 'REFUSED', funding: [], refusal: plan.refusal };
  return { ...payment, status: 'PLANNED', funding: plan.funding, payerKeeps: plan.payerKeeps };
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
    payerKeeps: 0n,
    madeAt: now.toISOString(),
  };
}

function requireMember({ situation, pool }: Reading, accountId: string): void {
  if (accountId === pool.rootAccountId) return;
  if (situation.configuration.members.some((member) => member.accountId === accountId)) return;
  const detail = `The account ${accountId} is no member of the pool ${pool.id}.`;
  throw problems['not-a-member'].with({ detail, accountId }).at({ pointer: '/accountId', detail });
}
