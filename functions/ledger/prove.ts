import type { Account, AccountState } from './account.ts';
import type { HotPosting, Version } from './assemble.ts';
import { type ChainFault, checkLink, type TransferGroups } from './check-chain.ts';
import type { LedgerStore } from './store.ts';
import type { Transfer } from './transfer.ts';

const accountsPerPage = 500;
/** Accounts that one trial balance takes in. */
export const accountsPerTrialMax = 20_000;
/** Links that one call checks; the cursor goes on from there. */
export const linksPerProofMax = 20_000;
const versionsPerRead = 100;
const readingsMax = 5;

export interface TrialBalance {
  readonly currency: string;
  readonly accounts: number;
  /** Sums of positive and of negative balances; together zero. Minor units, what waits to be folded included. */
  readonly credits: bigint;
  readonly debits: bigint;
  readonly pendingIn: bigint;
  readonly pendingOut: bigint;
}

export interface BrokenLink {
  readonly accountId: string;
  readonly version: number;
  readonly fault: ChainFault;
}

export interface Proof {
  readonly trialBalances: readonly TrialBalance[];
  /** Whether the books stood still while they were read; if not, ask again at a quieter moment. */
  readonly stable: boolean;
  readonly accountsChecked: number;
  readonly linksChecked: number;
  readonly broken: readonly BrokenLink[];
  /** The account with which the next call goes on, when the links were too many for one. */
  readonly next?: string;
}

export interface ProofScope {
  /** How many accounts' chains to check, spread evenly over all; ALL from `from` on. */
  readonly accounts: number | 'ALL';
  readonly from?: string;
}

/**
 * Proves the books: balances add up to zero per currency, held debits equal held credits, each chain is unbroken and its
 * entries fold to its balances. Names the first broken link of each chain it checks.
 */
export async function prove(store: LedgerStore, tenant: string, scope: ProofScope): Promise<Proof> {
  const accounts = await readAccounts(store, tenant);
  const trial = await readTrialBalances(store, tenant, accounts);
  const chosen = choose(accounts, scope);
  const broken: BrokenLink[] = [];
  let linksChecked = 0;
  for (const [index, account] of chosen.entries()) {
    if (linksChecked >= linksPerProofMax) {
      return { ...trial, accountsChecked: index, linksChecked, broken, next: account.id };
    }
    const { links, fault } = await checkChain(store, tenant, account);
    linksChecked += links;
    if (fault) broken.push(fault);
  }
  return { ...trial, accountsChecked: chosen.length, linksChecked, broken };
}

async function readAccounts(store: LedgerStore, tenant: string): Promise<Account[]> {
  const all: Account[] = [];
  for (let after = ''; all.length < accountsPerTrialMax; ) {
    const { accounts, more } = await store.listAccounts(tenant, after, accountsPerPage);
    all.push(...accounts);
    if (!more) break;
    after = all.at(-1)?.id ?? '';
  }
  return all;
}

function choose(accounts: readonly Account[], { accounts: count, from }: ProofScope): Account[] {
  if (count === 'ALL') return accounts.filter(({ id }) => from === undefined || id >= from);
  const step = Math.max(1, Math.ceil(accounts.length / count));
  return accounts.filter((_, index) => index % step === 0);
}

interface Reading {
  readonly heads: ReadonlyMap<string, AccountState>;
  readonly waiting: readonly HotPosting[];
}

/** Reads the books until two readings in a row agree: only then do the balances belong to one moment. */
async function readTrialBalances(store: LedgerStore, tenant: string, accounts: readonly Account[]) {
  let reading = await readOnce(store, tenant, accounts);
  for (let again = 1; again < readingsMax; again++) {
    const next = await readOnce(store, tenant, accounts);
    const stable = isSame(reading, next);
    reading = next;
    if (stable) return { trialBalances: balance(reading), stable };
  }
  return { trialBalances: balance(reading), stable: false };
}

async function readOnce(store: LedgerStore, tenant: string, accounts: readonly Account[]): Promise<Reading> {
  const hot = accounts.filter((account) => account.hot);
  const waiting = await Promise.all(hot.map(({ id }) => store.readHotPostings(tenant, id)));
  const heads = await store.readHeads(
    tenant,
    accounts.map(({ id }) => id),
  );
  return { heads, waiting: waiting.flat() };
}

function isSame(a: Reading, b: Reading): boolean {
  const waiting = new Set(a.waiting.map(({ accountId, id }) => `${accountId} ${id}`));
  const sameWaiting =
    a.waiting.length === b.waiting.length && b.waiting.every((one) => waiting.has(`${one.accountId} ${one.id}`));
  return sameWaiting && [...b.heads.values()].every((head) => a.heads.get(head.accountId)?.version === head.version);
}

function balance({ heads, waiting }: Reading): TrialBalance[] {
  const byCurrency = new Map<string, TrialBalance>();
  const add = (
    currency: string,
    accounts: number,
    amounts: Pick<AccountState, 'posted' | 'pendingIn' | 'pendingOut'>,
  ) => {
    const sum = byCurrency.get(currency) ?? {
      currency,
      accounts: 0,
      credits: 0n,
      debits: 0n,
      pendingIn: 0n,
      pendingOut: 0n,
    };
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

/** Walks one chain from its first link to the first broken one, or to its end. */
async function checkChain(store: LedgerStore, tenant: string, account: Account) {
  let before: AccountState | undefined;
  let links = 0;
  for (;;) {
    const from = before ? before.version + 1 : 0;
    const versions = await store.readVersions(tenant, account.id, {
      from,
      to: 999_999_999_999,
      limit: versionsPerRead,
    });
    if (versions.length === 0) break;
    const transfers = await readGroups(store, tenant, versions);
    for (const version of versions) {
      links += 1;
      const fault = checkLink(account, before, version, transfers(version));
      if (fault) return { links, fault: { accountId: account.id, version: version.state.version, fault } };
      before = version.state;
    }
  }
  return { links, ...(!before && { fault: { accountId: account.id, version: 0, fault: 'GAP' as const } }) };
}

async function readGroups(store: LedgerStore, tenant: string, versions: readonly Version[]) {
  const groupsOf = new Map<Version, readonly (readonly string[])[]>();
  for (const version of versions) {
    const { accountId, hot, version: number } = version.state;
    const folded = hot ? await store.readFold(tenant, accountId, number) : [];
    groupsOf.set(version, hot ? folded.map(({ transfers }) => transfers) : [version.transfers]);
  }
  const records = await store.readRecords(tenant, [...groupsOf.values()].flat(2));
  const transferOf = (id: string): Transfer | undefined => {
    const record = records.get(id);
    return record?.outcome === 'TRANSFER' ? record.transfer : undefined;
  };
  return (version: Version): TransferGroups => (groupsOf.get(version) ?? []).map((ids) => ids.map(transferOf));
}
