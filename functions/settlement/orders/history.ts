import type { Order } from './order.ts';

export interface HistoryEntry {
  readonly at: string;
  readonly event: string;
  /** The number of what it is about. */
  readonly about?: string;
}

/** What happened to an order, told from its facts, in its order. */
export function historyOf(order: Order): HistoryEntry[] {
  const { createdAt, payments, slips, subOrders, refunds, disputes } = order;
  const entries: HistoryEntry[] = [
    { at: createdAt, event: 'CREATED' },
    ...payments.map(({ paidAt, transactionId }) => ({ at: paidAt, event: 'PAID', about: transactionId })),
    ...slips.flatMap(({ toldAt, transactionId: about, refused }) => [
      { at: toldAt, event: 'SLIP_TOLD', about },
      ...(refused ? [{ at: refused.at, event: 'SLIP_REFUSED', about }] : []),
    ]),
    ...subOrders.flatMap(({ no, coupons, confirmedAt, splits }) => [
      ...coupons.flatMap(({ id, landedAt, lapsedAt }) => [
        ...(landedAt ? [{ at: landedAt, event: 'SUBSIDY_LANDED', about: id }] : []),
        ...(lapsedAt ? [{ at: lapsedAt, event: 'SUBSIDY_LAPSED', about: id }] : []),
      ]),
      ...(confirmedAt ? [{ at: confirmedAt, event: 'CONFIRMED', about: no }] : []),
      ...splits.map((split) => ({ at: split.at, event: 'SPLIT', about: `${no} ${split.no}` })),
    ]),
    ...refunds.flatMap(({ no, state, askedAt, changedAt }) => [
      { at: askedAt, event: 'REFUND_ASKED', about: no },
      ...(state === 'ACCEPTED' ? [] : [{ at: changedAt, event: `REFUND_${state}`, about: no }]),
    ]),
    ...disputes.flatMap(({ openedAt, resolvedAt }) => [
      { at: openedAt, event: 'DISPUTED' },
      ...(resolvedAt ? [{ at: resolvedAt, event: 'DISPUTE_RESOLVED' }] : []),
    ]),
  ];
  return entries.sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
}
