import type { Cause } from '../http/cause.ts';
import { deriveId } from '../identifiers/id.ts';
import type { DomainEvent } from './event.ts';

/** What an item says of how it came to be as it is. */
export interface Changed {
  readonly tenant: string;
  /** Or the name of what is written once. */
  readonly revision: number | string;
  readonly changedAt: string;
  readonly cause: Cause;
}

/** An event by the second part of its type, of a change. `of` tells apart what one revision of a subject tells more than once. */
export type ChangeEvent = (
  name: string,
  changed: Changed,
  subject: string,
  data: object,
  ...of: string[]
) => DomainEvent;

/** Events of the changes of a capability. The id of each comes from the change itself: told twice, it is the same. */
export function changeEventsOf(capability: string): ChangeEvent {
  return (name, { tenant, revision, changedAt, cause }, subject, data, ...of) => {
    const type = `${capability}.${name}.v1`;
    return {
      id: deriveId('evt', type, tenant, subject, String(revision), ...of),
      type,
      tenant,
      occurredAt: changedAt,
      subject,
      actor: cause,
      data: { ...data },
    };
  };
}
