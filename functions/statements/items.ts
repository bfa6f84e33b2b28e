import { isDeepStrictEqual } from 'node:util';
import type { EntryDetail } from '../../shared/formats/statement-events.ts';
import type { Flag } from './flags.ts';
import { keys, partitionOf, timelineAt } from './keys.ts';
import type { PackedEntry, StoredEntry } from './stored-entry.ts';
import type { StoredStatement } from './stored-statement.ts';
import { readText, type TextWithAmounts, writeText } from './text-with-amounts.ts';

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

/** The item of a block of entries. Its sort key is the place of its last one: the first at or after a place holds it. */
export function blockToPlain(tenant: string, statementId: string, block: readonly PackedEntry[]): Plain {
  const last = block.at(-1)?.entry.sequence ?? 0;
  return {
    pk: keys.entryPartition(tenant, statementId, partitionOf(last)),
    sk: keys.entrySort(last),
    kind: 'ENTRIES',
    ...writeText(block.map(({ entry }) => entryToPlain(entry))),
  };
}

export function blockFromPlain(plain: Plain): StoredEntry[] {
  return (readText(textOf(plain)) as Partial<StoredEntry>[]).map(entryFromPlain);
}

/** The items of an entry's further details, one for each chunk. */
export function chunksToPlain(tenant: string, statementId: string, { entry, chunks }: PackedEntry): Plain[] {
  return chunks.map((details, index) => ({
    pk: keys.details(tenant, statementId, entry.sequence),
    sk: keys.detailsSort(index + 1),
    kind: 'DETAILS',
    ...writeText(details),
  }));
}

/** An entry with one transaction that says what the entry says is kept without it: half the bytes of most files. */
function entryToPlain(entry: StoredEntry): Plain {
  const [only] = entry.details;
  const repeats = entry.details.length === 1 && only !== undefined && isDeepStrictEqual(only, detailOf(entry));
  return { ...entry, details: repeats ? undefined : entry.details };
}

function entryFromPlain(plain: Partial<StoredEntry>): StoredEntry {
  const entry = plain as StoredEntry;
  return plain.details === undefined ? { ...entry, details: [detailOf(entry)] } : entry;
}

/** An entry as its own single transaction. */
function detailOf({ amount, currency, counterparty, references, remittance }: StoredEntry): EntryDetail {
  return {
    amount,
    currency,
    ...(counterparty && { counterparty }),
    references,
    ...(remittance !== undefined && { remittance }),
  };
}

export function detailsFromPlain(plain: Plain): readonly EntryDetail[] {
  return readText(textOf(plain)) as EntryDetail[];
}

function textOf({ text, amounts }: Plain): TextWithAmounts {
  return { text: String(text), amounts: amounts as bigint[] };
}
