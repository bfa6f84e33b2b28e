import type { Plain } from '../../shared/dynamo/items.ts';
import type { DomainEvent } from '../../shared/events/event.ts';
import { creditReversed, receiptDetailsMax, receiptRecorded, statementAssigned, statementImported } from './events.ts';
import { statementFromPlain } from './items.ts';
import { type FindOwnAccounts, noOwnAccounts, ownAccountsAmong } from './own-accounts.ts';
import type { HashNumber } from './present.ts';
import { isReceipt, isReversedCredit, type ReceiptsOrder, receiptsOrders } from './receipts.ts';
import type { StatementStore } from './store.ts';
import type { StoredEntry } from './stored-entry.ts';
import type { StoredStatement } from './stored-statement.ts';

export interface ItemChangeSeen {
  readonly kind: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly item?: Plain;
  readonly previous?: Plain;
}

/**
 * The events that a changed item means.
 *
 * A statement that becomes visible, or is assigned, leaves orders to tell its receipts, 500 entries each; each order is a
 * change of its own and is told when it comes by. So a statement of any size is told in small steps, each of which may
 * be repeated, and entries of an import that never finished are never told.
 */
export async function eventsOf(
  { kind, item, previous }: ItemChangeSeen,
  store: StatementStore,
  hash: HashNumber,
  findOwn: FindOwnAccounts = noOwnAccounts,
): Promise<DomainEvent[]> {
  if (kind === 'REMOVE' || !item) return [];
  if (item.kind === 'RECEIPTS')
    return kind === 'INSERT' ? tellReceipts(orderFromPlain(item), store, hash, findOwn) : [];
  if (item.kind !== 'STATEMENT') return [];
  const statement = statementFromPlain(item);
  const isNew = kind === 'INSERT';
  const isAssigned = statement.accountId !== undefined && (isNew || previous?.accountId === undefined);
  if (isAssigned) await store.writeReceiptsOrders(receiptsOrders(statement));
  if (isNew && statement.assignedAt !== undefined) {
    return [statementImported(beforeAssignment(statement)), statementAssigned(statement)];
  }
  if (isNew) return [statementImported(statement)];
  return isAssigned ? [statementAssigned(statement)] : [];
}

/** The statement as it was when it became visible. A redrive finds it as it stands now, with the assignment in it. */
function beforeAssignment(statement: StoredStatement): StoredStatement {
  const { accountId: _account, assignedAt: _at, assignedBy: _by, ...imported } = statement;
  return imported;
}

function orderFromPlain(item: Plain): ReceiptsOrder {
  const { tenant, statementId, from, to } = item;
  return { tenant: String(tenant), statementId: String(statementId), from: Number(from), to: Number(to) };
}

async function tellReceipts(
  order: ReceiptsOrder,
  store: StatementStore,
  hash: HashNumber,
  findOwn: FindOwnAccounts,
): Promise<DomainEvent[]> {
  const statement = await store.readStatement(order.tenant, order.statementId);
  if (!statement) throw new Error(`Receipts of ${order.statementId} are ordered, but there is no such statement.`);
  const entries = await readSlice(statement, order, store);
  const told = entries.filter((entry) => isReceipt(entry) || isReversedCredit(entry));
  const parties = told.flatMap(({ counterparty, details }) => [
    counterparty,
    ...details.slice(0, receiptDetailsMax).map((detail) => detail.counterparty),
  ]);
  const ownAccountOf = await ownAccountsAmong(statement, parties, findOwn, hash);
  return told.map((entry) =>
    (isReceipt(entry) ? receiptRecorded : creditReversed)(statement, entry, hash, ownAccountOf),
  );
}

async function readSlice(statement: StoredStatement, { from, to }: ReceiptsOrder, store: StatementStore) {
  const slice: StoredEntry[] = [];
  for (let next = from; next <= to; next = (slice.at(-1)?.sequence ?? to) + 1) {
    slice.push(...(await store.readEntries(statement, next, to - next + 1)));
  }
  return slice.filter(({ sequence }) => sequence <= to);
}
