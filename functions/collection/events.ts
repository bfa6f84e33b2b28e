import { businessDateOf } from '../../shared/calendar/plain-date.ts';
import { changeEventsOf } from '../../shared/events/change-event.ts';
import type { DomainEvent } from '../../shared/events/event.ts';
import type { ItemChange } from '../../shared/events/relay.ts';
import { deriveId } from '../../shared/identifiers/id.ts';
import { maskNumbersIn } from '../../shared/identifiers/mask.ts';
import { defined } from '../../shared/objects/defined.ts';
import { channelFromPlain } from './channels/channel-items.ts';
import { presentChannel } from './channels/present-channel.ts';
import { collectionEvents } from './collection-events.ts';
import type { BankFile } from './gateway/iso/bank-file.ts';
import { bankFileFromPlain } from './gateway/iso/bank-file-items.ts';
import { type ReachedLargeValue, reachedFromPlain } from './large-values/large-value-items.ts';
import { presentHead } from './large-values/present-large-value.ts';
import type { Mandate } from './mandates/mandate.ts';
import { mandateFromPlain } from './mandates/mandate-items.ts';
import { presentMandate } from './mandates/present-mandate.ts';
import { paymentEvent } from './payments/payment-event.ts';
import { toldFromPlain } from './payments/payment-items.ts';
import type { Versioned } from './rails/configuration.ts';
import { presentOutages } from './rails/present-rails.ts';
import { configurationFromPlain, outagesFromPlain } from './rails/rail-items.ts';

const eventOf = changeEventsOf('collection');

/** What a change of the table tells the world. Ids come from the change itself: told twice, they are the same. */
export function toEvents({ kind, item, previous }: Pick<ItemChange, 'kind' | 'item' | 'previous'>): DomainEvent[] {
  if (kind === 'REMOVE') return [];
  if (item?.kind === 'BATCH' || item?.kind === 'BATCH_PROGRESS' || item?.kind === 'BLOCK') {
    return collectionEvents({ item, ...defined({ previous }) });
  }
  if (item?.kind === 'LARGE_VALUE') return [largeValueEvent(reachedFromPlain(item))];
  if (item?.kind === 'PAYMENT_REPORT') return [paymentEvent(toldFromPlain(item))];
  if (item?.kind === 'MANDATE') return [mandateEvent(mandateFromPlain(item))];
  if (item?.kind === 'BANK_FILE') return refusedFileEvents(bankFileFromPlain(item));
  if (item?.kind === 'BANK_CHANNEL') {
    const channel = channelFromPlain(item);
    return [configurationEvent('bank-channel-changed', channel, 'bank-channel', presentChannel(channel))];
  }
  if (item?.kind === 'RAILS') {
    const configuration = configurationFromPlain(item);
    const { version, rails } = configuration;
    // A configuration with all it may say is larger than an event may be.
    const railIds = [...new Set(rails.map(({ id }) => id))];
    return [configurationEvent('rails-changed', configuration, 'rails', { version, railIds })];
  }
  if (item?.kind === 'RAIL_OUTAGES') {
    const held = outagesFromPlain(item);
    const { railId, version, outages } = presentOutages(held);
    return [configurationEvent('rail-outages-changed', held, railId, { railId, version, outages })];
  }
  return [];
}

function mandateEvent(mandate: Mandate): DomainEvent {
  const { id, revision, changedAt } = mandate;
  const name = revision === 1 ? 'mandate-created' : 'mandate-changed';
  return eventOf(name, mandate, id, presentMandate(mandate, businessDateOf(new Date(changedAt))));
}

function largeValueEvent({ tenant, value, at, cause }: ReachedLargeValue): DomainEvent {
  const type = 'collection.large-value-reached.v1';
  const id = deriveId('evt', type, tenant, value.id);
  return { id, type, tenant, occurredAt: at, subject: value.id, actor: cause, data: presentHead(value) };
}

/** Nobody of ours puts files of banks: the inbox itself is the actor. */
function refusedFileEvents({ tenant, id, key, status, at, reason = '', detail = '' }: BankFile): DomainEvent[] {
  if (status !== 'REFUSED') return [];
  const type = 'collection.bank-file-refused.v1';
  return [
    {
      id: deriveId('evt', type, tenant, id, reason),
      type,
      tenant,
      occurredAt: at,
      subject: id,
      actor: { client: 'inbox', role: 'bank', requestId: id },
      data: { fileId: id, key: maskNumbersIn(key), reason, detail },
    },
  ];
}

function configurationEvent(
  name: string,
  { tenant, version, changedAt, changedBy }: Versioned,
  of: string,
  data: object,
) {
  return eventOf(name, { tenant, revision: version, changedAt, cause: changedBy }, of, data);
}
