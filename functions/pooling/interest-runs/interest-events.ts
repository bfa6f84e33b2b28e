import type { DomainEvent } from '../../../shared/events/event.ts';
import { deriveId } from '../../../shared/identifiers/id.ts';
import { interestRunFromPlain, isUnderWay } from './interest-items.ts';
import { presentInterestRun } from './present-interest.ts';

const type = 'pooling.interest-run-ended.v1';

/**
 * What the change of an interest run's item tells: that it came to an end, as COMPLETED, PARTIAL or FAILED, once for each
 * time it was begun. The id comes from run, round and attempt; told twice, it is the same.
 */
export function interestRunEvents(item: Record<string, unknown>): DomainEvent[] {
  const run = interestRunFromPlain(item);
  if (isUnderWay(run)) return [];
  const { id, tenant, round, attempt, changedAt: occurredAt, cause: actor } = run;
  const eventId = deriveId('evt', type, id, String(round), String(attempt));
  return [{ id: eventId, type, tenant, occurredAt, subject: id, actor, data: presentInterestRun(run) }];
}
