import type { Cause } from '../../../../shared/http/cause.ts';
import type { Market } from '../../markets/market.ts';
import type { SettlementStore } from '../../store.ts';
import { type AccountRole, gainsOf } from '../role-legs.ts';
import type { Posting } from '../transaction.ts';
import type { BookingTools } from './booking-tools.ts';

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
  async find({ store, ledger }: BookingTools, tenant: string, postings: readonly Posting[], now: Date): Promise<void> {
    if (this.known.size > accountsKeptMax) this.known.clear();
    for (const [marketId, own] of Map.groupBy(postings, (posting) => posting.marketId)) {
      const roles = [...gainsOf(own.flatMap(({ legs }) => legs)).keys()];
      const unknown = roles.filter((role) => !this.known.has(keyOf(tenant, marketId, role)));
      if (unknown.length === 0) continue;
      const market = await store.readMarket(tenant, marketId);
      if (!market) continue;
      this.currencies.set(keyOf(tenant, marketId), market.currency);
      const found = await accountsOf({ store, ledger }, market, unknown, now);
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

async function accountsOf(
  { store, ledger }: BookingTools,
  market: Market,
  roles: readonly AccountRole[],
  now: Date,
): Promise<Map<AccountRole, string>> {
  const found = new Map<AccountRole, string>();
  const merchants = await readPayable(store, market.tenant, roles);
  for (const role of roles) {
    const [purpose, id = ''] = partsOf(role);
    const accountId =
      purpose === 'supervised'
        ? market.accounts.supervised
        : purpose === 'payable'
          ? merchants.get(id)?.payableAccountId
          : purpose === 'channel'
            ? await openChannelAccount({ ledger }, market, id, now)
            : undefined;
    if (accountId !== undefined) found.set(role, accountId);
  }
  return found;
}

function readPayable(store: Pick<SettlementStore, 'readMerchants'>, tenant: string, roles: readonly AccountRole[]) {
  const ids = roles.map(partsOf).flatMap(([purpose, id = '']) => (purpose === 'payable' ? [id] : []));
  return store.readMerchants(tenant, ids);
}

function partsOf(role: AccountRole): [string, string?] {
  const colon = role.indexOf(':');
  return colon < 0 ? [role] : [role.slice(0, colon), role.slice(colon + 1)];
}

export const systemCause: Cause = { client: 'settlement', role: 'system', requestId: 'journal' };

/** What a channel owes a market, opened when it is first needed; its name is as those of the market's other accounts. */
export function openChannelAccount(
  { ledger }: Pick<BookingTools, 'ledger'>,
  { tenant, id, name, legalEntity, currency }: Pick<Market, 'tenant' | 'id' | 'name' | 'legalEntity' | 'currency'>,
  channelId: string,
  now: Date,
): Promise<string> {
  const role = `channel ${channelId}`;
  const references = { marketId: id, channelId };
  return ledger.openAccountOnce(
    tenant,
    {
      name: ['settlement', 'market', id, currency, legalEntity, role],
      account: { currency, holder: legalEntity, name: `${name} ${role}`, purpose: 'CLEARING', references },
      constraint: { type: 'NONE' },
      owned: true,
      cause: systemCause,
    },
    now,
  );
}
