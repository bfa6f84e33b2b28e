import type { DomainEvent } from '../../shared/events/event.ts';
import type { ItemChange } from '../../shared/events/relay.ts';
import { deriveId } from '../../shared/identifiers/id.ts';
import type { Versioned } from './rails/configuration.ts';
import { presentOutages } from './rails/present-rails.ts';
import { configurationFromPlain, outagesFromPlain } from './rails/rail-items.ts';

/** What a change of the table tells the world. Ids come from the change itself: told twice, they are the same. */
export function toEvents({ kind, item }: Pick<ItemChange, 'kind' | 'item'>): DomainEvent[] {
  if (kind === 'REMOVE') return [];
  if (item?.kind === 'RAILS') {
    const configuration = configurationFromPlain(item);
    const { version, rails } = configuration;
    // A configuration with all it may say is larger than an event may be.
    const railIds = [...new Set(rails.map(({ id }) => id))];
    return [eventOf('collection.rails-changed.v1', configuration, 'rails', { version, railIds })];
  }
  if (item?.kind === 'RAIL_OUTAGES') {
    const held = outagesFromPlain(item);
    const { railId, version, outages } = presentOutages(held);
    return [eventOf('collection.rail-outages-changed.v1', held, railId, { railId, version, outages })];
  }
  return [];
}

function eventOf(type: string, { tenant, version, changedAt, changedBy }: Versioned, subject: string, data: object) {
  return {
    id: deriveId('evt', type, tenant, subject, String(version)),
    type,
    tenant,
    occurredAt: changedAt,
    subject,
    actor: changedBy,
    data: { ...data },
  };
}
