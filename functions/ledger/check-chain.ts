import { type Account, type AccountState, addDeltas, noDelta } from './account.ts';
import type { Version } from './assemble.ts';
import { digestOf, genesisOf, groupDigestOf, hashOf, sameBytes } from './chain.ts';
import { effectOn, initialStatus, type Transfer, type TransferContent } from './transfer.ts';

/**
 * What is wrong at the first broken link of a chain.
 * - GAP: a version is missing, or stands twice.
 * - HASH: the version, or a transfer it took in, is not what it was when it was written.
 * - FOLD: the balances are not those before plus the entries.
 * - TRANSFER_MISSING: a transfer that the version took in is gone.
 * - TARGET: the version took in what ended or reversed a transfer, and that transfer does not say so.
 */
export type ChainFault = 'GAP' | 'HASH' | 'FOLD' | 'TRANSFER_MISSING' | 'TARGET';

/** The transfers of a version in the groups in which they were hashed; undefined stands for one that is missing. */
export type TransferGroups = readonly (readonly (TransferContent | undefined)[])[];

/** Checks one link on the one before it (undefined before the first). Returns what is wrong, if anything. */
export function checkLink(
  account: Account,
  before: AccountState | undefined,
  version: Version,
  groups: TransferGroups,
): ChainFault | undefined {
  const { state, cause } = version;
  if (state.version !== (before ? before.version + 1 : 0)) return 'GAP';
  if (groups.some((group) => group.includes(undefined))) return 'TRANSFER_MISSING';
  const transfers = groups.map((group) => group.filter((transfer) => transfer !== undefined));
  const digests = transfers.filter((group) => group.length > 0).map((group) => groupDigestOf(group.map(digestOf)));
  const previous = before?.hash ?? genesisOf(account);
  if (!sameBytes(hashOf(previous, { state, groups: digests, cause }), state.hash)) return 'HASH';
  return foldsTo(before, state, transfers.flat()) ? undefined : 'FOLD';
}

function foldsTo(
  before: AccountState | undefined,
  after: AccountState,
  transfers: readonly TransferContent[],
): boolean {
  const delta = transfers.map((transfer) => effectOn(transfer, after.accountId)).reduce(addDeltas, noDelta);
  const from = before ?? { posted: 0n, pendingIn: 0n, pendingOut: 0n };
  const sum = addDeltas(from, delta);
  return sum.posted === after.posted && sum.pendingIn === after.pendingIn && sum.pendingOut === after.pendingOut;
}

/** Whether a transfer that was ended or taken back names what did it, with a status that fits. */
export function checkTarget(by: TransferContent, target: Transfer | undefined): boolean {
  if (by.reverses !== undefined) return target?.reversedBy === by.id;
  const posted = target?.status === 'POSTED' || target?.status === 'PARTLY_POSTED';
  const fits = by.type === 'POST' ? posted : target?.status === initialStatus(by);
  return target?.resolvedBy === by.id && fits;
}
