import fc from 'fast-check';
import { expect, test } from 'vitest';
import { netCycle } from '../../../../functions/netting/cycle/net-cycle.ts';
import type { NettingResult } from '../../../../functions/netting/cycle/netting-result.ts';
import { netPositions } from '../../../../functions/netting/positions/net-positions.ts';
import type { Owed } from '../../../../functions/netting/positions/position.ts';
import type { NettingTerms } from '../../../../functions/netting/terms/netting-terms.ts';
import { CENTRE } from '../../../../functions/netting/terms/parties.ts';
import { owes, plainTerms, shuffled, someOwed } from '../samples.ts';

const rates = new Map([
  ['USD', { numerator: 71_234n, denominator: 10_000n }],
  ['JPY', { numerator: 485n, denominator: 10_000n }],
]);

const someTerms: fc.Arbitrary<NettingTerms> = fc
  .record({
    mode: fc.constantFrom('BILATERAL', 'MULTILATERAL'),
    payments: fc.constantFrom('THROUGH_CENTRE', 'DIRECT'),
    isInHome: fc.boolean(),
    minimum: fc.bigInt({ min: 0n, max: 120n }),
    excludedPairs: fc.subarray([
      ['A', 'B'],
      ['D', 'C'],
    ] as const),
  })
  .map(({ isInHome, minimum, ...terms }) => ({
    ...{ ...plainTerms, ...terms, ...(isInHome && { homeCurrency: 'CNY' }) },
    minimumPayments: new Map([['CNY', minimum]]),
  }));

function netted(obligations: readonly Owed[], terms: NettingTerms, carriedIn: readonly Owed[] = []): NettingResult {
  const decision = netCycle({ obligations, carriedIn, rates }, terms);
  if (decision.outcome !== 'NETTED') throw new Error(`It was not netted: ${decision.outcome}.`);
  return decision.result;
}

test('the result does not depend on the order of obligations', () => {
  const twoOrders = someOwed.chain((owed) => shuffled(owed).map((mixed) => ({ owed, mixed })));
  fc.assert(
    fc.property(twoOrders, someTerms, ({ owed, mixed }, terms) => {
      expect(netted(mixed, terms)).toEqual(netted(owed, terms));
    }),
  );
});

test('what is to be paid adds up to zero in each currency, and legs pay exactly it', () => {
  fc.assert(
    fc.property(someOwed, someTerms, (owed, terms) => {
      const { toPay, legs } = netted(owed, terms);
      const paid = legs.filter(({ kind }) => kind !== 'GROSS');
      const nets = (all: readonly { party: string; currency: string; net: bigint }[]) =>
        all
          .filter(({ party, net }) => net !== 0n && party !== CENTRE)
          .map(({ party, currency, net }) => [currency, party, net]);
      expect(nets(netPositions(paid))).toEqual(nets(toPay));
      for (const all of Map.groupBy(toPay, ({ currency }) => currency).values()) {
        expect(all.reduce((sum, { net }) => sum + net, 0n)).toBe(0n);
      }
    }),
  );
});

test('what is shown of a pair in the home currency adds up to what it pays and what is carried, and to zero', () => {
  fc.assert(
    fc.property(someOwed, someTerms, (owed, terms) => {
      const { positions, atHome, toPay, carried } = netted(owed, { ...terms, mode: 'BILATERAL', homeCurrency: 'CNY' });
      const shown = new Map<string, bigint>();
      const add = (party: string, net: bigint) => shown.set(party, (shown.get(party) ?? 0n) + net);
      for (const [place, { party }] of positions.entries()) add(party, atHome?.[place] ?? 0n);
      for (const { party, net } of toPay) add(party, -net);
      for (const { party, net } of netPositions(carried)) add(party, -net);
      expect([...shown.values()].every((left) => left === 0n)).toBe(true);
      expect(atHome?.reduce((sum, net) => sum + net, 0n)).toBe(0n);
    }),
  );
});

test('two obligations that cancel change neither payments nor what is carried, however they are netted', () => {
  fc.assert(
    fc.property(someOwed, someTerms, (owed, terms) => {
      const more = [...owed, owes('A', 'E', 77n, 'USD'), owes('E', 'A', 77n, 'USD')];
      const [before, after] = [netted(owed, terms), netted(more, terms)];
      expect([after.legs, after.toPay, after.carried]).toEqual([before.legs, before.toPay, before.carried]);
    }),
  );
});

test('nobody loses by what is carried: all cycles together pay what was owed', () => {
  fc.assert(
    fc.property(someOwed, someOwed, fc.constantFrom('BILATERAL', 'MULTILATERAL'), (first, second, mode) => {
      const terms = {
        ...plainTerms,
        mode,
        payments: 'THROUGH_CENTRE',
        minimumPayments: new Map([['CNY', 60n]]),
      } as const;
      const one = netted(first, terms);
      const other = netted(second, { ...terms, minimumPayments: new Map() }, one.carried);
      const nets = (all: readonly Owed[]) =>
        netPositions(all)
          .filter(({ net }) => net !== 0n)
          .map(({ party, currency, net }) => [currency, party, net]);
      expect(nets([...one.legs, ...other.legs])).toEqual(nets([...first, ...second]));
    }),
  );
});
