import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  allocateRefund,
  type RefundPolicy,
  type RefundTaking,
} from '../../../../functions/settlement/refunds/allocate-refund.ts';
import type { Holdings } from '../../../../functions/settlement/refunds/holdings.ts';
import { afterTaking, fen, heldIn, holdings, leg, told } from './samples.ts';

const proRata: RefundPolicy = { kind: 'PRO_RATA' };
const merchantBears: RefundPolicy = { kind: 'MERCHANT_BEARS' };
const explicit = (amounts: Record<string, string>): RefundPolicy => ({
  kind: 'EXPLICIT',
  amounts: new Map(Object.entries(amounts).map(([id, amount]) => [id, fen(amount)])),
});

function taken(from: Holdings, amount: bigint, policy: RefundPolicy): RefundTaking {
  const taking = allocateRefund(from, amount, policy);
  if ('code' in taking) throw new Error(taking.code);
  return taking;
}

describe('a refund pro rata', () => {
  const market = holdings('75.00', leg('A', '20.00'), leg('B', '5.00'));

  test('takes 80.00 of an order with 75.00 unsplit from it first, then 4.00 and 1.00 from the legs', () => {
    expect(allocateRefund(market, fen('80.00'), proRata)).toEqual({
      unsplit: fen('75.00'),
      legs: [
        { legId: 'A', receiver: 'A', amount: fen('4.00'), paidBy: 'RECEIVER' },
        { legId: 'B', receiver: 'B', amount: fen('1.00'), paidBy: 'RECEIVER' },
      ],
    });
  });

  test.each<[string, unknown[]]>([
    ['0.01', [1n]],
    ['75.00', [7500n]],
    // One fen over 20:5 is 0.8 and 0.2.
    ['75.01', [7500n, ['A', 1n]]],
    // Three fen are 2.4 and 0.6: the larger remainder is that of B.
    ['75.03', [7500n, ['A', 2n], ['B', 1n]]],
    ['100.00', [7500n, ['A', 2000n], ['B', 500n]]],
  ])('takes %s first from what is unsplit, then by what the legs hold', (amount, expected) => {
    expect(told(taken(market, fen(amount), proRata))).toEqual(expected);
  });

  test("takes from the selling merchant's own leg as from the others", () => {
    const split = holdings('0.00', leg('A', '10.00'), leg('SELLER', '90.00'));
    expect(taken(split, fen('50.00'), proRata).legs).toEqual([
      { legId: 'A', receiver: 'A', amount: fen('5.00'), paidBy: 'RECEIVER' },
      { legId: 'SELLER', amount: fen('45.00'), paidBy: 'SELLER' },
    ]);
  });

  test('goes by what is left: 10 and then 1 of legs of 6, 6 and 2 leave none negative', () => {
    const legs = holdings('0.00', leg('A', '0.06'), leg('B', '0.06'), leg('C', '0.02'));
    // 10 × 6/14 = 4.29, 4.29 and 1.43: the fen left over is C's.
    const first = taken(legs, 10n, proRata);
    expect(told(first)).toEqual([0n, ['A', 4n], ['B', 4n], ['C', 2n]]);
    const second = taken(afterTaking(legs, first), 1n, proRata);
    expect(told(second)).toEqual([0n, ['A', 1n]]);
    expect(afterTaking(afterTaking(legs, first), second).legs.map(({ held }) => held)).toEqual([1n, 2n, 0n]);
  });

  test('of nothing takes nothing', () => {
    expect(allocateRefund(holdings('0.00'), 0n, proRata)).toEqual({ unsplit: 0n, legs: [] });
  });
});

describe('what a receiver cannot give back', () => {
  test.each(['PERSONAL', 'NO_CONSENT', 'WINDOW'] as const)(
    'falls to the selling merchant, and says why: %s',
    (barred) => {
      const split = holdings('0.00', leg('A', '20.00', { barred }), leg('B', '5.00'), leg('SELLER', '75.00'));
      const taking = taken(split, fen('20.00'), proRata);
      expect(taking.legs).toEqual([
        { legId: 'A', receiver: 'A', amount: fen('4.00'), paidBy: 'SELLER', because: barred },
        { legId: 'B', receiver: 'B', amount: fen('1.00'), paidBy: 'RECEIVER' },
        { legId: 'SELLER', amount: fen('15.00'), paidBy: 'SELLER' },
      ]);
      // It counts against the leg all the same: nobody refunds it twice.
      expect(afterTaking(split, taking).legs.map(({ held }) => held)).toEqual([1600n, 400n, 6000n]);
    },
  );

  test("does not bar the selling merchant's own leg", () => {
    const own = holdings('0.00', leg('SELLER', '1.00', { barred: 'PERSONAL' }));
    expect(taken(own, 100n, proRata).legs).toEqual([{ legId: 'SELLER', amount: 100n, paidBy: 'SELLER' }]);
  });
});

describe('a refund that the merchant bears', () => {
  const split = holdings('10.00', leg('A', '20.00'), leg('B', '5.00'), leg('SELLER', '65.00'));

  test('takes from the unsplit money and then from its own leg', () => {
    expect(told(taken(split, fen('75.00'), merchantBears))).toEqual([1000n, ['SELLER', 6500n]]);
  });

  test('beyond its own leg is paid from its account in the place of the others, who keep their money', () => {
    expect(taken(split, fen('80.00'), merchantBears).legs).toEqual([
      { legId: 'A', receiver: 'A', amount: fen('4.00'), paidBy: 'SELLER', because: 'MERCHANT_BEARS' },
      { legId: 'B', receiver: 'B', amount: fen('1.00'), paidBy: 'SELLER', because: 'MERCHANT_BEARS' },
      { legId: 'SELLER', amount: fen('65.00'), paidBy: 'SELLER' },
    ]);
    const whole = taken(split, fen('100.00'), merchantBears).legs;
    expect(whole.map(({ paidBy, amount }) => [paidBy, amount])).toEqual([
      ['SELLER', fen('20.00')],
      ['SELLER', fen('5.00')],
      ['SELLER', fen('65.00')],
    ]);
  });
});

describe('a refund of explicit amounts', () => {
  const split = holdings('75.00', leg('A', '20.00'), leg('B', '5.00'));

  test('takes what is named for each leg, after the unsplit money', () => {
    expect(told(taken(split, fen('80.00'), explicit({ B: '5.00' })))).toEqual([7500n, ['B', 500n]]);
    expect(told(taken(split, fen('95.00'), explicit({ A: '20.00', B: '0.00' })))).toEqual([7500n, ['A', 2000n]]);
  });

  test.each<[string, string, Record<string, string>, object]>([
    ['do not add up to the rest', '80.00', { A: '4.99' }, { code: 'EXPLICIT_NOT_THE_REST', rest: 500n, asked: 499n }],
    ['leave unsplit money untouched', '60.00', { A: '5.00' }, { code: 'EXPLICIT_NOT_THE_REST', rest: 0n, asked: 500n }],
    [
      'are above what a leg holds',
      '80.01',
      { B: '5.01' },
      { code: 'LEG_ABOVE_HELD', legId: 'B', held: 500n, asked: 501n },
    ],
    ['name a leg that there is not', '80.00', { C: '5.00' }, { code: 'LEG_UNKNOWN', legId: 'C' }],
    ['are negative', '80.00', { A: '6.00', B: '-1.00' }, { code: 'LEG_AMOUNT_NEGATIVE', legId: 'B' }],
  ])('is refused where they %s', (_, amount, amounts, fault) => {
    expect(allocateRefund(split, fen(amount), explicit(amounts))).toEqual(fault);
  });
});

describe('a refund above what is left', () => {
  test.each([
    ['pro rata', proRata],
    ['borne by the merchant', merchantBears],
    ['of explicit amounts', explicit({ A: '25.01' })],
  ])('is refused and says what is left: %s', (_, policy) => {
    const split = holdings('75.00', leg('A', '25.00'));
    const fault = { code: 'ABOVE_LEFT', left: fen('100.00'), asked: fen('100.01') };
    expect(allocateRefund(split, fen('100.01'), policy)).toEqual(fault);
  });

  test('or below zero is a mistake of the caller', () => {
    expect(() => allocateRefund(holdings('1.00'), -1n, proRata)).toThrow(RangeError);
  });
});

describe('any sequence of partial refunds', () => {
  const legs = fc.array(
    fc.record({
      held: fc.bigInt(0n, 3_000n),
      isOwn: fc.boolean(),
      barred: fc.option(fc.constantFrom('PERSONAL', 'WINDOW'), { nil: undefined }),
    }),
    { maxLength: 6 },
  );
  const orders = fc.record({ unsplit: fc.bigInt(0n, 5_000n), legs }).map(
    ({ unsplit, legs: drawn }): Holdings => ({
      unsplit,
      legs: drawn.map(({ held, isOwn, barred }, index) => ({
        id: `${index}`,
        held,
        ...(!isOwn && { receiver: `M${index}` }),
        ...(barred && { barred }),
      })),
    }),
  );
  const steps = fc.array(
    fc.record({ millionths: fc.bigInt(0n, 1_000_000n), policy: fc.constantFrom(proRata, merchantBears) }),
    { maxLength: 12 },
  );

  test('takes exactly what is asked, never more than is held, and the full refund ends at zero everywhere', () => {
    fc.assert(
      fc.property(orders, steps, (order, parts) => {
        let left = order;
        for (const { millionths, policy } of [...parts, { millionths: 1_000_000n, policy: proRata }]) {
          const amount = (heldIn(left) * millionths) / 1_000_000n;
          const next = afterTaking(left, taken(left, amount, policy));
          expect(heldIn(left) - heldIn(next)).toBe(amount);
          expect([next.unsplit, ...next.legs.map(({ held }) => held)].every((one) => one >= 0n)).toBe(true);
          if (next.unsplit > 0n) expect(next.legs).toEqual(left.legs);
          left = next;
        }
        expect(heldIn(left)).toBe(0n);
      }),
    );
  });

  test('pro rata is as reckoned one fen after the other', () => {
    fc.assert(
      fc.property(orders, fc.bigInt(0n, 1_000_000n), (order, millionths) => {
        const amount = (heldIn(order) * millionths) / 1_000_000n;
        const after = afterTaking(order, taken(order, amount, proRata));
        expect(after.legs.map(({ held }) => held)).toEqual(fenByFen(order, amount));
      }),
    );
  });
});

/**
 * What legs hold after a refund: each fen of the rest is taken from the leg that is furthest below its exact part, the whole fen of
 * which are due first; among equals the first. That is the largest remainder, told without a division.
 */
function fenByFen({ unsplit, legs }: Holdings, amount: bigint): bigint[] {
  const rest = amount > unsplit ? amount - unsplit : 0n;
  const whole = legs.reduce((total, { held }) => total + held, 0n);
  const given = legs.map(() => 0n);
  for (let one = 0n; one < rest; one++) {
    let chosen = -1;
    let most = 0n;
    for (const [index, { held }] of legs.entries()) {
      const short = rest * held - (given[index] ?? 0n) * whole;
      if (short > most) [chosen, most] = [index, short];
    }
    given[chosen] = (given[chosen] ?? 0n) + 1n;
  }
  return legs.map(({ held }, index) => held - (given[index] ?? 0n));
}
