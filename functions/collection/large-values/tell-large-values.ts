import { businessDateOf, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { Cause } from '../../../shared/http/cause.ts';
import { DAY_MS } from '../../../shared/time/durations.ts';
import type { CollectionTools } from '../tools.ts';
import { findLargeValues } from './find-large-values.ts';
import type { SettledDay } from './large-value-items.ts';
import { headOf } from './present-large-value.ts';

const systemCause: Cause = { client: 'yudao', role: 'system', requestId: 'large-values' };

/**
 * How far back marks are looked at, in milliseconds: a night on which the job fails is made up for on the next two, and
 * so is money that banks tell of only days later.
 */
export const lookBackMs = 3 * DAY_MS;

/** The days that are over and have new money in them, of all tenants. */
export async function daysToLookAt({ store }: Pick<CollectionTools, 'store'>, now: Date): Promise<SettledDay[]> {
  const today = businessDateOf(now);
  const days = await store.readSettledDays(new Date(now.getTime() - lookBackMs).toISOString());
  return days.filter(({ date }) => date < today);
}

/**
 * Keeps each large value of a day, once: that it is kept is what is told. Money that comes in afterwards changes nothing of
 * what was told; whoever asks for the day sees it.
 */
export async function tellLargeValues(
  tools: Pick<CollectionTools, 'store' | 'hashNumber' | 'calendar'>,
  { tenant, date }: { readonly tenant: string; readonly date: PlainDate },
  now: Date,
): Promise<void> {
  const at = now.toISOString();
  for (const value of await findLargeValues(tools, tenant, date)) {
    await tools.store.keepLargeValue({ tenant, value: headOf(value, tools.calendar), at, cause: systemCause });
  }
}
