import type { DomainEvent } from '../../shared/events/event.ts';
import type { ItemChange } from '../../shared/events/relay.ts';

/** What a change of the table tells the world. Ids come from the change itself: told twice, they are the same. */
export function toEvents({ kind }: Pick<ItemChange, 'kind' | 'item' | 'previous'>): DomainEvent[] {
  if (kind === 'REMOVE') return [];
  return [];
}
