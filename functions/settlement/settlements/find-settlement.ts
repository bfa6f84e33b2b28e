import { findMerchant, type MerchantReader } from '../merchants/keep-merchant.ts';
import type { Merchant } from '../merchants/merchant.ts';
import { problems } from '../problems.ts';
import type { SettlementStore } from '../store.ts';
import type { Settlement } from './settlement.ts';

/** A settlement and its merchant. Problem: `settlement/settlement-not-found`; of another merchant too, for one. */
export async function findSettlement(
  store: Pick<SettlementStore, 'readSettlementById' | 'readMerchant'>,
  reader: MerchantReader,
  settlementId: string,
): Promise<{ readonly settlement: Settlement; readonly merchant: Merchant }> {
  const settlement = await store.readSettlementById(reader.tenant, settlementId);
  const mayRead = settlement && (reader.merchant === undefined || reader.merchant === settlement.merchantId);
  if (!mayRead) {
    throw problems['settlement-not-found'].with({ detail: `There is no settlement ${settlementId}.`, settlementId });
  }
  return { settlement, merchant: await findMerchant(store, reader, settlement.merchantId) };
}
