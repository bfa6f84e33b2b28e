import { ControlSum, sameNumber } from '../../../../shared/formats/pain/control-sum.ts';
import type { ResolvedStatus } from '../../../../shared/formats/pain/resolve-status.ts';
import type { PaymentState } from '../../../../shared/formats/pain/status-codes.ts';
import { type StatusIndex, statusOf } from '../../../../shared/formats/pain/status-index.ts';
import { defined } from '../../../../shared/objects/defined.ts';
import type { BankReport, BankState } from '../bank-gateway.ts';
import type { SentMessage, SentOrder } from '../sent-message.ts';
import { bankInstant } from './bank-instant.ts';
import { FileRefused } from './file-refused.ts';
import { textMax } from './read-movements.ts';

/** What is received or waits is with the bank, and nothing is decided. PARTIAL and UNKNOWN say nothing of an order. */
const states: Readonly<Record<PaymentState, BankState | undefined>> = {
  RECEIVED: 'PROCESSING',
  PENDING: 'PROCESSING',
  ACCEPTED: 'ACCEPTED',
  PROCESSING: 'PROCESSING',
  SETTLED: 'SETTLED',
  REJECTED: 'REJECTED',
  CANCELLED: 'REJECTED',
  PARTIAL: undefined,
  UNKNOWN: undefined,
};

/**
 * What a pain.002 says of each order of the message that it is about, whether it lists the order or not.
 *
 * @throws FileRefused where its counts or sums are not those of what was sent
 */
export function reportsOfStatus(
  index: StatusIndex,
  message: SentMessage,
  orders: readonly SentOrder[],
  { source, readAt }: { readonly source: string; readonly readAt: string },
): BankReport[] {
  requireTotals(index, message, orders);
  const created = bankInstant(index.report.createdAt) ?? readAt;
  return orders.flatMap((order) => {
    const { id, messageId, paymentInformationId } = order;
    const status = statusOf(index, { messageId, paymentInformationId, endToEndId: id });
    const state = status && states[status.state];
    return state ? [reportOf(order, state, status, { source, created })] : [];
  });
}

function reportOf(
  { id, amount }: SentOrder,
  state: BankState,
  { reasons, acceptedAt }: ResolvedStatus,
  { source, created }: { source: string; created: string },
): BankReport {
  const [first] = reasons;
  const text = reasons
    .flatMap(({ information }) => information)
    .join(' ')
    .slice(0, textMax);
  return {
    orderId: id,
    state,
    ...defined({ code: first?.code ?? first?.proprietary }),
    ...(text !== '' && { text }),
    ...(state === 'SETTLED' && { amount }),
    // When an order was accepted says nothing of when it ended.
    at: (isEnd(state) ? undefined : bankInstant(acceptedAt)) ?? created,
    source,
  };
}

function isEnd(state: BankState): boolean {
  return state === 'SETTLED' || state === 'REJECTED';
}

function requireTotals({ report, payments }: StatusIndex, { count, sum }: SentMessage, orders: readonly SentOrder[]) {
  requireSame('OrgnlGrpInfAndSts', report, { count, sum });
  const groups = Map.groupBy(orders, ({ paymentInformationId }) => paymentInformationId);
  for (const [id, said] of payments) {
    const sent = groups.get(id);
    if (!sent) throw new FileRefused('unknown-payment-information', `No payment information ${id} was sent in it.`);
    const total = new ControlSum();
    for (const { amount, currency } of sent) total.add(amount, currency);
    for (const one of said) requireSame(`OrgnlPmtInfAndSts ${id}`, one, { count: sent.length, sum: total.text });
  }
}

function requireSame(
  place: string,
  said: { readonly originalCount?: number; readonly originalSum?: string },
  sent: { readonly count: number; readonly sum: string },
): void {
  const { originalCount = sent.count, originalSum = sent.sum } = said;
  if (originalCount === sent.count && sameNumber(originalSum, sent.sum)) return;
  const detail = `${place} speaks of ${originalCount} transactions of ${originalSum}; ${sent.count} of ${sent.sum} were sent.`;
  throw new FileRefused('totals-do-not-fit', detail);
}
