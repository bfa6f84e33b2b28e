import { type Changed, changeEventsOf } from '../../shared/events/change-event.ts';
import type { DomainEvent } from '../../shared/events/event.ts';
import type { ItemChange } from '../../shared/events/relay.ts';
import { deriveId } from '../../shared/identifiers/id.ts';
import { channelFileFromPlain } from './channel-files/channel-file-items.ts';
import { channelFromPlain } from './channels/channel-items.ts';
import { presentChannel } from './channels/present-channel.ts';
import { type ComparisonFact, channelFileFacts, comparisonFacts } from './comparing/comparison-events.ts';
import { comparisonFromPlain } from './comparing/comparison-items.ts';
import { proofFacts } from './journal/proof/proof-events.ts';
import { proofFromPlain } from './journal/proof/proof-items.ts';
import { marketFromPlain } from './markets/market-items.ts';
import { presentMarket } from './markets/present-market.ts';
import { merchantFromPlain } from './merchants/merchant-items.ts';
import { presentMerchant } from './merchants/present-merchant.ts';
import type { Order } from './orders/order.ts';
import { orderFacts } from './orders/order-events.ts';
import { orderFromPlain } from './orders/order-items.ts';
import type { UnassignedPayments } from './orders/unassigned.ts';
import { unassignedFromPlain } from './orders/unassigned-items.ts';
import { presentVersion } from './rules/present-rule.ts';
import { versionFromPlain } from './rules/rule-items.ts';
import { runEvents, settlementEvents } from './settlement-events.ts';
import { sentBack } from './unassigned/unassigned-events.ts';

const eventOf = changeEventsOf('settlement');

type ToldChange = Pick<ItemChange, 'kind' | 'item'> & Partial<Pick<ItemChange, 'previous'>>;

/** What a change of the table tells the world. Ids come from the change itself: told twice, they are the same. */
export function toEvents({ kind, item, previous }: ToldChange): DomainEvent[] {
  if (kind === 'REMOVE' || !item) return [];
  switch (item.kind) {
    case 'MARKET': {
      const market = marketFromPlain(item);
      return [eventOf(nameOf('market', market), market, market.id, presentMarket(market))];
    }
    case 'CHANNEL': {
      const channel = channelFromPlain(item);
      const subject = `${channel.marketId}/${channel.id}`;
      return [eventOf('channel-changed', channel, subject, presentChannel(channel))];
    }
    case 'MERCHANT': {
      const merchant = merchantFromPlain(item);
      return [eventOf(nameOf('merchant', merchant), merchant, merchant.id, presentMerchant(merchant))];
    }
    case 'SPLIT_RULE_VERSION': {
      const rule = versionFromPlain(item);
      const { id, marketId, name, version: revision, createdAt: changedAt } = rule;
      const data = { ruleId: id, marketId, name, ...presentVersion(rule, []) };
      return [eventOf('split-rule-version-made', { ...rule, revision, changedAt }, id, data)];
    }
    case 'SETTLEMENT_RUN':
      return runEvents({ item, previous });
    case 'SETTLEMENT':
      return settlementEvents({ item, previous });
    case 'ORDER':
      return orderEvents(previous && orderFromPlain(previous), orderFromPlain(item));
    case 'UNASSIGNED':
      return sentBackEvents(previous && unassignedFromPlain(previous), unassignedFromPlain(item));
    case 'CHANNEL_FILE': {
      const file = channelFileFromPlain(item);
      return told(channelFileFacts(file), file, file.id);
    }
    case 'COMPARISON': {
      const after = comparisonFromPlain(item);
      const subject = `${after.marketId}/${after.channelId}/${after.businessDate}`;
      return told(comparisonFacts(previous && comparisonFromPlain(previous), after), after, subject);
    }
    case 'PROOF': {
      const after = proofFromPlain(item);
      return told(proofFacts(previous && proofFromPlain(previous), after), after, after.marketId);
    }
    default:
      return [];
  }
}

/** A change of an order may mean several things; each is told by what it is about. */
function orderEvents(before: Order | undefined, after: Order): DomainEvent[] {
  return orderFacts(before, after).map(({ name, about, data }) => {
    const event = eventOf(name, after, after.no, data);
    return { ...event, id: deriveId('evt', event.type, after.tenant, after.no, String(after.revision), about) };
  });
}

/** Each once by the payment: which change of the item it came with is no matter. */
function sentBackEvents(before: UnassignedPayments | undefined, after: UnassignedPayments): DomainEvent[] {
  const known = new Set(before && sentBack(before).map(({ paymentId }) => paymentId));
  const fresh = sentBack(after).filter(({ paymentId }) => !known.has(paymentId));
  return fresh.map(({ paymentId, at, data }) => {
    const event = eventOf('unassigned-payment-sent-back', { ...after, changedAt: at }, paymentId, {
      paymentId,
      ...data,
    });
    return { ...event, id: deriveId('evt', event.type, after.tenant, after.marketId, paymentId) };
  });
}

function told(facts: readonly ComparisonFact[], changed: Changed, subject: string): DomainEvent[] {
  return facts.map(({ name, data }) => eventOf(name, changed, subject, data));
}

const nameOf = (noun: string, { revision }: Changed) => `${noun}-${revision === 1 ? 'created' : 'changed'}`;
