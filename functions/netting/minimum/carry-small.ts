import type { CurrencyCode } from '../../../shared/money/currency.ts';
import type { NetPosition, Owed } from '../positions/position.ts';
import { CENTRE, type Party, ROUNDING } from '../terms/parties.ts';

export interface PaidAndCarried<Paid> {
  readonly toPay: readonly Paid[];
  /** What the next cycle begins with. */
  readonly carried: readonly Owed[];
}

/**
 * Positions that are paid and those below the minimum of their currency, which are carried: the centre takes them over, so that
 * it pays and receives now what they would have, and gets it back or gives it when they are paid. What is paid adds up to zero,
 * and what is carried is owed to or by CENTRE. The minimum is inclusive, and is none for the centre and the rounding account.
 * What is paid is by currency, then party, without zeros.
 */
export function carrySmallPositions(
  positions: readonly NetPosition[],
  minimumPayments: ReadonlyMap<CurrencyCode, bigint>,
): PaidAndCarried<NetPosition> {
  const isSmall = ({ party, currency, net }: NetPosition) =>
    party !== CENTRE && party !== ROUNDING && isBelow(net < 0n ? -net : net, minimumPayments.get(currency));
  const small = positions.filter((position) => position.net !== 0n && isSmall(position));
  const nets = new Nets(positions.filter((position) => !isSmall(position)));
  for (const { currency, net } of small) nets.add(currency, CENTRE, net);
  return { toPay: nets.positions(), carried: small.map(owedByOrToCentre) };
}

/** Differences of pairs that are paid and those below the minimum of their currency, which the pair is carried with. */
export function carrySmallDifferences(
  owed: readonly Owed[],
  minimumPayments: ReadonlyMap<CurrencyCode, bigint>,
): PaidAndCarried<Owed> {
  const isSmall = ({ currency, amount }: Owed) => isBelow(amount, minimumPayments.get(currency));
  return { toPay: owed.filter((one) => !isSmall(one)), carried: owed.filter(isSmall) };
}

function isBelow(amount: bigint, minimum: bigint | undefined): boolean {
  return minimum !== undefined && amount < minimum;
}

function owedByOrToCentre({ party, currency, net }: NetPosition): Owed {
  return net < 0n
    ? { payer: party, payee: CENTRE, currency, amount: -net }
    : { payer: CENTRE, payee: party, currency, amount: net };
}

/** Nets by currency and party. */
class Nets {
  readonly #byCurrency = new Map<CurrencyCode, Map<Party, bigint>>();

  constructor(positions: readonly NetPosition[]) {
    for (const { currency, party, net } of positions) this.add(currency, party, net);
  }

  add(currency: CurrencyCode, party: Party, net: bigint): void {
    const nets = this.#byCurrency.get(currency) ?? new Map<Party, bigint>();
    this.#byCurrency.set(currency, nets);
    nets.set(party, (nets.get(party) ?? 0n) + net);
  }

  positions(): NetPosition[] {
    return [...this.#byCurrency].sort(byKey).flatMap(([currency, nets]) =>
      [...nets]
        .filter(([, net]) => net !== 0n)
        .sort(byKey)
        .map(([party, net]) => ({ party, currency, net })),
    );
  }
}

function byKey([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1;
}
