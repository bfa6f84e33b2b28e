import type { Plain } from '../../shared/dynamo/items.ts';
import type { ProblemBody } from '../../shared/problems/problem.ts';
import type { Account, AccountState, AccountStatus, Book, Constraint, Purpose } from './account.ts';
import type { HotPosting, KeyRecord, Version } from './assemble.ts';
import { digestOf } from './chain.ts';
import type { Cause, Leg, Transfer, TransferMode, TransferStatus, TransferType } from './transfer.ts';

/** Items as plain objects ↔ the model. Numbers at rest are DynamoDB N and come back as bigint. */
export function versionToPlain({ state, transfers, changed, cause }: Version): Plain {
  const { accountId: _, constraint, ...rest } = state;
  const minor = constraint.type === 'NONE' ? undefined : constraint.minor;
  const taken = transfers.length > 0 ? transfers : undefined;
  return { kind: 'VERSION', ...rest, constraint: constraint.type, minor, transfers: taken, changed, cause };
}

export function versionFromPlain(accountId: string, plain: Plain): Version {
  const type = plain.constraint as Constraint['type'];
  const constraint: Constraint = type === 'NONE' ? { type } : { type, minor: plain.minor as bigint };
  const state: AccountState = {
    accountId,
    currency: plain.currency as string,
    hot: plain.hot as boolean,
    version: Number(plain.version),
    status: plain.status as AccountStatus,
    constraint,
    posted: plain.posted as bigint,
    pendingIn: plain.pendingIn as bigint,
    pendingOut: plain.pendingOut as bigint,
    frozen: plain.frozen as bigint,
    ...(plain.book !== undefined && { book: plain.book as Book }),
    ...(plain.owner !== undefined && { owner: plain.owner as string }),
    ...(plain.takesCredits === true && { takesCredits: true }),
    at: plain.at as string,
    hash: plain.hash as Uint8Array,
  };
  return { state, transfers: (plain.transfers as string[] | undefined) ?? [], cause: plain.cause as Cause };
}

export function accountToPlain(account: Account): Plain {
  return { kind: 'ACCOUNT', ...account };
}

export function accountFromPlain(plain: Plain): Account {
  const bankAccount = plain.bankAccount as Account['bankAccount'];
  return {
    id: plain.id as string,
    currency: plain.currency as string,
    holder: plain.holder as string,
    ...(plain.name !== undefined && { name: plain.name as string }),
    purpose: plain.purpose as Purpose,
    hot: plain.hot as boolean,
    ...(bankAccount && { bankAccount }),
    references: plain.references as Record<string, string>,
    openedAt: plain.openedAt as string,
  };
}

/** Sparse index over holds that expire: spread over a few partitions, in the order of expiry. */
export const expiryShards = 8;

function expiryShardOf(id: string): string {
  return `EXPIRY#${id.charCodeAt(id.length - 1) % expiryShards}`;
}

export function recordToPlain(record: KeyRecord): Plain {
  if (record.outcome === 'REFUSED') {
    const { outcome: _, problem, ...rest } = record;
    return { kind: 'REFUSAL', ...rest, problem: JSON.stringify(problem) };
  }
  if (record.outcome === 'CHANGE') {
    const { outcome: _, ...rest } = record;
    return { kind: 'CHANGE', ...rest };
  }
  const { transfer, fingerprint } = record;
  const holds = transfer.status === 'PENDING' && transfer.expiresAt !== undefined;
  const expiry = holds ? { expiryShard: expiryShardOf(transfer.id) } : {};
  const references = Object.keys(transfer.references).length > 0 ? transfer.references : undefined;
  return { kind: 'TRANSFER', fingerprint, ...transfer, references, ...expiry, digest: digestOf(transfer) };
}

export function recordFromPlain(plain: Plain): KeyRecord {
  const id = plain.id as string;
  const fingerprint = plain.fingerprint as string;
  if (plain.kind === 'TRANSFER') return { outcome: 'TRANSFER', id, fingerprint, transfer: transferFromPlain(plain) };
  const common = { id, fingerprint, cause: plain.cause as Cause, at: plain.at as string };
  if (plain.kind === 'CHANGE') {
    return { outcome: 'CHANGE', ...common, accountId: plain.accountId as string, version: Number(plain.version) };
  }
  return { outcome: 'REFUSED', ...common, problem: JSON.parse(plain.problem as string) as ProblemBody };
}

export function transferFromPlain(plain: Plain): Transfer {
  return {
    id: plain.id as string,
    type: plain.type as TransferType,
    mode: plain.mode as TransferMode,
    status: plain.status as TransferStatus,
    legs: (plain.legs as Plain[]).map(legFromPlain),
    valueDate: plain.valueDate as string,
    bookedAt: plain.bookedAt as string,
    references: (plain.references as Record<string, string> | undefined) ?? {},
    cause: plain.cause as Cause,
    ...textsOf(plain, ['expiresAt', 'owner', 'description', 'pendingId', 'reverses', 'resolvedBy', 'reversedBy']),
  };
}

function legFromPlain(plain: Plain): Leg {
  return {
    debitAccountId: plain.debitAccountId as string,
    creditAccountId: plain.creditAccountId as string,
    amount: plain.amount as bigint,
    currency: plain.currency as string,
    ...(plain.held !== undefined && { held: plain.held as bigint }),
  };
}

function textsOf<Name extends string>(plain: Plain, names: readonly Name[]): { [K in Name]?: string } {
  return Object.fromEntries(names.filter((name) => plain[name] !== undefined).map((name) => [name, plain[name]])) as {
    [K in Name]?: string;
  };
}

export function hotPostingToPlain({ delta, ...rest }: HotPosting): Plain {
  return { kind: 'HOT_POSTING', ...rest, ...delta };
}

export function hotPostingFromPlain(plain: Plain): HotPosting {
  return {
    id: plain.id as string,
    accountId: plain.accountId as string,
    transfers: plain.transfers as string[],
    digest: plain.digest as Uint8Array,
    at: plain.at as string,
    delta: {
      posted: plain.posted as bigint,
      pendingIn: plain.pendingIn as bigint,
      pendingOut: plain.pendingOut as bigint,
    },
  };
}
