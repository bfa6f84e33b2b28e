import pLimit from 'p-limit';
import { sum } from '../../../../shared/money/sum.ts';
import type * as ledger from '../../../ledger/published.ts';
import type { Market } from '../../markets/market.ts';
import { movedBy } from '../../settlements/moved-by.ts';
import type { SettlementStore } from '../../store.ts';
import { accountsOf } from '../booking/role-accounts.ts';
import type { AccountGain } from '../order-figures.ts';
import type { AccountRole } from '../role-legs.ts';
import { movedBySums } from './read-sums.ts';

export interface AccountTools {
  readonly store: Pick<
    SettlementStore,
    'readMerchants' | 'listChannels' | 'listSettlements' | 'readSumTotals' | 'readSplitSums'
  >;
  readonly ledger: Pick<typeof ledger, 'readAccounts'>;
}

/** What an account of the ledger should hold, and holds. Minor units. */
export interface AccountProof {
  readonly role: AccountRole;
  /** What orders say. */
  readonly orders: bigint;
  /** What settlements of merchants’ days took out of it, or put there after they billed it; and what sums of orders gave. */
  readonly settlements: bigint;
  readonly ledger: bigint;
}

const settlementsPerPage = 100;
const merchantsAtOnce = 16;
const always = { from: '0000-01-01', to: '9999-12-31' };
const payable = 'payable:';

/**
 * Compares the accounts of a market with what its orders, the sums that were split and the settlements of its merchants say. `given`
 * is what sums gave to receivers. Settlements and sums are read whole: there is one for a merchant's day, whatever its orders.
 */
export async function proveAccounts(
  { store, ledger }: AccountTools,
  market: Market,
  gains: readonly AccountGain[],
): Promise<{ readonly accounts: readonly AccountProof[]; readonly given: bigint }> {
  const ofOrders = new Map(provenGains(gains).map(({ role, amount }) => [role, amount]));
  const moved = await movedBySums(store, market);
  const given = -(moved.get('supervised') ?? 0n);
  const roles = [...new Set([...ofOrders.keys(), ...moved.keys()])];
  const limit = pLimit(merchantsAtOnce);
  const payables = roles.filter((role) => role.startsWith(payable));
  await Promise.all(
    payables.map((role) =>
      limit(async () => {
        const settled = await settledOf(store, market.tenant, role.slice(payable.length));
        moved.set(role, (moved.get(role) ?? 0n) + settled);
      }),
    ),
  );
  const ids = await accountsOf(store, market, roles);
  const balances = await ledger.readAccounts(market.tenant, new Set(ids.values()));
  const accounts = roles.map((role): AccountProof => {
    const posted = balances.get(ids.get(role) ?? '')?.posted ?? 0n;
    return { role, orders: ofOrders.get(role) ?? 0n, settlements: moved.get(role) ?? 0n, ledger: posted };
  });
  return { accounts, given };
}

/**
 * What accounts should hold that orders and settlements alone move. What the market and brands give comes off accounts that they put
 * money on as they like, so that their balances prove nothing.
 */
export function provenGains(gains: readonly AccountGain[]): AccountGain[] {
  return gains.filter(({ role }) => !role.startsWith('subsidy:'));
}

export function isRight({ orders, settlements, ledger }: AccountProof): boolean {
  return orders + settlements === ledger;
}

/** What settlements moved of a merchant. */
async function settledOf(store: AccountTools['store'], tenant: string, merchantId: string): Promise<bigint> {
  let settled = 0n;
  let after: string | undefined;
  do {
    const page = await store.listSettlements({ tenant, merchantId }, always, after, settlementsPerPage);
    settled += sum(page.settlements.map(movedBy));
    after = page.next;
  } while (after !== undefined);
  return settled;
}
