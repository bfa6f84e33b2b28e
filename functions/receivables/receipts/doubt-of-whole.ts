import type { ToldTools } from '../tools.ts';
import { orderAccounts } from './order-accounts.ts';
import { isOwnMoney } from './own-money.ts';
import type { ToldCredit } from './receipt-of-statement-entry.ts';
import { paymentsPerEntryMax } from './whole-entry.ts';

/**
 * Why a credit that is taken as one receipt may be none, or not all of it, though it lists payments: some of these are receipts of
 * orders already, or money of our own; or they are too many to tell.
 */
export async function doubtOfWhole(
  tools: ToldTools,
  tenant: string,
  { listed, payments }: Pick<ToldCredit, 'listed' | 'payments'>,
): Promise<string | undefined> {
  let [ordered, own] = [0, 0];
  for (const one of listed) {
    if (await orderAccounts(tools, tenant, one)) ordered += 1;
    else if (await isOwnMoney(tools.store, tenant, one)) own += 1;
  }
  const lists = `Of ${listed.length} payments that a statement lists in it`;
  if (ordered > 0)
    return `${lists}, ${ordered} came for orders of a collection: the receipts of those orders are that money.`;
  if (own > 0) return `${lists}, ${own} came from accounts of your own: nobody paid those.`;
  if (payments <= paymentsPerEntryMax) return undefined;
  return `It is a batch of ${payments} payments, more than the ${paymentsPerEntryMax} that are looked at one by one: some may be receipts already.`;
}
