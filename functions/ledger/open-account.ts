import { classifyWriteFailure } from '../../shared/dynamo/failure.ts';
import { newId } from '../../shared/identifiers/id.ts';
import { general } from '../../shared/problems/general.ts';
import { Problem } from '../../shared/problems/problem.ts';
import type { Account, AccountState, Constraint } from './account.ts';
import type { KeyRecord, Version } from './assemble.ts';
import { genesisOf, hashOf } from './chain.ts';
import { problems } from './problems.ts';
import type { LedgerStore } from './store.ts';
import type { Cause } from './transfer.ts';

const attemptsMax = 3;

export interface OpenAccount {
  /** Id of the record of the key. */
  readonly id: string;
  readonly fingerprint: string;
  readonly cause: Cause;
  readonly account: Omit<Account, 'id' | 'openedAt'>;
  readonly constraint: Constraint;
  /** Keyed hash of the bank account's number, where there is one. */
  readonly numberHash?: string;
}

/** The first version of an account: empty, linked to the digest of what never changes about it. */
export function firstVersion(account: Account, constraint: Constraint, cause: Cause): Version {
  const state: Omit<AccountState, 'hash'> = {
    accountId: account.id,
    currency: account.currency,
    hot: account.hot,
    version: 0,
    status: 'ACTIVE',
    constraint,
    posted: 0n,
    pendingIn: 0n,
    pendingOut: 0n,
    frozen: 0n,
    at: account.openedAt,
  };
  const hash = hashOf(genesisOf(account), { state, groups: [], cause });
  return { state: { ...state, hash }, transfers: [], cause };
}

/**
 * Opens an account; the same key gets the same account. Returns its id.
 *
 * Problems: `ledger/hot-account-constraint`, `ledger/account-number-taken`, `request/idempotency-key-reused`.
 */
export async function openAccount(
  store: LedgerStore,
  tenant: string,
  command: OpenAccount,
  now: Date,
): Promise<string> {
  if (command.account.hot && command.constraint.type !== 'NONE') {
    const detail = 'A hot account records only; nothing is authorised against it.';
    throw problems['hot-account-constraint'].with({ detail }).at({ pointer: '/constraint', detail });
  }
  const account: Account = { ...command.account, id: newId('acc', now), openedAt: now.toISOString() };
  const version = firstVersion(account, command.constraint, command.cause);
  for (let attempt = 1; ; attempt++) {
    const earlier = (await store.readRecords(tenant, [command.id])).get(command.id);
    if (earlier) return replay(command, earlier);
    await refuseTakenNumber(store, tenant, command, now);
    try {
      await store.writeOpening(tenant, {
        account,
        version,
        record: recordOf(command, account.id, now),
        ...(command.numberHash !== undefined && { numberHash: command.numberHash }),
      });
      return account.id;
    } catch (error) {
      if (classifyWriteFailure(error) === 'FATAL' || attempt >= attemptsMax) throw error;
    }
  }
}

function recordOf({ id, fingerprint, cause }: OpenAccount, accountId: string, now: Date): KeyRecord {
  return { outcome: 'CHANGE', id, fingerprint, accountId, version: 0, cause, at: now.toISOString() };
}

function replay(command: OpenAccount, record: KeyRecord): string {
  if (record.fingerprint !== command.fingerprint || record.outcome === 'TRANSFER') {
    const detail = 'This Idempotency-Key came with another request before.';
    throw general['idempotency-key-reused'].with({ detail });
  }
  if (record.outcome === 'REFUSED') throw Problem.fromBody(record.problem);
  return record.accountId;
}

async function refuseTakenNumber(store: LedgerStore, tenant: string, command: OpenAccount, now: Date): Promise<void> {
  if (command.numberHash === undefined) return;
  const accountId = await store.readAccountIdByNumber(tenant, command.numberHash);
  if (accountId === undefined) return;
  const { id, fingerprint, cause } = command;
  const detail = `The account ${accountId} has this number.`;
  const problem = problems['account-number-taken'].with({ detail, accountId }).at({ pointer: '/bankAccount', detail });
  const refusal: KeyRecord = {
    outcome: 'REFUSED',
    id,
    fingerprint,
    problem: problem.toBody(),
    cause,
    at: now.toISOString(),
  };
  await store.writeTransaction(tenant, { records: [refusal], versions: [], targets: [], hotPostings: [] });
  throw problem;
}
