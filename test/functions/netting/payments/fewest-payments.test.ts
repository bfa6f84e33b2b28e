import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fewestPayments } from '../../../../functions/netting/payments/fewest-payments.ts';
import type { Leg } from '../../../../functions/netting/payments/leg.ts';
import { payBiggestFirst } from '../../../../functions/netting/payments/pay-biggest-first.ts';
import type { NetPosition } from '../../../../functions/netting/positions/position.ts';
import { positions, shuffled } from '../samples.ts';
import { mostGroupsByPartitions } from './most-groups-by-hand.ts';

const told = (legs: readonly Leg[]) => legs.map(({ payer, payee, amount }) => `${payer}→${payee} ${amount}`);

describe('the fewest payments', () => {
  test('of +20, −70, +40, +10 are three', () => {
    const { legs, fewest } = fewestPayments(positions(20n, -70n, 40n, 10n));
    expect(told(legs)).toEqual(['B→A 20', 'B→C 40', 'B→D 10']);
    expect(fewest).toBe('EXACT');
  });

  test('of −9, −8, +2, +7, +8 are three, where the biggest first takes four', () => {
    const open = positions(-9n, -8n, 2n, 7n, 8n);
    expect(told(payBiggestFirst(open))).toEqual(['A→E 8', 'A→D 1', 'B→D 6', 'B→C 2']);
    expect(told(fewestPayments(open).legs)).toEqual(['A→C 2', 'A→D 7', 'B→E 8']);
  });

  test('are found where no two stand against each other: 10 is 6 and 4, 9 is 8 and 1', () => {
    const open = positions(10n, 9n, -8n, -6n, -4n, -1n);
    expect(payBiggestFirst(open)).toHaveLength(5);
    expect(told(fewestPayments(open).legs)).toEqual(['C→B 8', 'D→A 6', 'E→A 4', 'F→B 1']);
  });

  test('of nobody, or of those at zero, are none', () => {
    expect(fewestPayments([])).toEqual({ legs: [], fewest: 'EXACT' });
    expect(fewestPayments(positions(0n, 0n))).toEqual({ legs: [], fewest: 'EXACT' });
  });

  test('are exact for twelve that cannot be paired, and say so where thirteen are searched', () => {
    const twelve = positions(...[1n, 2n, 4n, 8n, 16n, 32n, 64n, 128n, 256n, 512n, 1024n], -2047n);
    expect(fewestPayments(twelve)).toMatchObject({ fewest: 'EXACT', legs: { length: 11 } });
    const thirteen = positions(...[1n, 2n, 4n, 8n, 16n, 32n, 64n, 128n, 256n, 512n, 1024n, 2048n], -4095n);
    expect(fewestPayments(thirteen)).toMatchObject({ fewest: 'HEURISTIC', legs: { length: 12 } });
  });

  test('are exact for more than twelve where pairs leave no more than twelve', () => {
    const pairs = [101n, 102n, 103n, 104n, 105n, 106n].flatMap((amount) => [amount, -amount]);
    expect(fewestPayments(positions(...pairs, 5n, -3n, -2n))).toMatchObject({ fewest: 'EXACT', legs: { length: 8 } });
  });

  test('find threes and fours among many', () => {
    // Each group by itself in a range of its own, so that it stands against nothing else.
    const threes = [3n, 9n, 27n, 81n].flatMap((n) => [n * 10_000n, n * 20_001n, -n * 30_001n]);
    const fours = [1n, 7n].flatMap((n) => [n * 1_000_003n, n * 2_000_029n, -n * 1_500_007n, -n * 1_500_025n]);
    const { legs, fewest } = fewestPayments(positions(...threes, ...fours));
    expect(fewest).toBe('HEURISTIC');
    expect(legs).toHaveLength(4 * 2 + 2 * 3);
  });

  test('cannot be of positions that do not add up to zero', () => {
    expect(() => fewestPayments(positions(5n, -3n))).toThrow(RangeError);
    expect(() => payBiggestFirst(positions(5n, -3n))).toThrow('Positions are off by 2');
    expect(() => payBiggestFirst(positions(-5n, -3n))).toThrow(RangeError);
  });
});

/** Sums of zero: amounts with the opposite of their sum at the end, several such together. */
const someGroups = (size: number, amount: bigint) =>
  fc
    .array(fc.array(fc.bigInt({ min: -amount, max: amount }), { minLength: 1, maxLength: 6 }), {
      minLength: 1,
      maxLength: 12,
    })
    .map((groups) => groups.flatMap((group) => [...group, -group.reduce((sum, one) => sum + one, 0n)]))
    .filter((nets) => nets.length <= size)
    .map((nets) => nets.map((net, at) => ({ party: `P${String(at).padStart(3, '0')}`, currency: 'CNY', net })));

describe.each([
  ['small amounts', 20n],
  ['large amounts', 10n ** 22n],
])('for any positions of %s', (_, amount) => {
  test('payments settle each exactly, and are at least one fewer than the open positions', () => {
    fc.assert(
      fc.property(someGroups(60, amount), (open) => {
        const { legs } = fewestPayments(open);
        expect(left(open, legs)).toEqual(new Map());
        expect(legs.every((leg) => leg.amount > 0n)).toBe(true);
        const payers = new Set(open.filter(({ net }) => net < 0n).map(({ party }) => party));
        expect(legs.every(({ payer, payee }) => payers.has(payer) && !payers.has(payee))).toBe(true);
        expect(legs.length).toBeLessThanOrEqual(Math.max(0, open.filter(({ net }) => net !== 0n).length - 1));
      }),
    );
  });

  test('they are the same in any order of positions', () => {
    const twoOrders = someGroups(60, amount).chain((open) => shuffled(open).map((mixed) => ({ open, mixed })));
    fc.assert(
      fc.property(twoOrders, ({ open, mixed }) => {
        expect(fewestPayments(mixed)).toEqual(fewestPayments(open));
      }),
    );
  });

  test('they are as few as the best of all partitions of up to nine', () => {
    fc.assert(
      fc.property(someGroups(9, amount), (open) => {
        const nets = open.map(({ net }) => net).filter((net) => net !== 0n);
        const { legs, fewest } = fewestPayments(open);
        expect(fewest).toBe('EXACT');
        expect(legs.length).toBe(nets.length - mostGroupsByPartitions(nets));
      }),
      { numRuns: 200 },
    );
  });
});

/** What positions are left with after payments; who is at zero is out. */
function left(open: readonly NetPosition[], legs: readonly Leg[]): Map<string, bigint> {
  const nets = new Map(open.map(({ party, net }) => [party, net]));
  for (const { payer, payee, amount } of legs) {
    nets.set(payer, (nets.get(payer) ?? 0n) + amount);
    nets.set(payee, (nets.get(payee) ?? 0n) - amount);
  }
  return new Map([...nets].filter(([, net]) => net !== 0n));
}
