import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addsUp, orderSums } from '../../../../functions/settlement/journal/order-sums.ts';
import {
  cancelSubsidies,
  confirmReceipt,
  landSubsidies,
  unfreezeRest,
} from '../../../../functions/settlement/orders/act-on-order.ts';
import { endWaiting } from '../../../../functions/settlement/orders/carry-out-plan.ts';
import { acceptRefund } from '../../../../functions/settlement/orders/decide-refund.ts';
import { splitByHand } from '../../../../functions/settlement/orders/manual-split.ts';
import {
  type Order,
  type OrderCoupon,
  refundResults,
  type SplitPlan,
} from '../../../../functions/settlement/orders/order.ts';
import { orderFromPlain, orderToPlain } from '../../../../functions/settlement/orders/order-items.ts';
import { orderMoney } from '../../../../functions/settlement/orders/order-money.ts';
import { tellFunding, tellResult, withdrawRefund } from '../../../../functions/settlement/orders/refund-result.ts';
import { takePayment } from '../../../../functions/settlement/orders/take-payment.ts';
import { isStanding } from '../../../../functions/settlement/orders/taken-back.ts';
import { fromItem, toItem } from '../../../../shared/dynamo/items.ts';
import { Problem } from '../../../../shared/problems/problem.ts';
import { aVersion } from '../samples.ts';
import { anOrder, aSubOrder, aTold, facts } from './samples.ts';

const at = '2025-09-27T02:00:00.000Z';
const onConfirmation = { clearing: { ...aVersion().clearing, from: 'CONFIRMATION' as const } };
const abouts = [
  facts(),
  facts({}, onConfirmation),
  facts({}, { lifetimeCapBasisPoints: 300n, failureMode: 'PARTIAL' }),
];

const plan = fc.constantFrom<SplitPlan>(
  { by: 'RULE', ruleId: 'rule_1' },
  { by: 'MANUAL', lifetimeCapBasisPoints: 3_000n },
  { by: 'MERCHANT' },
);
const funders = fc.constantFrom<OrderCoupon['funders']>(
  [{ kind: 'PLATFORM', basisPoints: 10_000n }],
  [{ kind: 'MERCHANT', basisPoints: 10_000n }],
  [
    { kind: 'BRAND', merchantId: 'mer_van', basisPoints: 3_333n },
    { kind: 'PLATFORM', basisPoints: 3_333n },
    { kind: 'MERCHANT', basisPoints: 3_334n },
  ],
);
const subOrders = fc
  .array(fc.record({ plan, amount: fc.bigInt(100n, 20_000n), off: fc.bigInt(0n, 90n), funders }), {
    minLength: 1,
    maxLength: 3,
  })
  .map((all) =>
    all.map(({ off, funders: by, amount, plan: own }, place) => {
      const coupons = off === 0n ? [] : [{ id: `C${place}`, amount: off, funders: by }];
      return aSubOrder({ no: `${place}`, amount, plan: own, coupons });
    }),
  );

const part = fc.bigInt(1n, 12_000n);
const action = fc.oneof(
  fc.record({ kind: fc.constant('PAY' as const), amount: part, fee: fc.bigInt(0n, 80n), id: fc.nat(30) }),
  fc.record({ kind: fc.constant('PAY_REST' as const), fee: fc.bigInt(0n, 80n), id: fc.nat(30) }),
  fc.record({ kind: fc.constantFrom('LAND' as const, 'CONFIRM' as const, 'UNFREEZE' as const, 'END' as const) }),
  fc.record({ kind: fc.constant('CANCEL' as const) }),
  fc.record({ kind: fc.constant('SPLIT' as const), amount: part, id: fc.nat(9) }),
  fc.record({
    ...{ kind: fc.constant('REFUND' as const), of: fc.constantFrom('ORDER' as const, 'BEYOND' as const), amount: part },
    ...{ policy: fc.constantFrom('PRO_RATA' as const, 'MERCHANT_BEARS' as const), id: fc.nat(9) },
  }),
  fc.record({ kind: fc.constantFrom('FUND' as const, 'SHORT' as const, 'WITHDRAW' as const), id: fc.nat(9) }),
  fc.record({ kind: fc.constant('RESULT' as const), id: fc.nat(9), result: fc.constantFrom(...refundResults) }),
);
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

/** The order after an action; the same where it is refused. */
function afterAction(order: Order, one: Action, about: (typeof abouts)[number]): Order {
  try {
    return act(order, one, about);
  } catch (error) {
    if (error instanceof Problem) return order;
    throw error;
  }
}

function act(order: Order, one: Action, about: (typeof abouts)[number]): Order {
  switch (one.kind) {
    case 'PAY':
    case 'PAY_REST': {
      const amount = one.kind === 'PAY' ? one.amount : orderMoney(order).toPay;
      if (amount === 0n) return order;
      const fee = one.fee < amount ? one.fee : amount;
      const told = aTold({ transactionId: `T${one.id}`, amount, fee });
      const result = takePayment(order, told, about, at);
      return result.outcome === 'TAKEN' ? result.order : order;
    }
    case 'LAND': {
      const landed = landSubsidies(order, about, at);
      return landed === 'ENDED' ? order : landed;
    }
    case 'CONFIRM':
      return confirmReceipt(order, undefined, about, at);
    case 'CANCEL':
      return cancelSubsidies(order, about, at);
    case 'UNFREEZE':
      return unfreezeRest(order, undefined, about, at);
    case 'END':
      return order.subOrders.reduce((now, { no }) => endWaiting(now, no, about, at), order);
    case 'SPLIT': {
      const lines = [{ sequence: 1, receiver: 'mer_van', share: { kind: 'FIXED' as const, amount: one.amount } }];
      const terms = { base: 'PAID' as const, method: 'FIXED' as const, lines };
      const asked = {
        no: `S${one.id}`,
        subOrderNo: '0',
        terms,
        amount: one.amount,
        isByAmounts: true,
        fingerprint: 's',
      };
      return splitByHand(order, { ...asked, failureMode: 'ALL_OR_NOTHING' }, about, at);
    }
    case 'REFUND': {
      const asked = { no: `R${one.id}`, of: { kind: one.of, amount: one.amount }, policy: { kind: one.policy } };
      return acceptRefund(order, { ...asked, fingerprint: `${one.amount}` }, about, at);
    }
    case 'FUND':
      return tellFunding(order, `R${one.id}`, 'FUNDED', about, at);
    case 'SHORT':
      return tellFunding(order, `R${one.id}`, 'PENDING_FUNDS', about, at);
    case 'WITHDRAW':
      return withdrawRefund(order, `R${one.id}`, about, at);
    case 'RESULT':
      return tellResult(order, `R${one.id}`, one.result, { at, facts: about });
  }
}

const history = fc.record({
  subOrders,
  about: fc.constantFrom(...abouts),
  actions: fc.array(action, { maxLength: 25 }),
});

describe('whatever happens to an order', () => {
  it('its money adds up, nothing goes below zero, and shares stay as they were promised', () => {
    fc.assert(
      fc.property(history, ({ subOrders: own, about, actions }) => {
        let order = anOrder({ subOrders: own });
        for (const one of actions) {
          const next = afterAction(order, one, about);
          expectSound(next);
          expectKept(order, next);
          order = next;
        }
      }),
    );
  });

  it('giving back all that is left ends at zero everywhere', () => {
    let ended = 0;
    fc.assert(
      fc.property(history, ({ subOrders: own, about, actions }) => {
        const order = actions.reduce((now, one) => afterAction(now, one, about), anOrder({ subOrders: own }));
        const { isSettled, deposit, subOrders: money } = orderMoney(order);
        const open = ['UNCERTAIN', 'DELAYED'];
        const uncertain = order.refunds.some(
          ({ state, told }) => open.includes(state) || open.includes(told?.result ?? ''),
        );
        if (order.payments.length !== 1 || uncertain || order.refunds.length >= 8) return;
        const left = isSettled
          ? money.reduce((total, one) => total + one.settled - one.refunded, 0n)
          : deposit.amount - deposit.refunded;
        if (left === 0n) return;
        const asked = {
          no: 'LAST',
          of: { kind: 'ORDER' as const, amount: left },
          policy: { kind: 'PRO_RATA' as const },
        };
        const back = acceptRefund(order, { ...asked, fingerprint: 'last' }, about, at);
        const now = orderMoney(back);
        ended += 1;
        for (const one of now.subOrders) expect([one.unsplit, one.refunded]).toEqual([0n, one.settled]);
        for (const leg of legsOf(back)) expect(leg.amount).toBe(leg.takenBack);
        expect(orderSums(back, back.refunds.filter(isStanding))).toMatchObject({ shares: 0n - feesPaid(back) });
      }),
    );
    expect(ended).toBeGreaterThan(5);
  });

  it('once it was paid and its last day is over, nothing of it is supervised for nobody', () => {
    let paid = 0;
    fc.assert(
      fc.property(history, ({ subOrders: own, about, actions }) => {
        const all: Action[] = [...actions, { kind: 'END' }];
        const order = all.reduce((now, one) => afterAction(now, one, about), anOrder({ subOrders: own }));
        const { isPaid, deposit, beyond, subOrders: money } = orderMoney(order);
        if (!isPaid) return;
        paid += 1;
        expect(deposit.amount - deposit.refunded).toBeLessThanOrEqual(beyond.amount - beyond.refunded);
        for (const { unsplit } of money) expect(unsplit).toBe(0n);
      }),
    );
    expect(paid).toBeGreaterThan(5);
  });

  it('payments that together pay it come to one order, in whatever order and however often they are told', () => {
    const cuts = fc.array(fc.bigInt(1n, 3_000n), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(
        cuts,
        fc.array(fc.nat(20), { maxLength: 12 }),
        fc.infiniteStream(fc.nat(1_000)),
        (amounts, again, dice) => {
          const parts = [...amounts, 20_000n - amounts.reduce((total, one) => total + one, 0n)];
          const told = parts.map((amount, place) =>
            aTold({ transactionId: `T${place}`, amount, fee: 1n, paidAt: `2025-09-26T02:0${place}:00.000Z` }),
          );
          const inTurn = tellAll(told);
          const turned = told
            .map((one) => ({ one, rank: dice.next().value as number }))
            .sort((one, other) => one.rank - other.rank)
            .map(({ one }) => one);
          const repeated = [...turned, ...again.flatMap((place) => turned[place % turned.length] ?? [])];
          const both = turned.flatMap((one, place) => [one, ...repeated.slice(0, place)]);
          expect(tellAll(turned)).toEqual(inTurn);
          expect(tellAll(both)).toEqual(inTurn);
        },
      ),
    );
  });
});

function tellAll(told: readonly ReturnType<typeof aTold>[]): Order {
  const order = anOrder({ subOrders: [aSubOrder({ amount: 20_000n })] });
  return told.reduce((now, one) => {
    const result = takePayment(now, one, facts(), at);
    return result.outcome === 'TAKEN' ? result.order : now;
  }, order);
}

function legsOf({ subOrders: all }: Order) {
  return all.flatMap(({ splits }) => splits.flatMap(({ legs }) => legs));
}

/** What merchants pay of fees that channels keep: they have given more than their shares. */
function feesPaid({ refunds }: Order): bigint {
  const takes = refunds.filter(isStanding).flatMap((refund) => refund.takes);
  return takes.filter(({ isFee }) => isFee).reduce((total, { amount }) => total + amount, 0n);
}

function expectSound(order: Order): void {
  const { deposit, subOrders: money } = orderMoney(order);
  const sums = orderSums(order, order.refunds.filter(isStanding));
  expect(addsUp(sums)).toBe(true);
  const unlanded = money.some(({ settled }) => settled > 0n) ? 0n : landedOf(order);
  expect(sums.supervised).toBe(deposit.held + unlanded + money.reduce((total, { unsplit }) => total + unsplit, 0n));
  expect(deposit.held).toBeGreaterThanOrEqual(0n);
  for (const { unsplit } of money) expect(unsplit).toBeGreaterThanOrEqual(0n);
  for (const { amount, takenBack } of legsOf(order)) {
    expect(amount).toBeGreaterThan(0n);
    expect(takenBack).toBeGreaterThanOrEqual(0n);
    expect(takenBack).toBeLessThanOrEqual(amount);
  }
  expect(orderFromPlain(fromItem(toItem(orderToPlain(order))))).toEqual(order);
}

/** Subsidies that landed are supervised whether or not the order is settled by then. */
function landedOf(order: Order): bigint {
  return orderSums(order).received - order.payments.reduce((total, { amount }) => total + amount, 0n);
}

/** Shares, once promised, keep their amounts and their days. */
function expectKept(before: Order, next: Order): void {
  for (const [place, subOrder] of before.subOrders.entries()) {
    const splits = next.subOrders[place]?.splits ?? [];
    for (const [index, split] of subOrder.splits.entries()) {
      expect(splits[index]?.legs.map(promise)).toEqual(split.legs.map(promise));
    }
  }
}

function promise({ sequence, receiver, amount, fee, dueOn }: ReturnType<typeof legsOf>[number]) {
  return { sequence, receiver, amount, fee, dueOn };
}
