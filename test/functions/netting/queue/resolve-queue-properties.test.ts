import fc from 'fast-check';
import { expect, test } from 'vitest';
import { takeLargestSet } from '../../../../functions/netting/queue/largest-set.ts';
import type { QueuedPayment, QueueState } from '../../../../functions/netting/queue/queued-payment.ts';
import { resolveQueue } from '../../../../functions/netting/queue/resolve-queue.ts';
import { Room } from '../../../../functions/netting/queue/room.ts';
import { allThatSettle, canSettle, dropUntilFeasible } from './reference-queue.ts';

const parties = ['A', 'B', 'C', 'D'];
const party = fc.constantFrom(...parties);
const amount = fc.bigInt({ min: 1n, max: 30n });
const room = fc.bigInt({ min: 0n, max: 40n });

function someQueue(maxLength: number): fc.Arbitrary<QueuedPayment[]> {
  const payment = fc.record({ payer: party, payee: party, amount }).filter(({ payer, payee }) => payer !== payee);
  return fc.array(payment, { maxLength }).map((payments) => payments.map((one, at) => ({ id: `P-${at}`, ...one })));
}

const someBalances = fc
  .array(fc.tuple(party, fc.bigInt({ min: -5n, max: 40n })), { maxLength: 4 })
  .map((rooms) => new Map(rooms));

function someState(maxLength: number): fc.Arbitrary<QueueState> {
  return fc.record({
    payments: someQueue(maxLength),
    available: someBalances,
    netDebitLimits: fc.array(fc.tuple(party, room), { maxLength: 2 }).map((limits) => new Map(limits)),
    bilateralLimits: fc
      .array(
        fc.tuple(
          party,
          fc.array(fc.tuple(party, room), { maxLength: 2 }).map((limits) => new Map(limits)),
        ),
        {
          maxLength: 3,
        },
      )
      .map((limits) => new Map(limits)),
  });
}

const idsOf = (payments: readonly QueuedPayment[]) => payments.map(({ id }) => id).sort();
const settledIn = (state: QueueState) => resolveQueue(state).sets.flatMap(({ payments }) => payments);

test('what settles is the one largest set: it can settle, and every set that can is part of it', () => {
  fc.assert(
    fc.property(someState(9), (state) => {
      const settled = new Set(idsOf(settledIn(state)));
      const all = allThatSettle(state).map(idsOf);
      expect(all).toContainEqual([...settled]);
      expect(all.filter((set) => set.some((id) => !settled.has(id)))).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('pairs first and then the rest is the same as all at once', () => {
  fc.assert(
    fc.property(someState(40), (state) => {
      const atOnce = takeLargestSet(
        Map.groupBy(state.payments, ({ payer }) => payer),
        new Room(state),
      );
      expect(idsOf(settledIn(state))).toEqual(idsOf(atOnce));
    }),
  );
});

test('it does not matter whose payment is dropped first', () => {
  const free = fc.record({ payments: someQueue(40), available: someBalances });
  fc.assert(
    fc.property(free, fc.infiniteStream(fc.nat(100)), (state, picks) => {
      const dropped = dropUntilFeasible(state, () => picks.next().value ?? 0);
      expect(idsOf(settledIn(state))).toEqual(idsOf(dropped));
    }),
  );
});

test('each set can settle when it is its turn, so that no payer is below at any time', () => {
  fc.assert(
    fc.property(someState(30), (state) => {
      const balances = new Map(state.available);
      for (const { payments } of resolveQueue({ ...state, netDebitLimits: new Map() }).sets) {
        expect(
          canSettle(payments, { ...state, available: balances, netDebitLimits: new Map(), bilateralLimits: new Map() }),
        ).toBe(true);
        for (const { payer, payee, amount } of payments) {
          balances.set(payer, (balances.get(payer) ?? 0n) - amount);
          balances.set(payee, (balances.get(payee) ?? 0n) + amount);
        }
      }
    }),
  );
});

test('each payment settles or waits, in the order of its payer, and each that waits says why', () => {
  fc.assert(
    fc.property(someState(40), (state) => {
      const { sets, waiting } = resolveQueue(state);
      const settled = sets.flatMap(({ payments }) => payments);
      expect(idsOf([...settled, ...waiting.map(({ payment }) => payment)])).toEqual(idsOf(state.payments));
      for (const payer of parties) {
        const ofPayer = (payments: readonly QueuedPayment[]) => payments.filter((one) => one.payer === payer);
        const inTurn = [...ofPayer(settled), ...ofPayer(waiting.map(({ payment }) => payment))];
        expect(inTurn).toEqual(ofPayer(state.payments));
      }
      expect(waiting.filter(({ reasons }) => reasons.length === 0)).toEqual([]);
    }),
  );
});
