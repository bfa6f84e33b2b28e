import type { StatementEvent, StatementFormat } from '../../shared/formats/statement-events.ts';
import { closePage, type OpenPage, openPage, type Page, takeEntry } from './page.ts';
import { problems } from './problems.ts';

export const statementsPerFileMax = 1_000;
export const pagesPerFileMax = 20_000;
export const balancesPerStatementMax = 200;

export interface FileFacts {
  readonly format: StatementFormat;
  readonly pages: readonly Page[];
  readonly entries: number;
}

/** Told of every entry, with the number of the page it stands on (from 0) and its place on it (from 1). */
export type EntryVisitor = (
  entry: Extract<StatementEvent, { kind: 'entry' }>['entry'],
  page: number,
  place: number,
) => Promise<void> | void;

/** Reads a file from end to end, keeping sums and digests only. A page that is not closed is a fault of the parser's. */
export async function readFile(events: AsyncIterable<StatementEvent>, visit?: EntryVisitor): Promise<FileFacts> {
  const pages: Page[] = [];
  let open: OpenPage | undefined;
  let entries = 0;
  for await (const event of events) {
    if (event.kind === 'statement') {
      if (open) throw new Error('A statement began inside another.');
      if (pages.length >= pagesPerFileMax) throw tooMany('pages', pagesPerFileMax);
      open = openPage(event.header);
      continue;
    }
    if (!open) throw new Error(`An event of kind ${event.kind} outside a statement.`);
    if (event.kind === 'entry') {
      takeEntry(open, event.entry);
      entries += 1;
      const waiting = visit?.(event.entry, pages.length, open.entries);
      if (waiting) await waiting;
      continue;
    }
    if (event.trailer.balances.length > balancesPerStatementMax) throw tooMany('balances', balancesPerStatementMax);
    pages.push(closePage(open, event.trailer));
    open = undefined;
  }
  const format = pages[0]?.header.format;
  if (open || !format) throw problems['not-a-statement'].with({ detail: 'The file holds no complete statement.' });
  return { format, pages, entries };
}

export function tooMany(what: string, most: number) {
  return problems['too-large'].with({ detail: `A file may hold at most ${most} ${what} this way.`, limit: most });
}
