import type { LineFaultOf } from '../batches/batch-line.ts';
import type { Centre, PairTerms } from '../centres/centre.ts';
import type { Participant } from '../centres/participant.ts';
import type { AskedPayment } from './kept-payment.ts';

/** Why a line is not queued. */
export const paymentFaultCodes = [
  'MALFORMED',
  'SAME_PARTY',
  'PARTICIPANT_NOT_FOUND',
  'PARTICIPANT_SUSPENDED',
  'NO_LEDGER_ACCOUNT',
  'EXCLUDED_PAIR',
  'CURRENCY_NOT_NETTED',
  'REFERENCE_USED',
] as const;

export type PaymentFault = LineFaultOf<(typeof paymentFaultCodes)[number]>;

/** What payments are looked at with. */
export interface PaymentWorld {
  readonly centre: Pick<Centre, 'id' | 'currencies'>;
  readonly participants: ReadonlyMap<string, Participant>;
  readonly excludedPairs: PairTerms['excludedPairs'];
}

/** Why a centre does not queue a payment, each reason at its field. */
export function paymentFaults(asked: AskedPayment, world: PaymentWorld): PaymentFault[] {
  const { payer, payee, currency } = asked;
  const { currencies } = world.centre;
  const faults = [...participantFaults('payer', asked, world), ...participantFaults('payee', asked, world)];
  if (payer === payee) {
    faults.push({ code: 'SAME_PARTY', field: 'payee', detail: 'Name another participant: nobody pays itself.' });
  }
  if (isExcluded(payer, payee, world.excludedPairs)) {
    const detail = `${payer} and ${payee} are an excluded pair of the centre: pay this outside of its queue.`;
    faults.push({ code: 'EXCLUDED_PAIR', field: 'payee', detail });
  }
  if (!currencies.includes(currency)) {
    const detail = `The centre takes ${currencies.join(', ')}; send one of these, or add ${currency} to it.`;
    faults.push({ code: 'CURRENCY_NOT_NETTED', field: 'amount.currency', detail });
  }
  return faults;
}

function participantFaults(
  field: 'payer' | 'payee',
  { [field]: id, currency }: AskedPayment,
  { centre, participants }: PaymentWorld,
): PaymentFault[] {
  const participant = participants.get(id);
  if (!participant) {
    const detail = `${centre.id} has no participant ${id}; GET …/participants lists those it has.`;
    return [{ code: 'PARTICIPANT_NOT_FOUND', field, detail }];
  }
  if (participant.state === 'SUSPENDED') {
    const detail = `${id} is suspended and takes on nothing new; make it ACTIVE, or pay this outside of the centre.`;
    return [{ code: 'PARTICIPANT_SUSPENDED', field, detail }];
  }
  const hasAccount = participant.accounts.some((account) => account.at === 'LEDGER' && account.currency === currency);
  if (hasAccount || !centre.currencies.includes(currency)) return [];
  const detail = `${id} has no account of the ledger in ${currency}, which alone is paid from a queue; give it one.`;
  return [{ code: 'NO_LEDGER_ACCOUNT', field, detail }];
}

export function isExcluded(one: string, other: string, pairs: PairTerms['excludedPairs']): boolean {
  return pairs.some(([first, second]) => (first === one && second === other) || (first === other && second === one));
}
