import { describe, expect, it } from 'vitest';
import type { LegOutcome, RunLeg } from '../../../../functions/pooling/runs/run.ts';
import { reduceLegs } from '../../../../functions/pooling/sweeps/reduce-legs.ts';

let numbers = 0;

/** A leg between a child and its parent, in whole minor units; the payer keeps nothing unless told. */
function leg(
  accountId: string,
  parentId: string,
  direction: 'UP' | 'DOWN',
  amount: bigint,
  more: Partial<RunLeg> = {},
): RunLeg {
  numbers += 1;
  return { number: numbers, accountId, parentId, direction, amount, depth: 1, payerKeeps: 0n, payerLeft: 0n, ...more };
}

const up = (child: string, parent: string, amount: bigint, more: Partial<RunLeg> = {}) =>
  leg(child, parent, 'UP', amount, more);
const down = (child: string, parent: string, amount: bigint, more: Partial<RunLeg> = {}) =>
  leg(child, parent, 'DOWN', amount, more);

/** What became of legs: what moved of each; nothing is a failure. */
function came(...legs: readonly (readonly [RunLeg, bigint])[]): Map<number, LegOutcome> {
  return new Map(
    legs.map(([{ number }, amount]) => [number, { number, status: amount > 0n ? 'CONFIRMED' : 'FAILED', amount }]),
  );
}

const amounts = (phase: RunLeg[], earlier: RunLeg[], outcomes: Map<number, LegOutcome>) =>
  reduceLegs(phase, earlier, outcomes).map(({ amount }) => amount);

describe('what the legs of a phase move once others have failed', () => {
  it('is what was planned where all arrived', () => {
    const c1 = up('c1', 'r1', 100n);
    expect(amounts([up('r1', 'hq', 130n)], [c1], came([c1, 100n]))).toEqual([130n]);
  });

  it('is what the account has besides, where a child brought nothing', () => {
    const [c1, c2] = [up('c1', 'r1', 100n), up('c2', 'r1', 40n)];
    expect(amounts([up('r1', 'hq', 170n)], [c1, c2], came([c1, 0n], [c2, 40n]))).toEqual([70n]);
  });

  it('is nothing where all of it was to be passed on', () => {
    const c1 = up('c1', 'r1', 100n);
    expect(amounts([up('r1', 'hq', 60n)], [c1], came([c1, 0n]))).toEqual([0n]);
  });

  it('cuts the upward leg before the downward ones, and of these the last served first', () => {
    const c1 = up('c1', 'r1', 100n);
    const r1 = up('r1', 'hq', 30n);
    const [c2, c3] = [down('c2', 'r1', 50n), down('c3', 'r1', 40n)];
    const outcomes = came([c1, 0n], [r1, 0n]);
    // 100 are missing: 30 were not passed up, 70 remain: all 40 of C3 and 30 of C2.
    expect(amounts([c2, c3], [c1, r1], outcomes)).toEqual([20n, 0n]);
  });

  it('is what was planned as far as the account has enough of its own', () => {
    const c1 = up('c1', 'r1', 100n);
    const phase = (payerSpare: bigint) => [up('r1', 'hq', 130n, { payerLeft: payerSpare, payerSpare })];
    expect(amounts(phase(100n), [c1], came([c1, 0n]))).toEqual([130n]);
    expect(amounts(phase(60n), [c1], came([c1, 0n]))).toEqual([90n]);
  });

  it('spends what an account has of its own once: the leg after gets what is left', () => {
    const c1 = up('c1', 'r1', 100n);
    const spare = { payerLeft: 30n, payerSpare: 30n };
    const [c2, c3] = [down('c2', 'r1', 50n, spare), down('c3', 'r1', 40n, spare)];
    // 100 are missing, 30 stand in for them: all 40 of C3 and 30 of C2.
    expect(amounts([c2, c3], [c1], came([c1, 0n]))).toEqual([20n, 0n]);
  });

  it('leaves out a leg that counts in full or not at all, and lets the next have what that frees', () => {
    const c1 = up('c1', 'r1', 60n);
    const [c2, c3] = [down('c2', 'r1', 50n), down('c3', 'r1', 80n, { whole: true })];
    expect(amounts([c2, c3], [c1], came([c1, 0n]))).toEqual([50n, 0n]);
  });

  it('counts what came in part', () => {
    const r1 = down('r1', 'hq', 100n);
    expect(amounts([down('c1', 'r1', 90n)], [r1], came([r1, 35n]))).toEqual([25n]);
  });

  it('does not count as missing what an account failed to pay itself', () => {
    // C1 was to give 50 up and kept it; what it was to get from R1 failed as well, and both are one.
    const c1 = up('c1', 'r1', 50n);
    const d1 = up('d1', 'c1', 50n);
    expect(amounts([down('e1', 'c1', 20n)], [d1, c1], came([d1, 0n], [c1, 0n]))).toEqual([20n]);
  });

  it('is all of it where the payer is a header that lends without bound', () => {
    const c1 = up('c1', 'hq', 100n);
    const { payerKeeps: _, ...unbound } = down('c2', 'hq', 80n);
    expect(amounts([unbound], [c1], came([c1, 0n]))).toEqual([80n]);
  });

  it('is cut in each branch by what is missing there only', () => {
    const [c1, d1] = [up('c1', 'r1', 100n), up('d1', 'r2', 100n)];
    const phase = [up('r1', 'hq', 100n), up('r2', 'hq', 100n)];
    expect(amounts(phase, [c1, d1], came([c1, 0n], [d1, 100n]))).toEqual([0n, 100n]);
  });

  it('asks the payer to keep what it was to keep, and less only while a later leg is still to be cut', () => {
    // R1 holds 20 below its reserve of 50 and passes on 100: 60 to C1, which leaves it 60, then 40 to C2, which leaves 20.
    const r1 = down('r1', 'hq', 100n);
    const [c1, c2] = [
      down('c1', 'r1', 60n, { payerKeeps: 50n, payerLeft: 60n }),
      down('c2', 'r1', 40n, { payerKeeps: 20n, payerLeft: 20n }),
    ];
    const kept = (moved: bigint) =>
      reduceLegs([c1, c2], [r1], came([r1, moved])).map(({ amount, keeps }) => [amount, keeps]);
    expect(kept(100n)).toEqual([
      [60n, 50n],
      [40n, 20n],
    ]);
    expect(kept(70n)).toEqual([
      [60n, 30n],
      [10n, 20n],
    ]);
  });
});
