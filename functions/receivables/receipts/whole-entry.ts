import * as z from 'zod';
import type { DomainEvent } from '../../../shared/events/event.ts';
import type { ToldTools } from '../tools.ts';

/** Payments of one entry that are taken one by one, at most: what they are is kept in one item. */
export const paymentsPerEntryMax = 500;

/** What an event says of an entry whose payments it carries only in part. */
const cutEntry = z.object({
  statementId: z.string(),
  sequence: z.int(),
  detailsCount: z.int().max(paymentsPerEntryMax),
  details: z.array(z.unknown()),
});

/**
 * The event with all payments of its entry, where it carries the first ones of a longer batch; as it is, where the batch has more than
 * `paymentsPerEntryMax`.
 */
export async function wholeEntry(
  { statements }: Pick<ToldTools, 'statements'>,
  event: DomainEvent,
): Promise<DomainEvent> {
  const cut = cutEntry.safeParse(event.data).data;
  if (!cut || cut.details.length >= cut.detailsCount) return event;
  const details = await statements.detailsOfEntry(event.tenant, cut, cut.detailsCount);
  return { ...event, data: { ...(event.data as object), details } };
}
