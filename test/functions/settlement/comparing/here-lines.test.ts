import { describe, expect, it } from 'vitest';
import { compareDay } from '../../../../functions/settlement/comparing/compare-day.ts';
import type { ThereLine } from '../../../../functions/settlement/comparing/compared-line.ts';
import { hereLines, refundedOrders, withRefundStates } from '../../../../functions/settlement/comparing/here-lines.ts';
import type { JournalLine, MarketLine } from '../../../../functions/settlement/journal/line.ts';
import type { Order } from '../../../../functions/settlement/orders/order.ts';

const date = '2025-09-26';
const paid: MarketLine = {
  ...{ kind: 'PAYMENT', orderNo: 'A', channelId: 'wechat', transactionId: '42', amount: 10_000n, fee: 60n },
  at: '2025-09-26T02:00:00.000Z',
};
const refunded: MarketLine = { ...paid, kind: 'REFUND_PAID', refundNo: 'R1', amount: -4_000n, fee: -24n };
const back = (line: MarketLine): MarketLine => ({ ...line, takesBack: true, amount: -line.amount, fee: -line.fee });
const share: JournalLine = { kind: 'SHARE', amount: 9_940n, orderNo: 'A' };

const ours = {
  ...{ key: 'P#42', date, kind: 'PAYMENT', amount: 10_000n, fee: 60n, status: 'SUCCEEDED', number: 'A' },
};
const refund = {
  ...{ key: 'R#R1', date, kind: 'REFUND', amount: 4_000n, fee: -24n, status: 'SUCCEEDED', number: 'R1' },
};

describe('the journal as it is compared with a channel', () => {
  it('has payments and refunds of that channel, amounts never below zero, fees given back below zero', () => {
    const other = { ...paid, channelId: 'alipay' };
    expect(hereLines([paid, share, other, refunded], 'wechat', date)).toEqual([ours, refund]);
  });

  it('has no payment that was taken back, and has the refund that failed', () => {
    expect(hereLines([paid, back(paid)], 'wechat', date)).toEqual([]);
    const failed = { ...refund, status: 'FAILED' };
    expect(hereLines([refunded, back(refunded)], 'wechat', date)).toEqual([failed]);
    expect(hereLines([back(refunded), refunded], 'wechat', date)).toEqual([failed]);
    expect(hereLines([paid, back(paid), paid], 'wechat', date)).toEqual([ours]);
  });

  it('has refunds as pending until the channel has confirmed them', () => {
    const lines = hereLines([paid, refunded], 'wechat', date);
    const orderWith = (state: string) => ({ refunds: [{ no: 'R1', state }] }) as unknown as Order;
    const statusAfter = (state: string) => withRefundStates(lines, [orderWith(state)]).map(({ status }) => status);
    expect(statusAfter('FUNDED')).toEqual(['SUCCEEDED', 'PENDING']);
    expect(statusAfter('UNCERTAIN')).toEqual(['SUCCEEDED', 'PENDING']);
    expect(statusAfter('SUCCEEDED')).toEqual(['SUCCEEDED', 'SUCCEEDED']);
    expect(statusAfter('FAILED')).toEqual(['SUCCEEDED', 'FAILED']);
    expect(withRefundStates(lines, [])).toEqual(lines);
  });

  it('shows a transaction that was told of two orders as a duplicate, by the order', () => {
    const here = hereLines([paid, { ...paid, orderNo: 'B' }], 'wechat', date);
    expect(here).toEqual([ours, { ...ours, number: 'B' }]);
    const there = [{ ...ours, number: 'A', status: 'SUCCEEDED' as const }] as unknown as ThereLine[];
    const found = [...compareDay({ date, here, there })];
    expect(found).toMatchObject([{ class: 'DUPLICATE', here: { number: 'B', amount: 10_000n } }]);
  });

  it('asks for the orders with refunds on that channel alone', () => {
    const other = { ...refunded, orderNo: 'B', channelId: 'alipay' };
    expect([...refundedOrders([paid, refunded, other, refunded], 'wechat')]).toEqual(['A']);
  });
});
