import { describe, expect, it } from 'vitest';
import { isSettledBefore } from '../../../../functions/settlement/journal/held-lines.ts';
import { orderSums } from '../../../../functions/settlement/journal/order-sums.ts';
import { openDispute } from '../../../../functions/settlement/orders/act-on-order.ts';
import { acceptRefund } from '../../../../functions/settlement/orders/decide-refund.ts';
import { splitByHand } from '../../../../functions/settlement/orders/manual-split.ts';
import { nextOrder } from '../../../../functions/settlement/orders/next-order.ts';
import type { Dispute, Order } from '../../../../functions/settlement/orders/order.ts';
import { orderToPlain } from '../../../../functions/settlement/orders/order-items.ts';
import { tellFunding, tellResult } from '../../../../functions/settlement/orders/refund-result.ts';
import {
  disputedBytesMax,
  grownBytesMax,
  requireRoomToGrow,
} from '../../../../functions/settlement/orders/room-to-grow.ts';
import { takePayment } from '../../../../functions/settlement/orders/take-payment.ts';
import { legKey } from '../../../../functions/settlement/orders/taken-back.ts';
import { toItem } from '../../../../shared/dynamo/items.ts';
import { itemBytes } from '../../../../shared/dynamo/write-units.ts';
import * as split from '../journal/orders.ts';
import { aMerchant, cause } from '../samples.ts';
import { anOrder, aSubOrder, aTold, facts, paidAt } from './samples.ts';

it('an order grows by what is asked for until it takes what may be asked for, and not beyond', () => {
  const ids = Array.from({ length: 50 }, (_, place) => `mer_${'x'.repeat(150)}_${place}`);
  const merchants = new Map(ids.map((id) => [id, aMerchant({ id })] as const));
  const about = { ...facts(), merchants: new Map([...facts().merchants, ...merchants]) };
  const made = anOrder({ subOrders: [aSubOrder({ amount: 1_000_000n, plan: { by: 'MANUAL' } })] });
  const paid = takePayment(made, aTold({ amount: 1_000_000n, fee: 0n }), about, paidAt);
  if (paid.outcome !== 'TAKEN') throw new Error(paid.outcome);
  const lines = ids.map((receiver, place) => {
    return { sequence: place + 1, receiver, share: { kind: 'FIXED' as const, amount: 100n } };
  });
  const byHand = (no: number) => ({
    ...{ no: `S-${no}`, subOrderNo: '1', amount: 5_000n, isByAmounts: true, failureMode: 'PARTIAL' as const },
    ...{ terms: { base: 'PAID' as const, method: 'FIXED' as const, lines }, fingerprint: `${no}` },
  });
  let order = paid.order;
  let no = 0;
  const grow = () => {
    for (; no < 50; no++) order = requireRoomToGrow(order, splitByHand(order, byHand(no), about, paidAt));
  };
  expect(grow).toThrow('name fewer receivers');
  expect(no).toBeGreaterThan(10);
  expect(itemBytes(toItem(orderToPlain(order)))).toBeLessThanOrEqual(grownBytesMax);
  // It may have grown further by what is not asked for; what is on it is answered as it was.
  const full = { ...order, meta: 'x'.repeat(grownBytesMax) } as Order;
  expect(requireRoomToGrow(full, splitByHand(full, byHand(0), about, paidAt))).toBe(full);
});

/** 50 sub-orders of 100.00 with numbers of 64 characters, each split to 50 receivers and all of it settled. */
function settledOrder() {
  const subOrders = Array.from({ length: 50 }, (_, place) =>
    split.aSubOrder({
      no: `S${place}`.padEnd(64, 'x'),
      splits: [split.aSplit(Array.from({ length: 50 }, (_, leg) => split.aLeg(leg + 1, 'mer_1', '2.00')))],
    }),
  );
  const order = split.anOrder({ subOrders, payments: [split.aPayment('5000.00')] });
  const keys = subOrders.flatMap(
    ({ no, splits }) => splits[0]?.legs.map((leg) => legKey(no, 'PLAN', leg.sequence)) ?? [],
  );
  return { order, keys };
}

const bytesOf = (order: Order) => itemBytes(toItem(orderToPlain(order)));

it('a dispute notes what was settled by split, and each of its shares is known by it', () => {
  const { order, keys } = settledOrder();
  // But the last share of the first sub-order.
  const held = legKey(`S0${'x'.repeat(62)}`, 'PLAN', 50);
  const settled = new Set(keys.filter((key) => key !== held));
  const disputed = openDispute(order, '未收到货', { sums: new Map(), settled }, paidAt);
  const [dispute] = disputed.disputes;
  expect(dispute?.settledBefore).toHaveLength(50);
  const known = { due: '2025-09-28', knownAt: paidAt };
  expect(keys.filter((key) => !isSettledBefore(dispute as Dispute, { key, ...known }))).toEqual([held]);
  // A text is 64 of the number, 9 + 41 * 2 of sequences, 49 commas between them, and 12 of '["', '","PLAN",' and ']'.
  const texts = dispute?.settledBefore?.map((text) => text.length);
  expect(texts).toEqual([213, ...Array(49).fill(216)]);
  expect(bytesOf(disputed) - bytesOf(order)).toBeLessThan(12_000);
});

it('a dispute that an order has no room for is refused with words, and one that it has room for is opened', () => {
  const { order, keys } = settledOrder();
  const resolved = { ...order, disputes: [] as Dispute[] };
  const again = (now: Order, turn: number) => {
    const by = { sums: new Map(), settled: new Set(keys) };
    const disputed = requireRoomToGrow(now, openDispute(now, `${turn}`, by, paidAt), disputedBytesMax);
    const disputes = disputed.disputes.map((one) => ({ ...one, resolvedAt: paidAt, resolvedOn: '2025-09-29' }));
    return { ...disputed, disputes };
  };
  // As far as splits and refunds may grow it, it can be disputed still.
  const grown = { ...resolved, fingerprint: 'f'.repeat(grownBytesMax - bytesOf(order)) };
  const once = again(grown, 0);
  expect(once.disputes).toHaveLength(1);
  let last = once;
  const goOn = () => {
    for (let turn = 1; turn < 20; turn++) last = again(last, turn);
  };
  expect(goOn).toThrow(`of ${disputedBytesMax}; name fewer receivers, or refund or dispute it less often.`);
  expect(bytesOf(last)).toBeLessThanOrEqual(disputedBytesMax);
});

/** 50 sub-orders of 100.00, each split on the 26th to 50 receivers of its own, who agree that refunds take it back. */
function widelySplitOrder(name = 'merchant') {
  const ids = Array.from({ length: 2_500 }, (_, place) => `mer_${name}-${String(place).padStart(6, '0')}`);
  const legsOf = (place: number) => ids.slice(place * 50, place * 50 + 50);
  const subOrders = Array.from({ length: 50 }, (_, place) =>
    split.aSubOrder({
      no: `S${place}`,
      splits: [split.aSplit(legsOf(place).map((id, leg) => split.aLeg(leg + 1, id, '2.00')))],
    }),
  );
  const own = facts();
  const merchants = ids.map((id) => [id, aMerchant({ id, clawBackSince: '2025-01-01' })] as const);
  const about = { ...own, merchants: new Map([...own.merchants, ...merchants]), sums: new Map() };
  return { order: split.anOrder({ subOrders, payments: [split.aPayment('5000.00', { channelId: 'wechat' })] }), about };
}

describe('the largest order', () => {
  const { order: paid, about } = widelySplitOrder();
  const at = (day: number) => `2025-09-${day}T04:00:00.000Z`;
  const asked = (place: number, no = `R-${place}`) => ({
    ...{ no, of: { kind: 'LINES' as const, lines: [{ subOrderId: `S${place}`, amount: 10_000n }] }, fingerprint: no },
    policy: { kind: 'PRO_RATA' as const },
  });
  const change = (order: Order, day: number, step: (order: Order) => Order) =>
    nextOrder(order, step(order), { changedAt: at(day), cause });
  /** Asked for, short at first, and carried out. */
  const refunded = (order: Order, place: number, day: number) => {
    const no = `R-${place}`;
    const steps: ((now: Order) => Order)[] = [
      (now) => requireRoomToGrow(now, acceptRefund(now, asked(place), about, at(day))),
      (now) => tellFunding(now, no, 'PENDING_FUNDS', about, at(day)),
      (now) => tellFunding(now, no, 'FUNDED', about, at(day)),
      (now) => tellResult(now, no, 'SUCCEEDED', { at: at(day), facts: about }),
    ];
    return steps.reduce((now, step) => change(now, day, step), order);
  };

  it('is refunded whole, sub-order by sub-order', () => {
    let order = paid;
    for (let place = 0; place < 50; place++) order = refunded(order, place, 27 + Math.floor(place / 17));
    expect(orderSums(order)).toMatchObject({ shares: 0n, refunds: 500_000n });
    expect(bytesOf(order)).toBeLessThanOrEqual(grownBytesMax);
  });

  it('keeps what it came to on every day on which a refund goes on', () => {
    const steps: ((now: Order) => Order)[] = [
      (now) => requireRoomToGrow(now, acceptRefund(now, asked(0), about, at(27))),
      (now) => tellFunding(now, 'R-0', 'PENDING_FUNDS', about, at(28)),
      (now) => tellFunding(now, 'R-0', 'FUNDED', about, at(29)),
      (now) => tellResult(now, 'R-0', 'FAILED', { at: at(30), facts: about }),
      (now) => ({ ...now, references: { storeId: '7' } }),
    ];
    const order = steps.reduce((now, step, turn) => {
      const next = change(now, 27 + turn, step);
      expect(bytesOf(next)).toBeLessThanOrEqual(grownBytesMax);
      return next;
    }, paid);
    // As long as it waited for funds nothing moved: at the end of the 29th 100.00 were gone, at that of the 30th all was there again.
    expect(order.past?.map(({ on, sums }) => [on, sums.shares])).toEqual([
      ['2025-09-26', 500_000n],
      ['2025-09-29', 490_000n],
      ['2025-09-30', 500_000n],
    ]);
  });
});

it('an order whose merchants have long names is refunded as long as there is room, and then refused with words', () => {
  const { order: paid, about } = widelySplitOrder('x'.repeat(70));
  const at = '2025-09-27T04:00:00.000Z';
  let order = paid;
  const refund = (place: number) => {
    const lines = [{ subOrderId: `S${place}`, amount: 10_000n }];
    const asked = { no: `R-${place}`, of: { kind: 'LINES' as const, lines }, fingerprint: `${place}` };
    const more = acceptRefund(order, { ...asked, policy: { kind: 'PRO_RATA' } }, about, at);
    order = nextOrder(order, requireRoomToGrow(order, more), { changedAt: at, cause });
  };
  const all = () => {
    for (let place = 0; place < 50; place++) refund(place);
  };
  expect(all).toThrow(`of ${grownBytesMax}; name fewer receivers`);
  expect(order.refunds.length).toBeGreaterThan(0);
  expect(bytesOf(order)).toBeLessThanOrEqual(grownBytesMax);
});
