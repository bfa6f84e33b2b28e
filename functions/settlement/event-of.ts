import type { DomainEvent } from '../../shared/events/event.ts';
import type { Cause } from '../../shared/http/cause.ts';
import { deriveId } from '../../shared/identifiers/id.ts';

export interface Changed {
  readonly tenant: string;
  readonly revision: number;
  readonly changedAt: string;
  readonly cause: Cause;
}

/** An event of settlement; its id comes from the change itself: told twice, it is the same. */
export function eventOf(name: string, changed: Changed, subject: string, data: object): DomainEvent {
  const { tenant, revision, changedAt, cause } = changed;
  const type = `settlement.${name}.v1`;
  return {
    id: deriveId('evt', type, tenant, subject, String(revision)),
    type,
    tenant,
    occurredAt: changedAt,
    subject,
    actor: cause,
    data: { ...data },
  };
}
