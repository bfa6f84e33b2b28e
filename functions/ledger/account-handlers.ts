import { causeOf } from '../../shared/http/cause.ts';
import { decodeCursor, encodeCursor } from '../../shared/http/cursor.ts';
import type { OperationHandler } from '../../shared/http/request.ts';
import { normaliseAccountNumber } from '../../shared/identifiers/account-number.ts';
import { keyedHash } from '../../shared/identifiers/keyed-hash.ts';
import { requireEnvironment } from '../../shared/service/environment.ts';
import type { Account, AccountState } from './account.ts';
import type { contract } from './contract.ts';
import { listEntries as readEntries } from './list-entries.ts';
import { openAccount as open } from './open-account.ts';
import { presentAccount, presentBalance, presentEntry, presentProof } from './present.ts';
import { problems } from './problems.ts';
import { prove } from './prove.ts';
import { readHotState, readStateAsOf } from './read-balance.ts';
import { constraintOf, inCurrency, recordIdOf } from './requests.ts';
import { defaultStore } from './store.ts';
import { submit } from './submit.ts';

type Handler<Name extends keyof typeof contract> = OperationHandler<(typeof contract)[Name]>;

const openAccount: Handler<'openAccount'> = async ({ actor, body, idempotencyKey, fingerprint, now }) => {
  const { constraint, bankAccount, references = {}, name, ...facts } = body;
  const byDefault = facts.hot ? ({ type: 'NONE' } as const) : ({ type: 'MIN_BALANCE', minor: 0n } as const);
  const number = bankAccount && normaliseAccountNumber(bankAccount.number);
  const accountId = await open(
    defaultStore(),
    actor.tenant,
    {
      id: recordIdOf(actor.tenant, idempotencyKey),
      fingerprint,
      cause: causeOf(actor),
      account: {
        ...facts,
        ...(name !== undefined && { name }),
        ...(bankAccount && number && { bankAccount: withoutUndefined({ ...bankAccount, number }) }),
        references,
      },
      constraint: constraint ? constraintOf(constraint, facts.currency) : byDefault,
      ...(number && { numberHash: keyedHash(number, requireEnvironment('NUMBER_HASH_KEY')) }),
    },
    now,
  );
  return { body: await accountAt(actor.tenant, accountId, 0) };
};

const listAccounts: Handler<'listAccounts'> = async ({ actor, query }) => {
  const scope = { operation: 'listAccounts', tenant: actor.tenant };
  const after = query.cursor ? (decodeCursor(scope, query.cursor).after ?? '') : '';
  const { accounts, more } = await defaultStore().listAccounts(actor.tenant, after, query.limit);
  const heads = await defaultStore().readHeads(
    actor.tenant,
    accounts.map(({ id }) => id),
  );
  const last = accounts.at(-1)?.id;
  return {
    body: {
      accounts: accounts.flatMap((account) => {
        const head = heads.get(account.id);
        return head ? [presentAccount(account, head)] : [];
      }),
      ...(more && last && { nextCursor: encodeCursor(scope, { after: last }) }),
    },
  };
};

const getAccount: Handler<'getAccount'> = async ({ actor, path }) => {
  return { body: await accountAt(actor.tenant, path.accountId) };
};

const changeAccount: Handler<'changeAccount'> = async ({ actor, path, body, idempotencyKey, fingerprint, now }) => {
  const { account } = await findAccount(actor.tenant, path.accountId);
  const { status, constraint, freeze, unfreeze } = body;
  const frozen = freeze && inCurrency(freeze, account.currency, '/freeze').minor;
  const unfrozen = unfreeze && inCurrency(unfreeze, account.currency, '/unfreeze').minor;
  const command = {
    command: 'CHANGE' as const,
    id: recordIdOf(actor.tenant, idempotencyKey),
    fingerprint,
    cause: causeOf(actor),
    accountId: path.accountId,
    ...(status && { status }),
    ...(constraint && { constraint: constraintOf(constraint, account.currency) }),
    ...((frozen || unfrozen) && { freeze: (frozen ?? 0n) - (unfrozen ?? 0n) }),
  };
  const [outcome] = await submit(defaultStore(), actor.tenant, [command], now);
  if (outcome?.outcome === 'REFUSED') throw outcome.problem;
  const version = outcome?.outcome === 'CHANGE' ? outcome.version : undefined;
  return { body: await accountAt(actor.tenant, path.accountId, version) };
};

const getBalance: Handler<'getBalance'> = async ({ actor, path, query }) => {
  const state = await findState(actor.tenant, path.accountId);
  const { asOf, by = 'BOOKING' } = query;
  if (asOf === undefined) {
    if (!state.hot) return { body: presentBalance(state) };
    const hot = await readHotState(defaultStore(), actor.tenant, state);
    return { body: presentBalance(hot.state, hot.waiting) };
  }
  const then = await readStateAsOf(defaultStore(), actor.tenant, state, asOf, by);
  const empty = { ...state, version: 0, posted: 0n, pendingIn: 0n, pendingOut: 0n, frozen: 0n };
  return { body: { ...presentBalance(then ?? empty), asOf, by } };
};

const listEntries: Handler<'listEntries'> = async ({ actor, path, query }) => {
  const state = await findState(actor.tenant, path.accountId);
  const { limit, cursor, from, to, reference, include, order } = query;
  const filters = { accountId: path.accountId, from, to, reference, include, order };
  const scope = { operation: 'listEntries', tenant: actor.tenant, filters };
  const after = cursor === undefined ? undefined : decodeCursor(scope, cursor);
  const split = reference?.indexOf(':') ?? -1;
  const page = await readEntries(defaultStore(), actor.tenant, state, {
    ...(from && { from }),
    ...(to && { to }),
    ...(reference && { reference: { key: reference.slice(0, split), value: reference.slice(split + 1) } }),
    ...(after && { after: { version: Number(after.version), index: Number(after.index) } }),
    include,
    order,
    limit,
  });
  const next = page.next && { version: String(page.next.version), index: String(page.next.index) };
  const body = { entries: page.entries.map(presentEntry), ...(next && { nextCursor: encodeCursor(scope, next) }) };
  return { body };
};

const proveLedger: Handler<'proveLedger'> = async ({ actor, query }) => {
  const { accounts, cursor } = query;
  const scope = { operation: 'proveLedger', tenant: actor.tenant, filters: { accounts } };
  const at = cursor === undefined ? undefined : decodeCursor(scope, cursor);
  const from = at && { accountId: at.accountId ?? '', version: Number(at.version) };
  const proof = await prove(defaultStore(), actor.tenant, { accounts, ...(from && { from }) });
  const next = proof.next && { accountId: proof.next.accountId, version: String(proof.next.version) };
  return { body: { ...presentProof(proof), ...(next && { nextCursor: encodeCursor(scope, next) }) } };
};

export const accountHandlers = {
  openAccount,
  listAccounts,
  getAccount,
  changeAccount,
  getBalance,
  listEntries,
  proveLedger,
};

async function findState(tenant: string, accountId: string): Promise<AccountState> {
  const state = await defaultStore().readHead(tenant, accountId);
  if (state) return state;
  throw accountNotFound(accountId);
}

async function findAccount(tenant: string, accountId: string): Promise<{ account: Account; state: AccountState }> {
  const [account, state] = await Promise.all([
    defaultStore().readAccount(tenant, accountId),
    defaultStore().readHead(tenant, accountId),
  ]);
  if (account && state) return { account, state };
  throw accountNotFound(accountId);
}

function accountNotFound(accountId: string) {
  return problems['account-not-found'].with({ detail: `There is no account ${accountId}.`, accountId });
}

/** The account as it is, or as it was at a version: a repeated request gets the answer of the first. */
async function accountAt(tenant: string, accountId: string, version?: number) {
  const { account, state } = await findAccount(tenant, accountId);
  if (version === undefined || version === state.version) return presentAccount(account, state);
  const [then] = await defaultStore().readVersions(tenant, accountId, { from: version, to: version });
  return presentAccount(account, then?.state ?? state);
}

function withoutUndefined<Value extends object>(value: Value) {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as {
    [Key in keyof Value]: Exclude<Value[Key], undefined>;
  };
}
