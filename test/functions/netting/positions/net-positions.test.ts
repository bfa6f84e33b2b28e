import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bilateralMatrix, netOfPair } from '../../../../functions/netting/positions/bilateral-matrix.ts';
import { netPositions } from '../../../../functions/netting/positions/net-positions.ts';
import type { Position } from '../../../../functions/netting/positions/position.ts';
import { fourParties, owes, shuffled, someOwed } from '../samples.ts';

describe('net positions', () => {
  test('of four parties with eight obligations', () => {
    const cny = (party: string, owesAmount: bigint, owed: bigint, net: bigint) => {
      return { party, currency: 'CNY', owes: owesAmount, owed, net };
    };
    expect(netPositions(fourParties)).toEqual([
      cny('A', 180n, 200n, 20n),
      cny('B', 230n, 160n, -70n),
      cny('C', 130n, 170n, 40n),
      cny('D', 140n, 150n, 10n),
    ]);
  });

  test('are of one currency each, and of who is at zero as well', () => {
    const owed = [owes('A', 'B', 5n, 'USD'), owes('A', 'B', 7n), owes('B', 'A', 7n)];
    expect(netPositions(owed).map(({ party, currency, net }) => [currency, party, net])).toEqual([
      ['CNY', 'A', 0n],
      ['CNY', 'B', 0n],
      ['USD', 'A', -5n],
      ['USD', 'B', 5n],
    ]);
  });

  test('keep amounts beyond what a float can hold', () => {
    const much = 9_007_199_254_740_993n;
    expect(netPositions([owes('A', 'B', much), owes('A', 'B', much)])[1]?.net).toBe(18_014_398_509_481_986n);
  });

  test('add up to zero in each currency', () => {
    fc.assert(
      fc.property(someOwed, (owed) => {
        for (const all of Map.groupBy(netPositions(owed), ({ currency }) => currency).values()) {
          expect(all.reduce((sum, { net }) => sum + net, 0n)).toBe(0n);
        }
      }),
    );
  });

  test('do not depend on the order of obligations', () => {
    const twoOrders = someOwed.chain((owed) => shuffled(owed).map((mixed) => ({ owed, mixed })));
    fc.assert(
      fc.property(twoOrders, ({ owed, mixed }) => {
        expect(netPositions(mixed)).toEqual(netPositions(owed));
        expect(bilateralMatrix(mixed)).toEqual(bilateralMatrix(owed));
      }),
    );
  });

  test('stay where two obligations cancel, and change by exactly one that is taken out', () => {
    fc.assert(
      fc.property(someOwed, fc.nat(), (owed, pick) => {
        const one = owed[pick % Math.max(1, owed.length)];
        fc.pre(one !== undefined);
        const back = { ...one, payer: one.payee, payee: one.payer };
        expect(nets(netPositions([...owed, one, back]))).toEqual(nets(netPositions(owed)));
        const without = new Map(nets(netPositions(owed.filter((other) => other !== one))));
        for (const [key, net] of nets(netPositions(owed))) {
          expect(net - (without.get(key) ?? 0n)).toBe(changeBy(one, key));
        }
      }),
    );
  });
});

function nets(positions: readonly Position[]): [string, bigint][] {
  return positions.map(({ currency, party, net }) => [`${currency} ${party}`, net]);
}

function changeBy({ payer, payee, currency, amount }: ReturnType<typeof owes>, key: string): bigint {
  if (key === `${currency} ${payer}`) return -amount;
  return key === `${currency} ${payee}` ? amount : 0n;
}

describe('the bilateral matrix', () => {
  test('of four parties has six pairs, worth 400 in differences', () => {
    const pairs = bilateralMatrix(fourParties);
    expect(pairs.map((pair) => [pair.first, pair.second, pair.firstOwes, pair.secondOwes])).toEqual([
      ['A', 'B', 120n, 80n],
      ['A', 'C', 60n, 90n],
      ['A', 'D', 0n, 30n],
      ['B', 'C', 0n, 40n],
      ['B', 'D', 150n, 0n],
      ['C', 'D', 0n, 110n],
    ]);
    expect(pairs.map(netOfPair)).toEqual([-40n, 30n, 30n, 40n, -150n, 110n]);
  });

  test('counts obligations each way', () => {
    const [pair] = bilateralMatrix([owes('B', 'A', 1n), owes('A', 'B', 2n), owes('B', 'A', 3n)]);
    expect(pair).toEqual({
      ...{ first: 'A', second: 'B', currency: 'CNY' },
      ...{ firstOwes: 2n, firstCount: 1, secondOwes: 4n, secondCount: 2 },
    });
  });

  test('gives the net of each party when its pairs are added up', () => {
    fc.assert(
      fc.property(someOwed, (owed) => {
        const pairs = bilateralMatrix(owed);
        for (const { party, currency, net } of netPositions(owed)) {
          const own = pairs.filter((pair) => pair.currency === currency);
          const asFirst = own.filter(({ first }) => first === party).map(netOfPair);
          const asSecond = own.filter(({ second }) => second === party).map((pair) => -netOfPair(pair));
          expect([...asFirst, ...asSecond].reduce((sum, one) => sum + one, 0n)).toBe(net);
        }
      }),
    );
  });
});
