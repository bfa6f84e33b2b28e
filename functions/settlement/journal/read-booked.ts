import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { SettlementStore } from '../store.ts';
import { addChannelFigures, type ChannelFigures, noChannelFigures } from './channel-day.ts';

/** Waiting postings in one read. */
const postingsAtOnce = 100;

/**
 * What of a channel's business day is booked in the ledger: the ledger's side of a comparison (`compareDay`, `ledger`). Postings are
 * netted over channels' days, so that none of the ledger's transfers is of one day. It is the running total that the journal keeps
 * beside what it posts, less what of it the ledger has refused and is asked for again. A refund counts from when the ledger has
 * booked it, until it failed. Of what the journal wrote a moment ago the ledger may not have been asked yet. Minor units of the
 * market's currency; `refunded` is above zero, `fees` is less what the channel gave back.
 */
export async function readBooked(
  store: Pick<SettlementStore, 'readChannelTotal' | 'listWaitingOf'>,
  tenant: string,
  marketId: string,
  channelId: string,
  date: PlainDate,
): Promise<ChannelFigures> {
  const written = await store.readChannelTotal(tenant, marketId, channelId, date);
  let waits = noChannelFigures;
  let after: string | undefined;
  do {
    const { waiting, next } = await store.listWaitingOf(tenant, marketId, after, postingsAtOnce);
    const paid = waiting.flatMap((posting) => posting.paid ?? []);
    const own = paid.filter((day) => day.channelId === channelId && day.date === date);
    waits = own.reduce(addChannelFigures, waits);
    after = next;
  } while (after !== undefined);
  return {
    paid: written.paid - waits.paid,
    refunded: written.refunded - waits.refunded,
    fees: written.fees - waits.fees,
  };
}
