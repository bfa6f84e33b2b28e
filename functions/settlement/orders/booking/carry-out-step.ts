import { isFinal, NotAnsweredError } from '../../../../shared/problems/lasting-answers.ts';
import type { Problem } from '../../../../shared/problems/problem.ts';
import type * as ledger from '../../../ledger/published.ts';
import { type RoleAccounts, systemCause } from '../../journal/booking/role-accounts.ts';
import { cutPostings, netLegs } from '../../journal/net-legs.ts';
import { legsText } from '../../journal/posting.ts';
import type { RoleLeg } from '../../journal/role-legs.ts';
import type { JournalingStore } from '../../store.ts';
import { landSubsidies } from '../act-on-order.ts';
import { changeOrder, findOrder } from '../change-order.ts';
import type { Order } from '../order.ts';
import { readPlanFacts } from '../read-plan-facts.ts';
import { findRefund, tellBack, tellFunding } from '../refund-result.ts';
import {
  type BookingStep,
  givenBack,
  isGivenBack,
  isGuarded,
  mayHaveCome,
  stepLegs,
  stepName,
} from './booking-step.ts';
import { keepRefusal, noteDone } from './keep-refusal.ts';

export interface StepTools {
  readonly store: JournalingStore;
  readonly ledger: Pick<typeof ledger, 'postTransfers' | 'isPosted'>;
}

/**
 * Books a step of an order in the ledger, once however often it is asked for, and notes on the order what came of it. What the
 * ledger refuses is kept, to be asked for again under another number. Throws NotAnsweredError where the ledger could not say.
 */
export async function carryOutStep(
  tools: StepTools,
  accounts: RoleAccounts,
  step: BookingStep,
  now: Date,
): Promise<void> {
  if (step.kind !== 'SUBSIDY') return book(tools, accounts, step, now);
  const { subsidiesBack = 0 } = await findOrder(tools.store, step.tenant, step.orderNo);
  // Who noted that they are given back may have broken off before that was booked.
  if (subsidiesBack > 0) {
    await book(
      tools,
      accounts,
      { ...step, kind: 'SUBSIDY_BACK', about: givenBack({ subsidiesBack: subsidiesBack - 1 }) },
      now,
    );
  }
  const about = givenBack({ subsidiesBack });
  if (step.about !== about) await noteDone(tools.store, step);
  await book(tools, accounts, { ...step, about }, now);
}

async function book(tools: StepTools, accounts: RoleAccounts, step: BookingStep, now: Date): Promise<void> {
  const { store } = tools;
  const order = await findOrder(store, step.tenant, step.orderNo);
  const waiting = await store.readStep(step);
  const refund = step.kind === 'REFUND' ? order.refunds.find(({ no }) => no === step.about) : undefined;
  const attempt = waiting?.attempt ?? 1;
  if (refund?.state === 'WITHDRAWN') {
    return endPast(tools, accounts, { step, attempt, since: refund.changedAt }, now);
  }
  const legs = stepLegs(step, order);
  if (legs === undefined && mayHaveCome(step, order)) {
    return endPast(tools, accounts, { step, attempt, since: order.changedAt }, now);
  }
  if (legs === undefined || legs.length === 0) {
    if (waiting) await noteDone(store, step);
    return;
  }
  const refusal = await ask(tools, accounts, { order, step, legs, attempt }, now);
  if (refusal) {
    await keepRefusal(store, { ...step, marketId: order.marketId }, waiting, refusal, now);
    await noteRefused(store, step, now);
    return;
  }
  await notePostedOrBack(tools, accounts, step, now);
  if (waiting) await noteDone(store, step);
}

/** What was booked is noted; it goes back where the order does not take it any more. */
async function notePostedOrBack(tools: StepTools, accounts: RoleAccounts, step: BookingStep, now: Date): Promise<void> {
  if ((await notePosted(tools.store, step, now)) !== 'ENDED') return;
  await book(tools, accounts, { ...step, kind: step.kind === 'REFUND' ? 'REFUND_BACK' : 'SUBSIDY_BACK' }, now);
}

/** Longer than anybody who takes the money of a step is at it. */
const TAKING_MS_MAX = 20 * 60_000;

/** A step that the order does not take any more, since when, and under which number it was asked for last. */
interface PastStep {
  readonly step: BookingStep;
  readonly attempt: number;
  readonly since: string;
}

/**
 * Ends a step that is past: a refund was withdrawn, or subsidies are waited for no longer. Whoever was about to take its money then may
 * have done so, and have broken off before it could be noted: that goes back. It is asked for until nobody can be at it any more.
 */
async function endPast(
  tools: StepTools,
  accounts: RoleAccounts,
  { step, attempt, since }: PastStep,
  now: Date,
): Promise<void> {
  const isTaken = await tools.ledger.isPosted(step.tenant, stepName(step, attempt, 0));
  if (isTaken) await notePostedOrBack(tools, accounts, step, now);
  const isOver = now.getTime() - Date.parse(since) >= TAKING_MS_MAX;
  if (isTaken || isOver) await noteDone(tools.store, step);
}

/** Steps that are read together. */
const STEPS_AT_ONCE = 100;

/** Asks again for what the ledger refused and is due to be asked for. Each is tried before the first failure is thrown. */
export async function askAgainForSteps(tools: StepTools, accounts: RoleAccounts, now: Date): Promise<void> {
  const failures: unknown[] = [];
  let after: string | undefined;
  do {
    const { steps, next } = await tools.store.listSteps(now.toISOString(), after, STEPS_AT_ONCE);
    for (const step of steps) {
      try {
        await carryOutStep(tools, accounts, step, now);
      } catch (error) {
        failures.push(error);
      }
    }
    after = next;
  } while (after !== undefined);
  if (failures.length > 0) throw new AggregateError(failures, 'Some steps of orders are not booked.');
}

interface Asked {
  readonly order: Order;
  readonly step: BookingStep;
  readonly legs: readonly RoleLeg[];
  readonly attempt: number;
}

/** All of it or nothing; why not, where the ledger refuses. */
async function ask(
  { store, ledger: books }: StepTools,
  accounts: RoleAccounts,
  { order, step, legs, attempt }: Asked,
  now: Date,
): Promise<Problem | undefined> {
  const { tenant } = step;
  const { marketId } = order;
  const parts = cutPostings(netLegs(legs));
  await accounts.find({ store }, tenant, [{ tenant, id: order.no, marketId, legs }]);
  const accountOf = (role: RoleLeg['debit']) => accounts.accountOf(tenant, marketId, role);
  if (parts.length === 0) return undefined;
  const orders = parts.map((part, place) => {
    const guarded = [...new Set(part.map(({ debit }) => debit).filter(isGuarded))].sort();
    return {
      name: stepName(step, attempt, place),
      fingerprint: `${legsText(part)} guarded ${guarded.join(' ')}`,
      legs: part.map(({ debit, credit, amount }) => ({
        ...{ debitAccountId: accountOf(debit), creditAccountId: accountOf(credit), amount },
        currency: order.currency,
      })),
      guards: guarded.map((role) => ({ accountId: accountOf(role), freeMin: 0n })),
      description: '分账 Settlement',
      references: { marketId, orderNo: order.no },
      cause: systemCause,
    };
  });
  const results = await books.postTransfers(tenant, orders, now, { atomic: orders.length > 1 });
  const refusals = results.flatMap((result) => (result.outcome === 'REFUSED' ? [result.problem] : []));
  if (refusals.some((problem) => !isFinal(problem))) {
    throw new NotAnsweredError('The ledger could not book it at the moment.');
  }
  // Of parts that are booked together one is refused by itself, and the others because of it.
  return refusals.find(({ code }) => code !== 'ledger/batch-refused') ?? refusals[0];
}

async function notePosted(store: JournalingStore, step: BookingStep, now: Date): Promise<'ENDED' | undefined> {
  const at = now.toISOString();
  const which = { tenant: step.tenant, no: step.orderNo };
  let ended: 'ENDED' | undefined;
  const decide = async (order: Order): Promise<Order> => {
    ended = undefined;
    const facts = await readPlanFacts(store, order);
    if (step.kind === 'REFUND') {
      if (findRefund(order, step.about).state === 'WITHDRAWN') ended = 'ENDED';
      return tellFunding(order, step.about, 'FUNDED', facts, at);
    }
    if (step.kind === 'REFUND_BACK') return tellBack(order, step.about, facts, at);
    if (step.kind !== 'SUBSIDY') return order;
    const isBack = isGivenBack(order, step.about);
    const landed = isBack ? 'ENDED' : landSubsidies(order, facts, at);
    if (landed !== 'ENDED') return landed;
    ended = landed;
    return isBack ? order : { ...order, subsidiesBack: (order.subsidiesBack ?? 0) + 1 };
  };
  await changeOrder(store, which, decide, { at, cause: systemCause });
  return ended;
}

async function noteRefused(store: JournalingStore, { tenant, orderNo, kind, about }: BookingStep, now: Date) {
  if (kind !== 'REFUND') return;
  const at = now.toISOString();
  const decide = async (order: Order) =>
    tellFunding(order, about, 'PENDING_FUNDS', await readPlanFacts(store, order), at);
  await changeOrder(store, { tenant, no: orderNo }, decide, { at, cause: systemCause });
}
