import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { carrySmallDifferences, carrySmallPositions } from '../../../../functions/netting/minimum/carry-small.ts';
import { netPositions } from '../../../../functions/netting/positions/net-positions.ts';
import { CENTRE, ROUNDING } from '../../../../functions/netting/terms/parties.ts';
import { owes, positions, someOwed } from '../samples.ts';

const minimum = (amount: bigint) => new Map([['CNY', amount]]);
const cny = (party: string, net: bigint) => ({ party, currency: 'CNY', net });

describe('positions below the minimum payment', () => {
  test('are carried: the centre takes them over, and is owed them', () => {
    const { toPay, carried } = carrySmallPositions(positions(-3n, -97n, 100n), minimum(10n));
    expect(toPay).toEqual([cny(CENTRE, -3n), cny('B', -97n), cny('C', 100n)]);
    expect(carried).toEqual([owes('A', CENTRE, 3n)]);
  });

  test('of who receives are owed by the centre', () => {
    const { toPay, carried } = carrySmallPositions(positions(9n, -109n, 100n), minimum(10n));
    expect(toPay).toEqual([cny(CENTRE, 9n), cny('B', -109n), cny('C', 100n)]);
    expect(carried).toEqual([owes(CENTRE, 'A', 9n)]);
  });

  test('are paid where they are exactly the minimum, or of a currency without one', () => {
    const exactly = positions(-10n, 10n);
    expect(carrySmallPositions(exactly, minimum(10n))).toEqual({ toPay: exactly, carried: [] });
    expect(carrySmallPositions(exactly, new Map([['USD', 99n]]))).toEqual({ toPay: exactly, carried: [] });
  });

  test('have no minimum for the centre and the rounding account', () => {
    const own = [cny(ROUNDING, 1n), cny(CENTRE, -1n)];
    expect(carrySmallPositions(own, minimum(10n))).toEqual({
      toPay: [cny(CENTRE, -1n), cny(ROUNDING, 1n)],
      carried: [],
    });
  });

  test('that are all small leave nothing to pay, where they are even', () => {
    expect(carrySmallPositions(positions(-3n, 3n), minimum(10n))).toEqual({
      toPay: [],
      carried: [owes('A', CENTRE, 3n), owes(CENTRE, 'B', 3n)],
    });
  });

  test('together with what is paid are all positions again, and what is paid adds up to zero', () => {
    fc.assert(
      fc.property(someOwed, fc.bigInt({ min: 0n, max: 150n }), (owed, amount) => {
        const { toPay, carried } = carrySmallPositions(netPositions(owed), minimum(amount));
        for (const all of Map.groupBy(toPay, ({ currency }) => currency).values()) {
          expect(all.reduce((sum, { net }) => sum + net, 0n)).toBe(0n);
        }
        const both = new Map(toPay.map(({ party, currency, net }) => [`${currency} ${party}`, net]));
        for (const { party, currency, net } of netPositions(carried)) {
          both.set(`${currency} ${party}`, (both.get(`${currency} ${party}`) ?? 0n) + net);
        }
        const open = netPositions(owed).filter(({ net }) => net !== 0n);
        expect(new Map([...both].filter(([, net]) => net !== 0n))).toEqual(
          new Map(open.map(({ party, currency, net }) => [`${currency} ${party}`, net])),
        );
      }),
    );
  });
});

test('a difference below the minimum is carried by its pair', () => {
  const owed = [owes('A', 'B', 9n), owes('A', 'C', 10n)];
  expect(carrySmallDifferences(owed, minimum(10n))).toEqual({ toPay: [owed[1]], carried: [owed[0]] });
});
