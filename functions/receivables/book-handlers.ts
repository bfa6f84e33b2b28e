import { causeOf } from '../../shared/http/cause.ts';
import { decodeCursor, encodeCursor } from '../../shared/http/cursor.ts';
import type { OperationHandler } from '../../shared/http/request.ts';
import { defined } from '../../shared/objects/defined.ts';
import { presentBook, presentRules } from './books/present-book.ts';
import { putBook } from './books/put-book.ts';
import { putRules } from './books/put-rules.ts';
import { toRules } from './books/rule-shapes.ts';
import type { bookContract } from './contract-books.ts';
import { defaultStore } from './store.ts';
import { receivablesTools } from './tools.ts';

type Handler<Name extends keyof typeof bookContract> = OperationHandler<(typeof bookContract)[Name]>;

const listReceivablesBooks: Handler<'listReceivablesBooks'> = async ({ actor: { tenant }, query }) => {
  const scope = { operation: 'listReceivablesBooks', tenant };
  const position = query.cursor === undefined ? undefined : decodeCursor(scope, query.cursor);
  const after = position && { legalEntity: position.legalEntity ?? '', currency: position.currency ?? '' };
  const { books, more } = await defaultStore().listBooks(tenant, after, query.limit);
  const last = more ? books.at(-1) : undefined;
  const next = last && encodeCursor(scope, { legalEntity: last.legalEntity, currency: last.currency });
  return { body: { books: books.map(presentBook), ...defined({ nextCursor: next }) } };
};

const putReceivablesBook: Handler<'putReceivablesBook'> = async ({ actor, body, now }) => {
  const { expectedVersion, accounts: named, ...book } = body;
  const { channels, ...needed } = named;
  const accounts = { ...needed, ...defined({ channels }) };
  const asked = { tenant: actor.tenant, ...book, accounts, ...defined({ expectedVersion }) };
  return { body: presentBook(await putBook(receivablesTools(), asked, causeOf(actor), now)) };
};

const getMatchRules: Handler<'getMatchRules'> = async ({ actor: { tenant } }) => {
  return { body: presentRules(await defaultStore().readRules(tenant)) };
};

const putMatchRules: Handler<'putMatchRules'> = async ({ actor, body, now }) => {
  const { expectedVersion } = body;
  const asked = { tenant: actor.tenant, rules: toRules(body), ...defined({ expectedVersion }) };
  return { body: presentRules(await putRules(defaultStore(), asked, causeOf(actor), now)) };
};

export const bookHandlers = { listReceivablesBooks, putReceivablesBook, getMatchRules, putMatchRules };
