import { businessDateOf } from '../../../shared/calendar/plain-date.ts';
import type { Centre } from '../centres/centre.ts';
import type { ObligationWorld } from '../obligations/check-obligation.ts';
import type { AskedObligation } from '../obligations/obligation.ts';
import type { PlacedTold } from './find-parties.ts';
import { begin } from './follow-told.ts';
import { referenceOf } from './told.ts';

/** What is looked at when a centre takes what was told. */
export interface CentreWorld extends ObligationWorld {
  readonly centre: Centre;
}

/** What was told as an obligation of the centre; of no day of its own, it is of the day on which it was told there. */
export function askedOf({ told, payer, payee }: PlacedTold, { centre }: CentreWorld, at: string): AskedObligation {
  const { currency, owed, date, description, toldAt } = told;
  return {
    ...{ reference: referenceOf(told), payer, payee, currency, amount: owed },
    ...{ date: date ?? businessDateOf(new Date(toldAt), centre.schedule.zone), isDateTold: true },
    ...(description !== undefined && { description }),
    begins: begin(told, at),
  };
}
