import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { netCycle } from '../../../../functions/netting/cycle/net-cycle.ts';
import { areApart } from '../../../../functions/netting/excluded/excluded-pairs.ts';
import { fewestPayments } from '../../../../functions/netting/payments/fewest-payments.ts';
import type { Leg } from '../../../../functions/netting/payments/leg.ts';
import type { NetPosition } from '../../../../functions/netting/positions/position.ts';
import { CENTRE } from '../../../../functions/netting/terms/parties.ts';
import { owes, plainTerms, positions, shuffled } from '../samples.ts';

const told = (legs: readonly Leg[]) =>
  legs.map(({ kind, payer, payee, amount }) => `${kind} ${payer}→${payee} ${amount}`);

describe('direct payments of excluded pairs', () => {
  test('go to another of the same amount, at no payment more', () => {
    const open = positions(-100n, -100n, 100n, 100n);
    const { legs, fewest } = fewestPayments(open, areApart([['A', 'C']]));
    expect([told(legs), fewest]).toEqual([['DIRECT A→D 100', 'DIRECT B→C 100'], 'EXACT']);
  });

  test('are paid by others of their group, at no payment more', () => {
    const open = positions(-6n, -3n, 5n, 4n);
    expect(told(fewestPayments(open).legs)).toEqual(['DIRECT A→C 5', 'DIRECT A→D 1', 'DIRECT B→D 3']);
    const { legs, fewest } = fewestPayments(open, areApart([['B', 'D']]));
    expect([told(legs), fewest]).toEqual([['DIRECT A→C 2', 'DIRECT A→D 4', 'DIRECT B→C 3'], 'EXACT']);
  });

  test('go through the centre where the two are alone, which is one payment more, and says so', () => {
    const obligations = [owes('A', 'C', 100n), owes('C', 'B', 100n)];
    const decision = netCycle(
      { obligations, carriedIn: [], rates: new Map() },
      { ...plainTerms, excludedPairs: [['A', 'B']] },
    );
    if (decision.outcome !== 'NETTED') throw new Error(decision.outcome);
    const { legs, fewest, savings } = decision.result;
    expect(told(legs)).toEqual([`FROM_CENTRE ${CENTRE}→B 100`, `TO_CENTRE A→${CENTRE} 100`]);
    expect(fewest.get('CNY')).toBe('HEURISTIC');
    expect(savings[0]?.net).toEqual({ count: 2, value: 100n });
  });
});

/** Up to nine positions that add up to zero, and some pairs among them. */
const some = fc
  .record({
    nets: fc.array(fc.bigInt({ min: -9n, max: 9n }), { minLength: 1, maxLength: 8 }),
    pairs: fc.array(fc.tuple(fc.nat(8), fc.nat(8)), { maxLength: 8 }),
  })
  .map(({ nets, pairs }) => {
    const open = positions(...nets, -nets.reduce((sum, net) => sum + net, 0n));
    const id = (place: number) => open[place % open.length]?.party ?? '';
    return { open, pairs: pairs.map(([one, other]) => [id(one), id(other)] as const) };
  });

describe('for any positions and excluded pairs', () => {
  test('nobody pays the other of its pair, each position is settled, and each way round costs one payment at most', () => {
    fc.assert(
      fc.property(some, ({ open, pairs }) => {
        const isApart = areApart(pairs.filter(([one, other]) => one !== other));
        const { legs, fewest } = fewestPayments(open, isApart);
        const best = fewestPayments(open);
        expect(legs.filter(({ payer, payee }) => isApart(payer, payee))).toEqual([]);
        expect(left(open, legs)).toEqual(new Map());
        const around = legs.filter(({ kind }) => kind === 'TO_CENTRE').length;
        const out = legs.filter(({ kind }) => kind === 'FROM_CENTRE').length;
        expect(legs.length).toBeLessThanOrEqual(best.legs.length + around * out);
        expect(fewest).toBe(legs.length === best.legs.length ? 'EXACT' : 'HEURISTIC');
      }),
      { numRuns: 500 },
    );
  });

  test('they are the same in any order of positions', () => {
    const twoOrders = some.chain(({ open, pairs }) => shuffled(open).map((mixed) => ({ open, pairs, mixed })));
    fc.assert(
      fc.property(twoOrders, ({ open, pairs, mixed }) => {
        const isApart = areApart(pairs.filter(([one, other]) => one !== other));
        expect(fewestPayments(mixed, isApart)).toEqual(fewestPayments(open, isApart));
      }),
    );
  });
});

/** What positions are left with after payments; the centre is even. */
function left(open: readonly NetPosition[], legs: readonly Leg[]): Map<string, bigint> {
  const nets = new Map(open.map(({ party, net }) => [party, net]));
  for (const { payer, payee, amount } of legs) {
    nets.set(payer, (nets.get(payer) ?? 0n) + amount);
    nets.set(payee, (nets.get(payee) ?? 0n) - amount);
  }
  return new Map([...nets].filter(([, net]) => net !== 0n));
}
