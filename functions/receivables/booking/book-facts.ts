import { isFinal, isRemembered, NotAnsweredError } from '../../../shared/problems/lasting-answers.ts';
import type { ReceivablesBook } from '../books/book.ts';
import { problems } from '../problems.ts';
import type { ReceivablesTools } from '../tools.ts';
import { type Booking, orderOf } from './booking.ts';
import type { RefusedBooking } from './refused-booking.ts';

export type BookingTools = Pick<ReceivablesTools, 'store' | 'ledger'>;

/** A booking and under which number it is asked for. */
export interface Asked {
  readonly booking: Booking;
  readonly attempt: number;
}

/**
 * What came of it: POSTED, or why not. REFUSED: `isSpent`, where that number is never booked any more. UNANSWERED: the ledger
 * could not say yet.
 */
export type Answer = { readonly outcome: 'POSTED' } | NotBooked;

interface NotBooked {
  readonly outcome: 'REFUSED' | 'UNANSWERED';
  readonly code: string;
  readonly detail: string;
  readonly isSpent: boolean;
}

/**
 * Books facts in the ledger, those of a tenant together, each once however often it is handed over. What the ledger refuses, or
 * does not answer, is kept, to be asked again: also where nobody hands it over any more.
 *
 * Throws NotAnsweredError where it could not say of some; the others stand.
 */
export async function bookFacts(tools: BookingTools, bookings: readonly Booking[], now: Date): Promise<void> {
  const all: Answer[] = [];
  for (const [tenant, ofTenant] of Map.groupBy(bookings, (booking) => booking.tenant)) {
    const asked = ofTenant.map((booking) => ({ booking, attempt: 1 }));
    const answers = await askLedger(tools, tenant, asked, now);
    for (const [place, { booking }] of asked.entries()) {
      const answer = answers[place];
      if (answer && answer.outcome !== 'POSTED') await tools.store.keepRefused(refusedBooking(booking, answer, now));
    }
    all.push(...answers);
  }
  requireAnswers(all);
}

function refusedBooking(booking: Booking, answer: NotBooked, now: Date): RefusedBooking {
  const { code, detail, isSpent } = answer;
  const at = now.toISOString();
  return { booking, code, detail, attempt: isSpent ? 2 : 1, since: at, changedAt: at, revision: 1 };
}

/** What the ledger says of bookings of one tenant, in their order. */
export async function askLedger(
  { store, ledger }: BookingTools,
  tenant: string,
  asked: readonly Asked[],
  now: Date,
): Promise<Answer[]> {
  const books = await store.readBooks(
    tenant,
    asked.map(({ booking }) => booking),
  );
  const orders = asked.map(({ booking, attempt }) => orderOf(booking, accountsOf(books, booking), attempt));
  const ready = orders.flatMap((order) => order ?? []);
  const results = ready.length === 0 ? [] : await ledger.postTransfers(tenant, ready, now);
  let next = 0;
  return orders.map((order, place) => {
    if (!order) return withoutBook(asked[place]?.booking);
    const result = results[next++];
    if (!result) throw new Error('The ledger gave no answer.');
    if (result.outcome === 'POSTED') return { outcome: 'POSTED' };
    const { problem } = result;
    const { code, fields } = problem;
    const { detail } = fields;
    if (!isFinal(problem)) return { outcome: 'UNANSWERED', code, detail, isSpent: false };
    return { outcome: 'REFUSED', code, detail, isSpent: isRemembered(problem) };
  });
}

export function requireAnswers(answers: readonly Answer[]): void {
  if (!answers.some(({ outcome }) => outcome === 'UNANSWERED')) return;
  throw new NotAnsweredError('The ledger could not book all at the moment.');
}

function accountsOf(books: readonly ReceivablesBook[], { legalEntity, currency }: Booking) {
  return books.find((book) => book.legalEntity === legalEntity && book.currency === currency)?.accounts;
}

function withoutBook({ legalEntity, currency }: Partial<Booking> = {}): Answer {
  const detail = `There is no book of ${legalEntity} in ${currency}.`;
  return { outcome: 'REFUSED', code: problems['book-not-found'].code, detail, isSpent: false };
}
