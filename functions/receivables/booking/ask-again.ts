import type { ReceivablesBook } from '../books/book.ts';
import { type Answer, askLedger, type BookingTools, requireAnswers } from './book-facts.ts';
import type { RefusedBooking } from './refused-booking.ts';

/** Refused bookings that are asked for together. */
const bookingsAtOnce = 500;

/**
 * Asks the ledger again for all that it refused or did not answer, of every tenant; see `askFor`. Throws where something of it
 * went wrong again, after all was asked for.
 */
export async function askAgain(tools: BookingTools, now: Date): Promise<void> {
  await forEachPage(tools, undefined, (refused) => askFor(tools, refused, now));
}

/** The same for what waits for a book, once it is there. */
export async function askForBook(
  tools: BookingTools,
  { tenant, legalEntity, currency }: Pick<ReceivablesBook, 'tenant' | 'legalEntity' | 'currency'>,
  now: Date,
): Promise<void> {
  await forEachPage(tools, tenant, async (refused) => {
    const waiting = refused.filter(
      ({ booking }) => booking.legalEntity === legalEntity && booking.currency === currency,
    );
    await askFor(tools, waiting, now);
  });
}

async function forEachPage(
  { store }: BookingTools,
  tenant: string | undefined,
  take: (refused: readonly RefusedBooking[]) => Promise<void>,
): Promise<void> {
  const failures: unknown[] = [];
  let after: string | undefined;
  do {
    const { page, more } = await store.listRefused(tenant, after, bookingsAtOnce);
    const refused = page.map(({ refused }) => refused);
    for (const ofTenant of Map.groupBy(refused, ({ booking }) => booking.tenant).values()) {
      // One tenant's trouble keeps nobody else's money from the ledger.
      await take(ofTenant).catch((error: unknown) => failures.push(error));
    }
    after = more ? page.at(-1)?.at : undefined;
  } while (after !== undefined);
  if (failures.length > 0) throw new AggregateError(failures, 'Some bookings could not be asked for again.');
}

/**
 * Asks for refused bookings of one tenant again. A refusal spends the number that it was asked under, and only then the next one
 * is used: so a fact is booked once, whoever else asks and wherever this breaks off. Throws NotAnsweredError where the ledger
 * could not say of some; the others stand.
 */
async function askFor(tools: BookingTools, refused: readonly RefusedBooking[], now: Date): Promise<void> {
  const [first] = refused;
  if (!first) return;
  const answers = await askLedger(tools, first.booking.tenant, refused, now);
  for (const [place, before] of refused.entries()) {
    const answer = answers[place];
    if (answer && answer.outcome !== 'UNANSWERED') {
      await tools.store.replaceRefused(afterAnswer(before, answer, now), before);
    }
  }
  requireAnswers(answers);
}

function afterAnswer(before: RefusedBooking, answer: Answer, now: Date): RefusedBooking {
  const next = { ...before, changedAt: now.toISOString(), revision: before.revision + 1 };
  if (answer.outcome === 'POSTED') return { ...next, bookedAs: before.attempt };
  const { code, detail, isSpent } = answer;
  return { ...next, code, detail, attempt: before.attempt + (isSpent ? 1 : 0) };
}
