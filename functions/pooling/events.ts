import type { DomainEvent } from '../../shared/events/event.ts';
import type { ItemChange } from '../../shared/events/relay.ts';
import { deriveId } from '../../shared/identifiers/id.ts';
import { interestRunEvents, settlementEvents } from './interest-runs/interest-events.ts';
import { poolFromPlain } from './items.ts';
import type { DueLoan } from './loans/due-loan.ts';
import { dueLoanFromPlain } from './loans/due-loan-items.ts';
import { presentDueLoan } from './loans/present-loan.ts';
import { paymentFromPlain } from './payments/payment-items.ts';
import type { Cause, Pool } from './pool.ts';
import { presentPayment, presentPool } from './present-pools.ts';
import { presentRun } from './runs/present-runs.ts';
import type { Run } from './runs/run.ts';
import { runFromPlain } from './runs/run-items.ts';

/** What a change of the table tells the world. Ids come from the change itself: told twice, they are the same. */
export function toEvents({ item, previous }: ItemChange): DomainEvent[] {
  switch (item?.kind) {
    case 'POOL':
      return poolEvents(poolFromPlain(item), previous && poolFromPlain(previous));
    case 'RUN':
      return runEvents(runFromPlain(item), previous && runFromPlain(previous));
    case 'PAYMENT':
      return paymentEvents(item);
    case 'DUE_LOAN':
      return [dueLoanEvent(dueLoanFromPlain(item))];
    case 'INTEREST_RUN':
      return interestRunEvents(item, previous);
    case 'SETTLEMENT':
      return settlementEvents(item, previous);
    default:
      return [];
  }
}

function poolEvents(pool: Pool, previous: Pool | undefined): DomainEvent[] {
  // While it is being opened it may still be refused.
  if (pool.opening) return [];
  if (!previous || previous.opening) return [poolEvent('pooling.pool-created.v1', pool)];
  const events: DomainEvent[] = [];
  if (pool.configVersion !== previous.configVersion) events.push(poolEvent('pooling.pool-changed.v1', pool));
  const { missedRun } = pool;
  if (missedRun && missedRun.at !== previous.missedRun?.at) {
    const type = 'pooling.run-missed.v1';
    events.push({
      ...envelope(type, pool, missedRun.at, pool.changedAt, pool.cause),
      data: { poolId: pool.id, ...missedRun },
    });
  }
  return events;
}

function poolEvent(type: string, pool: Pool): DomainEvent {
  return { ...envelope(type, pool, String(pool.configVersion), pool.changedAt, pool.cause), data: presentPool(pool) };
}

function runEvents(run: Run, previous: Run | undefined): DomainEvent[] {
  if (!previous && !run.ended) return [runEvent('pooling.run-started.v1', run, run.startedAt)];
  if (run.ended && !previous?.ended) return [runEvent('pooling.run-ended.v1', run, run.ended.at)];
  return [];
}

function runEvent(type: string, run: Run, at: string): DomainEvent {
  return { ...envelope(type, run, '', at, run.cause), data: presentRun(run) };
}

function paymentEvents(item: Record<string, unknown>): DomainEvent[] {
  const payment = paymentFromPlain(item);
  if (payment.status === 'PLANNED') return [];
  const type = payment.status === 'PAID' ? 'pooling.payment-made.v1' : 'pooling.payment-refused.v1';
  return [{ ...envelope(type, payment, '', payment.madeAt, payment.cause), data: presentPayment(payment) }];
}

function dueLoanEvent(loan: DueLoan): DomainEvent {
  const told = envelope('pooling.loan-due.v1', loan, String(loan.revision), loan.changedAt, loan.cause);
  return { ...told, data: presentDueLoan(loan) };
}

function envelope(
  type: string,
  { id, tenant }: { readonly id: string; readonly tenant: string },
  what: string,
  occurredAt: string,
  actor: Cause,
): Omit<DomainEvent, 'data'> {
  return { id: deriveId('evt', type, id, what), type, tenant, occurredAt, subject: id, actor };
}
