import { describe, expect, it } from 'vitest';
import type { Shortfall } from '../../../../functions/settlement/markets/market.ts';
import { settleDay, sumOfLines } from '../../../../functions/settlement/settlements/settle-day.ts';
import { positive } from '../../../../shared/money/compare.ts';
import { randomFrom } from '../../../support/random.ts';

const date = '2025-09-28';
const next = '2025-09-29';
const carry: Shortfall = { kind: 'CARRY' };
const recover = (basisPoints: bigint): Shortfall => ({ kind: 'RECOVER', basisPoints });
const bill: Shortfall = { kind: 'BILL' };

/** A day with sales and other lines of its own, what was carried in, and what other days of the run have; in fen. */
const day = (own: bigint, carriedIn = 0n, sales = own, onOthers = 0n) => {
  return { date, net: own + carriedIn, carriedIn, sales, onOthers };
};

describe('a merchant’s day', () => {
  it('pays out what its lines come to', () => {
    expect(settleDay(day(12_062n), carry, next)).toEqual({
      ...{ payout: 12_062n, keptBack: 0n, carriedOn: 0n, billed: 0n, closing: [] },
    });
  });

  it('pays out nothing where it comes to nothing, and has no line for it', () => {
    expect(settleDay(day(0n), bill, next)).toEqual({
      payout: 0n,
      keptBack: 0n,
      carriedOn: 0n,
      billed: 0n,
      closing: [],
    });
  });

  it('is carried on whole where it is below zero', () => {
    expect(settleDay(day(-500n, 0n, 0n), carry, next)).toEqual({
      ...{ payout: 0n, keptBack: 0n, carriedOn: 500n, billed: 0n },
      closing: [{ kind: 'CARRIED_ON', amount: 500n, date: next }],
      carried: { kind: 'CARRIED_IN', amount: -500n, date },
    });
  });

  it('gives all of itself for what earlier days lacked, and carries the rest on', () => {
    expect(settleDay(day(800n, -500n), carry, next)).toMatchObject({ payout: 300n, keptBack: 500n, carriedOn: 0n });
    expect(settleDay(day(300n, -500n), carry, next)).toMatchObject({ payout: 0n, keptBack: 300n, carriedOn: 200n });
    expect(settleDay(day(-300n, -500n, 0n), carry, next)).toMatchObject({ payout: 0n, keptBack: 0n, carriedOn: 800n });
  });

  it('gives at most a part of its sales where the rule recovers, to the fen below', () => {
    // 30 % of 10.01 are 3.003: 3.00 of the 5.00 are kept, 2.00 go on; another day of the run has them.
    expect(settleDay(day(1_001n, -500n, 1_001n, 200n), recover(3_000n), next)).toEqual({
      ...{ payout: 701n, keptBack: 300n, carriedOn: 200n, billed: 0n },
      closing: [{ kind: 'CARRIED_ON', amount: 200n, date: next }],
      carried: { kind: 'CARRIED_IN', amount: -200n, date },
    });
    // Sales of 10.00 less a refund of 9.00: 3.00 may be kept, and there is 1.00.
    expect(settleDay(day(100n, -500n, 1_000n), recover(3_000n), next)).toMatchObject({ payout: 0n, keptBack: 100n });
    expect(settleDay(day(1_000n, -500n), recover(10_000n), next)).toMatchObject({ payout: 500n, carriedOn: 0n });
    expect(settleDay(day(-100n, -500n, 0n), recover(3_000n), next)).toMatchObject({ payout: 0n, carriedOn: 600n });
  });

  it('that recovers pays no more than there is of it and of the other days of the run', () => {
    const recovering = (onOthers: bigint) => settleDay(day(1_000n, -500n, 1_000n, onOthers), recover(3_000n), next);
    // By its rule 7.00; of its own it has 5.00, as one that carries on.
    expect(recovering(0n)).toMatchObject({ payout: 500n, keptBack: 500n, carriedOn: 0n });
    expect(recovering(120n)).toMatchObject({ payout: 620n, keptBack: 380n, carriedOn: 120n });
    expect(recovering(900n)).toMatchObject({ payout: 700n, keptBack: 300n, carriedOn: 200n });
    // What others lack they carry on by themselves.
    expect(recovering(-100n)).toMatchObject({ payout: 500n, carriedOn: 0n });
    // 5.00 lack and 3.00 are sold: 0.90 would be kept, 2.10 paid; with the 2.50 of another day there is 0.50.
    expect(settleDay(day(300n, -500n, 300n, 250n), recover(3_000n), next)).toMatchObject({
      payout: 50n,
      carriedOn: 250n,
    });
  });

  it('is billed where the rule says so, with what was carried in under an earlier rule', () => {
    expect(settleDay(day(-500n, 0n, 0n), bill, next)).toEqual({
      ...{ payout: 0n, keptBack: 0n, carriedOn: 0n, billed: 500n },
      closing: [{ kind: 'BILLED', amount: 500n }],
    });
    expect(settleDay(day(300n, -500n), bill, next)).toMatchObject({ payout: 0n, keptBack: 300n, billed: 200n });
  });

  it('is billed what it lacks beyond earlier payouts that are not paid yet: as much as these goes on', () => {
    const lacking = { ...day(-500n, 0n, 0n), unpaid: 300n };
    expect(settleDay(lacking, bill, next)).toMatchObject({
      ...{ carriedOn: 300n, billed: 200n, payout: 0n },
      closing: [
        { kind: 'CARRIED_ON', amount: 300n },
        { kind: 'BILLED', amount: 200n },
      ],
    });
    expect(settleDay({ ...lacking, unpaid: 900n }, bill, next)).toMatchObject({ carriedOn: 500n, billed: 0n });
  });

  it('cannot have something above zero carried in', () => {
    expect(() => settleDay(day(0n, 1n), carry, next)).toThrow(RangeError);
  });

  it('adds up to its payout to the fen, whatever the rule, and loses nothing from day to day', () => {
    const random = randomFrom(20_250_928);
    const draw = (below: number) => BigInt(Math.floor(random() * below));
    for (let round = 0; round < 500; round++) {
      const rules = [carry, bill, recover(1n + draw(10_000))];
      let carriedIn = 0n;
      let owns = 0n;
      let paid = 0n;
      let billed = 0n;
      for (let place = 0; place < 8; place++) {
        const sales = draw(2_000);
        const own = sales - draw(2_500);
        const rule = rules[Number(draw(3))] ?? carry;
        const onOthers = draw(3_000) - 500n;
        const settled = settleDay(day(own, carriedIn, sales, onOthers), rule, next);
        const net = own + carriedIn;
        expect(settled.payout <= positive(net + positive(onOthers))).toBe(true);
        expect(settled.payout >= positive(net)).toBe(true);
        expect(own + carriedIn + sumOfLines(settled.closing)).toBe(settled.payout);
        expect(settled.payout >= 0n && settled.carriedOn >= 0n && settled.billed >= 0n).toBe(true);
        const isWithin = rule.kind === 'RECOVER' && settled.keptBack * 10_000n <= sales * rule.basisPoints;
        if (rule.kind === 'RECOVER')
          expect(isWithin || settled.payout === positive(net + positive(onOthers))).toBe(true);
        expect(settled.carried?.amount ?? 0n).toBe(-settled.carriedOn);
        carriedIn = settled.carried?.amount ?? 0n;
        owns += own;
        paid += settled.payout;
        billed += settled.billed;
      }
      expect(paid).toBe(owns + billed - carriedIn);
    }
  });
});
