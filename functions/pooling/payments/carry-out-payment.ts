import { backOff } from '../../../shared/concurrency/backoff.ts';
import { classifyWriteFailure } from '../../../shared/dynamo/failure.ts';
import { transferLegsMax } from '../../ledger/published.ts';
import { isOvertaken, NotAnsweredError, notFinal } from '../ledger-answers.ts';
import { freshState, type MemberState, type Pool } from '../pool.ts';
import { type Reading, readPath } from '../read-situation.ts';
import { planPolicy } from '../runs/start-run.ts';
import { takenBack } from '../sweeps/member-states.ts';
import type { Situation } from '../sweeps/prepare-nodes.ts';
import { reasons } from '../sweeps/reasons.ts';
import { statesAfter } from '../sweeps/states-after.ts';
import type { PoolingTools } from '../tools.ts';
import { type Payment, type Refusal, takenBy } from './payment.ts';
import { paymentOrder } from './payment-order.ts';
import { planPayment } from './plan-payment.ts';

/** Plans of one payment, at most: others may draw on the same accounts between plan and booking. */
const plansMax = 5;
/** Legs of the payment itself: out of a ledger, one inside the book and one outside. */
const paymentLegsMax = 2;

/**
 * Takes a payment as far as the ledger answers, from wherever it stands: to its end, or, where the ledger could not say yet,
 * back as PLANNED; then it is carried on later, and its key tells.
 */
export async function carryOutPayment(tools: PoolingTools, pool: Pool, begun: Payment, now: Date): Promise<Payment> {
  const { ledger } = tools;
  let payment = begun;
  while (payment.status === 'PLANNED') {
    const accounts = await ledger.readAccounts(pool.tenant, [payment.creditAccountId]);
    const order = paymentOrder(pool, payment, accounts.get(payment.creditAccountId) ?? {});
    const [result] = await ledger.postTransfers(pool.tenant, [order], now);
    if (!result) throw new NotAnsweredError('The ledger gave no answer.');
    if (result.outcome === 'REFUSED' && notFinal.has(result.problem.code)) return payment;
    payment =
      result.outcome === 'POSTED'
        ? await settlePaid(tools, payment, result)
        : await refuseOrPlanAgain(tools, pool, payment, result.problem, now);
  }
  return payment;
}

/** What was taken of the limits stays taken. */
function settlePaid(
  tools: PoolingTools,
  before: Payment,
  { id, bookedAt }: { readonly id: string; readonly bookedAt: string },
): Promise<Payment> {
  const paid: Payment = { ...before, status: 'PAID', transferId: id, bookedAt };
  return writeOnce(tools, before, async () => ({ after: paid, states: [] }));
}

/** A refusal that other movements caused is answered with a new plan, a few times; then it stands. */
function refuseOrPlanAgain(
  tools: PoolingTools,
  pool: Pool,
  before: Payment,
  { code, fields }: { readonly code: string; readonly fields: { readonly detail: string } },
  now: Date,
): Promise<Payment> {
  const refusal: Refusal = { code, detail: fields.detail };
  const mayPlanAgain = isOvertaken(code) && before.attempt < plansMax;
  return writeOnce(tools, before, async () => {
    const read = await readPath(tools, pool, before.accountId, now);
    const returned = statesWithout(read.situation, before);
    const reading = withStates(read, returned);
    const after: Payment = mayPlanAgain
      ? planned(reading, { ...before, attempt: before.attempt + 1 })
      : { ...before, status: 'REFUSED', refusal };
    const taken = statesAfter(reading.situation, takenBy(after), before.businessDate);
    const changed = new Map([...returned, ...taken].map((state) => [state.accountId, state]));
    return { after, states: tools.store.putStates(pool, read.states, [...changed.values()]) };
  });
}

/** The states of the members on whose edges a payment has taken of the limits, as they were without it. */
function statesWithout({ states }: Pick<Situation, 'states'>, payment: Payment): MemberState[] {
  return takenBy(payment).map((movement) => {
    const known = states.get(movement.accountId) ?? freshState(movement.accountId, movement.parentId);
    return takenBack(known, movement, payment.businessDate);
  });
}

/** The reading with other states: what a payment took is its own to plan with again. */
function withStates(reading: Reading, changed: readonly MemberState[]): Reading {
  const { situation } = reading;
  const states = new Map(situation.states);
  for (const state of changed) states.set(state.accountId, state);
  return { ...reading, situation: { ...situation, states } };
}

interface NextState {
  readonly after: Payment;
  readonly states: ReturnType<PoolingTools['store']['putStates']>;
}

/**
 * Writes the next state of a payment with what it does to the limits, decided anew on what is read each time another was
 * faster. Returns what stands then, whoever wrote it.
 */
async function writeOnce({ store }: PoolingTools, before: Payment, decide: () => Promise<NextState>): Promise<Payment> {
  for (let attempt = 1; ; attempt++) {
    try {
      const { after, states } = await decide();
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

/** The payment with its plan on what was read: PLANNED, or REFUSED with the reason. */
export function planned(reading: Reading, payment: Payment): Payment {
  const plan = planPayment(reading, payment);
  if (plan.outcome === 'REFUSED') return refusedFor(payment, plan.refusal);
  const legs = plan.funding.reduce((sum, { loan }) => sum + (loan ? 2 : 1), paymentLegsMax);
  if (legs > transferLegsMax) {
    return refusedFor(payment, {
      detail: reasons.TOO_MANY_LEGS,
      reason: 'TOO_MANY_LEGS',
      accountId: payment.accountId,
    });
  }
  const { payerKeeps: _, ...before } = payment;
  const { funding, payerKeeps } = plan;
  return { ...before, status: 'PLANNED', funding, ...(payerKeeps !== undefined && { payerKeeps }) };
}

function refusedFor(payment: Payment, refusal: Refusal): Payment {
  return { ...payment, status: 'REFUSED', funding: [], refusal };
}
