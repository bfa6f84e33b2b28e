import type { OperationHandler } from '../../shared/http/request.ts';
import { general } from '../../shared/problems/general.ts';
import { accountById } from '../ledger/published.ts';
import { compareStored } from './compare-stored.ts';
import type { contract } from './contract.ts';
import { importOnce } from './import-once.ts';
import { parsedFile } from './parsed-file.ts';
import { presentStatement } from './present.ts';
import { problems } from './problems.ts';
import { defaultStore } from './store.ts';
import type { StoredStatement } from './stored-statement.ts';
import { importTools } from './tools.ts';

type Handler<Name extends keyof typeof contract> = OperationHandler<(typeof contract)[Name]>;

const importStatements: Handler<'importStatements'> = async (request) => {
  const { actor, now, idempotencyKey, fingerprint, file } = request;
  const body = await importOnce(importTools(), {
    actor,
    now,
    idempotencyKey,
    fingerprint,
    events: parsedFile(async function* () {
      if (file) yield file;
    }),
  });
  return { status: body.alreadyImported ? 200 : 201, body };
};

const assignStatement: Handler<'assignStatement'> = async ({ actor, now, path, body }) => {
  const { tenant, client, role, requestId } = actor;
  const store = defaultStore();
  const account = await accountById(tenant, body.accountId);
  const statement = await store.readStatement(tenant, path.id);
  if (!statement) throw notFound('statement', path.id);
  if (!account) throw notFound('account', body.accountId).at({ pointer: '/accountId', detail: 'No such account.' });
  if (statement.accountId === undefined) {
    requireCurrency(statement, account.currency);
    await store.assignStatement(tenant, path.id, account.accountId, now.toISOString(), { client, role, requestId });
  }
  const assigned = (await store.readStatement(tenant, path.id)) ?? statement;
  if (assigned.accountId !== account.accountId) {
    const detail = `The statement belongs to ${assigned.accountId}.`;
    throw problems['already-assigned'].with({ detail, accountId: assigned.accountId });
  }
  return { body: presentStatement(assigned, await compareStored(store, assigned)) };
};

function requireCurrency({ currency }: StoredStatement, accountCurrency: string): void {
  if (currency === undefined || currency === accountCurrency) return;
  const detail = `The statement is in ${currency}, the account in ${accountCurrency}.`;
  throw problems['account-currency-differs']
    .with({ detail, statementCurrency: currency, accountCurrency })
    .at({ pointer: '/accountId', detail });
}

export function notFound(what: string, id: string) {
  return general['not-found'].with({ detail: `There is no ${what} ${id}.` });
}

export const importHandlers = { importStatements, assignStatement };
