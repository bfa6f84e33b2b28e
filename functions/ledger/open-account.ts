import { backOff } from '../../shared/concurrency/backoff.ts';
import { classifyWriteFailure } from '../../shared/dynamo/failure.ts';
import { newId } from '../../shared/identifiers/id.ts';
import { Problem } from '../../shared/problems/problem.ts';
import type { Account, AccountState, Book, Constraint } from './account.ts';
import type { KeyRecord, Transaction, Version } from './assemble.ts';
import { genesisOf, hashOf } from './chain.ts';
import { problems } from './problems.ts';
import { exhausted, type Outcome, replay } from './replay.ts';
import type { LedgerStore } from './store.ts';
import { submitPolicy } from './submit.ts';
import type { Cause } from './transfer.ts';

export interface OpenAccount {
  /** Id of the record of the key. */
  readonly id: string;
  readonly fingerprint: string;
  readonly cause: Cause;
  readonly account: Omit<Account, 'id' | 'openedAt'>;
  readonly constraint: Constraint;
  readonly book?: Book;
  /** The capability whose own it is to be. */
  readonly owner?: string;
  /** Whether anybody may pay in all the same. */
  readonly takesCredits?: true;
  /** Keyed hash of the bank account's number, where there is one. */
  readonly numberHash?: string;
}

type FirstTerms = Pick<OpenAccount, 'constraint' | 'cause' | 'book' | 'owner' | 'takesCredits'>;

/** The first version of an account: empty, linked to the digest of what never changes about it. */
export function firstVersion(account: Account, { constraint, cause, book, owner, takesCredits }: FirstTerms): Version {
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
    ...(book && { book }),
    ...(owner !== undefined && { owner }),
    ...(takesCredits && { takesCredits }),
    at: account.openedAt,
  };
  const hash = hashOf(genesisOf(account), { state, groups: [], cause });
  return { state: { ...state, hash }, transfers: [], cause };
}

/**
 * Opens an account; the same key gets the same account. Returns its id.
 *
 * Problems: `ledger/hot-account-not-authorised`, `ledger/book-not-allowed`, `ledger/account-number-taken`,
 * `request/idempotency-key-reused`.
 */
export async function openAccount(
  store: LedgerStore,
  tenant: string,
  command: OpenAccount,
  now: Date,
): Promise<string> {
  if (command.account.hot && command.constraint.type !== 'NONE') {
    const detail = 'A hot account records only; nothing is authorised against it.';
    throw problems['hot-account-not-authorised'].with({ detail }).at({ pointer: '/constraint', detail });
  }
  if (command.book) requireOpenable(command.book, command.account.hot);
  const account: Account = { ...command.account, id: newId('acc', now), openedAt: now.toISOString() };
  const version = firstVersion(account, command);
  const opening = {
    account,
    version,
    record: recordOf(command, account.id, now),
    ...(command.numberHash !== undefined && { numberHash: command.numberHash }),
  };
  let unanswered = false;
  for (let attempt = 1; attempt <= submitPolicy.attemptsMax; attempt++) {
    try {
      const earlier = (await store.readRecords(tenant, [command.id])).get(command.id);
      unanswered = false;
      if (earlier) return accountOf(replay(command, earlier));
      const refusal = await findTakenNumber(store, tenant, command);
      if (refusal) await store.writeTransaction(tenant, refusalOf(command, refusal, now));
      if (refusal) throw refusal;
      await store.writeOpening(tenant, opening);
      return account.id;
    } catch (error) {
      if (error instanceof Problem) throw error;
      const failure = classifyWriteFailure(error);
      if (failure === 'FATAL') throw error;
      unanswered ||= failure === 'UNKNOWN';
      await backOff(attempt, submitPolicy);
    }
  }
  throw exhausted(unanswered);
}

/** An account is opened inside a book; the real account of a book exists before, and is bound to it. */
function requireOpenable(book: Book, hot: boolean): void {
  if (book.role === 'REAL' || book.realAccountId !== undefined) {
    throw problems['book-not-allowed'].with({ detail: 'The real account of a book is bound to it, not opened in it.' });
  }
  if (hot) throw problems['book-not-allowed'].with({ detail: 'A hot account records only; a book adds up at once.' });
}

function recordOf({ id, fingerprint, cause }: OpenAccount, accountId: string, now: Date): KeyRecord {
  return { outcome: 'CHANGE', id, fingerprint, accountId, version: 0, cause, at: now.toISOString() };
}

function accountOf(outcome: Outcome): string {
  if (outcome.outcome === 'REFUSED') throw outcome.problem;
  if (outcome.outcome === 'TRANSFER') throw new Error('A transfer has the record of an opening.');
  return outcome.accountId;
}

async function findTakenNumber(store: LedgerStore, tenant: string, command: OpenAccount): Promise<Problem | undefined> {
  if (command.numberHash === undefined) return undefined;
  const accountId = await store.readAccountIdByNumber(tenant, command.numberHash);
  if (accountId === undefined) return undefined;
  const detail = `The account ${accountId} has this number.`;
  return problems['account-number-taken'].with({ detail, accountId }).at({ pointer: '/bankAccount', detail });
}

function refusalOf({ id, fingerprint, cause }: OpenAccount, problem: Problem, now: Date): Transaction {
  const record = {
    outcome: 'REFUSED',
    id,
    fingerprint,
    problem: problem.toBody(),
    cause,
    at: now.toISOString(),
  } as const;
  return { records: [record], versions: [], targets: [], hotPostings: [] };
}
