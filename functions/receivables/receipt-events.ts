import type { DomainEvent } from '../../shared/events/event.ts';
import type { ItemChange } from '../../shared/events/relay.ts';
import type { Cause } from '../../shared/http/cause.ts';
import { deriveId } from '../../shared/identifiers/id.ts';
import { presentAmount } from '../../shared/money/present.ts';
import { sum } from '../../shared/money/sum.ts';
import { defined } from '../../shared/objects/defined.ts';
import { matchFromPlain } from './matches/match-items.ts';
import { presentMatch } from './matches/present-match.ts';
import { presentMoney, presentRefund } from './receipts/present-receipt.ts';
import type { Receipt } from './receipts/receipt.ts';
import { receiptFromPlain, refundFromPlain } from './receipts/receipt-items.ts';

type Change = Pick<ItemChange, 'item' | 'previous'>;

/** What changes of receipts, their matches and refunds tell the world. */
export function receiptEvents({ item = {}, previous }: Change): DomainEvent[] {
  if (item.kind === 'MATCH') return matchEvents(item, previous);
  if (item.kind === 'REFUND') return previous ? [] : [refundEvent(item)];
  const receipt = receiptFromPlain(item);
  const before = previous && receiptFromPlain(previous);
  return [
    ...(before ? [] : [recordedEvent(receipt)]),
    ...mergedEvents(receipt, before),
    ...unmergedEvents(receipt, before),
    ...dismissedEvents(receipt, before),
    ...reopenedEvents(receipt, before),
    ...exceptionEvents(receipt, before),
  ];
}

interface Told {
  readonly tenant: string;
  readonly at: string;
  readonly cause: Cause;
  readonly subject: string;
  /** What tells it from others of its kind. */
  readonly key: readonly string[];
}

function eventOf(name: string, { tenant, at, cause, subject, key }: Told, data: object): DomainEvent {
  const type = `receivables.${name}.v1`;
  const id = deriveId('evt', type, tenant, ...key);
  return { id, type, tenant, occurredAt: at, subject, actor: cause, data: { ...data } };
}

function recordedEvent(receipt: Receipt): DomainEvent {
  const { tenant, id, createdAt: at, cause } = receipt;
  return eventOf('receipt-recorded', { tenant, at, cause, subject: id, key: [id] }, factsOf(receipt));
}

function mergedEvents(receipt: Receipt, before: Receipt | undefined): DomainEvent[] {
  const { tenant, id, merged, unmerged = [], cause } = receipt;
  if (!merged || before?.merged) return [];
  const { into: mergedInto, at, date } = merged;
  const facts = { ...factsOf(receipt), mergedInto, date };
  const key = [id, ...(unmerged.length > 0 ? [String(unmerged.length + 1)] : [])];
  return [eventOf('receipt-merged', { tenant, at, cause, subject: id, key }, facts)];
}

function unmergedEvents(receipt: Receipt, before: Receipt | undefined): DomainEvent[] {
  const { tenant, id, merged, unmerged = [], cause } = receipt;
  const last = unmerged.at(-1);
  if (merged || !before?.merged || !last) return [];
  const { at, ...undone } = last.undone;
  const facts = { ...factsOf(receipt), mergedInto: last.into, ...undone };
  return [eventOf('receipt-unmerged', { tenant, at, cause, subject: id, key: [id, String(unmerged.length)] }, facts)];
}

function dismissedEvents(receipt: Receipt, before: Receipt | undefined): DomainEvent[] {
  const { tenant, id, dismissals = [], cause, currency } = receipt;
  const known = before?.dismissals?.length ?? 0;
  return dismissals.slice(known).map(({ amount, at, undone: _, ...facts }, place) => {
    const data = { ...factsOf(receipt), dismissedNow: presentAmount(amount, currency), ...facts };
    const key = [id, String(known + place + 1)];
    return eventOf('receipt-dismissed', { tenant, at, cause, subject: id, key }, data);
  });
}

function reopenedEvents(receipt: Receipt, before: Receipt | undefined): DomainEvent[] {
  const { tenant, id, dismissals = [], cause, currency } = receipt;
  const reopened = dismissals.filter(({ undone }, place) => undone && before && !before.dismissals?.[place]?.undone);
  const [first] = reopened;
  if (!first?.undone) return [];
  const { at, ...undone } = first.undone;
  const amount = sum(reopened.map((one) => one.amount));
  const data = { ...factsOf(receipt), reopenedNow: presentAmount(amount, currency), ...undone };
  const key = [id, String(dismissals.length)];
  return [eventOf('receipt-reopened', { tenant, at, cause, subject: id, key }, data)];
}

/** Not what the payer wrote: it may name accounts. */
function factsOf(receipt: Receipt) {
  const { id, number, legalEntity, paidOn, payer, references, sources, customerId } = receipt;
  return {
    receiptId: id,
    ...defined({ number }),
    legalEntity,
    ...presentMoney(receipt),
    paidOn,
    payer: defined({ name: payer.name, account: payer.account }),
    references,
    sources: sources.map(({ kind, id: of }) => ({ kind, id: of })),
    ...defined({ customerId }),
  };
}

function matchEvents(item: NonNullable<Change['item']>, previous: Change['previous']): DomainEvent[] {
  const match = matchFromPlain(item);
  const { tenant, id, receiptId: subject, madeAt, cause, undone } = match;
  const { id: matchId, alternatives: _, ...data } = presentMatch(match);
  const { undone: _undone, ...made } = data;
  const told = previous
    ? []
    : [eventOf('receipt-matched', { tenant, at: madeAt, cause, subject, key: [id] }, { matchId, ...made })];
  const wasUndone = previous && matchFromPlain(previous).undone;
  if (!undone || wasUndone) return told;
  const of = { tenant, at: undone.at, cause: undone.cause, subject, key: [id] };
  return [...told, eventOf('receipt-unmatched', of, { matchId, ...data })];
}

function refundEvent(item: NonNullable<Change['item']>): DomainEvent {
  const refund = refundFromPlain(item);
  const { tenant, id, receiptId, customerId, legalEntity, at, cause } = refund;
  const { id: refundId, ...data } = presentRefund(refund);
  const facts = { refundId, receiptId, ...defined({ customerId }), legalEntity, ...data };
  return eventOf('receipt-refunded', { tenant, at, cause, subject: receiptId, key: [id] }, facts);
}

/** One that is there now and was not, and one that was there and is not. The same reason from the same moment is the same. */
function exceptionEvents(receipt: Receipt, before: Receipt | undefined): DomainEvent[] {
  const { tenant, id, changedAt, cause, exception, suggestions } = receipt;
  const was = before?.exception;
  if (was?.reason === exception?.reason && was?.since === exception?.since) return [];
  const of = { tenant, at: changedAt, cause, subject: id };
  const told: DomainEvent[] = [];
  if (was) {
    const { reason, since } = was;
    const settled = { ...factsOf(receipt), reason, since };
    told.push(eventOf('exception-settled', { ...of, key: [id, reason, since] }, settled));
  }
  if (exception) {
    const { reason, since } = exception;
    const raised = { ...factsOf(receipt), reason, since, suggestions: suggestions.length };
    told.push(eventOf('exception-raised', { ...of, key: [id, reason, since] }, raised));
  }
  return told;
}
