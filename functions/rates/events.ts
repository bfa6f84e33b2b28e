import type { DomainEvent } from '../../shared/events/event.ts';
import type { ItemChange } from '../../shared/events/relay.ts';
import { deriveId } from '../../shared/identifiers/id.ts';
import { defined } from '../../shared/objects/defined.ts';
import { rateSetFromPlain } from './items.ts';

const changed = 'rates.rate-set-changed.v1';

/**
 * What a change of the rates' table tells the world: each version of a set once, whole, so that earlier versions can be
 * read in the trail of events. The id comes from tenant, name, date and version; told twice, it is the same.
 */
export function toEvents({ kind, item }: Pick<ItemChange, 'kind' | 'item'>): DomainEvent[] {
  if (kind === 'REMOVE' || item?.kind !== 'RATE_SET') return [];
  const { tenant, name, date, version, source, rates, changedAt, changedBy } = rateSetFromPlain(item);
  return [
    {
      id: deriveId('evt', changed, tenant, name, date, String(version)),
      type: changed,
      tenant,
      occurredAt: changedAt,
      subject: name,
      actor: changedBy,
      data: { name, date, version, ...defined({ source }), rates },
    },
  ];
}
