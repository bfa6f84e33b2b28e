import type { CurrencyCode } from '../../../shared/money/currency.ts';
import type { LedgerAccount } from '../../ledger/published.ts';
import type { ToldTools } from '../tools.ts';

/**
 * Whose the money on an account is, and where it lies. An account that has internal ledgers is booked by the pool, and a currency
 * that is not the account's is not on it: then it is the account of the book.
 */
export function whereItLies(
  { id, holder, currency, book }: LedgerAccount,
  money: { readonly currency: CurrencyCode },
): { readonly legalEntity: string; readonly cashAccountId?: string } {
  const isBookedHere = book === undefined && currency === money.currency;
  return { legalEntity: holder, ...(isBookedHere && { cashAccountId: id }) };
}

export async function accountOf(
  { ledger }: Pick<ToldTools, 'ledger'>,
  tenant: string,
  accountId: string,
): Promise<LedgerAccount> {
  const account = (await ledger.readAccounts(tenant, [accountId])).get(accountId);
  if (account) return account;
  throw new Error(`The ledger has no account ${accountId}.`);
}
