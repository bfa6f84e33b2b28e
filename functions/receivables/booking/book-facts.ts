import type { ReceivablesBook } from '../books/book.ts';
import { problems } from '../problems.ts';
import type { ReceivablesTools } from '../tools.ts';
import { type Booking, orderOf } from './booking.ts';
import { isFinal, isRemembered, NotAnsweredError } from './ledger-answers.ts';
import type { RefusedBooking } from './refused-booking.ts';

export type BookingTools = Pick<ReceivablesTools, 'store' | 'ledger'>;

/** A booking and under which number it is asked for. */
export interface Asked {
  readonly booking: Booking;
  readonly attempt: number;
}

/** What came of it: POSTED, or why not; `isSpent`, where that number is never booked any more. */
export type Answer =
  | { readonly outcome: 'POSTED' }
  | { readonly outcome: 'REFUSED'; readonly code: string; readonly detail: string; readonly isSpent: boolean };

/**
 * Books facts in the ledger, those of a tenant together, each once however often it is handed over. What the ledger refuses is
 * kept, to be asked again.
 *
 * Throws NotAnsweredError where it could not say of some; the others stand.
 */
export async function bookFacts(tools: BookingTools, bookings: readonly Booking[], now: Date): Promise<void> {
  for (const [tenant, ofTenant] of Map.groupBy(bookings, (booking) => booking.tenant)) {
    const asked = ofTenant.map((booking) => ({ booking, attempt: 1 }));
    const answers = await askLedger(tools, tenant, asked, now);
    for (const [place, { booking }] of asked.entries()) {
      const answer = answers[place];
      if (answer?.outcome === 'REFUSED') await tools.store.keepRefused(refusedBooking(booking, answer, now));
    }
    requireAnswers(answers);
  }
}

function refusedBooking(booking: Booking, answer: Answer & { readonly outcome: 'REFUSED' }, now: Date): RefusedBooking {
  const { code, detail, isSpent } = answer;
  const at = now.toISOString();
  return { booking, code, detail, attempt: isSpent ? 2 : 1, since: at, changedAt: at, revision: 1 };
}

/** What the ledger says of bookings of one tenant, in their order; nothing of those that it could not say yet. */
export async function askLedger(
  { store, ledger }: BookingTools,
  tenant: string,
  asked: readonly Asked[],
  now: Date,
): Promise<(Answer | undefined)[]> {
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
    if (!isFinal(problem)) return undefined;
    const { code, fields } = problem;
    return { outcome: 'REFUSED', code, detail: fields.detail, isSpent: isRemembered(problem) };
  });
}

export function requireAnswers(answers: readonly (Answer | undefined)[]): void {
  if (answers.includes(undefined)) throw new NotAnsweredError('The ledger could not book all at the moment.');
}

function accountsOf(books: readonly ReceivablesBook[], { legalEntity, currency }: Booking) {
  return books.find((book) => book.legalEntity === legalEntity && book.currency === currency)?.accounts;
}

function withoutBook({ legalEntity, currency }: Partial<Booking> = {}): Answer {
  const detail = `There is no book of ${legalEntity} in ${currency}.`;
  return { outcome: 'REFUSED', code: problems['book-not-found'].code, detail, isSpent: false };
}
