import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { keyToPlain } from '../../shared/dynamo/key-records.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { transactionParts } from '../../shared/dynamo/transaction-parts.ts';
import type { KeyClaim } from '../../shared/http/key-claim.ts';
import { keys, ownCreditsOf } from './keys.ts';
import { readListPage } from './list-page.ts';
import { type OwnCredit, type OwnCreditState, ownCreditFromPlain, ownCreditToPlain } from './receipts/own-credit.ts';
import type { Receipt } from './receipts/receipt.ts';
import { receiptToPlain } from './receipts/receipt-items.ts';

/** Money from own accounts that is no receipt; reads by id are strongly consistent. */
export function ownCreditStore(client: DynamoDBClient, table: string) {
  const { get, query, putNew: putOneNew } = tableAccess(client, table);
  const { putNew, putNext, write } = transactionParts(client, table);

  async function readOwnCredit(tenant: string, id: string): Promise<OwnCredit | undefined> {
    const item = await get(keys.ownCredit(tenant, id));
    return item && ownCreditFromPlain(item);
  }

  /** A new one; false where it is there. */
  const keepOwnCredit = (own: OwnCredit) => putOneNew(ownCreditToPlain(own));

  /** The next state of one, only where it still stands as it was read, and the receipt, where there is none yet. */
  const writeTaken = (next: OwnCredit, { revision }: OwnCredit, receipt: Receipt | undefined, claim?: KeyClaim) =>
    write([
      putNext(ownCreditToPlain(next), revision),
      ...(receipt ? [putNew(receiptToPlain(receipt))] : []),
      ...(claim ? [putNew(keyToPlain(next.tenant, claim))] : []),
    ]);

  /** A page of those in a state, the latest told first, from behind a place; the index may lag a moment. */
  async function listOwnCredits(tenant: string, state: OwnCreditState, after: string | undefined, count: number) {
    const asked = { of: ownCreditsOf(tenant, state), after, count, direction: 'BACKWARD' } as const;
    const { items, ...more } = await readListPage({ query }, asked);
    return { page: items.map(ownCreditFromPlain), ...more };
  }

  return { readOwnCredit, keepOwnCredit, writeTaken, listOwnCredits };
}
