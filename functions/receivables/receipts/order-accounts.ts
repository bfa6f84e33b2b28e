import type { OrderAccounts } from '../../collection/published.ts';
import type { ToldTools } from '../tools.ts';
import type { ListedPayment } from './receipt-of-statement-entry.ts';

/** The accounts of the order of ours that a payment names; nothing where it names none. */
export async function orderAccounts(
  { collection }: Pick<ToldTools, 'collection'>,
  tenant: string,
  { endToEnd }: Pick<ListedPayment, 'endToEnd'>,
): Promise<(OrderAccounts & { readonly orderId: string }) | undefined> {
  if (endToEnd === undefined) return undefined;
  const accounts = await collection.accountsOfOrder(tenant, endToEnd);
  return accounts && { ...accounts, orderId: endToEnd };
}
