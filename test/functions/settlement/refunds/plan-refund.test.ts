import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Subsidy } from '../../../../functions/settlement/coupons/coupon.ts';
import type { PaymentFee } from '../../../../functions/settlement/refunds/fee-back.ts';
import type { Holdings } from '../../../../functions/settlement/refunds/holdings.ts';
import {
  divideRefund,
  type OrderRefundPolicy,
  type PlannedLine,
  planRefund,
  type RefundableSubOrder,
} from '../../../../functions/settlement/refunds/plan-refund.ts';
import type { RefundAsked } from '../../../../functions/settlement/refunds/refund-lines.ts';
import { smaller } from '../../../../shared/money/compare.ts';
import { sum } from '../../../../shared/money/sum.ts';
import { afterRefund, fen, heldIn, holdings, leg } from './samples.ts';

const proRata: OrderRefundPolicy = { kind: 'PRO_RATA' };
const whole = (amount: string): RefundAsked => ({ kind: 'ORDER', amount: fen(amount) });
const lines = (amounts: Record<string, string>): RefundAsked => ({
  kind: 'LINES',
  lines: Object.entries(amounts).map(([subOrderId, amount]) => ({ subOrderId, amount: fen(amount) })),
});

/** A sub-order that nothing was refunded of; the consumer paid what the subsidies do not cover. */
function subOrder(id: string, fee: string, held: Holdings, subsidies: Subsidy[] = []): RefundableSubOrder {
  const settled = heldIn(held) + fen(fee);
  const cash = settled - sum(subsidies.map(({ amount }) => amount));
  return {
    id,
    holdings: held,
    fee: { left: fen(fee) },
    funding: { cash, subsidies },
  };
}

/** One payment for all that the consumer has not got back. */
function paymentOf(subOrders: readonly RefundableSubOrder[], isRefundable = true): PaymentFee {
  const paid = sum(subOrders.map(({ funding }) => funding.cash));
  const fee = smaller(paid, sum(subOrders.map((one) => one.fee.left)));
  return { paid, fee, backBefore: 0n, feeBefore: 0n, isRefundable };
}

function planned(
  subOrders: readonly RefundableSubOrder[],
  asked: RefundAsked,
  policy = proRata,
  payment = paymentOf(subOrders),
) {
  const plan = planRefund(subOrders, asked, policy, payment);
  if ('code' in plan) throw new Error(plan.code);
  return plan;
}

function refunded(subOrders: readonly RefundableSubOrder[], plan: readonly PlannedLine[]): RefundableSubOrder[] {
  const byId = new Map(plan.map((line) => [line.subOrderId, line]));
  return subOrders.map((one) => {
    const line = byId.get(one.id);
    return line ? afterRefund(one, line) : one;
  });
}

describe('a refund of an order', () => {
  test('takes the fee part from the channel, and the rest from what is held after the fee', () => {
    // 100.00 less 0.60: half of all is half of the fee, and half of each leg.
    const order = [subOrder('1', '0.60', holdings('0.00', leg('A', '20.00'), leg('SELLER', '79.40')))];
    expect(planned(order, whole('50.00'))).toEqual([
      {
        subOrderId: '1',
        amount: fen('50.00'),
        fee: { amount: 30n, fromChannel: 30n },
        taking: {
          unsplit: 0n,
          legs: [
            { legId: 'A', receiver: 'A', amount: fen('10.00'), paidBy: 'RECEIVER' },
            { legId: 'SELLER', amount: fen('39.70'), paidBy: 'SELLER' },
          ],
        },
        givenBack: { cash: fen('50.00'), subsidies: [] },
      },
    ]);
  });

  test('before the split takes all of it from what is supervised and the channel', () => {
    const order = [subOrder('1', '0.60', holdings('99.40'))];
    const [line] = planned(order, whole('100.00'));
    expect(line?.fee.amount).toBe(60n);
    expect(line?.taking).toEqual({ unsplit: fen('99.40'), legs: [] });
  });

  test('gives the part of coupons back to who funded them', () => {
    const platform = { kind: 'PLATFORM' } as const;
    const order = [subOrder('1', '0.00', holdings('100.00'), [{ funder: platform, amount: fen('10.00') }])];
    expect(planned(order, whole('50.00'))[0]?.givenBack).toEqual({
      cash: fen('45.00'),
      subsidies: [{ funder: platform, amount: fen('5.00') }],
    });
  });

  test('of one sub-order leaves the others as they are', () => {
    const order = [
      subOrder('1', '0.00', holdings('60.00')),
      subOrder('2', '0.00', holdings('0.00', leg('A', '40.00'))),
    ];
    const after = refunded(order, planned(order, lines({ 2: '15.00' })));
    expect(after[0]).toBe(order[0]);
    expect(after[1]?.holdings).toEqual(holdings('0.00', leg('A', '25.00')));
  });

  test('as a whole takes unsplit money first, with its part of the fee, in whichever sub-order it is', () => {
    const order = [
      subOrder('split', '0.30', holdings('0.00', leg('A', '49.70'))),
      subOrder('not', '0.30', holdings('49.70')),
    ];
    const plan = planned(order, whole('50.00'));
    expect(plan.map(({ subOrderId, amount, fee }) => [subOrderId, amount, fee.amount])).toEqual([['not', 5000n, 30n]]);
  });

  test('of explicit amounts names them by sub-order and leg', () => {
    const order = [
      subOrder('1', '0.00', holdings('0.00', leg('A', '30.00'), leg('B', '30.00'))),
      subOrder('2', '0.00', holdings('0.00', leg('A', '40.00'))),
    ];
    const amounts = new Map([['1', new Map([['B', fen('15.00')]])]]);
    const policy: OrderRefundPolicy = { kind: 'EXPLICIT', amounts };
    const [line] = planned(order, lines({ 1: '15.00' }), policy);
    expect(line?.taking.legs.map(({ legId }) => legId)).toEqual(['B']);
    const payment = paymentOf(order);
    expect(planRefund(order, lines({ 2: '15.00' }), policy, payment)).toEqual({
      code: 'EXPLICIT_WITHOUT_LINE',
      subOrderId: '1',
    });
    expect(planRefund(order, lines({ 1: '15.00', 2: '1.00' }), policy, payment)).toEqual({
      code: 'EXPLICIT_NOT_THE_REST',
      rest: fen('1.00'),
      asked: 0n,
      subOrderId: '2',
    });
  });

  test('is refused above what a sub-order has left, refunds before counted', () => {
    const order = [subOrder('1', '0.60', holdings('99.40'))];
    const after = refunded(order, planned(order, whole('99.99')));
    expect(divideRefund(after, whole('0.02'))).toEqual({ code: 'REFUND_ABOVE_LEFT', left: 1n, asked: 2n });
    expect(planned(after, whole('0.01'))[0]?.amount).toBe(1n);
  });

  test('is not planned of books that do not add up', () => {
    const [one] = [subOrder('1', '0.60', holdings('99.40'))];
    const wrong = { ...one, holdings: holdings('99.39') };
    expect(() => divideRefund([wrong], whole('1.00'))).toThrow(RangeError);
  });
});

describe('any sequence of refunds of an order', () => {
  const amount = fc.bigInt(0n, 10_000n);
  const funder = (index: number) =>
    index === 0 ? ({ kind: 'PLATFORM' } as const) : ({ kind: 'BRAND', party: `P${index}` } as const);
  const subOrders = fc
    .array(
      fc.record({
        unsplit: amount,
        legs: fc.array(amount, { maxLength: 4 }),
        fee: fc.bigInt(0n, 300n),
        shares: fc.array(fc.bigInt(0n, 300_000n), { maxLength: 3 }),
      }),
      { minLength: 1, maxLength: 4 },
    )
    .map((drawn) =>
      drawn.map(({ unsplit, legs, fee, shares }, index): RefundableSubOrder => {
        const held: Holdings = {
          unsplit,
          legs: legs.map((one, at) => ({ id: `${at}`, held: one, ...(at > 0 && { receiver: `M${at}` }) })),
        };
        const settled = heldIn(held) + fee;
        const subsidies = shares.map((share, at) => ({ funder: funder(at), amount: (settled * share) / 1_000_000n }));
        const cash = settled - sum(subsidies.map((one) => one.amount));
        return { id: `${index}`, holdings: held, fee: { left: fee }, funding: { cash, subsidies } };
      }),
    );
  const steps = fc.array(
    fc.record({
      of: fc.option(fc.nat(3), { nil: undefined }),
      millionths: fc.bigInt(1n, 1_000_000n),
      policy: fc.constantFrom<OrderRefundPolicy>(proRata, { kind: 'MERCHANT_BEARS' }),
    }),
    { maxLength: 10 },
  );

  const leftOf = ({ fee, holdings: of }: RefundableSubOrder) => heldIn(of) + fee.left;
  const everything = ({ holdings: { unsplit, legs }, fee, funding }: RefundableSubOrder) => [
    unsplit,
    fee.left,
    ...legs.map(({ held }) => held),
    funding.cash,
    ...funding.subsidies.map((one) => one.amount),
  ];

  test('takes what it gives, leaves nothing negative, and refunding all that is left ends at zero everywhere', () => {
    fc.assert(
      fc.property(subOrders, steps, fc.boolean(), (drawn, parts, isRefundable) => {
        let left = drawn;
        let payment = paymentOf(drawn, isRefundable);
        let fromChannel = 0n;
        for (const { of, millionths, policy } of [
          ...parts,
          { of: undefined, millionths: 1_000_000n, policy: proRata },
        ]) {
          const named = of === undefined ? undefined : left[of % left.length];
          const most = named ? leftOf(named) : sum(left.map(leftOf));
          const asked = (most * millionths) / 1_000_000n;
          if (asked === 0n) continue;
          const plan = planned(
            left,
            named
              ? { kind: 'LINES', lines: [{ subOrderId: named.id, amount: asked }] }
              : { kind: 'ORDER', amount: asked },
            policy,
            payment,
          );
          const [back, fees] = [sum(plan.map((line) => line.givenBack.cash)), plan.map(({ fee }) => fee)];
          const given = sum(fees.map((fee) => fee.fromChannel));
          const feeBefore = payment.feeBefore + (isRefundable ? given : sum(fees.map((fee) => fee.amount)));
          payment = { ...payment, backBefore: payment.backBefore + back, feeBefore };
          fromChannel += given;
          expect(sum(plan.map((line) => line.amount))).toBe(asked);
          for (const line of plan) {
            const takings = line.taking.unsplit + sum(line.taking.legs.map((one) => one.amount));
            expect(line.fee.amount + takings).toBe(line.amount);
            expect(line.givenBack.cash + sum(line.givenBack.subsidies.map((one) => one.amount))).toBe(line.amount);
          }
          left = refunded(left, plan);
          expect(left.flatMap(everything).every((one) => one >= 0n)).toBe(true);
        }
        expect(left.flatMap(everything).every((one) => one === 0n)).toBe(true);
        expect(fromChannel).toBe(isRefundable ? payment.fee : 0n);
      }),
    );
  });
});
