import { reportOf } from './identify-statement.ts';
import type { Page } from './page.ts';

export interface JoinedPages<P> {
  /** The pages of each statement. */
  readonly statements: P[][];
  /** Pages left out because the page before them in their statement is the same. */
  readonly repeatedPages: number;
}

/**
 * Puts the pages of a file together to statements, in the order of the file. A page goes on with the statement of the
 * same account that was left open before it:
 * - MT940: 62M before, 60M now, and the same statement number where both have one (`:28C:` 999/1, 999/2);
 * - camt: the same statement id and the next page number.
 *
 * A page that says again what the last page of the statement says, under the same number, is left out and counted.
 */
export function joinPages<P extends Joinable>(pages: readonly P[]): JoinedPages<P> {
  const statements: P[][] = [];
  let repeatedPages = 0;
  const latest = new Map<string, P[]>();
  for (const page of pages) {
    const account = accountOf(page);
    const before = latest.get(account);
    const last = before?.at(-1);
    if (last && repeats(last, page)) {
      repeatedPages += 1;
      continue;
    }
    if (before && last && goesOn(last, page)) {
      before.push(page);
      continue;
    }
    const statement = [page];
    statements.push(statement);
    latest.set(account, statement);
  }
  return { statements, repeatedPages };
}

type Joinable = Pick<Page, 'header' | 'opening' | 'closing' | 'digest'>;

function repeats(last: Joinable, next: Joinable): boolean {
  return next.header.pageNumber !== undefined && last.digest === next.digest && nameOf(last) === nameOf(next);
}

function nameOf({ header }: Joinable): string {
  const { format, statementId, sequenceNumber, pageNumber } = header;
  return JSON.stringify([format, statementId, sequenceNumber, pageNumber, ...reportOf(header)]);
}

function accountOf({ header }: Joinable): string {
  const { iban = '', number = '', currency = '' } = header.account;
  return `${iban}|${number}|${currency}`;
}

function goesOn(last: Joinable, next: Joinable): boolean {
  if (last.header.format !== next.header.format) return false;
  return last.header.format.startsWith('MT') ? carriesOver(last, next) : isNextPage(last, next);
}

function carriesOver(last: Joinable, next: Joinable): boolean {
  const [before, now] = [last.header.sequenceNumber, next.header.sequenceNumber];
  const sameNumber = before === undefined || now === undefined || before === now;
  return Boolean(last.closing?.intermediate && next.opening?.intermediate && sameNumber);
}

function isNextPage(last: Joinable, next: Joinable): boolean {
  const { statementId, pageNumber } = last.header;
  if (statementId === undefined || statementId !== next.header.statementId) return false;
  return pageNumber !== undefined && !last.header.lastPage && next.header.pageNumber === pageNumber + 1;
}
