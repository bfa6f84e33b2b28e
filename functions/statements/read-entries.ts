import type { StatementStore } from './store.ts';
import type { StoredEntry } from './stored-entry.ts';
import type { StoredStatement } from './stored-statement.ts';

export interface EntryFilter {
  readonly creditDebit?: 'CREDIT' | 'DEBIT' | undefined;
  readonly reference?: string | undefined;
}

/** Reads per answer: a filter that finds little gives a short page and a cursor instead of a long wait. */
const readsMax = 20;
const readAhead = 500;
/** Characters of an answer, well below the 6 MB that a function may answer with. */
const charactersMax = 3_000_000;

/** A page of entries from a place on, and the place to go on from; undefined after the last. */
export async function readEntryPage(
  store: StatementStore,
  statement: StoredStatement,
  from: number,
  limit: number,
  filter: EntryFilter,
): Promise<{ entries: StoredEntry[]; next?: number }> {
  const entries: StoredEntry[] = [];
  let characters = 0;
  let next = from;
  for (let read = 0; read < readsMax && next <= statement.entries; read++) {
    for (const entry of await store.readEntries(statement, next, filter.reference === undefined ? limit : readAhead)) {
      next = entry.sequence + 1;
      if (!(await matches(store, statement, entry, filter))) continue;
      entries.push(entry);
      characters += sizeOf(entry);
      if (entries.length >= limit || characters >= charactersMax) return { entries, ...goOn(next, statement) };
    }
  }
  return { entries, ...goOn(next, statement) };
}

function goOn(next: number, { entries }: StoredStatement): { next?: number } {
  return next <= entries ? { next } : {};
}

async function matches(store: StatementStore, statement: StoredStatement, entry: StoredEntry, filter: EntryFilter) {
  if (filter.creditDebit && entry.creditDebit !== filter.creditDebit) return false;
  if (filter.reference === undefined || carries(entry, filter.reference)) return true;
  return entry.detailsCount > entry.details.length && detailsCarry(store, statement, entry, filter.reference);
}

function carries(entry: StoredEntry, reference: string): boolean {
  if (entry.bankReference === reference || entry.entryReference === reference) return true;
  return [entry, ...entry.details].some(({ references }) => Object.values(references).includes(reference));
}

async function detailsCarry(store: StatementStore, statement: StoredStatement, entry: StoredEntry, reference: string) {
  for (let chunk = 1; ; chunk++) {
    const details = await store.readDetails(statement, entry.sequence, chunk);
    if (!details) return false;
    if (details.some(({ references }) => Object.values(references).includes(reference))) return true;
  }
}

function sizeOf(entry: StoredEntry): number {
  return (
    600 +
    (entry.remittance?.length ?? 0) +
    entry.details.reduce((sum, one) => sum + 500 + (one.remittance?.length ?? 0), 0)
  );
}
