import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { PlainDate } from '../../shared/calendar/plain-date.ts';
import { batchGet } from '../../shared/dynamo/batch-get.ts';
import { type Plain, toItem } from '../../shared/dynamo/items.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { postingFromPlain } from './journal/journal-items.ts';
import { journalKeys, linesPk } from './journal/journal-keys.ts';
import type { JournalLine } from './journal/line.ts';
import { unpackLine } from './journal/pack-lines.ts';
import type { Posting } from './journal/transaction.ts';
import type { BookingStep } from './orders/booking/booking-step.ts';
import { stepFromPlain, stepKey } from './orders/booking/step-items.ts';

/** Lines of a market that were written together, and the postings that were written with them. */
export interface MarketBlock {
  readonly lines: readonly JournalLine[];
  readonly postings: readonly string[];
}

/** A posting, and under which number the ledger has it or is asked for it. */
export interface NamedPosting extends Posting {
  readonly attempt: number;
}

/** What was posted of a market's day, and under which names; reads are strongly consistent. */
export function bookedStore(client: DynamoDBClient, table: string) {
  const { query } = tableAccess(client, table);

  /** A page of what consumers paid and got back on a day, from behind a place. */
  async function readMarketBlocks(
    tenant: string,
    marketId: string,
    date: PlainDate,
    { after, count }: { readonly after?: string; readonly count: number },
  ): Promise<{ readonly blocks: MarketBlock[]; readonly next?: string }> {
    const { items, lastKey } = await query({
      KeyConditionExpression: 'pk = :pk AND sk > :after',
      ExpressionAttributeValues: toItem({
        ':pk': linesPk(tenant, { kind: 'MARKET', id: marketId }, date),
        ':after': after ?? ' ',
      }),
      ConsistentRead: true,
      Limit: count,
    });
    const blocks = items.map(({ text, postings }: Plain) => ({
      lines: String(text).split('\n').map(unpackLine),
      postings: (postings ?? []) as string[],
    }));
    const last = items.at(-1);
    return { blocks, ...(lastKey && last && { next: String(last.sk) }) };
  }

  /** Postings by id; those that are not there are left out. */
  async function readPostings(tenant: string, ids: readonly string[]): Promise<Map<string, NamedPosting>> {
    const wanted = [...new Set(ids)].map((id) => journalKeys.posting(tenant, id));
    const found = (await batchGet(client, table, wanted)).map((item) => ({
      ...postingFromPlain(item),
      attempt: Number(item.bookedAs ?? item.attempt ?? 1),
    }));
    return new Map(found.map((posting) => [posting.id, posting]));
  }

  /** Under which number each step of an order was booked, or is asked for, in their order. */
  async function readAttempts(steps: readonly BookingStep[]): Promise<number[]> {
    const found = await batchGet(client, table, steps.map(stepKey));
    const nameOf = ({ pk, sk }: { pk?: unknown; sk?: unknown }) => JSON.stringify([pk, sk]);
    const attempts = new Map(found.map((item) => [nameOf(item), stepFromPlain(item).attempt]));
    return steps.map((step) => attempts.get(nameOf(stepKey(step))) ?? 1);
  }

  return { readMarketBlocks, readPostings, readAttempts };
}
