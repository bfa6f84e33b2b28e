import { describe, expect, it } from 'vitest';
import { type Entry, ownerKey } from '../../../../functions/settlement/journal/entry.ts';
import {
  addFigures,
  type Figures,
  figuresOf,
  isSameFigures,
  noFigures,
} from '../../../../functions/settlement/journal/figures.ts';
import { refundLegs, subsidyLegs } from '../../../../functions/settlement/journal/guarded-legs.ts';
import { legsOfLine } from '../../../../functions/settlement/journal/legs-of-line.ts';
import { isMarketLine } from '../../../../functions/settlement/journal/line.ts';
import { linesBetween, linesOf } from '../../../../functions/settlement/journal/lines-between.ts';
import { netLegs } from '../../../../functions/settlement/journal/net-legs.ts';
import { addsUp, orderSums } from '../../../../functions/settlement/journal/order-sums.ts';
import { packLine, unpackLine } from '../../../../functions/settlement/journal/pack-lines.ts';
import { gainsOf } from '../../../../functions/settlement/journal/role-legs.ts';
import { standingRefunds } from '../../../../functions/settlement/journal/standing-refunds.ts';
import type { Order } from '../../../../functions/settlement/orders/order.ts';
import { sum } from '../../../../shared/money/sum.ts';
import { randomFrom, testSeed } from '../../../support/random.ts';
import { randomHistory } from './random-history.ts';

const seed = testSeed();
const orders = 400;
const histories = Array.from({ length: orders }, (_, n) => randomHistory(randomFrom(seed + n), `A-${n}`, 25));
const lastOf = (history: readonly Order[]) => history.at(-1) as Order;

describe(`whatever happens to an order (SEED=${seed})`, () => {
  it('all that can happen does in these orders', () => {
    const kinds = new Set(histories.flat().flatMap((order) => linesOf(order).map(({ line }) => line.kind)));
    const ofOrders = ['HELD', 'PAYMENT', 'REFUND', 'REFUND_PAID', 'RELEASED', 'SHARE', 'SUBSIDY', 'WAITS'];
    expect([...kinds].sort()).toEqual(ofOrders);
    const states = new Set(histories.flat().flatMap(({ refunds }) => refunds.map(({ state }) => state)));
    expect([...states].sort()).toEqual([
      'ACCEPTED',
      'FAILED',
      'FUNDED',
      'PENDING_FUNDS',
      'SENT',
      'SUCCEEDED',
      'WITHDRAWN',
    ]);
  });

  it('what was written comes to the lines of the last image', () => {
    for (const history of histories) {
      const written = history.flatMap((after, place) => linesBetween(history[place - 1], after));
      expect(daysOf(written)).toEqual(daysOf(linesOf(lastOf(history))));
    }
  });

  it('it does not matter which images nobody saw', () => {
    const random = randomFrom(seed);
    for (const history of histories) {
      const seen = history.filter((order) => order === lastOf(history) || random() < 0.5);
      const written = seen.flatMap((after, place) => linesBetween(seen[place - 1], after));
      expect(daysOf(written)).toEqual(daysOf(linesOf(lastOf(history))));
    }
  });

  it('an order is its shares, fees, refunds and what is supervised, and no share falls below zero', () => {
    for (const order of histories.flat()) {
      const sums = orderSums(order);
      expect(addsUp(sums)).toBe(true);
      expect(sums.supervised).toBeGreaterThanOrEqual(0n);
    }
  });

  it('the lines say the same as the order, but for what disputes hold and what refunds wait for', () => {
    for (const order of histories.flat()) {
      const { shares, fees, refunds } = orderSums(order);
      const lines = linesOf(order).map(({ line }) => line);
      const own = lines.filter((line) => line.kind !== 'WAITS' && !isMarketLine(line));
      const held = own.filter(({ kind }) => kind === 'HELD' || kind === 'RELEASED');
      expect(netOf(own) - netOf(held)).toBe(shares - pendingOf(order));
      if (order.disputes.every(({ resolvedOn }) => resolvedOn !== undefined)) expect(netOf(held)).toBe(0n);
      else expect(netOf(held)).toBeLessThanOrEqual(0n);
      const ofMarket = lines.filter(isMarketLine);
      expect(ofMarket.reduce((total, { fee }) => total + fee, 0n)).toBe(fees);
      const paidBack = ofMarket.filter(({ kind }) => kind === 'REFUND_PAID');
      expect(paidBack.reduce((total, { amount }) => total - amount, 0n)).toBe(refunds);
    }
  });

  it('it counts once on each day on which a merchant has a share of it', () => {
    for (const order of histories.flat()) {
      const legs = order.subOrders.flatMap(({ splits }) => splits.flatMap((split) => split.legs));
      const days = new Set(legs.map(({ receiver, dueOn }) => `${receiver} ${dueOn}`));
      const counted = linesOf(order).flatMap(({ owner, date, line }) =>
        owner.kind === 'MERCHANT' && figuresOf(line).orders !== 0n ? [`${owner.id} ${date}`] : [],
      );
      expect(counted.sort()).toEqual([...days].sort());
    }
  });

  it('the ledger holds what the order says: supervised, owed to merchants, owed by channels', () => {
    for (const order of histories.flat()) {
      const landed = order.subOrders.flatMap(({ coupons }) => coupons.filter(({ landedAt }) => landedAt !== undefined));
      const guarded = [...landed.flatMap(subsidyLegs), ...standingRefunds(order).flatMap(refundLegs)];
      const gains = [...gainsOf([...linesOf(order).flatMap(legsOfLine), ...guarded])];
      const of = (purpose: string) =>
        gains.filter(([role]) => role.startsWith(purpose)).reduce((sum, [, one]) => sum + one, 0n);
      const { supervised, shares, fees, refunds, received } = orderSums(order);
      expect(of('supervised')).toBe(supervised);
      expect(of('payable')).toBe(shares);
      expect(of('subsidy') + of('channel')).toBe(refunds + fees - received);
      expect(gains.reduce((sum, [, one]) => sum + one, 0n)).toBe(0n);
    }
  });

  it('netting moves the same by one leg a pair, each above zero', () => {
    const legs = histories.flatMap((history) => linesOf(lastOf(history)).flatMap(legsOfLine));
    const net = netLegs(legs);
    const moved = [...gainsOf(legs)].filter(([, gain]) => gain !== 0n);
    expect(new Map([...gainsOf(net)].filter(([, gain]) => gain !== 0n))).toEqual(new Map(moved));
    expect(new Set(net.map(({ debit, credit }) => [debit, credit].sort().join())).size).toBe(net.length);
    expect(net.every(({ amount }) => amount > 0n)).toBe(true);
  });

  it('every line can be read as it was written', () => {
    for (const history of histories) {
      for (const [place, after] of history.entries()) {
        for (const { line } of linesBetween(history[place - 1], after))
          expect(unpackLine(packLine(line))).toEqual(line);
      }
    }
  });
});

/** What lines come to on each day of each owner; days on which nothing is left are left out. */
function daysOf(entries: readonly Entry[]): Map<string, Figures> {
  const days = new Map<string, Figures>();
  for (const { owner, date, line } of entries) {
    const key = `${ownerKey(owner)} ${date}`;
    days.set(key, addFigures(days.get(key) ?? noFigures, figuresOf(line)));
  }
  return new Map([...days].filter(([, figures]) => !isSameFigures(figures, noFigures)).sort());
}

/** What refunds that wait for funds are to take of merchants: it counts on their days, and they have it still. */
function pendingOf({ refunds }: Order): bigint {
  const pending = refunds.filter(({ state }) => state === 'PENDING_FUNDS');
  return sum(pending.flatMap(({ takes }) => takes.map(({ from, amount }) => (from === undefined ? 0n : amount))));
}

function netOf(lines: readonly Entry['line'][]): bigint {
  return lines.reduce((total, line) => total + figuresOf(line).net, 0n);
}
