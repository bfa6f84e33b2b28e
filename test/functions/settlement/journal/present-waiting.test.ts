import { describe, expect, it } from 'vitest';
import { presentStep } from '../../../../functions/settlement/journal/present-waiting.ts';
import { waitingStepOut } from '../../../../functions/settlement/journal/waiting-shapes.ts';
import type { WaitingStep } from '../../../../functions/settlement/orders/booking/booking-step.ts';
import { stepId, stepOfId } from '../../../../functions/settlement/orders/booking/step-id.ts';
import { aRefund, aSplitOrder, aTake } from './orders.ts';

const step: WaitingStep = {
  ...{ tenant: 'demo', marketId: 'mkt_chengdu', orderNo: 'A-1', kind: 'REFUND', about: 'R', attempt: 2, refusals: 1 },
  ...{ code: 'ledger/condition-not-met', detail: 'It has 3.00 CNY free.', revision: 1 },
  ...{ since: '2025-09-26T02:05:00.000Z', askAt: '2025-09-26T02:06:00.000Z' },
};

describe('what of orders the ledger refused, as the operator sees it', () => {
  it('names the refund, why it waits, and who has to give how much', () => {
    const refund = aRefund('R', [aTake('5.00', 1, 'mer_farm'), aTake('2.00')], { state: 'PENDING_FUNDS' });
    const { legs, ...facts } = waitingStepOut.parse(presentStep(step, aSplitOrder({ refunds: [refund] }), 'CNY'));
    expect(facts).toEqual({
      ...{ id: stepId(step), orderNo: 'A-1', kind: 'REFUND', refundNo: 'R', code: 'ledger/condition-not-met' },
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
    expect(presentStep(step, aSplitOrder(), 'CNY')).toMatchObject({ orderNo: 'A-1', legs: [] });
    expect(presentStep({ ...step, kind: 'SUBSIDY', about: '' }, aSplitOrder(), 'CNY')).not.toHaveProperty('refundNo');
  });
});

it('a step is found by its id, and nothing by an id that names none', () => {
  const { orderNo, kind, about } = step;
  expect(stepOfId(stepId(step))).toEqual({ orderNo, kind, about });
  const named = (parts: unknown) => `stp_${Buffer.from(JSON.stringify(parts)).toString('base64url')}`;
  for (const id of ['stp_', 'stp_none', named({}), named(['A-1', 'OTHER', '']), named(['A-1', 'REFUND', 7])]) {
    expect(stepOfId(id)).toBeUndefined();
  }
});
