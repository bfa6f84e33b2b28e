/** What other capabilities may call. Everything else of collection is its own. */

import { dynamo } from '../../shared/dynamo/client.ts';
import { sum } from '../../shared/money/sum.ts';
import { requireEnvironment } from '../../shared/service/environment.ts';
import { placeOf } from './batches/batch.ts';
import type { PayerAccount } from './mandates/mandate.ts';
import { bankMessageStore } from './store-bank-messages.ts';
import { batchStore } from './store-batches.ts';
import { blockStore } from './store-blocks.ts';
import { mandateStore } from './store-mandates.ts';

/** Where the money of an order to a bank is booked. */
export interface OrderAccounts {
  readonly currency: string;
  /** The company's account, which it is booked to, and the clearing account, which owes it until it is applied. */
  readonly creditAccountId: string;
  readonly clearingAccountId: string;
}

/** The accounts of an order by its number at the bank; undefined where the number is of no order of the tenant. */
export async function accountsOfOrder(tenant: string, orderId: string): Promise<OrderAccounts | undefined> {
  const place = placeOf(orderId);
  const batch = place && (await batchStore(...table()).readBatch(tenant, place.batchId));
  if (!batch) return undefined;
  const { currency, creditAccountId, clearingAccountId } = batch;
  return { currency, creditAccountId, clearingAccountId };
}

/** What the collections that went in a file have brought so far. */
export interface CollectedFile {
  readonly orders: number;
  readonly currency: string;
  /** Minor units; what went back later is not taken off. */
  readonly settled: bigint;
}

/** The ids under which files go: 26 digits and capitals. */
const fileIdForm = /^[0-9A-Z]{26}$/;

/**
 * What came of a file by the id of its message (MsgId), or of one of its payment informations (PmtInfId); undefined where no
 * collections of the tenant went under it. Reads nothing for an id of another form.
 */
export async function collectedUnder(tenant: string, fileId: string): Promise<CollectedFile | undefined> {
  if (!fileIdForm.test(fileId)) return undefined;
  const orders = await bankMessageStore(...table()).readOrdersUnder(tenant, fileId);
  const [first] = orders;
  if (first?.direction !== 'COLLECT') return undefined;
  const settled = sum(await settledOf(tenant, new Set(orders.map(({ id }) => id))));
  return { orders: orders.length, currency: first.currency, settled };
}

/** What came by orders, of each that brought some. */
async function settledOf(tenant: string, orderIds: ReadonlySet<string>): Promise<bigint[]> {
  const places = Array.from(orderIds, placeOf).flatMap((place) => place ?? []);
  const settled: bigint[] = [];
  for (const [batchId, ofBatch] of Map.groupBy(places, (place) => place.batchId)) {
    const numbers = [...new Set(ofBatch.map(({ block }) => block))];
    const blocks = await blockStore(...table()).readBlocksAt(tenant, batchId, numbers);
    const tries = blocks.flatMap(({ items }) => items.flatMap((item) => item.tries));
    settled.push(...tries.flatMap((one) => (orderIds.has(one.orderId) ? (one.settled ?? []) : [])));
  }
  return settled;
}

/** Who pays by a mandate, with the number of its account in full: never to be shown. */
export async function payerOfMandate(
  tenant: string,
  mandateId: string,
): Promise<{ readonly name: string; readonly account: PayerAccount } | undefined> {
  const payer = (await mandateStore(...table()).readPayers(tenant, [mandateId])).get(mandateId);
  return payer && { name: payer.name, account: payer.account };
}

/** Only the stores that are asked, so that whoever calls this carries no other. */
function table(): [client: ReturnType<typeof dynamo>, table: string] {
  return [dynamo(), requireEnvironment('TABLE_COLLECTION')];
}
