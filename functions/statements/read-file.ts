import type { StatementEntry, StatementEvent, StatementFormat } from '../../shared/formats/statement-events.ts';
import { fileDigest } from './file-digest.ts';
import { closePage, type OpenPage, openPage, type Page, takeEntry } from './page.ts';
import { problems } from './problems.ts';

export const statementsPerFileMax = 1_000;
export const pagesPerFileMax = 20_000;
export const balancesPerStatementMax = 200;

export interface FileFacts {
  readonly format: StatementFormat;
  readonly pages: readonly Page[];
  readonly entries: number;
  /** SHA-256 (hex) of all that the file says. */
  readonly digest: string;
}

/** Told of what stands on the pages, numbered from 0, while they are read. */
export interface FileVisitor {
  /** Every entry, with its place on its page (from 1). */
  readonly entry: (entry: StatementEntry, page: number, place: number) => Promise<void> | void;
  readonly pageEnd: (page: number) => Promise<void> | void;
}

/**
 * Reads a file from end to end, keeping sums and digests only.
 *
 * @throws statements/too-large for what is beyond a limit; Error for a page that is not closed, a fault of the parser's.
 */
export async function readFile(events: AsyncIterable<StatementEvent>, visit?: FileVisitor): Promise<FileFacts> {
  const pages: Page[] = [];
  const digest = fileDigest();
  let open: OpenPage | undefined;
  let entries = 0;
  for await (const event of events) {
    digest.take(event, () => `page ${pages.length + 1}, entry ${(open?.entries ?? 0) + 1}`);
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
      const waiting = visit?.entry(event.entry, pages.length, open.entries);
      if (waiting) await waiting;
      continue;
    }
    if (event.trailer.balances.length > balancesPerStatementMax) throw tooMany('balances', balancesPerStatementMax);
    pages.push(closePage(open, event.trailer));
    open = undefined;
    await visit?.pageEnd(pages.length - 1);
  }
  const format = pages[0]?.header.format;
  if (open || !format) throw problems['not-a-statement'].with({ detail: 'The file holds no complete statement.' });
  return { format, pages, entries, digest: digest.hex() };
}

export function tooMany(what: string, most: number) {
  return problems['too-large'].with({ detail: `A file may hold at most ${most} ${what} this way.`, limit: most });
}
