import type { Centre, PairTerms } from '../centres/centre.ts';
import type { Participant } from '../centres/participant.ts';
import type { NettingTerms } from '../terms/netting-terms.ts';

/** What a version of a centre nets by. */
export function termsOfCentre(
  centre: Centre,
  { bilateralLimits, excludedPairs }: PairTerms,
  participants: readonly Participant[],
): NettingTerms {
  const { mode, payments, settlement, homeCurrency, minimumPayments, unconfirmed } = centre;
  return {
    ...{ mode, payments, unconfirmed, bilateralLimits, excludedPairs },
    ...(settlement === 'HOME_CURRENCY' && { homeCurrency }),
    minimumPayments: new Map(minimumPayments.map(({ currency, amount }) => [currency, amount])),
    netDebitLimits: participants.flatMap(({ id, netDebitLimits }) =>
      netDebitLimits.map(({ currency, amount }) => ({ participant: id, currency, amount })),
    ),
  };
}
