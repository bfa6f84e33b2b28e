import { describe, expect, it } from 'vitest';
import { linesBetween, linesOf } from '../../../../functions/settlement/journal/lines-between.ts';
import { addsUp, orderSums } from '../../../../functions/settlement/journal/order-sums.ts';
import { confirmReceipt, openDispute, resolveDispute } from '../../../../functions/settlement/orders/act-on-order.ts';
import { givenToOthers } from '../../../../functions/settlement/orders/carry-out-plan.ts';
import { type AskedRefund, acceptRefund } from '../../../../functions/settlement/orders/decide-refund.ts';
import type { Order, SubOrder, ToldPayment } from '../../../../functions/settlement/orders/order.ts';
import { orderFromPlain, orderToPlain } from '../../../../functions/settlement/orders/order-items.ts';
import { presentOrder } from '../../../../functions/settlement/orders/present-order.ts';
import { presentRefund } from '../../../../functions/settlement/orders/present-refund.ts';
import type { ReadFacts } from '../../../../functions/settlement/orders/read-plan-facts.ts';
import { tellFunding, tellResult } from '../../../../functions/settlement/orders/refund-result.ts';
import { takePayment } from '../../../../functions/settlement/orders/take-payment.ts';
import { sumChanges, sumDayOf } from '../../../../functions/settlement/orders/takes-of-sum.ts';
import type { HeldShare } from '../../../../functions/settlement/sums/sum.ts';
import { toItem } from '../../../../shared/dynamo/items.ts';
import { itemBytes } from '../../../../shared/dynamo/write-units.ts';
import { sum } from '../../../../shared/money/sum.ts';
import { aChannel, aVersion } from '../samples.ts';
import { anOrder, aSubOrder, aTold, paidAt, facts as theFacts } from './samples.ts';

const about = (more: Partial<ReadFacts> = {}) => theFacts(more, { aggregate: 'BEFORE_SPLIT' });
const later = '2025-09-27T02:00:00.000Z';
const afterRun = '2025-09-28T02:00:00.000Z';

function paid(subOrders: readonly SubOrder[] = [aSubOrder()], told: ToldPayment = aTold(), facts = about()): Order {
  const result = takePayment(anOrder({ subOrders }), told, facts, told.paidAt);
  if (result.outcome !== 'TAKEN') throw new Error(result.outcome);
  return result.order;
}
const ask = (amount: bigint, more: Partial<AskedRefund> = {}): AskedRefund => {
  const of = { kind: 'ORDER' as const, amount };
  return { no: `R-${amount}`, of, policy: { kind: 'PRO_RATA' }, fingerprint: `${amount}`, ...more };
};
const funded = (order: Order, asked: AskedRefund, facts: ReadFacts, at: string) =>
  tellFunding(acceptRefund(order, asked, facts, at), asked.no, 'FUNDED', facts, at);
const sumLines = (order: Order) =>
  linesOf(order).flatMap(({ owner, date, line }) => (line.kind === 'SUMMED' ? [{ owner: owner.id, date, line }] : []));

/** What the sums of the day gave: 5 % to the teahouse, what else there is to the potter. */
function afterSplit(order: Order, potter: bigint, teahouse: bigint, nos: readonly string[] = ['1']): ReadFacts {
  const held: HeldShare[] = [
    { sequence: 1, receiver: 'mer_teahouse', held: teahouse },
    { sequence: 2, receiver: 'mer_potter', held: potter },
  ];
  const sums = nos.map((no) => {
    const day = sumDayOf(order, no, '2025-09-28');
    if (!day) throw new Error('It is in no sum.');
    return [no, { day, state: { held, lacking: 0n, splitAt: '2025-09-27T18:00:00.000Z' } }] as const;
  });
  return about({ sums: new Map(sums) });
}

describe('an order whose rule adds up before the split', () => {
  it('is given to nobody when it is paid, and is a line of the sum of its day', () => {
    const order = paid();
    expect(order.subOrders[0]?.plan).toEqual({ by: 'RULE', ruleId: 'rule_1', version: 1 });
    expect(linesOf(order).filter(({ line }) => line.kind === 'SHARE')).toEqual([]);
    expect(sumLines(order)).toEqual([
      {
        owner: 'rule_1:1:mer_potter',
        date: '2025-09-28',
        line: {
          ...{ kind: 'SUMMED', orderNo: 'SO-1', subOrderNo: '1' },
          ...{ amount: 9_940n, fee: 60n, order: 10_000n, cash: 10_000n },
        },
      },
    ]);
    expect(orderSums(order)).toMatchObject({ shares: 0n, supervised: 0n, summed: 9_940n, fees: 60n });
    expect(presentOrder(order, new Map(), paidAt)).toMatchObject({
      state: 'SPLIT',
      money: { summed: { amount: '99.40', currency: 'CNY' } },
      subOrders: [{ splits: [{ legs: [{ kind: 'SUM', dueOn: '2025-09-28' }] }] }],
    });
  });

  it('stays within a kilobyte, and comes back from its item as it was', () => {
    const order = paid();
    const item = toItem(orderToPlain(order));
    expect(itemBytes(item)).toBeLessThan(1_024);
    expect(orderFromPlain(orderToPlain(order))).toEqual(order);
  });

  it('waits for the confirmation of the goods where it counts from that', () => {
    const onConfirmation = { clearing: { ...aVersion().clearing, from: 'CONFIRMATION' as const } };
    const facts = theFacts({}, { aggregate: 'BEFORE_SPLIT', ...onConfirmation });
    const waiting = paid([aSubOrder()], aTold(), facts);
    expect(sumLines(waiting)).toEqual([]);
    expect(sumLines(confirmReceipt(waiting, undefined, facts, later))).toMatchObject([{ date: '2025-09-28' }]);
  });

  it('brings less into the sum when a refund comes before the run, out of what is supervised', () => {
    const order = paid();
    const half = funded(order, ask(5_000n), about(), later);
    // Half of it and half of its fee, which WeChat Pay gives back.
    expect(half.refunds[0]).toMatchObject({
      feeBack: 30n,
      takes: [{ subOrderNo: '1', leg: { split: 'PLAN', sequence: 1 }, amount: 4_970n }],
    });
    expect(half.refunds[0]?.takes[0]?.from).toBeUndefined();
    expect(sumLines(half)).toMatchObject([{ line: { amount: 4_970n, fee: 30n, order: 5_000n, cash: 5_000n } }]);
    const written = linesBetween(order, half).flatMap(({ line }) => (line.kind === 'SUMMED' ? [line.amount] : []));
    expect(written).toEqual([-9_940n, 4_970n]);
    const whole = funded(half, ask(5_000n, { no: 'R-2' }), about(), later);
    expect(sumLines(whole)).toEqual([]);
    for (const one of [half, whole]) expect(addsUp(orderSums(one))).toBe(true);
    expect(() => acceptRefund(whole, ask(1n), about(), later)).toThrow('0.00');
    const failed = tellResult(half, 'R-5000', 'FAILED', { at: later, facts: about() });
    expect(sumLines(failed)).toMatchObject([{ line: { amount: 9_940n } }]);
  });

  it('brings what was ordered and what the consumer paid of it, also where coupons gave some of it', () => {
    // 100.00, of which the market gives 10.00 and the potter 5.00: 85.00 are paid, 95.00 are split.
    const funders = [{ kind: 'PLATFORM' as const, basisPoints: 10_000n }];
    const own = [{ kind: 'MERCHANT' as const, basisPoints: 10_000n }];
    const coupons = [
      { id: 'C-1', amount: 1_000n, funders, landedAt: paidAt },
      { id: 'C-2', amount: 500n, funders: own },
    ];
    const order = paid([aSubOrder({ coupons })], aTold({ amount: 8_500n, fee: 95n }));
    const brings = { amount: 9_405n, fee: 95n, order: 10_000n, cash: 8_500n, coupon: 1_000n };
    expect(sumLines(order)).toMatchObject([{ line: brings }]);
    expect(orderFromPlain(orderToPlain(order))).toEqual(order);
    // 19.00 of 95.00: a fifth of everything, 17.00 of it the consumer's.
    const fifth = funded(order, ask(1_900n), about(), later);
    expect(fifth.refunds[0]).toMatchObject({ amount: 1_900n, toFunders: [{ kind: 'PLATFORM', amount: 200n }] });
    expect(sumLines(fifth)).toMatchObject([{ line: { amount: 7_524n, fee: 76n, order: 8_000n, cash: 6_800n } }]);
    const back = linesBetween(order, fifth).flatMap(({ line }) =>
      line.kind === 'SUMMED' ? [line.order, line.cash] : [],
    );
    expect(back).toEqual([-10_000n, -8_500n, 8_000n, 6_800n]);
  });

  it('brings what the split cap of its channel lets others have of it, once over all of its sub-orders', () => {
    const free = aChannel();
    const capped = { ...free, versions: free.versions.map((one) => ({ ...one, splitCapBasisPoints: 3_000n })) };
    const facts = about({ channels: new Map([['wechat', capped]]) });
    const rooms = (order: Order) => sumLines(order).map(({ line }) => line.room);
    // 30 % of 100.00; of what is left after a refund no more than that.
    const one = paid([aSubOrder()], aTold(), facts);
    expect([rooms(one), rooms(paid())]).toEqual([[3_000n], [undefined]]);
    expect(orderFromPlain(orderToPlain(one))).toEqual(one);
    expect(rooms(funded(one, ask(9_000n), facts, later))).toEqual([994n]);
    // 30 % of 0.99, which are 0.29, over 0.33 and 0.66.
    const two = [aSubOrder({ amount: 33n }), aSubOrder({ no: '2', amount: 66n })];
    expect(rooms(paid(two, aTold({ amount: 99n, fee: 0n }), facts))).toEqual([10n, 19n]);
    // What the first one was given by amounts is not there for the second.
    const lines = [{ sequence: 1, receiver: 'mer_van', share: { kind: 'FIXED' as const, amount: 2_000n } }];
    const terms = { base: 'PAID' as const, method: 'FIXED' as const, lines };
    const byTerms = aSubOrder({ amount: 5_000n, plan: { by: 'TERMS', terms, failureMode: 'PARTIAL' } });
    const mixed = paid([byTerms, aSubOrder({ no: '2', amount: 5_000n })], aTold(), facts);
    expect(rooms(mixed)).toEqual([1_000n]);
    expect(givenToOthers(mixed)).toBe(3_000n);
  });

  it('takes a refund after the run of what each receiver holds of the sum, and counts it against that share', () => {
    const order = paid();
    // Two orders of 100.00 were in it: 10.00 to the teahouse, 188.80 to the potter.
    const facts = afterSplit(order, 18_880n, 1_000n);
    const half = funded(order, ask(5_000n), facts, afterRun);
    // 49.70 by 10.00 to 188.80: 2.50 and 47.20.
    const share = { date: '2025-09-28', sequence: 1, receiver: 'mer_teahouse' };
    expect(half.refunds[0]?.takes).toEqual([
      { subOrderNo: '1', leg: { split: 'PLAN', sequence: 1, share }, from: 'mer_teahouse', amount: 250n },
      {
        ...{ subOrderNo: '1', from: 'mer_potter', amount: 4_720n },
        leg: { split: 'PLAN', sequence: 1, share: { date: '2025-09-28', sequence: 2, receiver: 'mer_potter' } },
      },
    ]);
    const [refund] = half.refunds;
    expect(refund && presentRefund(refund, 'CNY').takes).toMatchObject([
      { splitNo: 'PLAN', sequence: 1, ofSum: { date: '2025-09-28', sequence: 1 }, merchantId: 'mer_teahouse' },
      { splitNo: 'PLAN', sequence: 1, ofSum: { date: '2025-09-28', sequence: 2 }, merchantId: 'mer_potter' },
    ]);
    expect(sumLines(half)).toEqual(sumLines(order));
    const taken = linesOf(half).flatMap(({ owner, date, line }) =>
      line.kind === 'REFUND' ? [[owner.id, date, line.amount]] : [],
    );
    expect(taken).toEqual([
      ['mer_teahouse', '2025-09-28', -250n],
      ['mer_potter', '2025-09-28', -4_720n],
    ]);
    const day = sumDayOf(order, '1', '2025-09-28');
    expect(sumChanges(order, half)).toEqual([
      { ...day, sequence: 1, receiver: 'mer_teahouse', amount: -250n },
      { ...day, sequence: 2, receiver: 'mer_potter', amount: -4_720n },
    ]);
    expect(orderFromPlain(orderToPlain(half))).toEqual(half);
    const failed = tellResult(half, 'R-5000', 'FAILED', { at: afterRun, facts });
    expect(sumChanges(half, failed)).toMatchObject([{ amount: 250n }, { amount: 4_720n }]);
  });

  it('has who bore the fee when its sum was split pay what the channel keeps of it', () => {
    const rule = { aggregate: 'BEFORE_SPLIT', feeBearer: { kind: 'LINE', sequence: 1 } } as const;
    const free = aChannel();
    const keeping = { ...free, versions: free.versions.map((one) => ({ ...one, feeRefundable: false })) };
    const order = paid([aSubOrder()], aTold(), theFacts({}, rule));
    const split = afterSplit(order, 9_440n, 500n);
    const channels = new Map([['wechat', keeping]]);
    const keptFrom = (facts: ReadFacts) => {
      const [refund] = acceptRefund(order, ask(10_000n), { ...facts, channels }, afterRun).refunds;
      return refund?.takes.filter(({ isFee }) => isFee).map(({ from, amount }) => [from, amount]);
    };
    // By the rule the teahouse does; the sum of the day went to the potter as a whole, or it did not.
    expect(keptFrom(split)).toEqual([['mer_potter', 60n]]);
    const byRule = new Map([...split.sums].map(([no, sum]) => [no, { ...sum, feeBearer: 'mer_teahouse' }]));
    expect(keptFrom({ ...split, sums: byRule })).toEqual([['mer_teahouse', 60n]]);
  });

  it('has the merchant who sells pay where it bears it, or where a receiver cannot give back', () => {
    const order = paid();
    const facts = afterSplit(order, 9_440n, 500n);
    const borne = acceptRefund(order, ask(10_000n, { policy: { kind: 'MERCHANT_BEARS' } }), facts, afterRun);
    expect(borne.refunds[0]?.takes.map(({ from, amount }) => [from, amount])).toEqual([
      ['mer_potter', 500n],
      ['mer_potter', 9_440n],
    ]);
    const person = new Map([...facts.merchants].map(([id, one]) => [id, { ...one, kind: 'PERSON' as const }]));
    const barred = acceptRefund(order, ask(10_000n), { ...facts, merchants: person }, afterRun);
    expect(new Set(barred.refunds[0]?.takes.map(({ from }) => from))).toEqual(new Set(['mer_potter']));
    expect(sum(barred.refunds[0]?.takes.map(({ amount }) => amount) ?? [])).toBe(9_940n);
  });

  it('takes no more of a share than it holds, where two sub-orders of one refund are in the same sum', () => {
    const subOrders = [aSubOrder({ amount: 5n }), aSubOrder({ no: '2', amount: 5n })];
    const order = paid(subOrders, aTold({ amount: 10n, fee: 0n }));
    const facts = afterSplit(order, 5n, 5n, ['1', '2']);
    const whole = acceptRefund(order, ask(10n), facts, afterRun);
    const byReceiver = Map.groupBy(whole.refunds[0]?.takes ?? [], ({ from }) => from);
    expect([...byReceiver].map(([from, takes]) => [from, sum(takes.map(({ amount }) => amount))])).toEqual([
      ['mer_teahouse', 5n],
      ['mer_potter', 5n],
    ]);
  });

  it('is taken of the base where the sums that were split hold less than it: it came to one that is not split yet', () => {
    const order = paid();
    const refund = acceptRefund(order, ask(10_000n), afterSplit(order, 90n, 9n), afterRun).refunds[0];
    expect(refund?.takes).toEqual([{ subOrderNo: '1', leg: { split: 'PLAN', sequence: 1 }, amount: 9_940n }]);
  });

  it('is in no sum while a dispute holds it, and then in that of the day on which it was resolved', () => {
    const disputed = openDispute(paid(), 'broken', about(), later);
    expect(sumLines(disputed)).toEqual([]);
    const resolved = resolveDispute(disputed, about(), '2025-09-30T02:00:00.000Z');
    expect(sumLines(resolved)).toMatchObject([{ date: '2025-09-30', line: { amount: 9_940n } }]);
    const early = resolveDispute(disputed, about(), later);
    expect(sumLines(early)).toMatchObject([{ date: '2025-09-28' }]);
  });
});
