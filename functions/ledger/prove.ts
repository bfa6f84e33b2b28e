import type { Account, AccountState } from './account.ts';
import { type ChainFault, checkLink, checkTarget } from './check-chain.ts';
import { lastVersion } from './keys.ts';
import { portionsOf, readTakenIn, readTransfers, type TakenIn } from './read-transfers.ts';
import type { LedgerStore } from './store.ts';
import type { Transfer } from './transfer.ts';
import { readTrial, type Trial } from './trial-balance.ts';

/** Links that one call checks, about; the cursor goes on from there. */
export const linksPerProofMax = 20_000;
const versionsPerRead = 100;

export interface BrokenLink {
  readonly accountId: string;
  readonly version: number;
  readonly fault: ChainFault;
}

/** The version of an account's chain with which the next call goes on. */
export interface ProofPosition {
  readonly accountId: string;
  readonly version: number;
}

export interface Proof extends Omit<Trial, 'accounts'> {
  readonly accountsChecked: number;
  readonly linksChecked: number;
  readonly broken: readonly BrokenLink[];
  readonly next?: ProofPosition;
}

export interface ProofScope {
  /** How many accounts' chains to check, spread evenly over all; or ALL. */
  readonly accounts: number | 'ALL';
  readonly from?: ProofPosition;
}

/**
 * Proves the books: balances add up to zero per currency, held debits equal held credits, each chain is unbroken and its
 * entries fold to its balances, and what ended or took back a transfer is what that transfer says. Names the first broken
 * link of each chain it checks.
 */
export async function prove(store: LedgerStore, tenant: string, { accounts: count, from }: ProofScope): Promise<Proof> {
  const { accounts, ...trial } = await readTrial(store, tenant);
  const broken: BrokenLink[] = [];
  let accountsChecked = 0;
  let linksChecked = 0;
  for (const account of choose(accounts, count)) {
    if (from && account.id < from.accountId) continue;
    const first = account.id === from?.accountId ? from.version : 0;
    const check = await checkChain(store, tenant, account, first, linksPerProofMax - linksChecked);
    linksChecked += check.links;
    if (check.fault) broken.push(check.fault);
    if (check.next !== undefined) {
      const next = { accountId: account.id, version: check.next };
      return { ...trial, accountsChecked, linksChecked, broken, next };
    }
    accountsChecked += 1;
  }
  return { ...trial, accountsChecked, linksChecked, broken };
}

function choose(accounts: readonly Account[], count: number | 'ALL'): readonly Account[] {
  if (count === 'ALL') return accounts;
  const step = Math.max(1, Math.ceil(accounts.length / count));
  return accounts.filter((_, index) => index % step === 0);
}

interface ChainCheck {
  readonly links: number;
  readonly fault?: BrokenLink;
  /** Where to go on: the chain has more links than were asked for. */
  readonly next?: number;
}

/** Walks one chain from a version to the first broken link, to its end, or as far as `linksMax` allows. */
async function checkChain(
  store: LedgerStore,
  tenant: string,
  { id, ...facts }: Account,
  first: number,
  linksMax: number,
): Promise<ChainCheck> {
  const account = { id, ...facts };
  const [earlier] = first > 0 ? await store.readVersions(tenant, id, { from: first - 1, to: first - 1 }) : [];
  let before: AccountState | undefined = earlier?.state;
  let links = 0;
  for (;;) {
    const from: number = before ? before.version + 1 : 0;
    if (links >= linksMax) return { links, next: from };
    const versions = await store.readVersions(tenant, id, { from, to: lastVersion, limit: versionsPerRead });
    if (versions.length === 0) break;
    for (const portion of portionsOf(versions)) {
      const taken = await readTakenIn(store, tenant, portion);
      const targets = await readTargets(store, tenant, taken);
      for (const one of taken) {
        links += 1;
        const fault = checkLink(account, before, one.version, one.groups) ?? checkTargets(one, targets);
        if (fault) return { links, fault: { accountId: id, version: one.version.state.version, fault } };
        before = one.version.state;
      }
    }
  }
  return { links, ...(!before && { fault: { accountId: id, version: 0, fault: 'GAP' as const } }) };
}

/** The transfers that others ended or took back. */
async function readTargets(
  store: LedgerStore,
  tenant: string,
  taken: readonly TakenIn[],
): Promise<Map<string, Transfer>> {
  const transfers = taken.flatMap(({ groups }) => groups.flat());
  const ids = transfers.map((transfer) => transfer?.pendingId ?? transfer?.reverses).filter((id) => id !== undefined);
  return await readTransfers(store, tenant, ids);
}

function checkTargets({ groups }: TakenIn, targets: ReadonlyMap<string, Transfer>): ChainFault | undefined {
  for (const transfer of groups.flat()) {
    const id = transfer?.pendingId ?? transfer?.reverses;
    if (transfer && id !== undefined && !checkTarget(transfer, targets.get(id))) return 'TARGET';
  }
  return undefined;
}
