import type { NetPosition } from '../positions/position.ts';
import { type Party, ROUNDING } from '../terms/parties.ts';
import { type HomeRates, toHome } from './rates.ts';

/** Positions in the home currency, one for each party, by code units of its id; they add up to zero. */
export interface Converted {
  /** That of ROUNDING is among them where it is not zero; others may be zero. */
  readonly positions: readonly NetPosition[];
  /** What the rounding account receives (above zero) or pays (below). Minor units of the home currency. */
  readonly residue: bigint;
}

/**
 * Net positions in the home currency: each currency's net of a party converted by itself, half up by magnitude, then added up.
 * What rounding leaves over goes to the rounding account: at most half a minor unit for each position converted. Positions add
 * up to zero in each currency. Throws RangeError where a rate is missing; see missingRates.
 */
export function convertPositions(positions: Iterable<NetPosition>, rates: HomeRates): Converted {
  const nets = new Map<Party, bigint>();
  let residue = 0n;
  for (const { party, currency, net } of positions) {
    const converted = toHome(net, currency, rates);
    nets.set(party, (nets.get(party) ?? 0n) + converted);
    residue -= converted;
  }
  if (residue !== 0n) nets.set(ROUNDING, (nets.get(ROUNDING) ?? 0n) + residue);
  const inOrder = [...nets].sort(([one], [other]) => (one < other ? -1 : 1));
  return { positions: inOrder.map(([party, net]) => ({ party, currency: rates.home, net })), residue };
}
