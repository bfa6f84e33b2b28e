import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { transactionParts } from '../../shared/dynamo/transaction-parts.ts';
import { keys } from './keys.ts';
import type { Telling, TellingKind, ToldPage } from './telling/telling.ts';
import { pageToPlain, tellingFromPlain, tellingToPlain } from './telling/telling-items.ts';

/** What sources are told of the obligations of cycles; reads are strongly consistent. */
export function tellingStore(client: DynamoDBClient, table: string) {
  const { get } = tableAccess(client, table);
  const { putNew, putNext, write } = transactionParts(client, table);

  async function readTelling(tenant: string, cycleId: string, kind: TellingKind): Promise<Telling | undefined> {
    const item = await get(keys.telling(tenant, cycleId, kind));
    return item && tellingFromPlain(item);
  }

  /** How far it got and the pages up to there, only over how far it had got before. Throws what DynamoDB throws. */
  const writeTelling = (next: Telling, pages: readonly ToldPage[]) =>
    write([
      next.revision === 1 ? putNew(tellingToPlain(next)) : putNext(tellingToPlain(next), next.revision - 1),
      ...pages.map((page) => putNew(pageToPlain(page))),
    ]);

  return { readTelling, writeTelling };
}
