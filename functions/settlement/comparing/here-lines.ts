import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import { lineKey } from '../channel-files/channel-line.ts';
import type { JournalLine, MarketLine } from '../journal/line.ts';
import { isMarketLine } from '../journal/line.ts';
import type { Order, RefundState } from '../orders/order.ts';
import type { HereLine } from './compared-line.ts';

/** What became of refunds, by their order and number: the number alone is an order's own. */
export type RefundStates = ReadonlyMap<string, RefundState>;

/** Of all refunds of orders, as entries of such a map. */
export function refundStates(orders: readonly Order[]): [string, RefundState][] {
  return orders.flatMap(({ no: orderNo, refunds }) =>
    refunds.map(({ no, state }): [string, RefundState] => [refundOf(orderNo, no), state]),
  );
}

const refundOf = (orderNo: string, refundNo: string): string => JSON.stringify([orderNo, refundNo]);

/**
 * What a market's journal has of one channel on a day, as it is compared. A line that was taken back is none, but for that of a
 * refund: it failed, and the channel may say otherwise. Refunds that no channel has confirmed yet are in the journal, since their
 * money is set aside: they are pending.
 */
export function hereLines(
  lines: Iterable<JournalLine>,
  channelId: string,
  date: PlainDate,
  states: RefundStates,
): HereLine[] {
  const standing = new Map<string, { line: MarketLine; count: number }>();
  for (const line of lines) {
    if (!isMarketLine(line) || line.channelId !== channelId) continue;
    const id = identityOf(line);
    const { count } = standing.get(id) ?? { count: 0 };
    standing.set(id, { line, count: count + (line.takesBack ? -1 : 1) });
  }
  return [...standing.values()].flatMap(({ line, count }): HereLine[] => {
    if (count > 0) return [hereLine(line, date, statusOf(line, states))];
    return line.kind === 'REFUND_PAID' ? [hereLine(line, date, 'FAILED')] : [];
  });
}

/** A line that takes another back has the opposite amounts; both are the same line. */
function identityOf({ kind, transactionId, refundNo, amount, fee, takesBack, orderNo }: MarketLine): string {
  const sign = takesBack ? -1n : 1n;
  return JSON.stringify([kind, transactionId, refundNo, String(sign * amount), String(sign * fee), orderNo]);
}

function hereLine(line: MarketLine, date: PlainDate, status: HereLine['status']): HereLine {
  const { transactionId, refundNo, orderNo, takesBack } = line;
  const sign = takesBack ? -1n : 1n;
  const [amount, fee] = [line.amount * sign, line.fee * sign];
  if (line.kind === 'PAYMENT') {
    const kind = 'PAYMENT' as const;
    return { key: lineKey({ kind, transactionId }), date, kind, amount, fee, status, number: orderNo };
  }
  const kind = 'REFUND' as const;
  const number = refundNo ?? orderNo;
  const key = lineKey({ kind, transactionId, ...(refundNo !== undefined && { refundNo }) });
  return { key, date, kind, amount: -amount, fee, status, number };
}

function statusOf({ kind, orderNo, refundNo }: MarketLine, states: RefundStates): HereLine['status'] {
  const state = kind === 'REFUND_PAID' && refundNo !== undefined ? states.get(refundOf(orderNo, refundNo)) : undefined;
  if (state === undefined) return 'SUCCEEDED';
  return state === 'SUCCEEDED' || state === 'FAILED' ? state : 'PENDING';
}

/** The orders whose refunds stand among lines. */
export function refundedOrders(lines: Iterable<JournalLine>, channelId: string): Set<string> {
  const found = new Set<string>();
  for (const line of lines) {
    if (line.kind === 'REFUND_PAID' && line.channelId === channelId) found.add(line.orderNo);
  }
  return found;
}
