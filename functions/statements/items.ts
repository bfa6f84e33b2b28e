import type { Plain } from '../../shared/dynamo/items.ts';
import { joinTexts, readTexts, type TextWithAmounts, writeText } from '../../shared/dynamo/text-with-amounts.ts';
import type { EntryDetail } from '../../shared/formats/statement-events.ts';
import type { Flag } from './flags.ts';
import { keys, partitionOf, timelineAt } from './keys.ts';
import { entryFromRest, type PackedEntry, type StoredEntry } from './stored-entry.ts';
import type { StoredStatement } from './stored-statement.ts';

/** Items as plain objects ↔ the model. Every N at rest comes back as a bigint; counts are numbers in the model. */
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
export function blockToPlain(tenant: string, entriesOf: string, block: readonly PackedEntry[]): Plain {
  const last = block.at(-1)?.sequence ?? 0;
  return {
    pk: keys.entryPartition(tenant, entriesOf, partitionOf(last)),
    sk: keys.entrySort(last),
    kind: 'ENTRIES',
    ...joinTexts(block),
  };
}

export function blockFromPlain(plain: Plain): StoredEntry[] {
  return readTexts(textOf(plain)).map(entryFromRest);
}

/** The items of an entry's further details, one for each chunk, made one at a time. */
export function* chunksToPlain(tenant: string, entriesOf: string, { sequence, chunks }: PackedEntry): Generator<Plain> {
  for (const [index, chunk] of chunks.entries()) {
    const key = { pk: keys.details(tenant, entriesOf, sequence), sk: keys.detailsSort(index + 1) };
    yield { ...key, kind: 'DETAILS', ...joinTexts(chunk.map(writeText)) };
  }
}

export function detailsFromPlain(plain: Plain): readonly EntryDetail[] {
  return readTexts(textOf(plain)) as EntryDetail[];
}

function textOf({ text, amounts }: Plain): TextWithAmounts {
  return { text: String(text), amounts: amounts as bigint[] };
}
