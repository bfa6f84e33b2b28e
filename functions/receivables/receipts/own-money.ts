import type { ReceivablesStore } from '../store.ts';
import type { CreditPart } from './receipt-of-statement-entry.ts';

/**
 * Whether money only changed places among accounts of the tenant's own ledger: a sweep, a transfer between own accounts, funding.
 * An account that is recorded with a customer pays as that customer, though it is in the ledger too: companies of a group pay one
 * another's invoices. Reads nothing for money that comes from elsewhere.
 */
export async function isOwnMoney(
  store: Pick<ReceivablesStore, 'readPayers'>,
  tenant: string,
  { ownAccountId, payer }: Pick<CreditPart, 'ownAccountId' | 'payer'>,
): Promise<boolean> {
  if (ownAccountId === undefined) return false;
  if (payer.accountKey === undefined) return true;
  return (await store.readPayers(tenant, { accounts: [payer.accountKey], names: [] })).length === 0;
}
