import pLimit from 'p-limit';
import type { AccountState } from './account.ts';
import { problems } from './problems.ts';
import { readHistory } from './read-history.ts';
import type { LedgerStore } from './store.ts';

const accountsAtOnceMax = 4;

/** How an account's posted balance developed by value date, in minor units, credit positive. */
export interface ValueDatedBalance {
  /** At the end of the day before `from`, by value date, whenever it was booked. */
  readonly opening: bigint;
  /** Net movement of each value date from `from` on that has one. */
  readonly movements: ReadonlyMap<string, bigint>;
  /** The version of the account that it was read at. */
  readonly version: number;
  /** The earliest value date before `from` among what was booked on or after `from`: a back-valued item reached that far. */
  readonly reachesBack?: string;
}

/** See `readValueDatedBalances` in `published.ts`. */
export async function readValueDated(
  store: LedgerStore,
  tenant: string,
  accountIds: Iterable<string>,
  from: string,
): Promise<Map<string, ValueDatedBalance>> {
  const heads = await store.readHeads(tenant, accountIds);
  const limit = pLimit(accountsAtOnceMax);
  const balances = await Promise.all(
    [...heads.values()].map((head) => limit(() => readOne(store, tenant, head, from))),
  );
  return new Map([...heads.keys()].map((id, index) => [id, balances[index] as ValueDatedBalance]));
}

async function readOne(
  store: LedgerStore,
  tenant: string,
  head: AccountState,
  from: string,
): Promise<ValueDatedBalance> {
  const history = await readHistory(store, tenant, head, from);
  if (history === 'TOO_LONG') {
    const detail = `The account ${head.accountId} has too many postings since ${from}.`;
    throw problems['value-date-too-busy'].with({ detail, accountId: head.accountId });
  }
  const { opening, movements, reachesBack } = history;
  const { version } = head;
  return { opening, movements, version, ...(reachesBack !== undefined && { reachesBack }) };
}
