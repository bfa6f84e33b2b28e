import type { DomainEvent } from '../../shared/events/event.ts';
import type { EntryDetail } from '../../shared/formats/statement-events.ts';
import { deriveId } from '../../shared/identifiers/id.ts';
import { presentAmount } from '../../shared/money/present.ts';
import { defined } from '../../shared/objects/defined.ts';
import { creditKey } from './credit-key.ts';
import type { OwnAccountOf } from './own-accounts.ts';
import { type HashNumber, presentCounterparty, presentDetail, presentEntry, presentSummary } from './present.ts';
import type { StoredEntry } from './stored-entry.ts';
import type { StoredStatement } from './stored-statement.ts';

export const eventTypes = {
  imported: 'statements.statement-imported.v1',
  assigned: 'statements.statement-assigned.v1',
  receipt: 'statements.receipt-recorded.v1',
  reversed: 'statements.credit-reversed.v1',
} as const;

/**
 * Transactions of a batch credit and characters of remittance that travel with the event; an event has 256 KB. More of them are told
 * to who asks (detailsOfEntry).
 */
export const receiptDetailsMax = 50;
export const receiptTextMax = 2_000;

/** A statement became visible. Its id is derived from the statement, so it is told once however often it is sent. */
export function statementImported(statement: StoredStatement): DomainEvent {
  const { id, flags, importId, ...facts } = { ...presentSummary(statement), importId: statement.importId };
  return {
    id: deriveId('evt', eventTypes.imported, id),
    type: eventTypes.imported,
    tenant: statement.tenant,
    occurredAt: statement.importedAt,
    subject: id,
    actor: statement.importedBy,
    data: {
      statementId: id,
      importId,
      ...defined({ bankStatementId: facts.statementId }),
      ...factsOf(facts),
      flags: flags.map(({ code }) => code),
    },
  };
}

function factsOf(facts: Omit<ReturnType<typeof presentSummary>, 'id' | 'flags'>) {
  const { statementId: _, account, importedAt: _at, ...rest } = facts;
  return { ...rest, accountKey: account.accountKey };
}

export function statementAssigned(statement: StoredStatement): DomainEvent {
  const { id, tenant, accountId, assignedAt, assignedBy } = statement;
  return {
    id: deriveId('evt', eventTypes.assigned, id),
    type: eventTypes.assigned,
    tenant,
    occurredAt: assignedAt ?? statement.importedAt,
    subject: id,
    actor: assignedBy ?? statement.importedBy,
    data: { statementId: id, accountId },
  };
}

/**
 * One booked credit of an assigned statement: who paid what, when, with which references. A credit that an intraday
 * report (camt.052, camt.054, MT942) and the statement of the day both carry is told by each; `format` says by which, and
 * `creditKey` is the same for both, so that a consumer takes it once. `ownAccountId`: it came from another account of the
 * tenant's own ledger.
 */
export function receiptRecorded(
  statement: StoredStatement,
  entry: StoredEntry,
  hash: HashNumber,
  ownAccountOf?: OwnAccountOf,
): DomainEvent {
  const amount = presentAmount(entry.amount, entry.currency);
  const data = { creditKey: creditKey(statement, entry), amount, ...entryFacts(statement, entry, hash, ownAccountOf) };
  return entryEvent(eventTypes.receipt, statement, entry, data);
}

/**
 * One booked debit of an assigned statement by which a bank takes a credit back. It says what the credit said, as far as the
 * bank repeats it; several reports that tell of it have the same `reversalKey`.
 */
export function creditReversed(
  statement: StoredStatement,
  entry: StoredEntry,
  hash: HashNumber,
  ownAccountOf?: OwnAccountOf,
): DomainEvent {
  const amount = presentAmount(-entry.amount, entry.currency);
  const data = {
    reversalKey: creditKey(statement, entry),
    amount,
    ...entryFacts(statement, entry, hash, ownAccountOf),
  };
  return entryEvent(eventTypes.reversed, statement, entry, data);
}

function entryEvent(type: string, statement: StoredStatement, entry: StoredEntry, data: object): DomainEvent {
  return {
    id: deriveId('evt', type, entry.id),
    type,
    tenant: statement.tenant,
    occurredAt: statement.assignedAt ?? statement.importedAt,
    subject: entry.id,
    actor: statement.assignedBy ?? statement.importedBy,
    data,
  };
}

/** All but the amount, which is above zero the way that the type of the event says. */
function entryFacts(
  statement: StoredStatement,
  entry: StoredEntry,
  hash: HashNumber,
  ownAccountOf: OwnAccountOf = () => undefined,
) {
  const { details: _, detailsCount, remittance, ...facts } = presentEntry({ ...entry, details: [] }, hash);
  return {
    entryId: entry.id,
    statementId: statement.id,
    accountId: statement.accountId,
    format: statement.format,
    sequence: facts.sequence,
    reversal: facts.reversal,
    ...defined({ bookingDate: facts.bookingDate, valueDate: facts.valueDate }),
    ...defined({ bankReference: facts.bankReference, entryReference: facts.entryReference }),
    ...defined({ transactionCode: facts.transactionCode, remittance: remittance?.slice(0, receiptTextMax) }),
    references: facts.references,
    ...(entry.counterparty && { counterparty: presentCounterparty(entry.counterparty, hash) }),
    ...defined({ ownAccountId: ownAccountOf(entry.counterparty) }),
    detailsCount,
    details: presentTold(entry.details.slice(0, receiptDetailsMax), hash, ownAccountOf),
  };
}

export type ToldDetail = ReturnType<typeof presentTold>[number];

/** Transactions of an entry as events tell them. */
export function presentTold(details: readonly EntryDetail[], hash: HashNumber, ownAccountOf: OwnAccountOf) {
  return details.map((detail) => ({
    ...presentDetail(detail, hash),
    ...defined({ remittance: detail.remittance?.slice(0, receiptTextMax) }),
    ...defined({ ownAccountId: ownAccountOf(detail.counterparty) }),
  }));
}
