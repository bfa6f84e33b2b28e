import type { DynamoDBClient, TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { PlainDate } from '../../shared/calendar/plain-date.ts';
import { batchGet } from '../../shared/dynamo/batch-get.ts';
import { toItem } from '../../shared/dynamo/items.ts';
import { keyToPlain } from '../../shared/dynamo/key-records.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { transactionParts } from '../../shared/dynamo/transaction-parts.ts';
import type { KeyClaim } from '../../shared/http/key-claim.ts';
import { invoiceToPlain } from './invoices/invoice-items.ts';
import { customerPlace, keys } from './keys.ts';
import type { DecidedReceipt } from './matches/decided-receipt.ts';
import { type Match, matchIdOf } from './matches/match.ts';
import { matchFromPlain, matchToPlain } from './matches/match-items.ts';
import type { Receipt, Refund } from './receipts/receipt.ts';
import { receiptToPlain, refundFromPlain, refundToPlain } from './receipts/receipt-items.ts';

/** Pages of a customer's history that are looked through for matches, at most. */
const matchPagesMax = 10;

/** What happened with a customer that is read together, and how often, where all since a day is looked through for matches. */
const matchesPerPage = 500;
const pagesSinceMax = 40;

/** Before all days. */
const firstDay = '0';

type LastKey = Awaited<ReturnType<ReturnType<typeof tableAccess>['query']>>['lastKey'];

/** Matches and refunds of receipts; all reads are strongly consistent. */
export function matchStore(client: DynamoDBClient, table: string) {
  const { get, query, queryAll } = tableAccess(client, table);
  const { putNew, putNext, write } = transactionParts(client, table);

  async function readMatch(tenant: string, matchId: string): Promise<Match | undefined> {
    const item = await get(keys.match(tenant, matchId));
    return item && matchFromPlain(item);
  }

  /** All matches that were ever made of receipts, by receipt, in the order in which they were made. */
  async function readMatches(receipts: readonly Receipt[]): Promise<Map<string, Match[]>> {
    const ids = new Map(receipts.map((receipt) => [receipt.id, matchIdsOf(receipt)]));
    const wanted = receipts.flatMap(({ tenant, id }) => (ids.get(id) ?? []).map((one) => keys.match(tenant, one)));
    const found = new Map(
      (await batchGet(client, table, wanted)).map(matchFromPlain).map((match) => [match.id, match]),
    );
    return new Map([...ids].map(([id, matchIds]) => [id, matchIds.flatMap((one) => found.get(one) ?? [])]));
  }

  /**
   * The latest matches of a customer, so many at most, among the latest of all that happened with it; the index may lag a
   * moment.
   */
  async function listMatchesOf(tenant: string, customerId: string, count: number): Promise<Match[]> {
    const ids: string[] = [];
    let lastKey: LastKey;
    let pages = 0;
    do {
      pages += 1;
      const page = await readMatchIds(tenant, customerId, firstDay, { count, lastKey });
      ids.push(...page.ids);
      lastKey = page.lastKey;
    } while (lastKey && ids.length < count && pages < matchPagesMax);
    return await readMatchesById(tenant, ids.slice(0, count));
  }

  /**
   * Hands over the matches of a customer from a day on, the latest first, page by page; answers whether these were all, or more
   * happened with it than is looked through. The index may lag a moment.
   */
  async function forMatchesSince(
    tenant: string,
    { customerId, since }: { readonly customerId: string; readonly since: PlainDate },
    take: (matches: readonly Match[]) => Promise<void>,
  ): Promise<boolean> {
    let lastKey: LastKey;
    for (let pages = 0; pages < pagesSinceMax; pages++) {
      const page = await readMatchIds(tenant, customerId, since, { count: matchesPerPage, lastKey });
      await take(await readMatchesById(tenant, page.ids));
      lastKey = page.lastKey;
      if (!lastKey) return true;
    }
    return false;
  }

  async function readMatchIds(
    tenant: string,
    customerId: string,
    since: string,
    { count, lastKey }: { readonly count: number; readonly lastKey: LastKey },
  ) {
    const page = await query({
      IndexName: 'byCustomer',
      KeyConditionExpression: 'customerOf = :of AND customerAt >= :since',
      FilterExpression: 'sk = :kind',
      ExpressionAttributeValues: toItem({
        ':of': customerPlace(tenant, customerId, '', '', '').customerOf,
        ':since': since,
        ':kind': keys.match('', '').sk,
      }),
      ScanIndexForward: false,
      Limit: count,
      ...(lastKey && { ExclusiveStartKey: lastKey }),
    });
    return { ids: page.items.map(({ pk }) => String(pk).slice(tenant.length + 1)), lastKey: page.lastKey };
  }

  async function readMatchesById(tenant: string, ids: readonly string[]): Promise<Match[]> {
    const wanted = ids.map((id) => keys.match(tenant, id));
    return (await batchGet(client, table, wanted)).map(matchFromPlain);
  }

  /** The refunds of a receipt, in no order. */
  async function readRefunds(tenant: string, receiptId: string): Promise<Refund[]> {
    const { pk, sk } = keys.refund(tenant, receiptId, '');
    const items = await queryAll({
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
      ExpressionAttributeValues: toItem({ ':pk': pk, ':sk': sk }),
      ConsistentRead: true,
    });
    return items.map(refundFromPlain);
  }

  /** What happened with a receipt: its matches as they were made, its refunds; where they were turned round it was handled. */
  async function readHistory(receipt: Receipt) {
    const [matches, refunds] = await Promise.all([
      readMatches([receipt]),
      receipt.refunded > 0n || receipt.handled ? readRefunds(receipt.tenant, receipt.id) : [],
    ]);
    return { matches: matches.get(receipt.id) ?? [], refunds };
  }

  /**
   * What was decided on a receipt, all or nothing: only where the receipt, the match and every invoice still stand as they were
   * read; with the record of the key where there is one. Throws what DynamoDB throws.
   */
  async function writeDecided(decided: DecidedReceipt, claim?: KeyClaim): Promise<void> {
    const { tenant } = decided.receipt.next;
    await write([...partsOf(decided), ...(claim ? [putNew(keyToPlain(tenant, claim))] : [])]);
  }

  /** The same of a receipt that begins with it. Throws what DynamoDB throws, also where the receipt is there. */
  const createDecided = ({ receipt, ...rest }: DecidedReceipt) =>
    write([putNew(receiptToPlain(receipt.next)), ...othersOf(rest)]);

  /** The same of several receipts that share no invoice, in one transaction that holds them. */
  const writeAllDecided = (decided: readonly DecidedReceipt[]) => write(decided.flatMap(partsOf));

  function partsOf({ receipt, ...rest }: DecidedReceipt): TransactWriteItem[] {
    return [putNext(receiptToPlain(receipt.next), receipt.before.revision), ...othersOf(rest)];
  }

  function othersOf({ invoices, match, refund }: Omit<DecidedReceipt, 'receipt'>): TransactWriteItem[] {
    return [
      ...invoices.map(({ next, before }) => putNext(invoiceToPlain(next), before.revision)),
      ...(match
        ? [match.before ? putNext(matchToPlain(match.next), match.before.revision) : putNew(matchToPlain(match.next))]
        : []),
      ...(refund ? [putNew(refundToPlain(refund))] : []),
    ];
  }

  return {
    readMatch,
    readMatches,
    listMatchesOf,
    forMatchesSince,
    readRefunds,
    readHistory,
    writeDecided,
    createDecided,
    writeAllDecided,
  };
}

function matchIdsOf({ tenant, id, matchesMade }: Receipt): string[] {
  return Array.from({ length: matchesMade }, (_, place) => matchIdOf(tenant, id, place + 1));
}
