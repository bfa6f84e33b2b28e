import { type AreApart, nobodyApart } from '../excluded/excluded-pairs.ts';
import type { NetPosition, Owed } from '../positions/position.ts';
import { CENTRE } from '../terms/parties.ts';
import { type Fewest, fewestPayments } from './fewest-payments.ts';
import type { Leg } from './leg.ts';

/** One leg for each position, in their order: payers to the centre, the centre to receivers. That of the centre has none. */
export function legsThroughCentre(toPay: readonly NetPosition[]): Leg[] {
  return toPay.flatMap(({ party, currency, net }): Leg[] => {
    if (party === CENTRE || net === 0n) return [];
    return net < 0n
      ? [{ kind: 'TO_CENTRE', payer: party, payee: CENTRE, currency, amount: -net }]
      : [{ kind: 'FROM_CENTRE', payer: CENTRE, payee: party, currency, amount: net }];
  });
}

export interface DirectLegs {
  readonly legs: readonly Leg[];
  readonly fewest: ReadonlyMap<string, Fewest>;
}

/** The fewest payments from payers to receivers in each currency, none between two that are apart, in the order of currencies. */
export function directLegs(toPay: readonly NetPosition[], isApart: AreApart = nobodyApart): DirectLegs {
  const byCurrency = Map.groupBy(toPay, ({ currency }) => currency);
  const paid = [...byCurrency].map(([currency, positions]) => ({ currency, ...fewestPayments(positions, isApart) }));
  return {
    legs: paid.flatMap(({ legs }) => legs),
    fewest: new Map(paid.map(({ currency, fewest }) => [currency, fewest])),
  };
}

/** What is owed, as legs. */
export function legsOfOwed(owed: readonly Owed[], kind: 'BILATERAL' | 'GROSS'): Leg[] {
  return owed.map(({ payer, payee, currency, amount }) => ({ kind, payer, payee, currency, amount }));
}
