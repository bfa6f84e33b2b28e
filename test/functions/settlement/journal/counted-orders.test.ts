import { describe, expect, it } from 'vitest';
import { ownerKey } from '../../../../functions/settlement/journal/entry.ts';
import { figuresOf } from '../../../../functions/settlement/journal/figures.ts';
import { linesBetween, linesOf } from '../../../../functions/settlement/journal/lines-between.ts';
import type { Order } from '../../../../functions/settlement/orders/order.ts';
import { sumLines } from '../../../../functions/settlement/sums/give-shares.ts';
import type { SplitSum, SumShare } from '../../../../functions/settlement/sums/sum.ts';
import { aLeg, anOrder, aPayment, aRefund, aSplit, aSubOrder, aTake, fen } from './orders.ts';

/** Orders of each owner's day, by the lines of an order; the market's own day has it by its payment. */
function ordersOn(order: Order): Record<string, number> {
  const days = Map.groupBy(linesOf(order), ({ owner, date }) => `${ownerKey(owner)} ${date}`);
  const counted = [...days].map(([day, own]) => {
    return [day, own.reduce((all, { line }) => all + Number(figuresOf(line).orders), 0)] as const;
  });
  return Object.fromEntries(counted.filter(([, count]) => count !== 0));
}

const paid = (subOrders: Order['subOrders'], more: Partial<Order> = {}) =>
  anOrder({ payments: [aPayment('100.00')], subOrders, ...more });

describe('an order counts once on a day of a merchant', () => {
  it('that has a fixed and a ratio line of it', () => {
    const legs = [
      aLeg(1, 'mer_farm', '2.00', { kind: 'FIXED' }),
      aLeg(2, 'mer_farm', '5.00'),
      aLeg(3, 'mer_tea', '93.00'),
    ];
    expect(ordersOn(paid([aSubOrder({ splits: [aSplit(legs)] })]))).toMatchObject({
      'mer_farm 2025-09-28': 1,
      'mer_tea 2025-09-28': 1,
    });
  });

  it('that sells two of its sub-orders, and on each of two days on which they are due', () => {
    const of = (no: string, dueOn: string) =>
      aSubOrder({ no, amount: fen('50.00'), splits: [aSplit([aLeg(1, 'mer_tea', '50.00', { dueOn })])] });
    expect(ordersOn(paid([of('S1', '2025-09-28'), of('S2', '2025-09-28')]))).toMatchObject({
      'mer_tea 2025-09-28': 1,
    });
    expect(ordersOn(paid([of('S1', '2025-09-28'), of('S2', '2025-09-29')]))).toMatchObject({
      ...{ 'mer_tea 2025-09-28': 1, 'mer_tea 2025-09-29': 1 },
    });
  });

  it('by the share that was given first: one that is split later writes nothing else again', () => {
    const at = '2025-09-27T02:00:00.000Z';
    const second = aSubOrder({ no: 'S2', splits: [aSplit([aLeg(1, 'mer_tea', '50.00')])] });
    const before = paid([aSubOrder(), second]);
    const later = aSubOrder({ splits: [aSplit([aLeg(1, 'mer_tea', '50.00')], { no: 'M-1', at })] });
    const after = paid([later, second]);
    expect(linesBetween(before, after).map(({ line }) => line)).toMatchObject([
      { kind: 'SHARE', subOrderNo: 'S1', isFurther: true },
    ]);
    expect(ordersOn(after)).toMatchObject({ 'mer_tea 2025-09-28': 1 });
  });

  it('and refunds of all of it leave it there', () => {
    const splits = [aSplit([aLeg(1, 'mer_tea', '100.00')])];
    const back = aRefund('R-1', [aTake('100.00', 1, 'mer_tea')]);
    expect(ordersOn(paid([aSubOrder({ splits })], { refunds: [back] }))).toMatchObject({ 'mer_tea 2025-09-28': 1 });
  });
});

describe('an order counts once in a sum', () => {
  const plan = { by: 'RULE' as const, ruleId: 'rul_1', version: 3 };
  const of = (no: string) => {
    const leg = aLeg(1, 'mer_tea', '50.00', { kind: 'SUM', base: fen('50.00') });
    return aSubOrder({ no, plan, amount: fen('50.00'), splits: [aSplit([leg])] });
  };
  const both = paid([of('S1'), of('S2')]);
  const day = 'sum:rul_1:3:mer_tea 2025-09-28';

  it('that two of its sub-orders are in', () => {
    expect(ordersOn(both)).toMatchObject({ [day]: 1 });
  });

  it('also when the one that it counted by is refunded before the run; and no more when both are', () => {
    const lineOf = (subOrderNo: string) => ({ subOrderNo, amount: fen('50.00'), toFunders: [] });
    const back = (no: string, subOrderNo: string) =>
      aRefund(no, [aTake('50.00', 1, undefined, { subOrderNo })], { lines: [lineOf(subOrderNo)] });
    const one = { ...both, refunds: [back('R-1', 'S1')] };
    expect(ordersOn(one)).toMatchObject({ [day]: 1 });
    const written = [...linesBetween(undefined, both), ...linesBetween(both, one)];
    const ofSum = written.flatMap(({ line }) => (line.kind === 'SUMMED' ? [figuresOf(line)] : []));
    expect(ofSum.reduce((all, { orders }) => all + orders, 0n)).toBe(1n);
    expect(ofSum.reduce((all, { net }) => all + net, 0n)).toBe(fen('50.00'));
    expect(ordersOn({ ...one, refunds: [...one.refunds, back('R-2', 'S2')] })).not.toHaveProperty(day);
  });
});

describe('the orders of a sum count once for each receiver', () => {
  const share = (sequence: number, receiver: string, amount: bigint): SumShare => {
    return { sequence, receiver, amount, fee: 0n, base: 90n, kind: 'RATIO' };
  };
  const split = (orders: bigint, shares: readonly SumShare[]): SplitSum => ({
    ...{ tenant: 'demo', marketId: 'mkt_chengdu', date: '2025-09-28', sequence: 0, runId: 'run_1' },
    sum: { ruleId: 'rul_1', version: 3, sellerId: 'mer_tea' },
    base: { orders, order: 90n, paid: 90n, cash: 90n, fee: 0n, coupons: 0n },
    ...{ shares, takenOver: 0n, lacking: 0n, splitAt: '2025-09-27T18:00:00.000Z' },
  });
  const ordersOf = (given: SplitSum) =>
    sumLines(given, given).map(({ day, lines }) => {
      return [day.owner.id, lines.reduce((all, line) => all + figuresOf(line).orders, 0n)];
    });

  it('five of them are five, however many lines of the rule name it', () => {
    const shares = [share(1, 'mer_farm', 10n), share(2, 'mer_farm', 20n), share(3, 'mer_tea', 60n)];
    expect(ordersOf(split(5n, shares))).toEqual([
      ['mer_farm', 5n],
      ['mer_tea', 5n],
    ]);
  });

  it('and one that late refunds took out of it is one less', () => {
    const back = [share(1, 'mer_farm', -10n), share(3, 'mer_tea', -20n)];
    expect(ordersOf(split(-1n, back))).toEqual([
      ['mer_farm', -1n],
      ['mer_tea', -1n],
    ]);
  });
});
