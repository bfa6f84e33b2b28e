import { describe, expect, it } from 'vitest';
import { acceptRefund } from '../../../../functions/settlement/orders/decide-refund.ts';
import type { Order } from '../../../../functions/settlement/orders/order.ts';
import { orderMoney } from '../../../../functions/settlement/orders/order-money.ts';
import {
  tellBack,
  tellFunding,
  tellResult,
  withdrawRefund,
} from '../../../../functions/settlement/orders/refund-result.ts';
import { ask, free, halfSplit, later } from './refund-samples.ts';

describe('the states of a refund', () => {
  const about = free();
  const accepted = acceptRefund(halfSplit(), ask('R', 8_000n), about, later);
  const funded = tellFunding(accepted, 'R', 'FUNDED', about, later);
  const tell = (order: Order, result: Parameters<typeof tellResult>[2]) =>
    tellResult(order, 'R', result, { at: later, facts: about });
  const state = (order: Order) => order.refunds[0]?.state;

  it('go from accepted over funded and sent to the end, and wait for funds in between', () => {
    expect(funded.refunds[0]).toMatchObject({ state: 'FUNDED', fundedOn: '2025-09-27' });
    const pending = tellFunding(accepted, 'R', 'PENDING_FUNDS', about, later);
    expect([state(pending), state(tellFunding(pending, 'R', 'FUNDED', about, later))]).toEqual([
      'PENDING_FUNDS',
      'FUNDED',
    ]);
    expect(state(tell(tell(funded, 'SENT'), 'SUCCEEDED'))).toBe('SUCCEEDED');
    expect(() => tellResult(funded, 'X', 'SENT', { at: later, facts: about })).toThrow('no refund X');
  });

  it('do not change once they have ended, nor go backwards', () => {
    const done = tell(funded, 'SUCCEEDED');
    for (const result of ['SENT', 'UNCERTAIN', 'FAILED', 'SUCCEEDED'] as const) expect(tell(done, result)).toBe(done);
    const failed = tell(funded, 'FAILED');
    expect(tell(failed, 'SUCCEEDED')).toBe(failed);
    expect(tellFunding(funded, 'R', 'PENDING_FUNDS', about, later)).toBe(funded);
  });

  it.each(['UNCERTAIN', 'DELAYED'] as const)('keep the same money from another refund while it is %s', (open) => {
    const waiting = tell(funded, open);
    expect(() => acceptRefund(waiting, ask('R-2', 1n), about, later)).toThrow('not known yet whether refund R');
    expect(() => acceptRefund(tell(accepted, open), ask('R-2', 1n), about, later)).toThrow('not known yet');
    expect(acceptRefund(tell(waiting, 'SUCCEEDED'), ask('R-2', 1n), about, later).refunds.length).toBe(2);
  });

  it('are kept by what says that it goes on, and end with what comes late', () => {
    const delayed = tell(tell(funded, 'DELAYED'), 'SENT');
    expect([state(delayed), state(tell(delayed, 'UNCERTAIN'))]).toEqual(['DELAYED', 'UNCERTAIN']);
    expect(state(tell(tell(delayed, 'UNCERTAIN'), 'DELAYED'))).toBe('UNCERTAIN');
    expect([state(tell(delayed, 'SUCCEEDED')), state(tell(delayed, 'FAILED'))]).toEqual(['SUCCEEDED', 'FAILED']);
  });

  it('lose no result that is told before the money is there', () => {
    const pending = tellFunding(accepted, 'R', 'PENDING_FUNDS', about, later);
    for (const before of [accepted, pending]) {
      const told = tell(tell(tell(before, 'SENT'), 'SUCCEEDED'), 'UNCERTAIN');
      expect([state(told), told.refunds[0]?.told?.result]).toEqual([before.refunds[0]?.state, 'SUCCEEDED']);
      const done = tellFunding(told, 'R', 'FUNDED', about, later);
      expect(done.refunds[0]).toMatchObject({ state: 'SUCCEEDED', fundedOn: '2025-09-27' });
    }
    const failed = tellFunding(tell(accepted, 'FAILED'), 'R', 'FUNDED', about, later);
    expect(orderMoney(failed)).toEqual(orderMoney(halfSplit()));
  });

  it('keep why it was asked for beside what the channel says of it', () => {
    const asked = acceptRefund(halfSplit(), ask('R', 1n, { reason: '退货' }), about, later);
    const money = tellFunding(asked, 'R', 'FUNDED', about, later);
    const done = tellResult(money, 'R', 'FAILED', { at: later, facts: about, reason: '账户异常' });
    expect(done.refunds[0]).toMatchObject({ reason: '退货', resultReason: '账户异常' });
  });

  it('end where the market withdraws what waits for its money, and nothing else', () => {
    const pending = tellFunding(accepted, 'R', 'PENDING_FUNDS', about, later);
    const withdrawn = withdrawRefund(pending, 'R', about, later, '换货');
    expect(withdrawn.refunds[0]).toMatchObject({ state: 'WITHDRAWN', resultReason: '换货' });
    expect(orderMoney(withdrawn)).toEqual(orderMoney(halfSplit()));
    expect(withdrawRefund(withdrawn, 'R', about, later)).toBe(withdrawn);
    expect(tellFunding(withdrawn, 'R', 'FUNDED', about, later)).toBe(withdrawn);
    for (const order of [accepted, funded, tell(funded, 'SUCCEEDED')]) {
      expect(() => withdrawRefund(order, 'R', about, later)).toThrow(`is ${state(order)}.`);
    }
    expect(() => withdrawRefund(tell(pending, 'SENT'), 'R', about, later)).toThrow('the channel says SENT of it');
  });

  it('end where the channel says that nothing comes of what waits for its money', () => {
    const pending = tellFunding(accepted, 'R', 'PENDING_FUNDS', about, later);
    const over = tellResult(tell(pending, 'SENT'), 'R', 'FAILED', { at: later, facts: about, reason: '账户异常' });
    expect(over.refunds[0]).toMatchObject({ state: 'WITHDRAWN', resultReason: '账户异常' });
    expect(orderMoney(over)).toEqual(orderMoney(halfSplit()));
    expect(tell(over, 'FAILED')).toBe(over);
    // Said before it was known that it has to wait.
    const early = tellFunding(tell(accepted, 'FAILED'), 'R', 'PENDING_FUNDS', about, later);
    expect([state(early), state(tell(tell(pending, 'SUCCEEDED'), 'FAILED'))]).toEqual(['WITHDRAWN', 'PENDING_FUNDS']);
  });

  it('stand where funders of coupons have their part back, until they have given it again', () => {
    const toFunders = [{ kind: 'PLATFORM' as const, amount: 10n }];
    const couponed = { ...funded, refunds: funded.refunds.map((refund) => ({ ...refund, toFunders })) };
    const failed = tellResult(couponed, 'R', 'FAILED', { at: later, facts: about, reason: '账户异常' });
    expect(failed.refunds[0]).toMatchObject({ state: 'FUNDED', told: { result: 'FAILED' } });
    expect(orderMoney(failed)).toEqual(orderMoney(couponed));
    // What is told behind it changes nothing, nor is anything back that has not failed.
    for (const result of ['FAILED', 'SUCCEEDED', 'SENT'] as const) expect(tell(failed, result)).toBe(failed);
    expect(tellBack(couponed, 'R', about, later)).toBe(couponed);
    const back = tellBack(failed, 'R', about, later);
    expect(back.refunds[0]).toMatchObject({ state: 'FAILED', resultReason: '账户异常' });
    expect(orderMoney(back)).toEqual(orderMoney(halfSplit()));
    expect(tellBack(back, 'R', about, later)).toBe(back);
  });

  it('give back all that was taken where it failed', () => {
    const failed = tell(funded, 'FAILED');
    expect(orderMoney(failed)).toEqual(orderMoney(halfSplit()));
    expect(failed.subOrders[0]?.splits).toEqual(halfSplit().subOrders[0]?.splits);
    expect(acceptRefund(failed, ask('R-2', 10_000n), about, later).refunds.at(-1)?.amount).toBe(10_000n);
  });
});
