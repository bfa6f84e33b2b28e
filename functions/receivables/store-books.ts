import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { batchGet } from '../../shared/dynamo/batch-get.ts';
import { type Plain, toItem } from '../../shared/dynamo/items.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { transactionParts } from '../../shared/dynamo/transaction-parts.ts';
import type { ReceivablesBook, StoredRules } from './books/book.ts';
import { bookFromPlain, bookToPlain, rulesFromPlain, rulesToPlain } from './books/book-items.ts';
import { allBooks, keys } from './keys.ts';

/** Which book it is. */
export type BookName = Pick<ReceivablesBook, 'legalEntity' | 'currency'>;

/** Books and rules of matching; all reads are strongly consistent. */
export function bookStore(client: DynamoDBClient, table: string) {
  const { get, query } = tableAccess(client, table);
  const { putNew, putNext, write } = transactionParts(client, table);

  async function readBook(tenant: string, { legalEntity, currency }: BookName): Promise<ReceivablesBook | undefined> {
    const item = await get(keys.book(tenant, legalEntity, currency));
    return item && bookFromPlain(item);
  }

  /** Those of these that there are, in no order. */
  async function readBooks(tenant: string, names: Iterable<BookName>): Promise<ReceivablesBook[]> {
    const wanted = new Map(
      Array.from(names, ({ legalEntity, currency }) => keys.book(tenant, legalEntity, currency)).map((key) => [
        key.sk,
        key,
      ]),
    );
    return (await batchGet(client, table, [...wanted.values()])).map(bookFromPlain);
  }

  /** A page of books by currency and legal entity, from behind one. */
  async function listBooks(tenant: string, after: BookName | undefined, count: number) {
    const { items } = await query({
      KeyConditionExpression: after ? 'pk = :pk AND sk > :after' : 'pk = :pk',
      ExpressionAttributeValues: toItem({
        ':pk': keys.book(tenant, '', '').pk,
        ...(after && { ':after': keys.book(tenant, after.legalEntity, after.currency).sk }),
      }),
      ConsistentRead: true,
      Limit: count + 1,
    });
    return { books: items.slice(0, count).map(bookFromPlain), more: items.length > count };
  }

  /** The next tenant, by name, that has a book; the index may lag a moment. */
  async function nextTenant(after: string | undefined): Promise<string | undefined> {
    const { items } = await query({
      IndexName: 'byList',
      KeyConditionExpression: 'listOf = :of AND listAt > :after',
      // No place goes on with U+FFFF.
      ExpressionAttributeValues: toItem({ ':of': allBooks, ':after': after === undefined ? ' ' : `${after}#\uffff` }),
      Limit: 1,
    });
    const [book] = items.map(bookFromPlain);
    return book?.tenant;
  }

  async function readRules(tenant: string): Promise<StoredRules | undefined> {
    const item = await get(keys.rules(tenant));
    return item && rulesFromPlain(item);
  }

  /** The next revision, only over the one before it. Throws what DynamoDB throws. */
  const over = (item: Plain, revision: number) => write([revision === 1 ? putNew(item) : putNext(item, revision - 1)]);

  const writeBook = (next: ReceivablesBook) => over(bookToPlain(next), next.revision);
  const writeRules = (next: StoredRules) => over(rulesToPlain(next), next.revision);

  return { readBook, readBooks, listBooks, nextTenant, readRules, writeBook, writeRules };
}
