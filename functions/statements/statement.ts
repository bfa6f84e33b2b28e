import type { FloorLimit, StatementBalance, StatementHeader } from '../../shared/formats/statement-events.ts';
import { type BalanceCheck, checkBalances, type Movement } from './check-balances.ts';
import { type Flag, joinFlags, tally } from './flags.ts';
import { identifyStatement } from './identify-statement.ts';
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
  const dates = datesOf(first, last);
  const { currency } = first;
  return {
    id: identifyStatement({
      tenant,
      accountKey,
      header: first.header,
      currency,
      ...dates,
      digests: pages.map((page) => page.digest),
    }),
    header: first.header,
    accountKey,
    ...(currency !== undefined && { currency }),
    ...dates,
    ...(first.opening && { opening: first.opening }),
    ...(last.closing && { closing: last.closing }),
    check,
    balances: pages.flatMap((page) => page.balances),
    credits,
    debits,
    entries: pages.reduce((sum, page) => sum + page.entries, 0),
    flags: flagsOf(pages, check),
    ...(first.floorLimits && { floorLimits: first.floorLimits }),
    ...(last.information !== undefined && { information: last.information }),
    pagesCount: pages.length,
    pages: pages.length === 1 ? [] : pages.slice(0, pagesKeptMax).map(pageFacts),
  };
}

function addMovements(movements: readonly Movement[]): Movement {
  return movements.reduce((sum, one) => ({ count: sum.count + one.count, total: sum.total + one.total }));
}

/** The day it ends on: of its closing balance, else as declared, else of its last booking, else of its making. */
function datesOf(first: Page, last: Page): { fromDate?: string; toDate?: string } {
  const toDate =
    last.closing?.date ?? last.header.toDate ?? last.lastBookingDate ?? last.header.createdAt?.slice(0, 10);
  const fromDate = first.header.fromDate ?? first.opening?.date;
  return { ...(fromDate !== undefined && { fromDate }), ...(toDate !== undefined && { toDate }) };
}

function flagsOf(pages: readonly [Page, ...Page[]], check: BalanceCheck): Flag[] {
  const flags = joinFlags(pages);
  if (pages.length > 1) flagPages(flags, pages);
  if (isIncomplete(pages, check))
    tally(flags, 'PAGES_MISSING', `page ${pages.at(-1)?.header.pageNumber ?? pages.length}`);
  const { iban, number } = pages[0].header.account;
  if (!iban && !number) tally(flags, 'ACCOUNT_NUMBER_MISSING', 'account');
  if (pages.length === 1) flagDeclaredTotals(flags, pages[0]);
  if (check.status === 'BALANCE_MISMATCH') tally(flags, 'BALANCE_MISMATCH', 'closing', check.difference);
  return [...flags.values()];
}

/** Totals the bank declares of its lines; comparable where all of them are booked and none was left out. */
function flagDeclaredTotals(flags: Map<string, Flag>, page: Page): void {
  const { declaredTotals, unbooked, floorLimits } = page;
  if (!declaredTotals || unbooked > 0 || floorLimits) return;
  for (const direction of ['credits', 'debits'] as const) {
    const { count, total } = declaredTotals[direction] ?? {};
    const difference = total === undefined ? 0n : page[direction].total - total;
    if (difference === 0n && (count ?? page[direction].count) === page[direction].count) continue;
    tally(flags, 'DECLARED_TOTALS_DIFFER', direction, difference);
  }
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
