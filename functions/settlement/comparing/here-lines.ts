import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import { lineKey } from '../channel-files/channel-line.ts';
import type { JournalLine, MarketLine } from '../journal/line.ts';
import { isMarketLine } from '../journal/line.ts';
import type { Order, RefundState } from '../orders/order.ts';
import type { HereLine } from './compared-line.ts';

/**
 * What a market's journal has of one channel on a day, as it is compared. A line that was taken back is none, but for that of a
 * refund: it failed, and the channel may say otherwise.
 */
export function hereLines(lines: Iterable<JournalLine>, channelId: string, date: PlainDate): HereLine[] {
  const standing = new Map<string, { line: MarketLine; count: number }>();
  for (const line of lines) {
    if (!isMarketLine(line) || line.channelId !== channelId) continue;
    const id = identityOf(line);
    const { count } = standing.get(id) ?? { count: 0 };
    standing.set(id, { line, count: count + (line.takesBack ? -1 : 1) });
  }
  return [...standing.values()].flatMap(({ line, count }): HereLine[] => {
    if (count > 0) return [hereLine(line, date, 'SUCCEEDED')];
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

/** Refunds that no channel has confirmed yet are in the journal, since their money is set aside: they are pending. */
export function withRefundStates(lines: readonly HereLine[], orders: readonly Order[]): HereLine[] {
  const states = new Map(orders.flatMap(({ refunds }) => refunds.map(({ no, state }) => [no, state])));
  return lines.map((line) => {
    const state = line.kind === 'REFUND' ? states.get(line.number) : undefined;
    return line.status === 'FAILED' || state === undefined ? line : { ...line, status: statusOf(state) };
  });
}

function statusOf(state: RefundState): HereLine['status'] {
  return state === 'SUCCEEDED' ? 'SUCCEEDED' : state === 'FAILED' ? 'FAILED' : 'PENDING';
}

/** The orders whose refunds stand among lines. */
export function refundedOrders(lines: Iterable<JournalLine>, channelId: string): Set<string> {
  const found = new Set<string>();
  for (const line of lines) {
    if (line.kind === 'REFUND_PAID' && line.channelId === channelId) found.add(line.orderNo);
  }
  return found;
}
