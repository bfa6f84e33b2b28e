import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { Cause } from '../../../shared/http/cause.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';
import type { Source } from '../centres/identity.ts';
import type { ObligationState } from '../lines/obligation-line.ts';

/** What one that stands in a cycle can be; WITHDRAWN never changes again. */
export const standingStates = [
  'UNCONFIRMED',
  'CONFIRMED',
  'DISPUTED',
  'WITHDRAWN',
] as const satisfies ObligationState[];

/** Characters of a caller's reference. */
export const REFERENCE_LENGTH_MAX = 64;

/** What a caller says of an obligation. */
export interface ObligationContent {
  /** The caller's; a centre has one obligation of each, for ever. Of one that came of events its source and what it is of there. */
  readonly reference: string;
  readonly payer: string;
  readonly payee: string;
  readonly currency: CurrencyCode;
  /** Minor units, above zero; zero of one that came of events and was owed no more when the first of them came. */
  readonly amount: bigint;
  /** The day that it is of: it belongs to the first cycle that is cut off on that day or later. */
  readonly date: PlainDate;
  readonly description?: string;
}

/** What is asked to be recorded. */
export interface AskedObligation extends ObligationContent {
  /** Whether the caller has told the date; sent again without one on another day, it is still the same. */
  readonly isDateTold: boolean;
  /** How it begins where it comes of an event; else UNCONFIRMED. */
  readonly begins?: Pick<Obligation, 'state' | 'dispute' | 'origin'>;
}

/** What an obligation came of, and what its source told last. */
export interface Origin {
  readonly source: Source;
  /** Of what was told; higher is later. */
  readonly version: number;
  /** Minor units. Another amount than that of the obligation where its cycle took the change no more. */
  readonly owed: bigint;
  /** Told since its cycle has paid it: what is owed is what is left besides. */
  readonly settled?: true;
  /** The dispute is its source's. */
  readonly disputed?: true;
}

/** Its source says otherwise by now, and the cycle took the change no more: what is paid by it is not what is owed. */
export function isOvertaken({
  state,
  amount,
  dispute,
  origin,
}: Pick<Obligation, 'state' | 'amount' | 'dispute' | 'origin'>): boolean {
  if (!origin || state === 'WITHDRAWN') return false;
  if (origin.settled && origin.owed === 0n) return false;
  return origin.owed !== amount || (origin.disputed === true && !dispute);
}

/** Whether an obligation says what is asked for. */
export function saysTheSame(obligation: ObligationContent, asked: AskedObligation): boolean {
  const { payer, payee, currency, amount, date, description } = obligation;
  return (
    payer === asked.payer &&
    payee === asked.payee &&
    currency === asked.currency &&
    amount === asked.amount &&
    description === asked.description &&
    (date === asked.date || !asked.isDateTold)
  );
}

/** What one participant owes another. Whether it is settled follows from its cycle. */
export interface Obligation extends ObligationContent {
  readonly tenant: string;
  /** Made of centre and reference; of one that came of events of the reference alone. */
  readonly id: string;
  readonly centreId: string;
  readonly state: (typeof standingStates)[number];
  readonly cycleId: string;
  /** At which of the gates of its cycle it came in. */
  readonly gate: number;
  /** The first cycle of its date or later that there was, where that was cut off when it came. */
  readonly lateFor?: string;
  /** The cycle that it stood in last, where that closed without it. */
  readonly movedFrom?: string;
  /** Of one that came of events. */
  readonly origin?: Origin;
  readonly dispute?: { readonly reason: string; readonly since: string; readonly wasConfirmed: boolean };
  /** What its last change is told as; nothing where there was nothing to tell. */
  readonly news?: 'recorded' | 'confirmed' | 'disputed' | 'resolved' | 'withdrawn' | 'changed' | 'moved' | 'overtaken';
  /** Grows with each change, by one. */
  readonly revision: number;
  readonly createdAt: string;
  readonly changedAt: string;
  readonly cause: Cause;
}
