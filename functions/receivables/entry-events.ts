import { changeEventsOf } from '../../shared/events/change-event.ts';
import type { DomainEvent } from '../../shared/events/event.ts';
import type { ItemChange } from '../../shared/events/relay.ts';
import { collectedState } from './collected/collected-credit.ts';
import { collectedFromPlain } from './collected/collected-items.ts';
import { presentCollected } from './collected/present-collected.ts';
import { presentReturned } from './returned/present-returned.ts';
import { type ReturnedCredit, returnedState } from './returned/returned-credit.ts';
import { returnedFromPlain } from './returned/returned-items.ts';

const eventOf = changeEventsOf('receivables');

type Change = Pick<ItemChange, 'item' | 'previous'>;

/** What changes of credits that banks took back tell the world: that somebody is to look at one, and that it is done. */
export function returnedEvents({ item = {}, previous }: Change): DomainEvent[] {
  const returned = returnedFromPlain(item);
  const before = previous && returnedFromPlain(previous);
  const state = returnedState(returned);
  if (state !== 'OPEN') {
    const isNews = !before || returnedState(before) === 'OPEN';
    const name = state === 'ASSIGNED' ? 'returned-credit-assigned' : 'returned-credit-dismissed';
    return isNews ? [eventOf(name, returned, returned.id, returnedFacts(returned))] : [];
  }
  const { waits } = returned;
  const isKnown = waits === undefined || waits.reason === before?.waits?.reason;
  return isKnown ? [] : [eventOf('returned-credit-raised', returned, returned.id, returnedFacts(returned))];
}

/** Not what the payer wrote: it may name accounts. */
function returnedFacts(returned: ReturnedCredit) {
  const { id: returnedCreditId, texts: _, version: _v, ...facts } = presentReturned(returned);
  return { returnedCreditId, ...facts };
}

/** That a file of collections still differs from what statements say, once it was compared again; and that somebody says why. */
export function collectedEvents({ item = {}, previous }: Change): DomainEvent[] {
  const collected = collectedFromPlain(item);
  const before = previous && collectedFromPlain(previous);
  const state = collectedState(collected);
  const { id: collectedCreditId, version: _, ...facts } = presentCollected(collected);
  const tell = (name: string) => [eventOf(name, collected, collected.id, { collectedCreditId, ...facts })];
  if (state === 'ACKNOWLEDGED') {
    return before && collectedState(before) === state ? [] : tell('collected-credit-acknowledged');
  }
  const isNews = state === 'DIFFERS' && collected.comparedAgain && !before?.comparedAgain;
  return isNews ? tell('collected-credit-differs') : [];
}
