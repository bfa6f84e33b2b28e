import pLimit from 'p-limit';
import type * as ledger from '../../../ledger/published.ts';
import type { Market } from '../../markets/market.ts';
import { allSettlements } from '../../settlements/all-settlements.ts';
import { movedBy, movedOnMarket, type SettlementAccount, settlementAccounts } from '../../settlements/moved-by.ts';
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

/** Of orders and settlements, or of settlements and no orders. */
export type ProvenRole = AccountRole | SettlementAccount;

/** What an account of the ledger should hold, and holds. Minor units. */
export interface AccountProof {
  readonly role: ProvenRole;
  /** What orders say. */
  readonly orders: bigint;
  /** What settlements of merchants’ days took out of it, or had the market give for a bill; what sums of orders gave. */
  readonly settlements: bigint;
  readonly ledger: bigint;
}

const merchantsAtOnce = 16;
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
  const bySums = await movedBySums(store, market);
  const given = -(bySums.get('supervised') ?? 0n);
  const moved = new Map<ProvenRole, bigint>(bySums);
  const roles = [...new Set([...ofOrders.keys(), ...bySums.keys()])];
  const limit = pLimit(merchantsAtOnce);
  const payables = roles.filter((role) => role.startsWith(payable));
  await Promise.all(payables.map((role) => limit(addSettled, store, market.tenant, role, moved)));
  const ids = new Map<ProvenRole, string>([
    ...(await accountsOf(store, market, roles)),
    ...settlementAccounts.map((role) => [role, market.accounts[role]] as const),
  ]);
  const balances = await ledger.readAccounts(market.tenant, new Set(ids.values()));
  const accounts = [...roles, ...settlementAccounts].map((role): AccountProof => {
    const posted = balances.get(ids.get(role) ?? '')?.posted ?? 0n;
    const orders = ofOrders.get(role as AccountRole) ?? 0n;
    return { role, orders, settlements: moved.get(role) ?? 0n, ledger: posted };
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

/** What merchants pay of what they were paid twice is booked by others: less is owed then than settlements say, and never more. */
export function isRight({ role, orders, settlements, ledger }: AccountProof): boolean {
  const expected = orders + settlements;
  return role === 'claims' ? ledger >= expected : ledger === expected;
}

/** Adds what the settlements of a merchant moved, on the account of what is owed to it and on those of the market. */
async function addSettled(
  store: AccountTools['store'],
  tenant: string,
  role: AccountRole,
  moved: Map<ProvenRole, bigint>,
): Promise<void> {
  const add = (to: ProvenRole, amount: bigint) => moved.set(to, (moved.get(to) ?? 0n) + amount);
  const merchantId = role.slice(payable.length);
  for await (const page of allSettlements(store, { tenant, merchantId })) {
    for (const settlement of page) {
      add(role, movedBy(settlement));
      const onMarket = movedOnMarket(settlement);
      for (const account of settlementAccounts) add(account, onMarket[account]);
    }
  }
}
