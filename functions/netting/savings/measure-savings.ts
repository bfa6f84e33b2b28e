import type { CurrencyCode } from '../../../shared/money/currency.ts';
import { BASIS_POINTS_ONE, divideHalfUp } from '../../../shared/money/rounding.ts';
import { type HomeRates, toHome } from '../conversion/rates.ts';
import type { Leg } from '../payments/leg.ts';
import type { Owed } from '../positions/position.ts';
import type { Saving, Savings, Volume } from './savings.ts';

/** What a saving is measured from. Minor units. */
export interface BeforeAndAfter {
  /** All that is owed, before anything. */
  readonly owed: Iterable<Owed>;
  /** The difference of each pair, each direction of excluded ones. */
  readonly differences: Iterable<Owed>;
  /** All that is paid. */
  readonly legs: readonly Leg[];
}

/**
 * What netting saves, by currency in alphabetical order; with rates, of all together in the home currency. Sums of a currency
 * are converted, not single amounts. Throws RangeError where a rate is missing.
 */
export function measureSavings({ owed, differences, legs }: BeforeAndAfter, rates?: HomeRates): Savings {
  const inOne = (volumes: Volumes) => (rates ? togetherAt(volumes, rates) : volumes);
  const gross = inOne(volumesOf(owed));
  const bilateral = inOne(volumesOf(differences));
  const net = inOne(netVolumes(legs));
  return [...gross.keys()].sort().map((currency) => {
    const at = (volumes: Volumes) => volumes.get(currency) ?? nothing;
    return savingOf(currency, at(gross), at(bilateral), at(net));
  });
}

type Volumes = ReadonlyMap<CurrencyCode, Volume>;

const nothing: Volume = { count: 0, value: 0n };

function volumesOf(amounts: Iterable<{ readonly currency: CurrencyCode; readonly amount: bigint }>): Volumes {
  const volumes = new Map<CurrencyCode, { count: number; value: bigint }>();
  for (const { currency, amount } of amounts) {
    const volume = volumes.get(currency);
    if (volume) {
      volume.count += 1;
      volume.value += amount;
    } else volumes.set(currency, { count: 1, value: amount });
  }
  return volumes;
}

/** Money through the centre counts once: what is paid in or what is paid out, whichever is more. */
function netVolumes(legs: readonly Leg[]): Volumes {
  const paidIn = volumesOf(legs.filter(({ kind }) => kind === 'TO_CENTRE'));
  const paidOut = volumesOf(legs.filter(({ kind }) => kind === 'FROM_CENTRE'));
  const others = volumesOf(legs.filter(({ kind }) => kind !== 'TO_CENTRE' && kind !== 'FROM_CENTRE'));
  const currencies = new Set([...paidIn.keys(), ...paidOut.keys(), ...others.keys()]);
  return new Map(
    [...currencies].map((currency) => {
      const into = paidIn.get(currency) ?? nothing;
      const out = paidOut.get(currency) ?? nothing;
      const other = others.get(currency) ?? nothing;
      const through = into.value > out.value ? into.value : out.value;
      return [currency, { count: into.count + out.count + other.count, value: through + other.value }];
    }),
  );
}

function togetherAt(volumes: Volumes, rates: HomeRates): Volumes {
  if (volumes.size === 0) return volumes;
  let [count, value] = [0, 0n];
  for (const [currency, volume] of volumes) {
    count += volume.count;
    value += toHome(volume.value, currency, rates);
  }
  return new Map([[rates.home, { count, value }]]);
}

function savingOf(currency: CurrencyCode, gross: Volume, bilateral: Volume, net: Volume): Saving {
  return {
    ...{ currency, gross, bilateral, net },
    valueSavedBasisPoints: partOf(gross.value - net.value, gross.value),
    countSavedBasisPoints: partOf(BigInt(gross.count - net.count), BigInt(gross.count)),
  };
}

function partOf(part: bigint, whole: bigint): bigint {
  return whole === 0n ? 0n : divideHalfUp(part * BASIS_POINTS_ONE, whole);
}
