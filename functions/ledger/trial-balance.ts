import type { Account, AccountState } from './account.ts';
import type { HotPosting } from './assemble.ts';
import type { LedgerStore } from './store.ts';

const accountsPerPage = 500;
/** Accounts that one trial balance takes in. */
export const accountsPerTrialMax = 20_000;
const readingsMax = 5;

export interface TrialBalance {
  readonly currency: string;
  readonly accounts: number;
  /** Sum of what is credited, and of what is debited (negative), over accounts and postings that wait; together zero. Minor units. */
  readonly credits: bigint;
  readonly debits: bigint;
  readonly pendingIn: bigint;
  readonly pendingOut: bigint;
}

export interface Trial {
  readonly accounts: readonly Account[];
  readonly trialBalances: readonly TrialBalance[];
  /** Whether the books stood still while they were read; if not, ask again at a quieter moment. */
  readonly stable: boolean;
  /** Whether every account was taken in; a part of the books need not add up. */
  readonly complete: boolean;
}

interface Reading {
  readonly accounts: readonly Account[];
  readonly complete: boolean;
  readonly heads: ReadonlyMap<string, AccountState>;
  readonly waiting: readonly HotPosting[];
}

/** Reads the books until two readings in a row agree: only then do the balances belong to one moment. */
export async function readTrial(store: LedgerStore, tenant: string): Promise<Trial> {
  let reading = await readOnce(store, tenant);
  let stable = false;
  for (let again = 1; again < readingsMax && !stable; again++) {
    const next = await readOnce(store, tenant);
    stable = isSame(reading, next);
    reading = next;
  }
  const { accounts, complete } = reading;
  return { accounts, complete, stable, trialBalances: balance(reading) };
}

async function readOnce(store: LedgerStore, tenant: string): Promise<Reading> {
  const { accounts, complete } = await readAccounts(store, tenant);
  const hot = accounts.filter((account) => account.hot);
  const waiting = await Promise.all(hot.map(({ id }) => store.readHotPostings(tenant, id)));
  const heads = await store.readHeads(
    tenant,
    accounts.map(({ id }) => id),
  );
  return { accounts, complete, heads, waiting: waiting.flat() };
}

async function readAccounts(store: LedgerStore, tenant: string) {
  const all: Account[] = [];
  for (let after = ''; all.length < accountsPerTrialMax; ) {
    const { accounts, more } = await store.listAccounts(tenant, after, accountsPerPage);
    all.push(...accounts);
    if (!more) return { accounts: all, complete: true };
    after = all.at(-1)?.id ?? '';
  }
  return { accounts: all, complete: false };
}

function isSame(a: Reading, b: Reading): boolean {
  const waiting = new Set(a.waiting.map(({ accountId, id }) => `${accountId} ${id}`));
  const sameAccounts = a.accounts.length === b.accounts.length && a.heads.size === b.heads.size;
  const sameWaiting =
    a.waiting.length === b.waiting.length && b.waiting.every(({ accountId, id }) => waiting.has(`${accountId} ${id}`));
  const sameHeads = [...b.heads.values()].every(
    ({ accountId, version }) => a.heads.get(accountId)?.version === version,
  );
  return sameAccounts && sameWaiting && sameHeads;
}

function balance({ heads, waiting }: Reading): TrialBalance[] {
  const byCurrency = new Map<string, TrialBalance>();
  const empty = { accounts: 0, credits: 0n, debits: 0n, pendingIn: 0n, pendingOut: 0n };
  const add = (
    currency: string,
    accounts: number,
    amounts: Pick<AccountState, 'posted' | 'pendingIn' | 'pendingOut'>,
  ) => {
    const sum = byCurrency.get(currency) ?? { currency, ...empty };
    byCurrency.set(currency, {
      currency,
      accounts: sum.accounts + accounts,
      credits: sum.credits + (amounts.posted > 0n ? amounts.posted : 0n),
      debits: sum.debits + (amounts.posted < 0n ? amounts.posted : 0n),
      pendingIn: sum.pendingIn + amounts.pendingIn,
      pendingOut: sum.pendingOut + amounts.pendingOut,
    });
  };
  for (const head of heads.values()) add(head.currency, 1, head);
  for (const { accountId, delta } of waiting) add(heads.get(accountId)?.currency ?? '', 0, delta);
  return [...byCurrency.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1));
}
