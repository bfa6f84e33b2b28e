import { addDays, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { LineFaultOf } from '../batches/batch-line.ts';
import type { Centre } from '../centres/centre.ts';
import type { Participant } from '../centres/participant.ts';
import type { AskedObligation } from './obligation.ts';

/** Why a line is not accepted. */
export const lineFaultCodes = [
  'MALFORMED',
  'SAME_PARTY',
  'PARTICIPANT_NOT_FOUND',
  'PARTICIPANT_SUSPENDED',
  'CURRENCY_NOT_NETTED',
  'DATE_TOO_FAR',
  'CALENDAR_NOT_PUBLISHED',
  'REFERENCE_USED',
] as const;

export type LineFault = LineFaultOf<(typeof lineFaultCodes)[number]>;

/** What obligations are looked at with. */
export interface ObligationWorld {
  readonly centre: Pick<Centre, 'id' | 'currencies'>;
  readonly participants: ReadonlyMap<string, Participant>;
  /** The day of the centre. */
  readonly today: PlainDate;
}

/** How far from today a date may be, so that no cycle is opened that nobody meant. */
const daysAwayMax = 366;

/** Why a centre does not take an obligation, each reason at its field. */
export function obligationFaults(
  asked: AskedObligation,
  { centre, participants, today }: ObligationWorld,
): LineFault[] {
  const { payer, payee, currency, date } = asked;
  const faults: LineFault[] = [];
  for (const [field, id] of [['payer', payer] as const, ['payee', payee] as const]) {
    const participant = participants.get(id);
    if (!participant) {
      const detail = `${centre.id} has no participant ${id}; GET …/participants lists those it has.`;
      faults.push({ code: 'PARTICIPANT_NOT_FOUND', field, detail });
    } else if (participant.state === 'SUSPENDED') {
      const detail = `${id} is suspended and takes on nothing new; make it ACTIVE, or settle this outside of the centre.`;
      faults.push({ code: 'PARTICIPANT_SUSPENDED', field, detail });
    }
  }
  if (payer === payee) {
    faults.push({ code: 'SAME_PARTY', field: 'payee', detail: 'Name another participant: nobody owes itself.' });
  }
  if (!centre.currencies.includes(currency)) {
    const detail = `The centre takes ${centre.currencies.join(', ')}; send one of these, or add ${currency} to it.`;
    faults.push({ code: 'CURRENCY_NOT_NETTED', field: 'amount.currency', detail });
  }
  const [from, to] = [addDays(today, -daysAwayMax), addDays(today, daysAwayMax)];
  if (date < from || date > to) {
    faults.push({ code: 'DATE_TOO_FAR', field: 'date', detail: `Send a day from ${from} to ${to}.` });
  }
  return faults;
}
