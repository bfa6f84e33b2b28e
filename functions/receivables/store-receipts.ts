import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { batchGet } from '../../shared/dynamo/batch-get.ts';
import { type Plain, toItem } from '../../shared/dynamo/items.ts';
import { keyToPlain } from '../../shared/dynamo/key-records.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { transactionParts } from '../../shared/dynamo/transaction-parts.ts';
import type { KeyClaim } from '../../shared/http/key-claim.ts';
import {
  closedReceiptShards,
  customerPlace,
  exceptionPlace,
  keys,
  onAccountReceiptShards,
  openReceiptShards,
} from './keys.ts';
import { type ExceptionReason, exceptionReasons } from './matching/decision.ts';
import type { MergedReceipts } from './receipts/merge-receipts.ts';
import type { PartedCredit } from './receipts/parted-credit.ts';
import type { Receipt } from './receipts/receipt.ts';
import { receiptFromPlain, receiptToPlain } from './receipts/receipt-items.ts';

/** A part of a list of receipts, and from behind which place it goes on. */
export interface ReceiptPage {
  readonly receipts: readonly Receipt[];
  readonly next?: string;
}

/** OPEN: with money that is not used. HELD: these, and those with money on account. CLOSED: of which all is used. */
export type WhichReceipts = 'OPEN' | 'HELD' | 'CLOSED' | 'ALL';

export function shardsOfReceipts(tenant: string, which: WhichReceipts): string[] {
  return [
    ...(which === 'CLOSED' ? [] : openReceiptShards(tenant)),
    ...(which === 'OPEN' ? [] : onAccountReceiptShards(tenant)),
    ...(which === 'OPEN' || which === 'HELD' ? [] : closedReceiptShards(tenant)),
  ];
}

interface PageAsked {
  readonly after?: string | undefined;
  readonly count: number;
}

type SortKey = 'openAt' | 'customerAt' | 'exceptionAt';

/** Receipts, whoever told of them, and lists of them; reads by id are strongly consistent. */
export function receiptStore(client: DynamoDBClient, table: string) {
  const { get, query, putNew: putOneNew } = tableAccess(client, table);
  const { putNew, putNext, checkNone, write } = transactionParts(client, table);

  async function readReceipt(tenant: string, receiptId: string): Promise<Receipt | undefined> {
    const item = await get(keys.receipt(tenant, receiptId));
    return item?.kind === 'RECEIPT' ? receiptFromPlain(item) : undefined;
  }

  async function readReceipts(tenant: string, receiptIds: Iterable<string>): Promise<Map<string, Receipt>> {
    const wanted = [...new Set(receiptIds)].map((id) => keys.receipt(tenant, id));
    const items = await batchGet(client, table, wanted);
    const receipts = items.filter(({ kind }) => kind === 'RECEIPT').map(receiptFromPlain);
    return new Map(receipts.map((receipt) => [receipt.id, receipt]));
  }

  /** What stands in the place of a credit of a statement: its receipt, or which receipts it is in parts. */
  async function readCredit(tenant: string, receiptId: string): Promise<Receipt | PartedCredit | undefined> {
    const item = await get(keys.receipt(tenant, receiptId));
    if (!item) return undefined;
    return item.kind === 'RECEIPT' ? receiptFromPlain(item) : partedFromPlain(item);
  }

  /** A new receipt; false where something stands in its place, be it from an earlier try without an answer. */
  const keepReceipt = (receipt: Receipt) => putOneNew(receiptToPlain(receipt));

  const keepPartedCredit = ({ tenant, id, ...facts }: PartedCredit) =>
    putOneNew({ ...keys.receipt(tenant, id), kind: 'PARTED_CREDIT', tenant, id, ...facts });

  /** A new receipt and the record of its key. Throws what DynamoDB throws. */
  const createReceipt = (receipt: Receipt, claim: KeyClaim) =>
    write([putNew(receiptToPlain(receipt)), putNew(keyToPlain(receipt.tenant, claim))]);

  /**
   * The next state of two receipts that are one, or are one no more, with the record of the key; only where both still stand as they
   * were read, and no bank takes money off either at the moment. Throws what DynamoDB throws.
   */
  const writeMerged = ({ from, into }: MergedReceipts, before: MergedReceipts, claim: KeyClaim) =>
    write([
      putNext(receiptToPlain(from), before.from.revision),
      putNext(receiptToPlain(into), before.into.revision),
      ...[from, into].map(({ tenant, id }) => checkNone(keys.returning(tenant, id))),
      putNew(keyToPlain(from.tenant, claim)),
    ]);

  /** The next state of a receipt, only where it still stands as it was read. Throws what DynamoDB throws. */
  const replaceReceipt = (next: Receipt, { revision }: Receipt) => write([putNext(receiptToPlain(next), revision)]);

  /** A page of receipts, the latest paid first, from behind a place. The index may lag a moment. */
  function listReceipts(tenant: string, which: WhichReceipts, page: PageAsked): Promise<ReceiptPage> {
    const shards = shardsOfReceipts(tenant, which);
    return readMerged(tenant, { index: 'byOpen', of: 'openOf', at: 'openAt', shards, forward: false }, page);
  }

  /** The same of one customer. */
  function listReceiptsOf(tenant: string, customerId: string, page: PageAsked): Promise<ReceiptPage> {
    const { customerOf } = customerPlace(tenant, customerId, '', '', '');
    const shards = [customerOf];
    return readMerged(
      tenant,
      { index: 'byCustomer', of: 'customerOf', at: 'customerAt', shards, forward: false },
      page,
    );
  }

  /** A page of receipts that wait for somebody, the longest waiting first. The index may lag a moment. */
  function listExceptions(tenant: string, reason: ExceptionReason | undefined, page: PageAsked): Promise<ReceiptPage> {
    const reasons = reason === undefined ? exceptionReasons : [reason];
    const shards = reasons.map((one) => exceptionPlace(tenant, one, '', '').exceptionOf);
    return readMerged(
      tenant,
      { index: 'byException', of: 'exceptionOf', at: 'exceptionAt', shards, forward: true },
      page,
    );
  }

  /**
   * Some partitions of an index read as one list. What has left its place since the index was written is left out, so a page
   * may hold fewer than `count`; `next` alone tells that there are more.
   */
  async function readMerged(tenant: string, list: IndexList, { after, count }: PageAsked): Promise<ReceiptPage> {
    const pages = await Promise.all(list.shards.map((shard) => readShard(shard, list, { after, count: count + 1 })));
    const direction = list.forward ? 1 : -1;
    const places = pages.flat().sort((a, b) => (String(a[list.at]) < String(b[list.at]) ? -direction : direction));
    const shown = places.slice(0, count);
    const ids = shown.map(({ pk }) => String(pk).slice(tenant.length + 1));
    const found = await readReceipts(tenant, ids);
    const last = shown.at(-1);
    return {
      receipts: ids.flatMap((id) => found.get(id) ?? []),
      ...(places.length > count && last && { next: String(last[list.at]) }),
    };
  }

  async function readShard(
    shard: string,
    { index, of, at, forward }: IndexList,
    { after, count }: Required<PageAsked>,
  ): Promise<Plain[]> {
    const places: Plain[] = [];
    let lastKey: Awaited<ReturnType<typeof query>>['lastKey'];
    do {
      const page = await query({
        IndexName: index,
        KeyConditionExpression: `${of} = :of${after === undefined ? '' : ` AND ${at} ${forward ? '>' : '<'} :after`}`,
        FilterExpression: 'sk = :kind',
        ExpressionAttributeValues: toItem({
          ':of': shard,
          ':kind': keys.receipt('', '').sk,
          ...(after !== undefined && { ':after': after }),
        }),
        ScanIndexForward: forward,
        Limit: count,
        ...(lastKey && { ExclusiveStartKey: lastKey }),
      });
      places.push(...page.items);
      lastKey = page.lastKey;
    } while (lastKey && places.length < count);
    return places;
  }

  return {
    readReceipt,
    readReceipts,
    readCredit,
    keepReceipt,
    keepPartedCredit,
    createReceipt,
    writeMerged,
    replaceReceipt,
    listReceipts,
    listReceiptsOf,
    listExceptions,
  };
}

interface IndexList {
  readonly index: string;
  readonly of: string;
  readonly at: SortKey;
  readonly shards: readonly string[];
  readonly forward: boolean;
}

function partedFromPlain({ pk: _pk, sk: _sk, kind: _kind, ...facts }: Plain): PartedCredit {
  return facts as unknown as PartedCredit;
}
