import { readConfiguration } from '../../../functions/pooling/members/read-configuration.ts';
import type { Payment } from '../../../functions/pooling/payments/payment.ts';
import type { MemberState, Pool } from '../../../functions/pooling/pool.ts';
import type { PoolingTools } from '../../../functions/pooling/tools.ts';
import { pay } from './moves.ts';
import { accountsOf, newPool, withMembers, zeroBalance } from './pools.ts';
import { balancesOf, type TestPooling, worldOf } from './support.ts';

/** Funding in real time, as a treasurer agrees it. */
export const funding = (more: object = {}) => zeroBalance({ trigger: 'REAL_TIME', ...more });

export const oneEntity = { holder: 'Group' };

export interface PayingTerms {
  /** By name: what is agreed with the members below HQ; each is there with the balance told. */
  readonly members: Readonly<Record<string, object>>;
  /** By name of the member; HQ unless told. */
  readonly parents?: Readonly<Record<string, string>>;
  readonly header?: object;
  readonly loans?: readonly object[];
  /** One entity for all; without it, each account is of its own. */
  readonly holder?: string;
}

export interface PayingPool {
  readonly ids: Readonly<Record<string, string>>;
  readonly pool: Pool;
  /** Pays a supplier outside; the key is made of account and amount unless told. */
  pay(from: string, minor: bigint, key?: string, tools?: PoolingTools): Promise<Payment>;
  /** In the order in which the accounts were named. */
  balances(): Promise<bigint[]>;
  state(name: string): Promise<MemberState | undefined>;
  position(name: string): Promise<bigint | undefined>;
  /** What the pair's first entity has lent, and the other side of it. */
  loanOf(first: string): Promise<bigint[] | undefined>;
}

/** A pool that pays: accounts by name with their balances, HQ on top. */
export async function payingPool(
  pooling: TestPooling,
  tenant: string,
  balances: Readonly<Record<string, bigint>>,
  { members: agreements, parents = {}, header, loans, holder }: PayingTerms,
): Promise<PayingPool> {
  const ids = await accountsOf(pooling, tenant, balances, holder);
  const members = Object.entries(agreements).map(([name, agreed]) => {
    const parent = parents[name];
    return { accountId: ids[name], ...(parent && { parentAccountId: ids[parent] }), ...agreed };
  });
  const body = { members, ...(header && { header }), ...(loans && { loans }) };
  const pool = await withMembers(pooling.tools, await newPool(pooling, tenant, ids.hq ?? ''), body);
  const supplier = await worldOf(pooling, tenant);
  const state = async (name: string) =>
    (await pooling.store.readStates(pool, Object.values(ids))).states.get(ids[name] ?? '');
  return {
    ids,
    pool,
    pay: (from, minor, key = `${from} ${minor}`, tools = pooling.tools) =>
      pay(tools, pool, key, ids[from] ?? '', supplier, minor),
    balances: () =>
      balancesOf(
        pooling,
        tenant,
        Object.keys(balances).map((name) => ids[name] ?? ''),
      ),
    state,
    position: async (name) => (await state(name))?.position,
    loanOf: async (first) => {
      const { loanBooks } = await readConfiguration(pooling.tools, pool);
      const book = loanBooks.find((one) => one.first === first);
      return book && (await balancesOf(pooling, tenant, [book.accountId, book.controlId]));
    },
  };
}
