import type { CurrencyCode } from '../../../shared/money/currency.ts';
import { problems } from '../problems.ts';
import type { CollectionTools } from '../tools.ts';

/** The account that collected money goes to. Problem: `collection/credit-account`. */
export async function requireCreditAccount(
  { ledger }: CollectionTools,
  tenant: string,
  accountId: string,
): Promise<{ readonly currency: CurrencyCode; readonly holder: string }> {
  const account = (await ledger.readAccounts(tenant, [accountId])).get(accountId);
  const refuse = (detail: string) =>
    problems['credit-account'].with({ detail, accountId }).at({ pointer: '/creditAccountId', detail });
  if (!account) throw refuse(`There is no account ${accountId}.`);
  if (account.status === 'CLOSED') throw refuse(`The account ${accountId} is closed.`);
  if (account.hot) throw refuse(`The account ${accountId} only records; money cannot be held on its way to it.`);
  if (account.owner !== undefined) throw refuse(`The account ${accountId} belongs to the capability ${account.owner}.`);
  if (account.purpose === 'LOAN') throw refuse(`The account ${accountId} is a loan.`);
  return { currency: account.currency as CurrencyCode, holder: account.holder };
}
