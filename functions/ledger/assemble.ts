import type { ProblemBody } from '../../shared/problems/problem.ts';
import { type AccountState, addDeltas, type Delta } from './account.ts';
import { digestOf, groupDigestOf, hashOf } from './chain.ts';
import { type Decision, statesOf, type TargetUpdate } from './decision.ts';
import type { WriteGroup } from './plan-writes.ts';
import type { Cause, Transfer, TransferContent } from './transfer.ts';
import { initialStatus } from './transfer.ts';

/** One step of an account's chain. */
export interface Version {
  readonly state: AccountState;
  /** Transfers taken in, in order; for a fold they stand in a list beside the version. */
  readonly transfers: readonly string[];
  /** It changed the account itself: status, constraint or frozen amount. */
  readonly changed?: boolean;
  readonly cause: Cause;
}

/** What transfers of one transaction recorded on a hot account; folded into its chain later, exactly once. */
export interface HotPosting {
  readonly id: string;
  readonly accountId: string;
  readonly delta: Delta;
  readonly transfers: readonly string[];
  readonly digest: Uint8Array;
  /** ISO instant at which it was recorded. */
  readonly at: string;
}

/** The record of a key: what became of the command that came with it. */
export type KeyRecord =
  | { readonly outcome: 'TRANSFER'; readonly id: string; readonly fingerprint: string; readonly transfer: Transfer }
  | {
      readonly outcome: 'CHANGE';
      readonly id: string;
      readonly fingerprint: string;
      readonly accountId: string;
      readonly version: number;
      readonly cause: Cause;
      readonly at: string;
    }
  | {
      readonly outcome: 'REFUSED';
      readonly id: string;
      readonly fingerprint: string;
      readonly problem: ProblemBody;
      readonly cause: Cause;
      readonly at: string;
    };

/** All that one transaction writes. */
export interface Transaction {
  readonly records: readonly KeyRecord[];
  readonly versions: readonly Version[];
  readonly targets: readonly TargetUpdate[];
  readonly hotPostings: readonly HotPosting[];
}

interface Gathered {
  state: AccountState;
  readonly transfers: TransferContent[];
  changed?: boolean;
  cause: Cause;
}

/**
 * Turns a group of decisions into what is written: one record per command, one version per account however many transfers
 * touch it, one hot posting per hot account. `heads` are the versions that the group builds on.
 */
export function assemble(heads: ReadonlyMap<string, AccountState>, group: WriteGroup, now: Date): Transaction {
  const gathered = new Map<string, Gathered>();
  for (const decision of group) gatherStates(gathered, decision);
  const versions = [...gathered.values()].map((one) => nextVersion(headOf(heads, one.state.accountId), one, now));
  const versionOf = (accountId: string) =>
    versions.find((version) => version.state.accountId === accountId)?.state.version ?? 0;
  return {
    records: group.map((decision) => recordOf(decision, versionOf, now)),
    versions,
    targets: group.flatMap((decision) => (decision.outcome === 'TRANSFER' && decision.target ? [decision.target] : [])),
    hotPostings: gatherHotPostings(group, now),
  };
}

/** The next version of a chain: numbered on, not earlier than the one before, linked by hash. */
export function nextVersion(
  head: AccountState,
  next: Readonly<Gathered>,
  now: Date,
  groups?: readonly Uint8Array[],
): Version {
  const instant = now.toISOString();
  const at = latest(instant, head.at);
  const state = { ...next.state, version: head.version + 1, at };
  const digests = groups ?? (next.transfers.length > 0 ? [groupDigestOf(next.transfers.map(digestOf))] : []);
  return {
    state: { ...state, hash: hashOf(head.hash, { state, groups: digests, cause: next.cause }) },
    transfers: next.transfers.map(({ id }) => id),
    ...(next.changed && { changed: true }),
    cause: next.cause,
  };
}

/** ISO instants in UTC sort as text. */
function latest(a: string, b: string): string {
  return [a, b].sort().at(-1) as string;
}

function headOf(heads: ReadonlyMap<string, AccountState>, accountId: string): AccountState {
  const head = heads.get(accountId);
  if (!head) throw new Error(`The account ${accountId} was not read before it was written.`);
  return head;
}

function gatherStates(gathered: Map<string, Gathered>, decision: Decision): void {
  if (decision.outcome === 'REFUSED') return;
  for (const state of statesOf(decision)) {
    const one = gathered.get(state.accountId) ?? { state, transfers: [], cause: decision.command.cause };
    gathered.set(state.accountId, one);
    one.state = state;
    one.cause = decision.command.cause;
    if (decision.outcome === 'CHANGE' || decision.changed?.includes(state.accountId)) one.changed = true;
    if (decision.outcome === 'TRANSFER') one.transfers.push(decision.transfer);
  }
}

function recordOf(decision: Decision, versionOf: (accountId: string) => number, now: Date): KeyRecord {
  const { id, fingerprint, cause } = decision.command;
  const at = now.toISOString();
  switch (decision.outcome) {
    case 'TRANSFER': {
      const transfer: Transfer = { ...decision.transfer, status: initialStatus(decision.transfer) };
      return { outcome: 'TRANSFER', id, fingerprint, transfer };
    }
    case 'CHANGE': {
      const { accountId } = decision.state;
      return { outcome: 'CHANGE', id, fingerprint, accountId, version: versionOf(accountId), cause, at };
    }
    case 'REFUSED':
      return { outcome: 'REFUSED', id, fingerprint, problem: decision.problem.toBody(), cause, at };
  }
}

function gatherHotPostings(group: WriteGroup, now: Date): HotPosting[] {
  const byAccount = new Map<string, { delta: Delta; transfers: TransferContent[] }>();
  for (const decision of group) {
    if (decision.outcome !== 'TRANSFER') continue;
    for (const { accountId, delta } of decision.recorded) {
      const one = byAccount.get(accountId);
      if (!one) byAccount.set(accountId, { delta, transfers: [decision.transfer] });
      else {
        one.delta = addDeltas(one.delta, delta);
        one.transfers.push(decision.transfer);
      }
    }
  }
  return [...byAccount].map(([accountId, { delta, transfers }]) => ({
    // A transfer is committed once, so the first of the group names the posting as long as the ledger lives.
    id: transfers[0]?.id ?? '',
    accountId,
    delta,
    transfers: transfers.map(({ id }) => id),
    digest: groupDigestOf(transfers.map(digestOf)),
    at: now.toISOString(),
  }));
}
