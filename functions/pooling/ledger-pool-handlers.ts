import { decodeCursor, encodeCursor } from '../../shared/http/cursor.ts';
import { claimOf } from '../../shared/http/key-claim.ts';
import type { OperationHandler } from '../../shared/http/request.ts';
import { presentAmount } from '../../shared/money/present.ts';
import type { ledgerPoolContract } from './contract-ledgers.ts';
import { bookReceipt as book } from './ledgers/book-receipt.ts';
import { listLedgers as list, readFigures } from './ledgers/list-ledgers.ts';
import { openLedger as open } from './ledgers/open-ledger.ts';
import { presentLedger, presentMain, presentReceipt, presentStatementEntry } from './ledgers/present-ledgers.ts';
import { readPoolStatement } from './ledgers/read-pool-statement.ts';
import { findPool } from './pool-handlers.ts';
import { poolingTools } from './tools.ts';

type Handler<Name extends keyof typeof ledgerPoolContract> = OperationHandler<(typeof ledgerPoolContract)[Name]>;

const openLedger: Handler<'openLedger'> = async (request) => {
  const { actor, path, body, now } = request;
  const tools = poolingTools();
  const pool = await findPool(tools, actor.tenant, path.poolId);
  const claim = await claimOf(tools, 'openLedger', 'led', request);
  const { ledger, account } = await readFigures(tools, await open(tools, pool, body, claim, now));
  return { body: presentLedger(ledger, account) };
};

const listLedgers: Handler<'listLedgers'> = async ({ actor, path, query }) => {
  const tools = poolingTools();
  const pool = await findPool(tools, actor.tenant, path.poolId);
  const scope = { operation: 'listLedgers', tenant: actor.tenant, filters: path };
  const after = query.cursor === undefined ? '' : (decodeCursor(scope, query.cursor).after ?? '');
  const { main, ledgers, next } = await list(tools, pool, after, query.limit);
  return {
    body: {
      main: presentMain(main),
      ledgers: ledgers.map(({ ledger, account }) => presentLedger(ledger, account)),
      ...(next !== undefined && { nextCursor: encodeCursor(scope, { after: next }) }),
    },
  };
};

const bookReceipt: Handler<'bookReceipt'> = async (request) => {
  const { actor, path, body, now } = request;
  const tools = poolingTools();
  const pool = await findPool(tools, actor.tenant, path.poolId);
  const claim = await claimOf(tools, 'bookReceipt', 'rcp', request);
  return { body: presentReceipt(await book(tools, pool, body, claim, now)) };
};

const getLedgerStatement: Handler<'getLedgerStatement'> = async ({ actor, path, query }) => {
  const tools = poolingTools();
  const pool = await findPool(tools, actor.tenant, path.poolId);
  const { from, to, limit, cursor } = query;
  const scope = { operation: 'getLedgerStatement', tenant: actor.tenant, filters: { ...path, from, to } };
  const at = cursor === undefined ? undefined : decodeCursor(scope, cursor);
  const after = at && { version: Number(at.version), index: Number(at.index) };
  const statement = await readPoolStatement(tools, pool, path.accountId, { from, to, limit, ...(after && { after }) });
  const { currency, opening, closing, entries, next } = statement;
  const position = next && { version: String(next.version), index: String(next.index) };
  return {
    body: {
      ...path,
      from,
      to,
      opening: presentAmount(opening, currency),
      closing: presentAmount(closing, currency),
      entries: entries.map((entry) => presentStatementEntry(entry, currency)),
      ...(position && { nextCursor: encodeCursor(scope, position) }),
    },
  };
};

export const ledgerPoolHandlers = { openLedger, listLedgers, bookReceipt, getLedgerStatement };
