import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { transferLegsMax } from '../../../../functions/netting/payments/leg.ts';
import {
  divideLegs,
  type LegSide,
  type OpenLeg,
  type PartyAccount,
} from '../../../../functions/netting/settling/divide-legs.ts';
import { CENTRE, type Party } from '../../../../functions/netting/terms/parties.ts';

/** Each party pays from, and is paid on, `acc_<party>`, with no bound, unless told. */
const accounts =
  (told: Readonly<Record<string, Partial<PartyAccount>>> = {}) =>
  ({ party }: LegSide): PartyAccount => ({ accountId: `acc_${String(party)}`, ...told[String(party)] });

const leg = (place: number, payer: Party, payee: Party, amount: bigint, currency: OpenLeg['currency'] = 'CNY') => ({
  ...({ kind: payer === CENTRE ? 'FROM_CENTRE' : 'TO_CENTRE', place, payer, payee, amount, currency } as const),
});
const placesOf = (parts: ReturnType<typeof divideLegs>['parts']) =>
  parts.map(({ legs }) => legs.map(({ place }) => place));

describe('legs of a cycle', () => {
  it('are set aside together, by currency, and what the centre pays apart from what it is paid', () => {
    const legs = [
      leg(0, 'A', CENTRE, 70n),
      leg(1, CENTRE, 'B', 30n),
      leg(2, 'C', CENTRE, 10n, 'USD'),
      leg(3, 'D', CENTRE, 5n),
      leg(4, CENTRE, 'E', 45n),
    ];
    const { parts, waiting } = divideLegs(legs, accounts(), true);
    expect(waiting).toEqual([]);
    expect(placesOf(parts)).toEqual([[0, 3], [1, 4], [2]]);
    expect(parts.map(({ isOut }) => isOut)).toEqual([false, true, false]);
  });

  it('are set aside by payer where it is to be found out whom the ledger refuses', () => {
    const legs = [leg(0, 'A', 'X', 7n), leg(1, 'B', 'X', 3n), leg(2, 'A', 'Y', 2n)];
    expect(placesOf(divideLegs(legs, accounts(), false).parts)).toEqual([[0, 2], [1]]);
  });

  it('fill one transfer after the other', () => {
    const legs = Array.from({ length: 2 * transferLegsMax + 1 }, (_, place) => leg(place, `P${place}`, CENTRE, 1n));
    const { parts } = divideLegs(legs, accounts(), true);
    expect(parts.map(({ legs: of }) => of.length)).toEqual([40, 40, 1]);
  });

  it('of one that has too little all wait, and it is told what is missing; the others go', () => {
    // 60.00 may be taken of A's account, and it has to pay 40.00 and 35.00: 15.00 are missing.
    const legs = [leg(0, 'A', 'X', 4_000n), leg(1, 'B', 'X', 100n), leg(2, 'A', 'Y', 3_500n)];
    const { parts, waiting } = divideLegs(legs, accounts({ A: { free: 6_000n, floor: 500n } }), true);
    expect(placesOf(parts)).toEqual([[1]]);
    expect(waiting).toMatchObject([
      {
        participant: 'A',
        code: 'SHORT_OF_FUNDS',
        currency: 'CNY',
        amount: 7_500n,
        missing: 1_500n,
        accountId: 'acc_A',
      },
    ]);
  });

  it('go where there is just enough, with the floor that must stay', () => {
    const legs = [leg(0, 'A', 'X', 4_000n), leg(1, 'A', 'Y', 3_500n), leg(2, 'B', 'Y', 1n)];
    const { parts, waiting } = divideLegs(legs, accounts({ A: { free: 7_500n, floor: -200n } }), true);
    expect(waiting).toEqual([]);
    expect(parts).toMatchObject([{ floors: [['acc_A', -200n]] }]);
  });

  it('that share an account share what may be taken of it', () => {
    const shared = { accountId: 'acc_shared', free: 100n };
    const legs = [leg(0, 'A', 'X', 60n), leg(1, 'B', 'X', 60n)];
    const { parts, waiting } = divideLegs(legs, accounts({ A: shared, B: shared }), true);
    expect(parts).toEqual([]);
    expect(waiting).toMatchObject([{ code: 'SHORT_OF_FUNDS', amount: 120n, missing: 20n }]);
  });

  it.each([
    ['cannot pay', { A: { cannotPay: 'It is frozen.' } }, 'A', 'acc_A'],
    ['cannot be paid', { X: { cannotBePaid: 'It is closed.' } }, 'X', 'acc_X'],
  ])('of one whose account %s wait, with the reason and the account', (_, told, participant, accountId) => {
    const { parts, waiting } = divideLegs([leg(0, 'A', 'X', 7n), leg(1, 'B', 'Y', 3n)], accounts(told), true);
    expect(placesOf(parts)).toEqual([[1]]);
    expect(waiting).toMatchObject([{ participant, code: 'ACCOUNT', amount: 7n, accountId }]);
    expect(waiting[0]?.detail).toMatch(/^It is/);
  });

  it('between two with one account move nothing, and keep nobody waiting though that account is frozen', () => {
    const frozen = { accountId: 'acc_AX', cannotPay: 'It is frozen.' };
    expect(divideLegs([leg(0, 'A', 'X', 7n)], accounts({ A: frozen, X: frozen }), true)).toEqual({
      ...{ parts: [], waiting: [] },
    });
  });

  it('to a bank say so, and stand on the account that the bank is paid from', () => {
    const side = { X: { accountId: 'acc_transit', toBank: true } };
    const [part] = divideLegs([leg(0, 'A', 'X', 7n)], accounts(side), true).parts;
    expect(part?.legs).toMatchObject([{ creditAccountId: 'acc_transit', toBank: true }]);
  });

  it('are each in one part or wait, whatever the accounts hold, and no account gives more than it may', () => {
    const party = fc.constantFrom('A', 'B', 'C', 'D');
    const legs = fc.array(fc.tuple(party, party, fc.bigInt({ min: 1n, max: 50n })), { maxLength: 100 });
    const free = fc.record({ A: money(), B: money(), C: money(), D: money() });
    fc.assert(
      fc.property(legs, free, fc.boolean(), (drawn, may, together) => {
        const of = drawn.filter(([payer, payee]) => payer !== payee).map(([a, b, n], place) => leg(place, a, b, n));
        const told = Object.fromEntries(Object.entries(may).map(([name, most]) => [name, { free: most }]));
        const { parts, waiting } = divideLegs(of, accounts(told), together);
        const placed = parts.flatMap(({ legs: each }) => each);
        const sumOf = (payer: Party, all: readonly { payer: Party; amount: bigint }[]) =>
          all.filter((one) => one.payer === payer).reduce((sum, { amount }) => sum + amount, 0n);
        expect(new Set(placed.map(({ place }) => place)).size).toBe(placed.length);
        for (const [name, most] of Object.entries(may)) {
          const owed = sumOf(name, of);
          const isShort = owed > most;
          expect(sumOf(name, placed)).toBe(isShort ? 0n : owed);
          expect(waiting.some(({ participant }) => participant === name)).toBe(isShort);
        }
        expect(parts.every(({ legs: each }) => each.length <= transferLegsMax)).toBe(true);
      }),
    );
  });
});

function money() {
  return fc.bigInt({ min: 0n, max: 1_000n });
}
