import { describe, expect, it } from 'vitest';
import { presentSteps } from '../../../../functions/settlement/journal/present-waiting.ts';
import { waitingStepsOut } from '../../../../functions/settlement/journal/waiting-shapes.ts';
import type { WaitingStep } from '../../../../functions/settlement/orders/booking/booking-step.ts';
import { aRefund, aSplitOrder, aTake } from './orders.ts';

const step: WaitingStep = {
  ...{ tenant: 'demo', marketId: 'mkt_chengdu', orderNo: 'A-1', kind: 'REFUND', about: 'R', attempt: 2, refusals: 1 },
  ...{ code: 'ledger/condition-not-met', detail: 'It has 3.00 CNY free.', revision: 1 },
  ...{ since: '2025-09-26T02:05:00.000Z', askAt: '2025-09-26T02:06:00.000Z' },
};

describe('what of orders the ledger refused, as the operator sees it', () => {
  it('names the refund, why it waits, and who has to give how much', () => {
    const refund = aRefund('R', [aTake('5.00', 1, 'mer_farm'), aTake('2.00')], { state: 'PENDING_FUNDS' });
    const steps = presentSteps([step], [aSplitOrder({ refunds: [refund] })], 'CNY');
    const { legs, ...facts } = waitingStepsOut.parse({ steps }).steps[0] ?? { legs: [] };
    expect(facts).toEqual({
      ...{ orderNo: 'A-1', kind: 'REFUND', refundNo: 'R', code: 'ledger/condition-not-met' },
      ...{ detail: 'It has 3.00 CNY free.', since: step.since, refusals: 1, askAt: step.askAt },
    });
    const yuan = (amount: string) => ({ amount, currency: 'CNY' });
    expect(legs).toHaveLength(2);
    expect(legs).toEqual(
      expect.arrayContaining([
        { debit: 'payable:mer_farm', credit: 'channel:WECHAT_PAY', amount: yuan('5.00') },
        { debit: 'supervised', credit: 'channel:WECHAT_PAY', amount: yuan('2.00') },
      ]),
    );
  });

  it('has no legs where the step is past, and no refund where it is of subsidies', () => {
    const [past] = presentSteps([step], [aSplitOrder()], 'CNY');
    expect(past).toMatchObject({ orderNo: 'A-1', legs: [] });
    const [subsidy] = presentSteps([{ ...step, kind: 'SUBSIDY', about: '' }], [aSplitOrder()], 'CNY');
    expect(subsidy).not.toHaveProperty('refundNo');
  });
});
