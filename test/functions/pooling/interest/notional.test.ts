import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Allocation, allocationFault } from '../../../../functions/pooling/interest/allocation.ts';
import { computeNotionalPool, type NotionalInput } from '../../../../functions/pooling/interest/notional.ts';
import { RateMissingError } from '../../../../functions/pooling/interest/rate-schedule.ts';
import { anyDayCount, anyPeriod, anyPosition, anySchedule, flat, position, rounded, yuan } from './samples.ts';

const central: Allocation = { method: 'CENTRAL' };

/** Three members for thirty days: +10, −6 and +2 million at 1.00 % and 4.35 %. */
function pool(allocation: Allocation, change: Partial<NotionalInput> = {}) {
  return computeNotionalPool({
    period: { from: '2026-04-01', to: '2026-05-01' },
    dayCount: 'ACT_360',
    segmented: true,
    credit: flat('1.00'),
    debit: flat('4.35'),
    members: [
      { id: 'a', position: position('10000000') },
      { id: 'b', position: position('-6000000') },
      { id: 'c', position: position('2000000') },
    ],
    allocation,
    ...change,
  });
}

/** Figures of the result as text amounts are worked by hand: shares and totals by member, then the header's. */
function figures({ members, header }: ReturnType<typeof pool>) {
  return {
    shares: members.map(({ share }) => share),
    totals: members.map(({ total }) => total),
    header,
  };
}

const amounts = (...texts: string[]) => texts.map(yuan);

describe('a notional pool of +10, −6 and +2 million', () => {
  test('earns 5,000.00 on its net where its members alone would pay 11,750.00: an advantage of 16,750.00', () => {
    const result = pool(central);
    expect(rounded(result.pooled)).toEqual({ credit: yuan('5000'), debit: 0n });
    expect(result.members.map(({ standalone }) => rounded(standalone))).toEqual([
      { credit: yuan('8333.33'), debit: 0n },
      { credit: 0n, debit: yuan('21750.00') },
      { credit: yuan('1666.67'), debit: 0n },
    ]);
    expect(result).toMatchObject({
      pooledNet: yuan('5000'),
      standaloneNet: yuan('-11750'),
      advantage: yuan('16750'),
    });
  });

  test('central: leaves the advantage with the header', () => {
    const result = pool(central);
    expect(figures(result)).toEqual({
      shares: [0n, 0n, 0n],
      totals: amounts('8333.33', '-21750.00', '1666.67'),
      header: yuan('16750'),
    });
    expect(result.headerReason).toBe('CENTRAL');
  });

  test('by absolute balance: shares it 10 to 6 to 2', () => {
    const result = pool({ method: 'ABSOLUTE_BALANCE' });
    expect(figures(result)).toEqual({
      shares: amounts('9305.56', '5583.33', '1861.11'),
      totals: amounts('17638.89', '-16166.67', '3527.78'),
      header: 0n,
    });
    expect(result.headerReason).toBeUndefined();
  });

  test('by credit contributors: shares it 10 to 2 among those who bring money', () => {
    // 13,958.333 and 2,791.667: the odd fen goes to the larger remainder.
    expect(figures(pool({ method: 'CREDIT_CONTRIBUTORS' })).shares).toEqual(amounts('13958.33', '0', '2791.67'));
  });

  test('by fixed percentages: shares it as agreed', () => {
    const basisPoints = new Map([
      ['a', 5_000n],
      ['c', 2_000n],
      ['b', 3_000n],
    ]);
    expect(figures(pool({ method: 'FIXED_PERCENTAGES', basisPoints })).shares).toEqual(amounts('8375', '5025', '3350'));
  });

  test('by ratio: gives the odd fen to the lowest id', () => {
    // A third of 16,750.00 is 5,583.333.
    const weights = new Map(['a', 'b', 'c'].map((id) => [id, 1n]));
    expect(figures(pool({ method: 'RATIO', weights })).shares).toEqual(amounts('5583.34', '5583.33', '5583.33'));
  });

  test('by ratio: gives nothing to a member without a weight', () => {
    const weights = new Map([['b', 7n]]);
    expect(figures(pool({ method: 'RATIO', weights })).shares).toEqual(amounts('0', '16750', '0'));
  });

  test('at internal rates of 1.5 % and 3.5 %: leaves the header a margin of 7,500.00', () => {
    const result = pool({ method: 'INTERNAL_RATES', credit: flat('1.50'), debit: flat('3.50') });
    expect(figures(result)).toEqual({
      shares: [undefined, undefined, undefined],
      totals: amounts('12500', '-17500', '2500'),
      header: yuan('7500'),
    });
    expect(result.members.map(({ internal }) => internal && rounded(internal))).toEqual([
      { credit: yuan('12500'), debit: 0n },
      { credit: 0n, debit: yuan('17500') },
      { credit: yuan('2500'), debit: 0n },
    ]);
    expect(result.members.map(({ standalone }) => rounded(standalone))).toEqual(
      pool(central).members.map(({ standalone }) => rounded(standalone)),
    );
    expect(result.headerReason).toBe('MARGIN');
  });

  test('at internal rates better than the bank: has the header pay the difference', () => {
    const result = pool({ method: 'INTERNAL_RATES', credit: flat('3.00'), debit: flat('2.00') });
    expect(result.header).toBe(yuan('-15000')); // 5,000 − (25,000 − 10,000 + 5,000)
  });
});

describe('a notional pool whose debit side (下借) counts its days in another way', () => {
  const twoWays = { dayCount: 'ACT_365F', debitDayCount: 'ACT_360' } as const;

  test('has the net and each member alone by the convention of the side they are on', () => {
    const result = pool(central, twoWays);
    // 6 million at 1 % by 365: 4,931.5068. 10 and 2 million: 8,219.1781 and 1,643.8356; 6 million at 4.35 % by 360: 21,750.
    expect(rounded(result.pooled)).toEqual({ credit: yuan('4931.51'), debit: 0n });
    expect(result.members.map(({ standalone }) => rounded(standalone))).toEqual([
      { credit: yuan('8219.18'), debit: 0n },
      { credit: 0n, debit: yuan('21750.00') },
      { credit: yuan('1643.84'), debit: 0n },
    ]);
    expect(result).toMatchObject({ standaloneNet: yuan('-11886.98'), advantage: yuan('16818.49') });
  });

  test('pays for a net below zero by the convention of the debit side', () => {
    const members = [
      { id: 'a', position: position('3650000') },
      { id: 'b', position: position('-7250000') },
    ];
    // 3.6 million for 30 days at 4.35 % by 360.
    expect(rounded(pool(central, { ...twoWays, members }).pooled)).toEqual({ credit: 0n, debit: yuan('13050') });
  });

  test('at internal rates too', () => {
    const result = pool({ method: 'INTERNAL_RATES', credit: flat('1.50'), debit: flat('3.50') }, twoWays);
    // 12,328.7671 and 2,465.7534 by 365, 17,500 by 360; the header keeps 4,931.51 + 2,705.48.
    expect(figures(result)).toMatchObject({
      totals: amounts('12328.77', '-17500', '2465.75'),
      header: yuan('7636.99'),
    });
  });
});

describe('a notional pool', () => {
  test('goes by the net of each day: a credit and a debit side can both be there', () => {
    // Net +3.6 million for 10 days at 1 %, then −3.6 million for 20 days at 4.35 %.
    const members = [
      { id: 'a', position: position('6600000', { '2026-04-11': '-7200000' }) },
      { id: 'b', position: position('-3000000') },
    ];
    expect(rounded(pool(central, { members }).pooled)).toEqual({ credit: yuan('1000'), debit: yuan('8700') });
  });

  test('without anyone who brings money leaves what there is with the header, and says so', () => {
    // Each owes 10.00 for one day at 15 %: 0.0042 alone and 0.0083 together, which is rounded to a fen.
    const members = ['a', 'b'].map((id) => ({ id, position: position('-10.00') }));
    const period = { from: '2026-04-01', to: '2026-04-02' };
    const result = pool({ method: 'CREDIT_CONTRIBUTORS' }, { members, period, debit: flat('15') });
    expect(result.advantage).toBe(yuan('-0.01'));
    expect(result).toMatchObject({ header: yuan('-0.01'), headerReason: 'NO_CONTRIBUTORS' });
    expect(result.members.map(({ total }) => total)).toEqual([0n, 0n]);
  });

  test('of nobody, or of members without a balance, earns nothing', () => {
    expect(pool({ method: 'ABSOLUTE_BALANCE' }, { members: [] })).toMatchObject({ pooledNet: 0n, header: 0n });
    const empty = { members: [{ id: 'a', position: position('0') }] };
    expect(pool({ method: 'ABSOLUTE_BALANCE' }, empty)).toMatchObject({ advantage: 0n, header: 0n });
  });

  test('without a rate on a day with a balance has no interest to share', () => {
    expect(() => pool(central, { credit: flat('1', '2026-04-02') })).toThrow(RateMissingError);
  });

  test('names each member once', () => {
    const twice = ['a', 'a'].map((id) => ({ id, position: position('1') }));
    expect(() => pool(central, { members: twice })).toThrow(RangeError);
  });
});

describe('an allocation', () => {
  const shares = (...pairs: [string, bigint][]) => new Map(pairs);

  test.each<[string, Allocation, RegExp]>([
    ['percentages below a whole', { method: 'FIXED_PERCENTAGES', basisPoints: shares(['a', 9_999n]) }, /9999/],
    [
      'percentages above a whole',
      { method: 'FIXED_PERCENTAGES', basisPoints: shares(['a', 1n], ['b', 10_000n]) },
      /10001/,
    ],
    [
      'a percentage below zero',
      { method: 'FIXED_PERCENTAGES', basisPoints: shares(['a', -1n], ['b', 10_001n]) },
      /of a is/,
    ],
    ['a stranger', { method: 'FIXED_PERCENTAGES', basisPoints: shares(['x', 10_000n]) }, /x is not/],
    ['a ratio of nothing', { method: 'RATIO', weights: shares(['a', 0n]) }, /No member/],
    ['a weight below zero', { method: 'RATIO', weights: shares(['a', 2n], ['b', -1n]) }, /of b is/],
    ["a stranger's weight", { method: 'RATIO', weights: shares(['x', 1n]) }, /x is not/],
  ])('with %s is refused', (_, allocation, fault) => {
    expect(allocationFault(allocation, ['a', 'b'])).toMatch(fault);
    expect(() => pool(allocation)).toThrow(fault);
  });

  test('of exactly a hundred percent is sound, and so is one that needs no figures', () => {
    const basisPoints = shares(['a', 0n], ['b', 10_000n]);
    expect(allocationFault({ method: 'FIXED_PERCENTAGES', basisPoints }, ['a', 'b'])).toBeUndefined();
    expect(allocationFault(central, [])).toBeUndefined();
  });
});

const ids = ['a', 'b', 'c', 'd', 'e'];

function anyPool(): fc.Arbitrary<NotionalInput> {
  const byId = (value: fc.Arbitrary<bigint>) => fc.tuple(...ids.map((id) => fc.tuple(fc.constant(id), value)));
  const weights = byId(fc.bigInt(0n, 100n)).map((pairs) => new Map([...pairs, ['a', 1n] as const]));
  const basisPoints = byId(fc.bigInt(0n, 2_000n)).map((pairs) => {
    const others = pairs.slice(1).reduce((total, [, share]) => total + share, 0n);
    return new Map([...pairs, ['a', 10_000n - others] as const]);
  });
  return anyPeriod.chain((period) => {
    const rates = anySchedule(period);
    const allocation: fc.Arbitrary<Allocation> = fc.oneof(
      fc
        .constantFrom('CENTRAL' as const, 'ABSOLUTE_BALANCE' as const, 'CREDIT_CONTRIBUTORS' as const)
        .map((method) => ({
          method,
        })),
      weights.map((of) => ({ method: 'RATIO' as const, weights: of })),
      basisPoints.map((of) => ({ method: 'FIXED_PERCENTAGES' as const, basisPoints: of })),
      fc.record({ method: fc.constant('INTERNAL_RATES' as const), credit: rates, debit: rates }),
    );
    const members = fc.tuple(...ids.map((id) => fc.record({ id: fc.constant(id), position: anyPosition(period) })));
    const fixed = {
      period: fc.constant(period),
      dayCount: anyDayCount,
      debitDayCount: anyDayCount,
      segmented: fc.boolean(),
    };
    return fc.record({ ...fixed, credit: rates, debit: rates, members, allocation });
  });
}

describe('whatever the balances, rates and method', () => {
  test("members' totals and the header's add up to what the bank pays, to the last minor unit", () => {
    fc.assert(
      fc.property(anyPool(), (input) => {
        const { members, header, pooled } = computeNotionalPool(input);
        const totals = members.reduce((total, member) => total + member.total, 0n);
        expect(totals + header).toBe(pooled.credit.interest - pooled.debit.interest);
      }),
    );
  });

  test('the header keeps nothing where the method shares it out, and all where it does not', () => {
    fc.assert(
      fc.property(anyPool(), (input) => {
        const { header, headerReason, advantage } = computeNotionalPool(input);
        fc.pre(headerReason !== 'MARGIN');
        expect(header).toBe(headerReason === undefined ? 0n : advantage);
      }),
    );
  });

  test('the order of members does not matter', () => {
    fc.assert(
      fc.property(anyPool(), fc.shuffledSubarray(ids, { minLength: ids.length }), (input, order) => {
        const shuffled = order.flatMap((id) => input.members.filter((member) => member.id === id));
        expect(computeNotionalPool({ ...input, members: shuffled })).toEqual(computeNotionalPool(input));
      }),
    );
  });
});
