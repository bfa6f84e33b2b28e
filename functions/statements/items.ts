import type { EntryDetail } from '../../shared/formats/statement-events.ts';
import type { Flag } from './flags.ts';
import { keys, partitionOf, timelineAt } from './keys.ts';
import type { PackedEntry, StoredEntry } from './stored-entry.ts';
import type { StoredStatement } from './stored-statement.ts';

/** Items as plain objects ↔ the model. Every N at rest comes back as a bigint; counts are numbers in the model. */
export type Plain = Record<string, unknown>;

export function statementToPlain(statement: StoredStatement): Plain {
  const { tenant, id, accountId } = statement;
  return {
    ...keys.statement(tenant, id),
    kind: 'STATEMENT',
    ...statement,
    timelineOf: tenant,
    timelineAt: timelineAt(statement.toDate ?? statement.importedAt.slice(0, 10), id),
    accountOf: accountId && accountTimeline(tenant, accountId),
  };
}

export function accountTimeline(tenant: string, accountId: string): string {
  return `${tenant}#${accountId}`;
}

export function statementFromPlain(plain: Plain): StoredStatement {
  const { pk: _pk, sk: _sk, kind: _kind, timelineOf: _t, timelineAt: _at, accountOf: _a, ...rest } = plain;
  const statement = rest as unknown as StoredStatement;
  return {
    ...statement,
    entries: Number(statement.entries),
    pagesCount: Number(statement.pagesCount),
    credits: { ...statement.credits, count: Number(statement.credits.count) },
    debits: { ...statement.debits, count: Number(statement.debits.count) },
    flags: statement.flags.map(flagFromPlain),
    pages: statement.pages.map((page) => ({ ...page, number: Number(page.number), entries: Number(page.entries) })),
  };
}

function flagFromPlain(flag: Flag): Flag {
  const where = flag.where.map((place) => (typeof place === 'bigint' ? Number(place) : place));
  return { ...flag, count: Number(flag.count), where };
}

/** The items of one entry: its own, and one for each chunk of further details. */
export function entryToPlain(tenant: string, statementId: string, { entry, chunks }: PackedEntry): Plain[] {
  const { sequence } = entry;
  return [
    {
      pk: keys.entryPartition(tenant, statementId, partitionOf(sequence)),
      sk: keys.entrySort(sequence),
      kind: 'ENTRY',
      ...entry,
    },
    ...chunks.map((details, index) => ({
      pk: keys.details(tenant, statementId, sequence),
      sk: keys.detailsSort(index + 1),
      kind: 'DETAILS',
      details,
    })),
  ];
}

export function entryFromPlain(plain: Plain): StoredEntry {
  const { pk: _pk, sk: _sk, kind: _kind, ...rest } = plain;
  const entry = rest as unknown as StoredEntry;
  const { declaredDetailsCount } = entry;
  return {
    ...entry,
    sequence: Number(entry.sequence),
    detailsCount: Number(entry.detailsCount),
    ...(declaredDetailsCount !== undefined && { declaredDetailsCount: Number(declaredDetailsCount) }),
  };
}

export function detailsFromPlain(plain: Plain): readonly EntryDetail[] {
  return plain.details as readonly EntryDetail[];
}
