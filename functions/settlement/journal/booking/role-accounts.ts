import type { Cause } from '../../../../shared/http/cause.ts';
import type * as ledger from '../../../ledger/published.ts';
import type { Market } from '../../markets/market.ts';
import type { Merchant } from '../../merchants/merchant.ts';
import type { JournalingStore } from '../../store.ts';
import { type AccountRole, gainsOf } from '../role-legs.ts';
import type { Posting } from '../transaction.ts';

/** What postings are booked with. */
export interface BookingTools {
  readonly store: Pick<
    JournalingStore,
    'readMarket' | 'readMerchants' | 'listChannels' | 'keepWaiting' | 'replaceWaiting' | 'listWaiting'
  >;
  readonly ledger: Pick<typeof ledger, 'postTransfers'>;
}

export const systemCause: Cause = { client: 'settlement', role: 'system', requestId: 'journal' };

const payable = 'payable:';
const subsidy = 'subsidy:';

/** Accounts kept in mind, at most: what they are for never changes. */
const accountsKeptMax = 20_000;

/** Why a posting has no account for one of its legs. */
export class NoAccountError extends Error {
  override readonly name = 'NoAccountError';
}

/** Accounts by role, for postings of one market after the other; those that were found are not read again. */
export class RoleAccounts {
  private readonly known = new Map<string, string>();
  private readonly currencies = new Map<string, string>();

  /** What every leg of the postings, all of one tenant, needs. What is not there is left out. */
  async find({ store }: Pick<BookingTools, 'store'>, tenant: string, postings: readonly Posting[]): Promise<void> {
    if (this.known.size > accountsKeptMax) this.known.clear();
    for (const [marketId, own] of Map.groupBy(postings, (posting) => posting.marketId)) {
      const roles = [...gainsOf(own.flatMap(({ legs }) => legs)).keys()];
      const unknown = roles.filter((role) => !this.known.has(keyOf(tenant, marketId, role)));
      if (unknown.length === 0) continue;
      const market = await store.readMarket(tenant, marketId);
      if (!market) continue;
      this.currencies.set(keyOf(tenant, marketId), market.currency);
      const found = await accountsOf(store, market, unknown);
      for (const [role, accountId] of found) this.known.set(keyOf(tenant, marketId, role), accountId);
    }
  }

  /** Throws NoAccountError. */
  accountOf(tenant: string, marketId: string, role: AccountRole): string {
    const accountId = this.known.get(keyOf(tenant, marketId, role));
    if (accountId !== undefined) return accountId;
    throw new NoAccountError(`There is no account ${role} of market ${marketId}.`);
  }

  /** Throws NoAccountError. */
  currencyOf(tenant: string, marketId: string): string {
    const currency = this.currencies.get(keyOf(tenant, marketId));
    if (currency !== undefined) return currency;
    throw new NoAccountError(`There is no market ${marketId}.`);
  }
}

function keyOf(tenant: string, marketId: string, role = ''): string {
  return `${tenant}#${marketId}#${role}`;
}

function merchantOf(role: AccountRole): string | undefined {
  if (role.startsWith(payable)) return role.slice(payable.length);
  return role.startsWith(subsidy) && role !== 'subsidy:PLATFORM' ? role.slice(subsidy.length) : undefined;
}

/** The accounts of a market by role: its own, those that the roles name of merchants, and of channels all. */
export async function accountsOf(
  store: Pick<BookingTools['store'], 'readMerchants' | 'listChannels'>,
  market: Pick<Market, 'tenant' | 'id' | 'accounts'>,
  roles: readonly AccountRole[],
): Promise<Map<AccountRole, string>> {
  const { tenant, id } = market;
  const merchantIds = [...new Set(roles.flatMap((role) => merchantOf(role) ?? []))];
  const needsChannels = roles.some((role) => role.startsWith('channel:'));
  const merchants =
    merchantIds.length === 0 ? new Map<string, Merchant>() : await store.readMerchants(tenant, merchantIds);
  const channels = needsChannels ? await store.listChannels(tenant, id) : [];
  return new Map<AccountRole, string>([
    ['supervised', market.accounts.supervised],
    ['subsidy:PLATFORM', market.accounts.own],
    ...channels.map((channel) => [`channel:${channel.id}`, channel.accountId] as const),
    ...[...merchants.values()].flatMap((merchant): [AccountRole, string][] => [
      [`payable:${merchant.id}`, merchant.payableAccountId],
      [`subsidy:${merchant.id}`, merchant.subsidyAccountId],
    ]),
  ]);
}
