import type { DomainEvent } from '../../../shared/events/event.ts';
import { deriveId } from '../../../shared/identifiers/id.ts';
import { general } from '../../../shared/problems/general.ts';
import { scheduleCause } from '../pool.ts';
import { sameEndSince } from './earlier-end.ts';
import { interestRunFromPlain, isUnderWay, settlementFromPlain } from './interest-items.ts';
import { presentInterestRun } from './present-interest-runs.ts';
import type { DueSettlement } from './settlement.ts';

const type = 'pooling.interest-run-ended.v1';
const delayed = 'pooling.interest-run-delayed.v1';

/**
 * What the change of an interest run's item tells: that it came to an end, as COMPLETED, PARTIAL or FAILED. Where it was begun
 * again and came to the same as before, there is nothing new to tell; asked without what was before, it tells all the same. The
 * id comes from run, round and attempt that came to this end first; told twice, it is the same.
 */
export function interestRunEvents(
  item: Record<string, unknown>,
  previous: Record<string, unknown> | undefined,
): DomainEvent[] {
  const run = interestRunFromPlain(item);
  if (isUnderWay(run)) return [];
  const { round, attempt } = sameEndSince(run);
  const isKnown = round !== run.round || attempt !== run.attempt;
  if (previous && isKnown) return [];
  const { id, tenant, changedAt: occurredAt, cause: actor } = run;
  const eventId = deriveId('evt', type, id, String(round), String(attempt));
  return [{ id: eventId, type, tenant, occurredAt, subject: id, actor, data: presentInterestRun(run) }];
}

/** What delays the runs by a settlement day: that one cannot be started, or that the ledger refuses lines of one. */
export function settlementEvents(
  item: Record<string, unknown>,
  previous: Record<string, unknown> | undefined,
): DomainEvent[] {
  const due = settlementFromPlain(item);
  const before = previous && settlementFromPlain(previous);
  return [...notStarted(due, before), ...notSettled(due, before)];
}

/** Once for each reason from when it is first met. That the run before is still being booked is mended by waiting, and not told. */
function notStarted(due: DueSettlement, before: DueSettlement | undefined): DomainEvent[] {
  const { from, to, at, fault } = due;
  if (!fault || fault.code === general['conflict-retry'].code || before?.fault?.since === fault.since) return [];
  const { since, ...problem } = fault;
  return [delayedEvent(due, since, [from, to, since], { from, to, at, problem })];
}

/** Once for each run. */
function notSettled(due: DueSettlement, before: DueSettlement | undefined): DomainEvent[] {
  const { unsettled } = due;
  if (!unsettled || before?.unsettled?.runId === unsettled.runId) return [];
  const { attempt: _, since, ...told } = unsettled;
  return [delayedEvent(due, since, [unsettled.runId], told)];
}

function delayedEvent(
  { tenant, ownerId, ownerKind }: DueSettlement,
  occurredAt: string,
  what: readonly string[],
  data: object,
): DomainEvent {
  return {
    id: deriveId('evt', delayed, ownerId, ...what),
    type: delayed,
    tenant,
    occurredAt,
    subject: ownerId,
    actor: scheduleCause,
    data: { ...(ownerKind === 'POOL' ? { poolId: ownerId } : { accountId: ownerId }), ...data },
  };
}
