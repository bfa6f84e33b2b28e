import type { HomeRates } from '../conversion/rates.ts';
import type { NettingDecision, NettingResult } from '../cycle/netting-result.ts';
import type { LimitBreach } from '../limits/limit.ts';
import type { Owed } from '../positions/position.ts';
import type { RowOf, Rows } from '../report/rows.ts';
import { CENTRE } from '../terms/parties.ts';
import type { CycleFigures, LockedRate } from './closing.ts';
import type { ClosingDecision, MovingObligation } from './decide-closing.ts';

type Worked = Exclude<NettingDecision, { outcome: 'RATES_MISSING' }>;

/** The rows of what was worked out. */
export function resultRows(worked: Worked, moving: readonly MovingObligation[], passedOn: readonly Owed[]): Rows {
  const { positions, atHome, bilateral, toPay, legs, carried } = worked.result;
  return {
    POSITIONS: positions.map(({ party, currency, owes, owed, net }, place) => {
      return [party, currency, owes, owed, net, atHome?.[place] ?? null];
    }),
    BILATERAL: bilateral.map(({ first, second, currency, firstOwes, firstCount, secondOwes, secondCount }) => {
      return [first, second, currency, firstOwes, firstCount, secondOwes, secondCount];
    }),
    TO_PAY: toPay.map(({ party, currency, net }) => [party, currency, net]),
    LEGS: legs.map(({ kind, payer, payee, currency, amount }) => [kind, payer, payee, currency, amount]),
    CARRIED: [...carried, ...passedOn].map(({ payer, payee, currency, amount }) => [payer, payee, currency, amount]),
    MOVED: moving.map(({ reference, reason }) => [reference, reason]),
    BREACHES: worked.outcome === 'LIMITS_BREACHED' ? worked.breaches.map(breachRow) : [],
  };
}

function breachRow({ kind, limit, owed, excess }: LimitBreach): RowOf['BREACHES'] {
  const [payer, payee] = kind === 'BILATERAL' ? [limit.payer, limit.payee] : [limit.participant, null];
  return [kind, payer, payee, limit.currency, limit.amount, owed, excess];
}

/** The head of it. */
export function figuresOf(
  { result }: Worked,
  { included, moving }: Pick<ClosingDecision, 'included' | 'moving'>,
  basis: {
    readonly centreVersion: number;
    readonly carriedIn: number;
    readonly inHome: HomeRates | undefined;
    readonly rates: readonly LockedRate[];
  },
): CycleFigures {
  const { centreVersion, carriedIn, inHome, rates } = basis;
  return {
    ...{ centreVersion, obligations: included.length, carriedIn, moved: moving.length, parties: partiesOf(result) },
    ...(inHome && { home: inHome.home }),
    ...{ rates: inHome ? rates : [], residue: result.residue, savings: result.savings },
    fewest: [...result.fewest].map(([currency, fewest]) => ({ currency, fewest })),
  };
}

function partiesOf({ positions, legs }: NettingResult): number {
  const parties = new Set(positions.map(({ party }) => party));
  for (const { kind, payer, payee } of legs) if (kind === 'GROSS') parties.add(payer).add(payee);
  parties.delete(CENTRE);
  return parties.size;
}
