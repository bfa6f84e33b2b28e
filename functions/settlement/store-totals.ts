import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { PlainDate } from '../../shared/calendar/plain-date.ts';
import { batchGet } from '../../shared/dynamo/batch-get.ts';
import type { Owner } from './journal/entry.ts';
import { addFigures, type Figures, noFigures } from './journal/figures.ts';
import { groupOf } from './journal/groups.ts';
import { totalFromPlain } from './journal/journal-items.ts';
import { journalKeys } from './journal/journal-keys.ts';

/** Running totals of one owner; reads are strongly consistent. */
export function totalStore(client: DynamoDBClient, table: string) {
  /** What days of an owner come to, over all settlements of each; days without a line are left out. */
  async function readOwnerTotals(
    tenant: string,
    marketId: string,
    owner: Owner,
    dates: readonly PlainDate[],
  ): Promise<Map<PlainDate, Figures>> {
    const group = groupOf(tenant, owner);
    const days = dates.map((date) => ({ tenant, marketId, date, group }));
    const closed = await batchGet(client, table, days.map(journalKeys.day));
    const sequences = new Map(closed.map(({ pk, sequence }) => [String(pk), Number(sequence)]));
    const wanted = days.flatMap((day) => {
      const last = sequences.get(journalKeys.day(day).pk) ?? 0;
      return Array.from({ length: last + 1 }, (_, sequence) => ({
        date: day.date,
        key: journalKeys.total({ ...day, owner, sequence }),
      }));
    });
    const dateOf = new Map(wanted.map(({ date, key }) => [`${key.pk} ${key.sk}`, date]));
    const found = await batchGet(
      client,
      table,
      wanted.map(({ key }) => key),
    );
    const totals = new Map<PlainDate, Figures>();
    for (const item of found) {
      const date = dateOf.get(`${item.pk} ${item.sk}`);
      if (date !== undefined) {
        totals.set(date, addFigures(totals.get(date) ?? noFigures, totalFromPlain(item).figures));
      }
    }
    return totals;
  }

  return { readOwnerTotals };
}
