import type {
  Dispute,
  Order,
  OrderLeg,
  OrderRefund,
  OrderSplit,
  Payment,
  RefundTake,
  SubOrder,
} from '../../../../functions/settlement/orders/order.ts';
import { fen } from '../splits/samples.ts';

export { fen };

export const cause = { client: 'operator', role: 'operator', requestId: 'req_1' };

/** An order of 100.00 that nobody has paid. */
export function anOrder(more: Partial<Order> = {}): Order {
  return {
    ...{ tenant: 'demo', no: 'A-1', marketId: 'mkt_chengdu', currency: 'CNY' },
    subOrders: [aSubOrder()],
    ...{ createdAt: '2025-09-26T02:00:00.000Z', payBy: '2025-09-26T02:30:00.000Z', references: {} },
    ...{ payments: [], slips: [], refunds: [], disputes: [] },
    ...{ fingerprint: 'f', revision: 1, changedAt: '2025-09-26T02:00:00.000Z', cause },
    ...more,
  };
}

export function aSubOrder(more: Partial<SubOrder> = {}): SubOrder {
  return {
    ...{ no: 'S1', merchantId: 'mer_tea', amount: fen('100.00'), addOns: [], coupons: [], splits: [] },
    plan: { by: 'MERCHANT' },
    ...more,
  };
}

export function aPayment(amount = '100.00', more: Partial<Payment> = {}): Payment {
  return {
    ...{ channelId: 'WECHAT_PAY', transactionId: 'T-1', amount: fen(amount), fee: 0n },
    ...{ paidAt: '2025-09-26T02:05:00.000Z', businessDate: '2025-09-26' },
    ...more,
  };
}

export function aLeg(sequence: number, receiver: string, amount: string, more: Partial<OrderLeg> = {}): OrderLeg {
  return {
    ...{ sequence, receiver, amount: fen(amount), fee: 0n, base: fen('100.00'), kind: 'RATIO' },
    ...{ dueOn: '2025-09-28', takenBack: 0n },
    ...more,
  };
}

export function aSplit(legs: readonly OrderLeg[], more: Partial<OrderSplit> = {}): OrderSplit {
  return { no: 'PLAN', at: '2025-09-26T02:05:00.000Z', legs, ...more };
}

export function aTake(amount: string, sequence?: number, from?: string, more: Partial<RefundTake> = {}): RefundTake {
  return {
    ...{ subOrderNo: 'S1', amount: fen(amount) },
    ...(sequence !== undefined && { leg: { split: 'PLAN', sequence } }),
    ...(from !== undefined && { from }),
    ...more,
  };
}

/** Funded, of what its takes add up to. */
export function aRefund(no: string, takes: readonly RefundTake[], more: Partial<OrderRefund> = {}): OrderRefund {
  const { feeBack = 0n } = more;
  return {
    ...{ no, channelId: 'WECHAT_PAY', transactionId: 'T-1', takes, lines: [], feeBack, toFunders: [] },
    amount: takes.reduce((total, take) => total + take.amount, feeBack),
    ...{ state: 'FUNDED', fingerprint: 'f', askedAt: '2025-09-27T02:00:00.000Z' },
    ...{ changedAt: '2025-09-27T02:00:00.000Z', fundedOn: '2025-09-27' },
    ...more,
  };
}

/** Opened at noon in Chengdu, when so many legs were settled. */
export function aDispute(openedOn: string, resolvedOn?: string, settledBefore?: readonly string[]): Dispute {
  return {
    ...{ openedAt: `${openedOn}T04:00:00.000Z`, reason: 'not delivered' },
    ...(settledBefore && { settledBefore }),
    ...(resolvedOn !== undefined && { resolvedAt: `${resolvedOn}T04:00:00.000Z`, resolvedOn }),
  };
}

/** Paid, and split into 20.00 and 5.00; 75.00 is supervised. */
export function aSplitOrder(more: Partial<Order> = {}): Order {
  const splits = [aSplit([aLeg(1, 'mer_farm', '20.00'), aLeg(2, 'mer_van', '5.00')])];
  return anOrder({ payments: [aPayment()], subOrders: [aSubOrder({ splits })], ...more });
}
