import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { batchGet } from '../../shared/dynamo/batch-get.ts';
import { type Plain, toItem } from '../../shared/dynamo/items.ts';
import { keyToPlain } from '../../shared/dynamo/key-records.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { transactionParts } from '../../shared/dynamo/transaction-parts.ts';
import { writeRetried } from '../../shared/dynamo/write-retried.ts';
import type { KeyClaim } from '../../shared/http/key-claim.ts';
import { keys, returnedListOf } from './keys.ts';
import { readListPage } from './list-page.ts';
import type { Receipt } from './receipts/receipt.ts';
import { receiptToPlain, refundToPlain } from './receipts/receipt-items.ts';
import { type ReturnedCredit, type ReturnedState, returnedState, type Unreceived } from './returned/returned-credit.ts';
import {
  type OpenReturned,
  openReturnedFromPlain,
  openReturnedToPlain,
  returnedFromPlain,
  returnedToPlain,
  returningToPlain,
} from './returned/returned-items.ts';
import type { UnassignedMoney } from './returned/unassign-returned.ts';

/** Credits that banks took back; all reads but those of a page are strongly consistent. */
export function returnedStore(client: DynamoDBClient, table: string) {
  const { get, query, queryAll, putNew: putOneNew } = tableAccess(client, table);
  const { putNew, putNext, putAnyhow, check, remove, write } = transactionParts(client, table);

  async function readReturned(tenant: string, id: string): Promise<ReturnedCredit | undefined> {
    const item = await get(keys.returnedCredit(tenant, id));
    return item?.kind === 'RETURNED_CREDIT' ? returnedFromPlain(item) : undefined;
  }

  /** A new one, with that it is open; false where it is there, be it from an earlier try without an answer. */
  const keepReturned = (returned: ReturnedCredit): Promise<boolean> =>
    writeRetried(() => write([putNew(returnedToPlain(returned)), putAnyhow(openReturnedToPlain(returned))]));

  /** That a reversal is of no receipt, in the place of its returned credit; false where either is there. */
  const keepUnreceived = ({ tenant, id, ...told }: Unreceived): Promise<boolean> =>
    putOneNew({ ...keys.returnedCredit(tenant, id), kind: 'UNRECEIVED_REVERSAL', tenant, id, ...told });

  /**
   * The next state of one, only where it still stands as it was read; with the record of a key. `receipts` are those that it is
   * newly taken off, `partsAtOnceMax` at most, as they were read: only where they stand so, and no other is taken off them. What
   * is written is to be taken back, then finishReturned. Throws what DynamoDB throws.
   */
  async function replaceReturned(
    next: ReturnedCredit,
    { revision }: ReturnedCredit,
    { claim, receipts = [] }: { readonly claim?: KeyClaim; readonly receipts?: readonly Receipt[] } = {},
  ): Promise<void> {
    const { tenant, id: returnedId } = next;
    await write([
      putNext(returnedToPlain(next), revision),
      putAnyhow(openReturnedToPlain(next)),
      ...receipts.flatMap(({ id, revision: read }) => [
        check(keys.receipt(tenant, id), read),
        putNew(returningToPlain(tenant, id, returnedId)),
      ]),
      ...(claim ? [putNew(keyToPlain(tenant, claim))] : []),
    ]);
  }

  /** Which returned credits take money off some of receipts at the moment. */
  async function readReturning(tenant: string, receiptIds: readonly string[]) {
    const items = await batchGet(client, table, wantedOf(tenant, receiptIds));
    return items.map(({ receiptId, returnedId }) => ({
      receiptId: String(receiptId),
      returnedId: String(returnedId),
    }));
  }

  /** That one is taken off a receipt no more, and that its money is back; only where all stands as it was read. */
  async function writeUnassigned(
    next: ReturnedCredit,
    { revision }: ReturnedCredit,
    { receipt, refunds }: UnassignedMoney,
    claim: KeyClaim,
  ): Promise<void> {
    await write([
      putNext(returnedToPlain(next), revision),
      putAnyhow(openReturnedToPlain(next)),
      putNext(receiptToPlain(receipt.next), receipt.before.revision),
      ...refunds.map((refund) => putNew(refundToPlain(refund))),
      putNew(keyToPlain(next.tenant, claim)),
    ]);
  }

  /**
   * That all of the parts of one are taken back, as it was read; and where it is not open, that nothing of it is left to be done.
   * Throws what DynamoDB throws.
   */
  async function finishReturned(returned: ReturnedCredit): Promise<void> {
    const { tenant, id, parts, revision } = returned;
    const receiptIds = parts.map(({ receiptId }) => receiptId);
    const open = keys.openReturned(tenant, id);
    const found = await batchGet(client, table, [...wantedOf(tenant, receiptIds), open]);
    const locks = found.filter(({ returnedId }) => returnedId === id).map((lock) => removeOwn(lock, id));
    const isOver = returnedState(returned) !== 'OPEN' && found.some(({ kind }) => kind === 'OPEN_RETURNED');
    if (locks.length === 0 && !isOver) return;
    await write([check(keys.returnedCredit(tenant, id), revision), ...locks, ...(isOver ? [remove(open)] : [])]);
  }

  function removeOwn({ pk, sk }: Plain, returnedId: string): TransactWriteItem {
    const own = { ConditionExpression: 'returnedId = :id', ExpressionAttributeValues: toItem({ ':id': returnedId }) };
    return { Delete: { TableName: table, Key: toItem({ pk, sk }), ...own } };
  }

  /** A receipt of which nothing is left that a bank took back, only where it still stands as it was read; and that it was told. */
  async function writeUnreturned(next: Receipt, { revision }: Receipt, refundId: string): Promise<void> {
    const { tenant, id: receiptId } = next;
    const told = { ...keys.unreturned(tenant, receiptId, refundId), kind: 'UNRETURNED', tenant, receiptId, refundId };
    await write([putNext(receiptToPlain(next), revision), putNew(told)]);
  }

  async function isUnreturned({ tenant, id }: Receipt, refundId: string): Promise<boolean> {
    return (await get(keys.unreturned(tenant, id, refundId))) !== undefined;
  }

  /** Those of which something is left to be done; read after a receipt was written, it misses none that was kept before. */
  async function listOpenReturned(tenant: string): Promise<OpenReturned[]> {
    const items = await queryAll({
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: toItem({ ':pk': keys.openReturned(tenant, '').pk }),
      ConsistentRead: true,
    });
    return items.map(openReturnedFromPlain);
  }

  /** A page of those in a state, the longest there first, from behind a place; the index may lag a moment. */
  async function listReturned(tenant: string, state: ReturnedState, after: string | undefined, count: number) {
    const asked = { of: returnedListOf(tenant, state), after, count, direction: 'FORWARD' } as const;
    const { items, ...more } = await readListPage({ query }, asked);
    return { page: items.map(returnedFromPlain), ...more };
  }

  return {
    readReturned,
    keepReturned,
    keepUnreceived,
    replaceReturned,
    readReturning,
    writeUnassigned,
    finishReturned,
    writeUnreturned,
    isUnreturned,
    listOpenReturned,
    listReturned,
  };
}

function wantedOf(tenant: string, receiptIds: readonly string[]) {
  return [...new Set(receiptIds)].map((receiptId) => keys.returning(tenant, receiptId));
}
