import { isPlainDate } from '../../shared/calendar/plain-date.ts';
import type { FloorLimit, StatementBalance, StatementHeader } from '../../shared/formats/statement-events.ts';
import { type BalanceCheck, checkBalances, type Movement } from './check-balances.ts';
import { flagDeclaredTotals } from './declared-totals.ts';
import { type Flag, joinFlags, tally } from './flags.ts';
import { identifyStatement } from './identify-statement.ts';
import { joinBalances, joinFloorLimits, joinInformation } from './join-notes.ts';
import type { Page } from './page.ts';

/** Pages kept with the statement; the flags count those beyond. */
export const pagesKeptMax = 100;

export interface PageFacts {
  readonly number: number;
  readonly entries: number;
  readonly opening?: bigint;
  readonly closing?: bigint;
  readonly difference?: bigint;
}

/** What one bank statement says, its pages joined. Amounts are minor units of `currency`, credit positive. */
export interface Statement {
  readonly id: string;
  readonly header: StatementHeader;
  /** Keyed hash of the bank account's number: what it is found by. */
  readonly accountKey: string;
  readonly currency?: string;
  readonly fromDate?: string;
  readonly toDate?: string;
  readonly opening?: StatementBalance;
  readonly closing?: StatementBalance;
  readonly check: BalanceCheck;
  readonly balances: readonly StatementBalance[];
  readonly credits: Movement;
  readonly debits: Movement;
  readonly entries: number;
  readonly flags: readonly Flag[];
  readonly floorLimits?: readonly FloorLimit[];
  readonly information?: string;
  readonly pagesCount: number;
  /** The first pages of a statement in several. */
  readonly pages: readonly PageFacts[];
}

/** Joins the pages of one statement: first opening to last closing, entries numbered through. */
export function describeStatement(tenant: string, accountKey: string, pages: readonly [Page, ...Page[]]): Statement {
  const [first] = pages;
  const last = pages.at(-1) ?? first;
  const credits = addMovements(pages.map((page) => page.credits));
  const debits = addMovements(pages.map((page) => page.debits));
  const check = checkBalances(first.opening?.amount, last.closing?.amount, credits.total, debits.total);
  const saidDates = datesOf(first, last);
  const toDate = saidDates.toDate ?? dateOf(last.header.createdAt) ?? last.lastValueDate;
  const { currency } = first;
  const flags = flagsOf(pages, check);
  const balances = joinBalances(pages, flags);
  const floorLimits = joinFloorLimits(pages, flags);
  const information = joinInformation(pages, flags);
  return {
    id: identifyStatement({
      tenant,
      accountKey,
      header: first.header,
      currency,
      ...saidDates,
      digests: pages.map((page) => page.digest),
    }),
    header: first.header,
    accountKey,
    ...(currency !== undefined && { currency }),
    ...saidDates,
    ...(toDate !== undefined && { toDate }),
    ...(first.opening && { opening: first.opening }),
    ...(last.closing && { closing: last.closing }),
    check,
    balances,
    credits,
    debits,
    entries: pages.reduce((sum, page) => sum + page.entries, 0),
    flags: [...flags.values()],
    ...(floorLimits && { floorLimits }),
    ...(information !== undefined && { information }),
    pagesCount: pages.length,
    pages: pages.length === 1 ? [] : pages.slice(0, pagesKeptMax).map(pageFacts),
  };
}

function addMovements(movements: readonly Movement[]): Movement {
  return movements.reduce((sum, one) => ({ count: sum.count + one.count, total: sum.total + one.total }));
}

/** The days as its content says them: it ends on that of its closing balance, else as declared, else of its last booking. */
function datesOf(first: Page, last: Page): { fromDate?: string; toDate?: string } {
  const toDate = last.closing?.date ?? last.header.toDate ?? last.lastBookingDate;
  const fromDate = first.header.fromDate ?? first.opening?.date;
  return { ...(fromDate !== undefined && { fromDate }), ...(toDate !== undefined && { toDate }) };
}

const dateCharacters = 10;

/** The day of a time stamp as the bank wrote it (`2026-03-02T18:00:00`); none where it is no date (`:13D:2603021800+0100`). */
function dateOf(stamp: string | undefined): string | undefined {
  const day = stamp?.slice(0, dateCharacters);
  return day !== undefined && isPlainDate(day) ? day : undefined;
}

function flagsOf(pages: readonly [Page, ...Page[]], check: BalanceCheck): Map<string, Flag> {
  const flags = joinFlags(pages);
  if (pages.length > 1) flagPages(flags, pages);
  if (isIncomplete(pages, check))
    tally(flags, 'PAGES_MISSING', `page ${pages.at(-1)?.header.pageNumber ?? pages.length}`);
  const { iban, number } = pages[0].header.account;
  if (!iban && !number) tally(flags, 'ACCOUNT_NUMBER_MISSING', 'account');
  flagDeclaredTotals(flags, pages);
  if (check.status === 'BALANCE_MISMATCH') tally(flags, 'BALANCE_MISMATCH', 'closing', check.difference);
  return flags;
}

function flagPages(flags: Map<string, Flag>, pages: readonly Page[]): void {
  for (const [index, page] of pages.entries()) {
    if (page.check.difference) tally(flags, 'PAGE_MISMATCH', `page ${index + 1}`, page.check.difference);
    const before = pages[index - 1]?.closing;
    if (!before || !page.opening || before.amount === page.opening.amount) continue;
    tally(flags, 'PAGE_GAP', `page ${index + 1}`, page.opening.amount - before.amount);
  }
}

/**
 * Whether pages are missing. A statement that leads from a final opening to a final closing balance is whole, whatever
 * its message says of pages (camt numbers the pages of a message, and a message may carry several statements).
 */
function isIncomplete(pages: readonly [Page, ...Page[]], check: BalanceCheck): boolean {
  const [first] = pages;
  const last = pages.at(-1) ?? first;
  if (first.opening?.intermediate || last.closing?.intermediate) return true;
  if (check.status === 'BALANCED') return false;
  const startsLate = first.header.format.startsWith('camt') && (first.header.pageNumber ?? 1) > 1;
  return startsLate || last.header.lastPage === false;
}

function pageFacts(page: Page, index: number): PageFacts {
  const { difference } = page.check;
  return {
    number: index + 1,
    entries: page.entries,
    ...(page.opening && { opening: page.opening.amount }),
    ...(page.closing && { closing: page.closing.amount }),
    ...(difference !== undefined && { difference }),
  };
}
