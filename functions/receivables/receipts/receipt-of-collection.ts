import * as z from 'zod';
import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { DomainEvent } from '../../../shared/events/event.ts';
import { parseAmount } from '../../../shared/money/amount.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';
import { defined } from '../../../shared/objects/defined.ts';

const money = z.object({ amount: z.string(), currency: z.string() });

/** What `collection.item-settled.v1` and `collection.item-returned.v1` say, as far as it matters here. */
const itemTold = z.object({
  mandateId: z.string(),
  description: z.string().optional(),
  references: z.record(z.string(), z.string()).default({}),
  tries: z.array(
    z.object({
      orderId: z.string(),
      businessDate: z.iso.date(),
      settled: money.optional(),
      returned: money.optional(),
    }),
  ),
});

/** What an order to a bank brought, and what of it went back. Minor units. */
export interface CollectedOrder {
  readonly orderId: string;
  readonly mandateId: string;
  readonly currency: CurrencyCode;
  readonly settled: bigint;
  readonly returned: bigint;
  readonly paidOn: PlainDate;
  readonly description?: string;
  readonly references: Readonly<Record<string, string>>;
}

/**
 * The orders of a collection by which money came. An event carries the whole collection as it then stood, so either event, by
 * itself and in any order, says all that there is to take. Throws on data of another shape.
 */
export function ordersOfEvent({ data }: Pick<DomainEvent, 'data'>): CollectedOrder[] {
  const { mandateId, description, references, tries } = itemTold.parse(data);
  return tries.flatMap(({ orderId, businessDate, settled, returned }) => {
    if (!settled) return [];
    const currency = settled.currency as CurrencyCode;
    const minor = parseAmount(settled.amount, currency);
    if (minor <= 0n) return [];
    return {
      orderId,
      mandateId,
      currency,
      settled: minor,
      returned: returned ? parseAmount(returned.amount, currency) : 0n,
      paidOn: businessDate,
      ...defined({ description }),
      references,
    };
  });
}
