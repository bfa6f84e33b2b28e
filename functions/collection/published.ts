/** What other capabilities may call. Everything else of collection is its own. */

import { dynamo } from '../../shared/dynamo/client.ts';
import { requireEnvironment } from '../../shared/service/environment.ts';
import { placeOf } from './batches/batch.ts';
import { type CollectedFile, collectedFile } from './gateway/collected-file.ts';
import type { PayerAccount } from './mandates/mandate.ts';
import { bankMessageStore } from './store-bank-messages.ts';
import { batchStore } from './store-batches.ts';
import { blockStore } from './store-blocks.ts';
import { mandateStore } from './store-mandates.ts';

export type { CollectedFile };

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

/**
 * What came of a file by the id of its message (MsgId), or of one of its payment informations (PmtInfId); undefined where no
 * collections of the tenant went under it. Reads nothing for an id of another form.
 */
export function collectedUnder(tenant: string, fileId: string): Promise<CollectedFile | undefined> {
  return collectedFile({ ...bankMessageStore(...table()), ...blockStore(...table()) }, tenant, fileId);
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
