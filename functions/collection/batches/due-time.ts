import { instantOf } from '../../../shared/calendar/local-time.ts';
import { DAY_MS, MINUTE_MS } from '../../../shared/time/durations.ts';
import { type CollectionItem, isOpen, openAmount } from '../items/item.ts';
import { dueBookings, nextAsking } from './book-block.ts';

/** Later is soon enough for what broke off; what is under way is most likely not stuck. */
export const restMs = 5 * MINUTE_MS;
/** The bank is asked that often for what nobody knows, and that often for what it is silent about. */
const askMs = MINUTE_MS;
const askOpenMs = DAY_MS;

/**
 * When a block is to be looked at next: shortly, where something is to be done at once, so that it goes on though it broke
 * off; else when the first of its items is due, is tried again, or has waited a day for the bank; never, where all ended.
 */
export function dueTime(items: readonly CollectionItem[], now: Date): string | undefined {
  const isUnknown = items.some(({ tries }) => tries.some(({ state }) => state === 'UNKNOWN'));
  const soon = new Date(now.getTime() + (isUnknown ? askMs : restMs)).toISOString();
  const { holds, endings, returns, fees } = dueBookings({ items }, now);
  if (holds.length + endings.length + returns.length + fees.size > 0) return soon;
  const times = [...items.map((item) => itemDue(item, now)), nextAsking({ items })].filter(
    (time) => time !== undefined,
  );
  return times.map((time) => (time <= now.toISOString() ? soon : time)).sort()[0];
}

/** The present for what is to be done at once. */
function itemDue(item: CollectionItem, now: Date): string | undefined {
  const { tries, ended, dueOn, nextTryAt } = item;
  if (tries.some(({ state }) => state === 'ROUTED' || state === 'UNKNOWN')) return now.toISOString();
  if (tries.some(isOpen)) return new Date(now.getTime() + askOpenMs).toISOString();
  if (ended || openAmount(item) === 0n) return undefined;
  return nextTryAt ?? instantOf(dueOn, '00:00').toISOString();
}
