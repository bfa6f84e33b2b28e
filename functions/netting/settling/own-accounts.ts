import type { OpeningRequest } from '../../ledger/published.ts';
import { nettingCause } from '../acting.ts';
import type { Centre } from '../centres/centre.ts';
import { CENTRE, type Party, ROUNDING } from '../terms/parties.ts';

/**
 * The account of the ledger on which a centre has the position of a party that has none: of the centre itself, of what rounding
 * leaves over, of a participant. The first two are netting's own; on that of a participant the treasurer books what it pays in.
 */
export function positionAccount(centre: Centre, party: Party, currency: string): OpeningRequest {
  if (party === CENTRE) return opening(centre, ['centre', centre.id, currency], 'Netting centre', currency, true);
  if (party === ROUNDING) return opening(centre, ['rounding', centre.id, currency], 'Rounding', currency, true);
  return opening(centre, ['position', centre.id, party, currency], `Position of ${party}`, currency, false);
}

/**
 * What the centre owes a participant until its bank has paid it: apart from its position, on which is what it pays in, so that
 * nothing that is on its way to the bank pays what it owes.
 */
export function payableAccount(centre: Centre, party: Party, currency: string): OpeningRequest {
  return opening(centre, ['payable', centre.id, party, currency], `To be paid to ${party}`, currency, true);
}

/** What was paid out to banks on behalf of a centre: the mirror of what left its account there. */
export function bankAccountOf(centre: Centre, currency: string): OpeningRequest {
  return opening(centre, ['bank', centre.id, currency], 'Paid out through the bank', currency, true);
}

function opening(
  { id, legalEntity }: Centre,
  name: readonly string[],
  title: string,
  currency: string,
  owned: boolean,
): OpeningRequest {
  return {
    name: ['netting', ...name],
    account: {
      currency,
      holder: legalEntity,
      name: `${title} (${id})`,
      purpose: 'CLEARING',
      references: { centreId: id },
    },
    constraint: { type: 'NONE' },
    owned,
    cause: nettingCause(id),
  };
}
