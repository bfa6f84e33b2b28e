import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { batchGet } from '../../shared/dynamo/batch-get.ts';
import { type Plain, toItem } from '../../shared/dynamo/items.ts';
import { keyToPlain } from '../../shared/dynamo/key-records.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { transactionParts } from '../../shared/dynamo/transaction-parts.ts';
import type { KeyClaim } from '../../shared/http/key-claim.ts';
import { keys, unassignedPlace } from './keys.ts';
import type { Order } from './orders/order.ts';
import { orderFromPlain, orderToPlain } from './orders/order-items.ts';
import type { HandledPages, KeptPayments, UnassignedPayments } from './orders/unassigned.ts';
import { unassignedFromPlain, unassignedToPlain } from './orders/unassigned-items.ts';
import { heldMoved } from './store-sums.ts';
import type { SumChange } from './sums/sum.ts';

/** What is written with an order: what its refunds do to shares of sums, and the numbers of new ones. */
export interface Beside {
  readonly changes: readonly SumChange[];
  readonly refundNos: readonly string[];
}

const nothing: Beside = { changes: [], refundNos: [] };

/** Orders, one item each; reads by number are strongly consistent. What is written outside a transaction costs half of one. */
export function orderStore(client: DynamoDBClient, table: string) {
  const { get, query, queryAll } = tableAccess(client, table);
  const { putNew, putNext, check, checkNone, write } = transactionParts(client, table);

  async function readOrder(tenant: string, no: string): Promise<Order | undefined> {
    const item = await get(keys.order(tenant, no));
    return item && orderFromPlain(item);
  }

  /** Puts an item where none stands, or only over its revision before. Throws what DynamoDB throws. */
  async function put(item: Plain, revision: number): Promise<void> {
    const condition =
      revision === 1
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : {
            ConditionExpression: 'revision = :before',
            ExpressionAttributeValues: toItem({ ':before': revision - 1 }),
          };
    await client.send(new PutItemCommand({ TableName: table, Item: toItem(item), ...condition }));
  }

  /** With what its refunds do to shares of sums, and new numbers of them: all of it or nothing. Throws what DynamoDB throws. */
  async function writeOrder(order: Order, beside: Beside = nothing): Promise<void> {
    const more = partsOf(order, beside);
    if (more.length === 0) return put(orderToPlain(order), order.revision);
    await write([putNext(orderToPlain(order), order.revision - 1), ...more]);
  }

  /** The same, with the record of the key that asked for it. Throws what DynamoDB throws. */
  const writeOrderOnce = (order: Order, claim: KeyClaim, beside: Beside = nothing) =>
    write([
      putNext(orderToPlain(order), order.revision - 1),
      putNew(keyToPlain(order.tenant, claim)),
      ...partsOf(order, beside),
    ]);

  const partsOf = ({ tenant, marketId, no: orderNo }: Order, { changes, refundNos }: Beside) => [
    ...refundNos.map((no) =>
      putNew({ ...keys.refundNumber(tenant, marketId, no), kind: 'REFUND_NUMBER', tenant, orderNo }),
    ),
    ...heldMoved(table, changes),
  ];

  /** The order of a market that has the refund of a number. */
  async function readRefundNumber(tenant: string, marketId: string, no: string): Promise<string | undefined> {
    const item = await get(keys.refundNumber(tenant, marketId, no));
    return item && String(item.orderNo);
  }

  /** The record of a key for what has a number of its own, so that it may be written behind it. */
  async function noteKey(tenant: string, claim: KeyClaim): Promise<void> {
    await client.send(new PutItemCommand({ TableName: table, Item: toItem(keyToPlain(tenant, claim)) }));
  }

  /** All that is kept under a number; nothing where nothing ever was. */
  async function readUnassigned(tenant: string, orderNo: string, marketId: string): Promise<KeptPayments | undefined> {
    const { pk, sk } = keys.unassigned(tenant, orderNo, marketId);
    const items = await queryAll({
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
      ExpressionAttributeValues: toItem({ ':pk': pk, ':first': sk, ':last': `${sk}#\uffff` }),
      ConsistentRead: true,
    });
    const pages = items.map(unassignedFromPlain);
    if (pages.length === 0) return undefined;
    return { tenant, orderNo, marketId, payments: pages.flatMap(({ payments }) => payments), pages };
  }

  /** The first pages of several orders; numbers without any are left out. */
  async function readUnassignedOf(tenant: string, orders: readonly Pick<Order, 'no' | 'marketId'>[]) {
    const wanted = orders.map(({ no, marketId }) => keys.unassigned(tenant, no, marketId));
    return (await batchGet(client, table, wanted)).map(unassignedFromPlain);
  }

  const writeUnassigned = (kept: UnassignedPayments) => put(unassignedToPlain(kept), kept.revision);

  /**
   * What was done with one of the payments kept under a number, on the pages that say so, and the orders that it changes: all of it or
   * nothing. Where the order of that number is to come, it must not come meanwhile, so that it finds what was
   * done. Throws what DynamoDB throws.
   */
  async function writeHandled(
    { changed: pages, asRead }: HandledPages,
    orders: readonly Order[],
    isToCome: boolean,
  ): Promise<void> {
    const kept = pages.map((page) => putNext(unassignedToPlain(page), page.revision - 1));
    const changed = orders.map((order) => putNext(orderToPlain(order), order.revision - 1));
    const absent = pages.slice(0, 1).map(({ tenant, orderNo }) => checkNone(keys.order(tenant, orderNo)));
    const stand = asRead.map((page) => check(unassignedToPlain(page), page.revision));
    await write([...kept, ...stand, ...changed, ...(isToCome ? absent : [])]);
  }

  /** Some of a market's unassigned payments by the number that they name, page by page, from behind a place; the index may lag a moment. */
  async function listUnassigned(tenant: string, marketId: string, after: string | undefined, count: number) {
    const { items } = await query({
      IndexName: 'byMarket',
      KeyConditionExpression: after === undefined ? 'marketOf = :of' : 'marketOf = :of AND marketAt > :after',
      ExpressionAttributeValues: toItem({
        ':of': unassignedPlace(tenant, marketId, '').marketOf,
        ...(after !== undefined && { ':after': after }),
      }),
      Limit: count + 1,
    });
    const listed = items.slice(0, count);
    const places = listed.map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) }));
    const found = (await batchGet(client, table, places)).map(unassignedFromPlain);
    const byPlace = new Map(found.map((kept) => [marketAtOf(kept), kept]));
    const unassigned = listed.flatMap(({ marketAt }) => byPlace.get(String(marketAt)) ?? []);
    return { unassigned, ...(items.length > count && { next: String(listed.at(-1)?.marketAt) }) };
  }

  return {
    ...{ readOrder, writeOrder, writeOrderOnce, readRefundNumber, noteKey },
    ...{ readUnassigned, readUnassignedOf, writeUnassigned, writeHandled, listUnassigned },
  };
}

const marketAtOf = ({ tenant, marketId, orderNo, page }: UnassignedPayments) =>
  unassignedPlace(tenant, marketId, orderNo, page).marketAt;
