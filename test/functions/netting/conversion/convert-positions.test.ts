import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { convertPairs } from '../../../../functions/netting/conversion/convert-pairs.ts';
import { convertPositions } from '../../../../functions/netting/conversion/convert-positions.ts';
import { missingRates } from '../../../../functions/netting/conversion/rates.ts';
import { bilateralMatrix } from '../../../../functions/netting/positions/bilateral-matrix.ts';
import { netPositions } from '../../../../functions/netting/positions/net-positions.ts';
import type { NetPosition } from '../../../../functions/netting/positions/position.ts';
import { ROUNDING } from '../../../../functions/netting/terms/parties.ts';
import { owes, someOwed } from '../samples.ts';

/** 1 USD = 7.125 CNY, 1 JPY = 0.0485 CNY. */
const rates = {
  home: 'CNY',
  rates: new Map([
    ['USD', { numerator: 7_125n, denominator: 1_000n }],
    ['JPY', { numerator: 485n, denominator: 10_000n }],
  ]),
};

const net = (party: string, currency: string, amount: bigint): NetPosition => ({ party, currency, net: amount });

describe('positions at the rates of the cycle', () => {
  test('round half up by magnitude; what is over goes to the rounding account', () => {
    // 1.00 USD is 7.125 → 7.13 CNY, 0.50 USD is 3.5625 → 3.56 twice: one fen too much is received.
    const converted = convertPositions([net('A', 'USD', 100n), net('B', 'USD', -50n), net('C', 'USD', -50n)], rates);
    expect(converted.residue).toBe(-1n);
    expect(converted.positions).toEqual([
      net(ROUNDING, 'CNY', -1n),
      net('A', 'CNY', 713n),
      net('B', 'CNY', -356n),
      net('C', 'CNY', -356n),
    ]);
  });

  test('are the other way round for the other sign', () => {
    const converted = convertPositions([net('A', 'USD', -100n), net('B', 'USD', 50n), net('C', 'USD', 50n)], rates);
    expect(converted.positions.map((position) => position.net)).toEqual([1n, -713n, 356n, 356n]);
  });

  test('are converted per currency before they are added up, also from one without decimals', () => {
    // 1,000 JPY are 48.50; 333 are 16.1505 → 16.15; 667 are 32.3495 → 32.35: even.
    const yen = [net('A', 'JPY', -1000n), net('B', 'JPY', 333n), net('C', 'JPY', 667n)];
    const converted = convertPositions([net('A', 'CNY', 5000n), net('B', 'CNY', -5000n), ...yen], rates);
    expect(converted).toEqual({
      residue: 0n,
      positions: [net('A', 'CNY', 150n), net('B', 'CNY', -3385n), net('C', 'CNY', 3235n)],
    });
  });

  test('need a rate of each currency but the home currency', () => {
    expect(missingRates(['CNY', 'USD', 'KWD', 'EUR', 'KWD'], rates)).toEqual(['EUR', 'KWD']);
    expect(() => convertPositions([net('A', 'EUR', 1n), net('B', 'EUR', -1n)], rates)).toThrow('no rate of EUR to CNY');
  });

  test('add up to zero, with a residue of at most half a minor unit for each that is converted', () => {
    fc.assert(
      fc.property(someOwed, (owed) => {
        const positions = netPositions(owed);
        const converted = convertPositions(positions, rates);
        expect(converted.positions.reduce((sum, one) => sum + one.net, 0n)).toBe(0n);
        const foreign = positions.filter(({ currency }) => currency !== 'CNY').length;
        expect(2n * converted.residue).toBeLessThanOrEqual(BigInt(foreign));
        expect(-2n * converted.residue).toBeLessThanOrEqual(BigInt(foreign));
      }),
    );
  });
});

test('pairs convert alike for both, each currency by itself, and have no residue', () => {
  // A owes B 0.50 USD = 3.5625 → 3.56 CNY, B owes A 3.00 CNY: A pays 0.56. C owes B 100 JPY = 4.85 CNY.
  const owed = [owes('A', 'B', 50n, 'USD'), owes('B', 'A', 300n), owes('C', 'B', 100n, 'JPY'), owes('A', 'C', 7n)];
  expect(convertPairs(bilateralMatrix([...owed, owes('C', 'A', 7n)]), rates)).toEqual([
    owes('A', 'B', 56n),
    owes('C', 'B', 485n),
  ]);
});
