import type { CurrencyCode } from '../../../shared/money/currency.ts';
import { convertPairs, differences, pairsAtHome } from '../conversion/convert-pairs.ts';
import { convertPositions } from '../conversion/convert-positions.ts';
import { type HomeRates, missingRates, toHome } from '../conversion/rates.ts';
import { areApart } from '../excluded/excluded-pairs.ts';
import { grossSums } from '../excluded/gross-sums.ts';
import { setApart } from '../excluded/set-apart.ts';
import { checkLimits, type Exposures } from '../limits/check-limits.ts';
import { carrySmallDifferences, carrySmallPositions } from '../minimum/carry-small.ts';
import { directLegs, legsOfOwed, legsThroughCentre } from '../payments/settlement-legs.ts';
import { bilateralMatrix } from '../positions/bilateral-matrix.ts';
import { netPositions } from '../positions/net-positions.ts';
import type { BilateralPosition, NetPosition, Owed, Position } from '../positions/position.ts';
import { measureSavings } from '../savings/measure-savings.ts';
import type { NettingTerms } from '../terms/netting-terms.ts';
import type { CycleToNet, NettingDecision, NettingResult } from './netting-result.ts';

/**
 * Who pays whom how much in a cycle: excluded pairs are set apart, the rest is netted per currency, converted, what is below the
 * minimum carried, and paid by the terms. The same obligations in any order give the same result.
 */
export function netCycle({ obligations, carriedIn, rates }: CycleToNet, terms: NettingTerms): NettingDecision {
  const owed = carriedIn.length === 0 ? obligations : [...carriedIn, ...obligations];
  const { netted, gross } = setApart(owed, areApart(terms.excludedPairs));
  const inHome = terms.homeCurrency === undefined ? undefined : { home: terms.homeCurrency, rates };
  const standing = { positions: netPositions(netted), bilateral: bilateralMatrix(netted), gross: grossSums(gross) };
  if (inHome) {
    const currencies = missingRates(currenciesOf(standing), inHome);
    if (currencies.length > 0) return { outcome: 'RATES_MISSING', home: inHome.home, currencies };
  }
  const netting = atRates(standing, terms.mode, inHome);
  const paid = payBy(terms, netting);
  const legs = [...paid.legs, ...legsOfOwed(standing.gross, 'GROSS')];
  const result: NettingResult = {
    ...{ positions: standing.positions, bilateral: standing.bilateral, residue: paid.residue },
    ...(netting.atHome && { atHome: netting.atHome }),
    ...{ toPay: paid.toPay, carried: paid.carried, legs, fewest: paid.fewest },
    savings: measureSavings({ owed, differences: [...netting.differences, ...standing.gross], legs }, inHome),
  };
  const breaches = checkLimits(exposuresOf(standing, netting, inHome), terms);
  return breaches.length > 0 ? { outcome: 'LIMITS_BREACHED', breaches, result } : { outcome: 'NETTED', result };
}

/** What is netted, and what excluded pairs owe. */
interface Standing {
  readonly positions: readonly Position[];
  readonly bilateral: readonly BilateralPosition[];
  readonly gross: readonly Owed[];
}

/** The currencies that may be paid or added up, repeated. */
function* currenciesOf({ positions, gross }: Standing): Iterable<CurrencyCode> {
  for (const { currency } of positions) yield currency;
  for (const { currency } of gross) yield currency;
}

/** What is paid before anything is carried: in the home currency, or each currency by itself. */
interface Netting {
  readonly positions: readonly NetPosition[];
  readonly residue: bigint;
  readonly differences: readonly Owed[];
  readonly atHome?: readonly bigint[];
}

/** Pairs that pay are converted pair by pair, so that nobody has another position than it pays. */
function atRates({ positions, bilateral }: Standing, mode: NettingTerms['mode'], inHome?: HomeRates): Netting {
  if (!inHome) return { positions, residue: 0n, differences: differences(bilateral) };
  const pairs = convertPairs(bilateral, inHome);
  if (mode === 'BILATERAL') {
    const netAtHome = pairsAtHome(bilateral, inHome);
    const atHome = positions.map(({ party, currency }) => netAtHome(party, currency));
    return { positions: netPositions(pairs), residue: 0n, differences: pairs, atHome };
  }
  const atHome = positions.map(({ net, currency }) => toHome(net, currency, inHome));
  return { ...convertPositions(positions, inHome), differences: pairs, atHome };
}

type Paid = Pick<NettingResult, 'toPay' | 'carried' | 'legs' | 'fewest' | 'residue'>;

function payBy({ mode, payments, minimumPayments, excludedPairs }: NettingTerms, netting: Netting): Paid {
  if (mode === 'BILATERAL') {
    const { toPay, carried } = carrySmallDifferences(netting.differences, minimumPayments);
    const nets = netPositions(toPay).map(({ party, currency, net }) => ({ party, currency, net }));
    const legs = legsOfOwed(toPay, 'BILATERAL');
    // Both of a pair convert alike, so that there is no residue.
    return { toPay: nets.filter(({ net }) => net !== 0n), carried, legs, fewest: new Map(), residue: 0n };
  }
  const { toPay, carried } = carrySmallPositions(netting.positions, minimumPayments);
  const paid =
    payments === 'DIRECT'
      ? directLegs(toPay, areApart(excludedPairs))
      : { legs: legsThroughCentre(toPay), fewest: new Map() };
  return { toPay, carried, ...paid, residue: netting.residue };
}

/**
 * What limits are held against: with a home currency, its limits are of all currencies together, and those in another currency
 * of that one before conversion. What excluded pairs owe counts in full, and nothing is set against it.
 */
function exposuresOf(standing: Standing, netting: Netting, inHome: HomeRates | undefined): Exposures {
  if (!inHome) {
    return {
      positions: [...netting.positions, ...standing.gross.map(owing)],
      bilateral: [...netting.differences, ...standing.gross],
    };
  }
  const others = <Of extends { readonly currency: CurrencyCode }>(all: readonly Of[]) =>
    all.filter(({ currency }) => currency !== inHome.home);
  const grossAtHome = standing.gross.map((owed) => {
    return { ...owed, currency: inHome.home, amount: toHome(owed.amount, owed.currency, inHome) };
  });
  return {
    positions: [
      ...others(standing.positions),
      ...others(standing.gross).map(owing),
      ...netting.positions,
      ...grossAtHome.map(owing),
    ],
    bilateral: [
      ...others(differences(standing.bilateral)),
      ...others(standing.gross),
      ...netting.differences,
      ...grossAtHome,
    ],
  };
}

/** What it takes from the position of who owes it. */
function owing({ payer, currency, amount }: Owed): NetPosition {
  return { party: payer, currency, net: -amount };
}
