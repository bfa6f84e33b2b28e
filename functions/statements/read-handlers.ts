import pLimit from 'p-limit';
import { decodeCursor, encodeCursor } from '../../shared/http/cursor.ts';
import type { OperationHandler, OperationRequest } from '../../shared/http/request.ts';
import { defined } from '../../shared/objects/defined.ts';
import { compareStored } from './compare-stored.ts';
import type { contract } from './contract.ts';
import { notFound } from './import-handlers.ts';
import { presentDetail, presentEntry, presentStatement, presentSummary } from './present.ts';
import { readEntryPage } from './read-entries.ts';
import { defaultStore } from './store.ts';
import type { StoredStatement } from './stored-statement.ts';
import { hashNumber } from './tools.ts';

type Handler<Name extends keyof typeof contract> = OperationHandler<(typeof contract)[Name]>;

const comparisonsAtOnceMax = 8;

const listStatements: Handler<'listStatements'> = async ({ actor, query }) => {
  const store = defaultStore();
  const { limit, cursor, ...filters } = query;
  const scope = { operation: 'listStatements', tenant: actor.tenant, filters };
  const after = cursor === undefined ? undefined : decodeCursor(scope, cursor).after;
  const { statements, endedAt } = await store.listStatements(actor.tenant, {
    ...defined(filters),
    limit,
    ...(after !== undefined && { after }),
  });
  const limited = pLimit(comparisonsAtOnceMax);
  const oneAccount = filters.accountId !== undefined;
  const summaries = await Promise.all(
    statements.map((statement) =>
      limited(async () => presentSummary(statement, oneAccount ? await compareStored(store, statement) : undefined)),
    ),
  );
  const nextCursor = endedAt === undefined ? undefined : encodeCursor(scope, { after: endedAt });
  return { body: { statements: summaries, ...(nextCursor !== undefined && { nextCursor }) } };
};

const getStatement: Handler<'getStatement'> = async (request) => {
  const statement = await visibleStatement(request);
  return { body: presentStatement(statement, await compareStored(defaultStore(), statement)) };
};

const listStatementEntries: Handler<'listStatementEntries'> = async (request) => {
  const { actor, path, query } = request;
  const { limit, cursor, ...filters } = query;
  const statement = await visibleStatement(request);
  const scope = { operation: 'listStatementEntries', tenant: actor.tenant, filters: { ...filters, id: path.id } };
  const from = cursor === undefined ? 1 : Number(decodeCursor(scope, cursor).from);
  const { entries, next } = await readEntryPage(defaultStore(), statement, from, limit, filters);
  return {
    body: {
      entries: entries.map((entry) => presentEntry(entry, hashNumber)),
      ...(next !== undefined && { nextCursor: encodeCursor(scope, { from: String(next) }) }),
    },
  };
};

/** A page is what one item holds: first the details kept with the entry, then chunk by chunk. */
const listEntryDetails: Handler<'listEntryDetails'> = async (request) => {
  const { actor, path, query } = request;
  const store = defaultStore();
  const statement = await visibleStatement(request);
  const scope = {
    operation: 'listEntryDetails',
    tenant: actor.tenant,
    filters: { id: path.id, sequence: path.sequence },
  };
  const chunk = query.cursor === undefined ? 0 : Number(decodeCursor(scope, query.cursor).chunk);
  const [entry] = await store.readEntries(statement, path.sequence, 1);
  if (!entry) throw notFound('entry', `${path.sequence} of ${path.id}`);
  const details = chunk === 0 ? entry.details : ((await store.readDetails(statement, path.sequence, chunk)) ?? []);
  const hasMore = (await store.readDetails(statement, path.sequence, chunk + 1)) !== undefined;
  return {
    body: {
      details: details.map((detail) => presentDetail(detail, hashNumber)),
      ...(hasMore && { nextCursor: encodeCursor(scope, { chunk: String(chunk + 1) }) }),
    },
  };
};

async function visibleStatement({
  actor,
  path,
}: Pick<OperationRequest<(typeof contract)['getStatement']>, 'actor' | 'path'>): Promise<StoredStatement> {
  const statement = await defaultStore().readStatement(actor.tenant, path.id);
  if (!statement) throw notFound('statement', path.id);
  return statement;
}

export const readHandlers = { listStatements, getStatement, listStatementEntries, listEntryDetails };
