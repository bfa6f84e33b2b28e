import * as z from 'zod';
import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { DomainEvent } from '../../../shared/events/event.ts';
import { parseAmount } from '../../../shared/money/amount.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';

const money = z.object({ amount: z.string(), currency: z.string() });

/** What `settlement.order-paid.v1` and `settlement.order-refund-changed.v1` say, as far as it matters here. */
const orderTold = z.object({
  orderNo: z.string(),
  marketId: z.string(),
  references: z.record(z.string(), z.string()),
  payments: z.array(
    z.object({
      channelId: z.string(),
      transactionId: z.string(),
      amount: money,
      businessDate: z.iso.date(),
      refunded: money,
    }),
  ),
});

/** A payment of an order, and all that went back of it so far. Minor units. */
export interface OrderPayment {
  readonly channelId: string;
  readonly transactionId: string;
  readonly currency: CurrencyCode;
  readonly amount: bigint;
  readonly paidOn: PlainDate;
  readonly refunded: bigint;
}

export interface PaidOrder {
  readonly orderNo: string;
  readonly marketId: string;
  /** The order's own, and its number. */
  readonly references: Readonly<Record<string, string>>;
  readonly payments: readonly OrderPayment[];
}

/** The order with its payments; none where it is not paid. Throws on data of another shape. */
export function paidOrderOfEvent({ data }: Pick<DomainEvent, 'data'>): PaidOrder {
  const { orderNo, marketId, references, payments } = orderTold.parse(data);
  return {
    ...{ orderNo, marketId, references: { order: orderNo, ...references } },
    payments: payments.map(({ channelId, transactionId, amount, businessDate, refunded }) => {
      const currency = amount.currency as CurrencyCode;
      const minor = parseAmount(amount.amount, currency);
      const back = parseAmount(refunded.amount, currency);
      return { channelId, transactionId, currency, amount: minor, paidOn: businessDate, refunded: back };
    }),
  };
}
