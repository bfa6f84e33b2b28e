import { describe, expect, it } from 'vitest';
import { type AskedRefund, acceptRefund } from '../../../../functions/settlement/orders/decide-refund.ts';
import { splitByHand } from '../../../../functions/settlement/orders/manual-split.ts';
import type { Order } from '../../../../functions/settlement/orders/order.ts';
import { orderMoney } from '../../../../functions/settlement/orders/order-money.ts';
import { orderState } from '../../../../functions/settlement/orders/order-state.ts';
import type { ReadFacts } from '../../../../functions/settlement/orders/read-plan-facts.ts';
import {
  tellBack,
  tellFunding,
  tellResult,
  withdrawRefund,
} from '../../../../functions/settlement/orders/refund-result.ts';
import { takePayment } from '../../../../functions/settlement/orders/take-payment.ts';
import { aChannel, aMerchant } from '../samples.ts';
import { anOrder, aSubOrder, aTold, at, facts } from './samples.ts';

/** A channel without a fee that it gives back. */
function free(more: Partial<ReadFacts> = {}) {
  const versions = [
    { effectiveFrom: '2025-01-01', fee: { basisPoints: 0n, fixed: 0n }, feeRefundable: false, refundDays: 365 },
  ];
  return facts({ channels: new Map([['wechat', aChannel({ versions })]]), ...more });
}

/** Paid by 100.00 without a fee, of which 20.00 and 5.00 were given by hand; 75.00 are not split. */
function halfSplit(about = free()): Order {
  const paid = takePayment(
    anOrder({ subOrders: [aSubOrder({ plan: { by: 'MANUAL' } })] }),
    aTold({ fee: 0n }),
    about,
    at,
  );
  if (paid.outcome !== 'TAKEN') throw new Error(paid.outcome);
  const lines = [
    { sequence: 1, receiver: 'mer_teahouse', share: { kind: 'FIXED' as const, amount: 2_000n } },
    { sequence: 2, receiver: 'mer_van', share: { kind: 'FIXED' as const, amount: 500n } },
  ];
  const terms = { base: 'PAID' as const, method: 'FIXED' as const, lines };
  const asked = { no: 'S-1', subOrderNo: '1', terms, amount: 2_500n, isByAmounts: true, fingerprint: 's' };
  return splitByHand(paid.order, { ...asked, failureMode: 'ALL_OR_NOTHING' }, about, at);
}

function planSplit(about = facts()): Order {
  const paid = takePayment(anOrder(), aTold(), about, at);
  if (paid.outcome !== 'TAKEN') throw new Error(paid.outcome);
  return paid.order;
}

const ask = (no: string, amount: bigint, more: Partial<AskedRefund> = {}): AskedRefund => ({
  ...{ no, of: { kind: 'ORDER', amount }, policy: { kind: 'PRO_RATA' }, fingerprint: `${no} ${amount}` },
  ...more,
});
const takesOf = (order: Order) =>
  order.refunds.at(-1)?.takes.map(({ from, isFee, amount }) => [isFee ? 'fee' : (from ?? 'supervised'), amount]);
const later = '2025-09-27T02:00:00.000Z';

describe('refunds of an order', () => {
  it('take what is not split first, and the rest by what each holds: 80.00 of 75.00, 20.00 and 5.00', () => {
    const order = acceptRefund(halfSplit(), ask('R', 8_000n), free(), later);
    expect(takesOf(order)).toEqual([
      ['supervised', 7_500n],
      ['mer_teahouse', 400n],
      ['mer_van', 100n],
    ]);
    expect(order.subOrders[0]?.splits[0]?.legs.map(({ takenBack }) => takenBack)).toEqual([400n, 100n]);
    expect(acceptRefund(order, ask('R', 8_000n), free(), later)).toBe(order);
    expect(() => acceptRefund(order, ask('R', 7_000n), free(), later)).toThrow('with other content');
    expect(() => acceptRefund(order, ask('R-2', 2_001n), free(), later)).toThrow('20.00 CNY are left');
    const whole = acceptRefund(order, ask('R-2', 2_000n), free(), later);
    expect([orderState(whole, later), orderMoney(whole).subOrders[0]?.unsplit]).toEqual(['REFUNDING', 0n]);
    const succeeded = whole.refunds.reduce((now, { no }) => {
      const funded = tellFunding(now, no, 'FUNDED', free(), later);
      return tellResult(funded, no, 'SUCCEEDED', { at: later, facts: free() });
    }, whole);
    expect(orderState(succeeded, later)).toBe('CLOSED');
    expect(whole.subOrders[0]?.splits[0]?.legs.map(({ amount, takenBack }) => amount - takenBack)).toEqual([0n, 0n]);
  });

  it('fall to the merchant who sells where a receiver cannot give back', () => {
    const merchants = new Map([
      ...free().merchants,
      ['mer_teahouse', aMerchant({ id: 'mer_teahouse', kind: 'PERSON' })],
      ['mer_van', aMerchant({ id: 'mer_van', clawBackSince: '2025-09-28' })],
    ]);
    const about = free({ merchants });
    expect(takesOf(acceptRefund(halfSplit(about), ask('R', 8_000n), about, later))).toEqual([
      ['supervised', 7_500n],
      ['mer_potter', 400n],
      ['mer_potter', 100n],
    ]);
    const bears = ask('R', 8_000n, { policy: { kind: 'MERCHANT_BEARS' } });
    expect(takesOf(acceptRefund(halfSplit(), bears, free(), later))?.slice(1)).toEqual([
      ['mer_potter', 400n],
      ['mer_potter', 100n],
    ]);
    const amounts = new Map([['1', new Map([[JSON.stringify(['S-1', 2]), 500n]])]]);
    const explicit = ask('R', 8_000n, { policy: { kind: 'EXPLICIT', amounts } });
    expect(takesOf(acceptRefund(halfSplit(), explicit, free(), later))?.slice(1)).toEqual([['mer_van', 500n]]);
  });

  it('bring the fee back in proportion where the channel gives it, and else the merchant pays what it keeps', () => {
    const back = acceptRefund(planSplit(), ask('R', 5_000n), facts(), later);
    expect([back.refunds[0]?.feeBack, takesOf(back)]).toEqual([
      30n,
      [
        // 49.70 over 5.00 and 94.40.
        ['mer_teahouse', 250n],
        ['mer_potter', 4_720n],
      ],
    ]);
    const kept = acceptRefund(planSplit(free()), ask('R', 5_000n), free(), later);
    expect([kept.refunds[0]?.feeBack, takesOf(kept)?.at(-1)]).toEqual([0n, ['fee', 30n]]);
  });

  it('bring back the fee of the channel that they go back on, and no other’s', () => {
    const wechat = aChannel();
    const versions = wechat.versions.map((version) => ({ ...version, feeRefundable: false }));
    const channels = new Map([
      ['wechat', wechat],
      ['bank', aChannel({ id: 'bank', versions })],
    ]);
    const about = facts({ channels });
    const parts = [
      aTold({ channelId: 'bank', transactionId: 'A', amount: 5_000n, fee: 500n }),
      aTold({ transactionId: 'B', amount: 5_000n, fee: 30n }),
    ];
    const paid = parts.reduce((order, told) => {
      const result = takePayment(order, told, about, at);
      if (result.outcome !== 'TAKEN') throw new Error(result.outcome);
      return result.order;
    }, anOrder());
    const payment = { channelId: 'wechat', transactionId: 'B' };
    const first = acceptRefund(paid, ask('R', 5_000n, { payment }), about, later);
    // 49.70 over 5.00 and 89.70: 2.62 and 47.08.
    expect([first.refunds[0]?.feeBack, takesOf(first)]).toEqual([
      30n,
      [
        ['mer_teahouse', 262n],
        ['mer_potter', 4_708n],
      ],
    ]);
    const second = acceptRefund(first, ask('R-2', 5_000n), about, later);
    expect([second.refunds[1]?.channelId, second.refunds[1]?.feeBack, takesOf(second)]).toEqual([
      ...['bank', 0n],
      [
        ['mer_teahouse', 238n],
        ['mer_potter', 4_262n],
        ['fee', 500n],
      ],
    ]);
  });

  it('give each funder of a coupon its part', () => {
    const coupons = [
      { id: 'C', amount: 1_000n, funders: [{ kind: 'PLATFORM' as const, basisPoints: 10_000n }], landedAt: at },
    ];
    const paid = takePayment(
      anOrder({ subOrders: [aSubOrder({ coupons })] }),
      aTold({ amount: 9_000n, fee: 0n }),
      free(),
      at,
    );
    if (paid.outcome !== 'TAKEN') throw new Error(paid.outcome);
    const order = acceptRefund(paid.order, ask('R', 5_000n), free(), later);
    expect(order.refunds[0]).toMatchObject({ amount: 5_000n, toFunders: [{ kind: 'PLATFORM', amount: 500n }] });
  });

  it('go back on one payment, and say what each has left where none has enough', () => {
    const parts = [
      aTold({ transactionId: 'A', amount: 6_000n }),
      aTold({ transactionId: 'B', amount: 4_000n, fee: 0n }),
    ];
    const paid = parts.reduce((order, told) => {
      const result = takePayment(order, told, facts(), at);
      if (result.outcome !== 'TAKEN') throw new Error(result.outcome);
      return result.order;
    }, anOrder());
    expect(() => acceptRefund(paid, ask('R', 6_001n), facts(), later)).toThrow('60.01 CNY go back to the consumer');
    const first = acceptRefund(paid, ask('R', 6_000n), facts(), later);
    const second = acceptRefund(first, ask('R-2', 4_000n), facts(), later);
    expect(second.refunds.map(({ transactionId }) => transactionId)).toEqual(['A', 'B']);
    const named = ask('R', 1n, { payment: { channelId: 'wechat', transactionId: 'B' } });
    expect(acceptRefund(paid, named, facts(), later).refunds[0]?.transactionId).toBe('B');
    const none = ask('R', 1n, { payment: { channelId: 'wechat', transactionId: 'C' } });
    expect(() => acceptRefund(paid, none, facts(), later)).toThrow('Nothing was paid by C');
  });

  it('are in time until the last day of the channel, that day included', () => {
    const order = planSplit(free());
    expect(acceptRefund(order, ask('R', 1n), free(), '2026-09-26T15:59:59.999Z').refunds.length).toBe(1);
    expect(() => acceptRefund(order, ask('R', 1n), free(), '2026-09-26T16:00:00.000Z')).toThrow('until 2026-09-26');
  });
});

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
