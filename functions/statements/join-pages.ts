import type { Page } from './page.ts';

/**
 * Puts the pages of a file together to statements, in the order of the file. A page goes on with the statement of the
 * same account that was left open before it:
 * - MT940: 62M before, 60M now, and the same statement number where both have one (`:28C:` 999/1, 999/2);
 * - camt: the same statement id and the next page number.
 */
export function joinPages<P extends Pick<Page, 'header' | 'opening' | 'closing'>>(pages: readonly P[]): P[][] {
  const statements: P[][] = [];
  const latest = new Map<string, P[]>();
  for (const page of pages) {
    const account = accountOf(page);
    const before = latest.get(account);
    const last = before?.at(-1);
    if (before && last && goesOn(last, page)) {
      before.push(page);
      continue;
    }
    const statement = [page];
    statements.push(statement);
    latest.set(account, statement);
  }
  return statements;
}

type Joinable = Pick<Page, 'header' | 'opening' | 'closing'>;

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
