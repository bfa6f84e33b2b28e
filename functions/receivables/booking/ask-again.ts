import type { ReceivablesBook } from '../books/book.ts';
import { askLedger, type BookingTools, requireAnswers } from './book-facts.ts';
import type { RefusedBooking } from './refused-booking.ts';

/** Refused bookings that are asked for together. */
const bookingsAtOnce = 500;

/** Asks the ledger again for all that it refused, of every tenant; see `askFor`. */
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
  let after: string | undefined;
  do {
    const { page, more } = await store.listRefused(tenant, after, bookingsAtOnce);
    await take(page.map(({ refused }) => refused));
    after = more ? page.at(-1)?.at : undefined;
  } while (after !== undefined);
}

/**
 * Asks for refused bookings again. A refusal spends the number that it was asked under, and only then the next one is used: so
 * a fact is booked once, whoever else asks and wherever this breaks off.
 */
async function askFor(tools: BookingTools, refused: readonly RefusedBooking[], now: Date): Promise<void> {
  for (const [tenant, ofTenant] of Map.groupBy(refused, ({ booking }) => booking.tenant)) {
    const answers = await askLedger(tools, tenant, ofTenant, now);
    for (const [place, before] of ofTenant.entries()) {
      const answer = answers[place];
      if (answer) await tools.store.replaceRefused(afterAnswer(before, answer, now), before);
    }
    requireAnswers(answers);
  }
}

function afterAnswer(
  before: RefusedBooking,
  answer: NonNullable<Awaited<ReturnType<typeof askLedger>>[number]>,
  now: Date,
): RefusedBooking {
  const next = { ...before, changedAt: now.toISOString(), revision: before.revision + 1 };
  if (answer.outcome === 'POSTED') return { ...next, bookedAs: before.attempt };
  const { code, detail, isSpent } = answer;
  return { ...next, code, detail, attempt: before.attempt + (isSpent ? 1 : 0) };
}
