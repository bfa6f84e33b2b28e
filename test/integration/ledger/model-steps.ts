import fc from 'fast-check';

/** Accounts of the model, by number. */
export const holders = [0, 1, 2, 3, 4, 5];

const pick = fc.nat({ max: holders.length });
/** Who asks: the API, the capability that owns an account, or another one. */
const by = fc.constantFrom(undefined, 'cap', 'cap', 'other');
const leg = fc.record({ from: pick, to: pick, amount: fc.bigInt({ min: 1n, max: 400n }), wrongCurrency: fc.nat(30) });
/** One random operation. */
export const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('TRANSFER' as const),
      legs: fc.array(leg, { minLength: 1, maxLength: 4 }),
      pending: fc.boolean(),
      back: fc.nat(6),
      backdated: fc.nat(3),
      expires: fc.nat(3),
      by,
      key: fc.nat(400),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('POST' as const),
      which: fc.nat(),
      part: fc.nat(500),
      back: fc.nat(4),
      by,
      key: fc.nat(400),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('VOID' as const), which: fc.nat(), by, key: fc.nat(400) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('EXPIRE' as const), which: fc.nat(), by, key: fc.nat(400) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('REVERSE' as const),
      which: fc.nat(),
      back: fc.nat(3),
      by,
      key: fc.nat(400),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('CHANGE' as const),
      who: pick,
      freeze: fc.bigInt({ min: -50n, max: 50n }),
      floor: fc.constantFrom(undefined, undefined, 'NONE' as const, 0n, -100n),
      status: fc.constantFrom(undefined, undefined, 'ACTIVE' as const, 'FROZEN' as const, 'CLOSED' as const),
      by,
      key: fc.nat(400),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('WAIT' as const), hours: fc.nat(30) }) },
);
export type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;
