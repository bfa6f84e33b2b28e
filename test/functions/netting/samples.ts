import fc from 'fast-check';
import type { NetPosition, Owed } from '../../../functions/netting/positions/position.ts';
import type { NettingTerms } from '../../../functions/netting/terms/netting-terms.ts';

export function owes(payer: string, payee: string, amount: bigint, currency = 'CNY'): Owed {
  return { payer, payee, currency, amount };
}

/** Eight obligations among four: gross 680. A is left with +20, B −70, C +40, D +10. */
export const fourParties: readonly Owed[] = [
  owes('A', 'B', 120n),
  owes('A', 'C', 60n),
  owes('B', 'A', 80n),
  owes('B', 'D', 150n),
  owes('C', 'A', 90n),
  owes('C', 'B', 40n),
  owes('D', 'A', 30n),
  owes('D', 'C', 110n),
];

/** Multilateral and direct, each currency by itself, without minimum, limits and excluded pairs. */
export const plainTerms: NettingTerms = {
  mode: 'MULTILATERAL',
  payments: 'DIRECT',
  minimumPayments: new Map(),
  bilateralLimits: [],
  netDebitLimits: [],
  excludedPairs: [],
  unconfirmed: 'INCLUDED',
};

/** Positions of A, B, … in the order of the nets. */
export function positions(...nets: readonly bigint[]): NetPosition[] {
  return nets.map((net, at) => ({ party: String.fromCharCode(65 + at), currency: 'CNY', net }));
}

/** Obligations among six parties in three currencies; amounts small enough that equal ones happen. */
export const someOwed: fc.Arbitrary<Owed[]> = fc.array(
  fc
    .record({
      payer: fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F'),
      payee: fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F'),
      currency: fc.constantFrom('CNY', 'USD', 'JPY'),
      amount: fc.bigInt({ min: 1n, max: 200n }),
    })
    .filter(({ payer, payee }) => payer !== payee),
  { maxLength: 40 },
);

/** The same in another order. */
export function shuffled<Of>(all: readonly Of[]): fc.Arbitrary<Of[]> {
  return fc.shuffledSubarray([...all], { minLength: all.length });
}
