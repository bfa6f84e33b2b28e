import { businessDateOf } from '../../shared/calendar/plain-date.ts';
import { decodeCursor, encodeCursor } from '../../shared/http/cursor.ts';
import type { OperationHandler } from '../../shared/http/request.ts';
import { defined } from '../../shared/objects/defined.ts';
import type { reportContract } from './contract-reports.ts';
import { ageingKey } from './reports/ageing.ts';
import * as present from './reports/present-reports.ts';
import { readAgeing } from './reports/read-ageing.ts';
import { readDso } from './reports/read-dso.ts';
import { readExpected } from './reports/read-expected.ts';
import { readStatement } from './reports/read-statement.ts';
import { linePlace } from './reports/statement.ts';
import { statementCsv } from './reports/statement-csv.ts';
import { defaultStore } from './store.ts';

type Handler<Name extends keyof typeof reportContract> = OperationHandler<(typeof reportContract)[Name]>;

/** A page of what is there as a whole, from behind a place. */
function cut<One>(all: readonly One[], placeOf: (one: One) => string, after: string | undefined, count: number) {
  const behind = after === undefined ? all : all.filter((one) => placeOf(one) > after);
  const last = behind.length > count ? behind[count - 1] : undefined;
  return { shown: behind.slice(0, count), ...(last && { next: placeOf(last) }) };
}

const getAgeing: Handler<'getAgeing'> = async ({ actor: { tenant }, query, now }) => {
  const today = businessDateOf(now);
  const { asOf = today, limit, cursor, ...filter } = query;
  const scope = { operation: 'getAgeing', tenant, filters: defined({ asOf, ...filter }) };
  const after = cursor === undefined ? undefined : decodeCursor(scope, cursor).after;
  const ageing = await readAgeing(defaultStore(), tenant, { asOf, today, ...filter });
  const { shown, next } = cut(ageing.rows(), ageingKey, after, limit);
  const nextCursor = next === undefined ? undefined : encodeCursor(scope, { after: next });
  const totals = ageing.totals().map(present.presentAged);
  return { body: { asOf, totals, rows: shown.map(present.presentAged), ...defined({ nextCursor }) } };
};

const getDso: Handler<'getDso'> = async ({ actor: { tenant }, query, now }) => {
  const rows = await readDso(defaultStore(), tenant, { ...query, today: businessDateOf(now) });
  return { body: present.presentDso(rows, query) };
};

const getExpectedReceipts: Handler<'getExpectedReceipts'> = async ({ actor: { tenant }, query, now }) => {
  const { by: length, ...asked } = query;
  const expected = await readExpected(defaultStore(), tenant, { ...asked, length, today: businessDateOf(now) });
  return { body: present.presentExpected(expected) };
};

const getCustomerStatement: Handler<'getCustomerStatement'> = async ({ actor: { tenant }, path, query }) => {
  const { limit, cursor, ...asked } = query;
  const { customerId } = path;
  const scope = { operation: 'getCustomerStatement', tenant, filters: defined({ customerId, ...asked }) };
  const after = cursor === undefined ? undefined : decodeCursor(scope, cursor).after;
  const { statement, ...customer } = await readStatement(defaultStore(), tenant, { customerId, ...asked });
  const { shown, next } = cut(statement.lines, linePlace, after, limit);
  const nextCursor = next === undefined ? undefined : encodeCursor(scope, { after: next });
  const { from, to } = asked;
  const accounts = present.presentAccounts(statement);
  const lines = shown.map(present.presentLine);
  return { body: { customerId, ...customer, from, to, accounts, lines, ...defined({ nextCursor }) } };
};

const getCustomerStatementCsv: Handler<'getCustomerStatementCsv'> = async ({ actor: { tenant }, path, query }) => {
  const { statement, customerNumber } = await readStatement(defaultStore(), tenant, { ...path, ...query });
  const name = encodeURIComponent(`statement-${customerNumber}-${query.from}-${query.to}.csv`);
  const headers = { 'content-disposition': `attachment; filename*=UTF-8''${name}` };
  return { body: await statementCsv(statement, query), headers };
};

export const reportHandlers = {
  getAgeing,
  getDso,
  getExpectedReceipts,
  getCustomerStatement,
  getCustomerStatementCsv,
};
