import { describe, expect, it } from 'vitest';
import { receivedFacts } from '../../../../functions/settlement/orders/received-facts.ts';
import { anOrder, aPayment, aRefund, aTake, fen } from '../journal/orders.ts';

const yuan = (amount: string) => ({ amount, currency: 'CNY' });
const told = { channelId: 'WECHAT_PAY', businessDate: '2025-09-26' };

describe('what is told of an order’s payments', () => {
  it('is nothing until all of the order is paid, and then each of those that pay it', () => {
    const half = aPayment('60.00');
    const rest = aPayment('40.00', { transactionId: 'T-2' });
    const beyond = aPayment('100.00', { transactionId: 'T-3', isBeyond: true });
    expect(receivedFacts(anOrder({ payments: [half] })).payments).toEqual([]);
    const references = { invoice: 'FP-1' };
    expect(receivedFacts(anOrder({ payments: [half, rest, beyond], references }))).toEqual({
      references,
      payments: [
        { ...told, transactionId: 'T-1', amount: yuan('60.00'), refunded: yuan('0.00') },
        { ...told, transactionId: 'T-2', amount: yuan('40.00'), refunded: yuan('0.00') },
      ],
    });
  });

  it('is what went back to the consumer, without what funders of coupons get, and only what the channel has given', () => {
    const toFunders = [{ kind: 'PLATFORM', amount: fen('2.00') }] as const;
    const refunds = [
      aRefund('R-1', [aTake('30.00')], { state: 'SUCCEEDED' }),
      aRefund('R-2', [aTake('12.00')], { state: 'SUCCEEDED', toFunders }),
      ...(['FUNDED', 'SENT', 'UNCERTAIN', 'FAILED'] as const).map((state) =>
        aRefund(state, [aTake('1.00')], { state }),
      ),
      aRefund('R-3', [aTake('5.00')], { state: 'SUCCEEDED', transactionId: 'T-9' }),
    ];
    const { payments } = receivedFacts(anOrder({ payments: [aPayment()], refunds }));
    expect(payments).toEqual([{ ...told, transactionId: 'T-1', amount: yuan('100.00'), refunded: yuan('40.00') }]);
  });
});
