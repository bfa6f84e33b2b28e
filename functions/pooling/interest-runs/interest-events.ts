import type { DomainEvent } from '../../../shared/events/event.ts';
import { deriveId } from '../../../shared/identifiers/id.ts';
import { general } from '../../../shared/problems/general.ts';
import { scheduleCause } from '../pool.ts';
import { sameEndSince } from './earlier-end.ts';
import { interestRunFromPlain, isUnderWay, settlementFromPlain } from './interest-items.ts';
import { presentInterestRun } from './present-interest-runs.ts';

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

/**
 * That a run by the settlement day cannot be started, once for each reason from when it is first met. That the run before is
 * still being booked is mended by waiting, and not told.
 */
export function settlementEvents(
  item: Record<string, unknown>,
  previous: Record<string, unknown> | undefined,
): DomainEvent[] {
  const { tenant, ownerId, ownerKind, from, to, at, fault } = settlementFromPlain(item);
  if (!fault || fault.code === general['conflict-retry'].code) return [];
  if (previous && settlementFromPlain(previous).fault?.since === fault.since) return [];
  const { since: occurredAt, ...problem } = fault;
  return [
    {
      id: deriveId('evt', delayed, ownerId, from, to, occurredAt),
      type: delayed,
      tenant,
      occurredAt,
      subject: ownerId,
      actor: scheduleCause,
      data: { ...(ownerKind === 'POOL' ? { poolId: ownerId } : { accountId: ownerId }), from, to, at, problem },
    },
  ];
}
