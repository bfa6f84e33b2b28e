import { createHash, type Hash } from 'node:crypto';
import type {
  DeclaredTotals,
  EntryFlag,
  FloorLimit,
  StatementBalance,
  StatementEntry,
  StatementHeader,
  StatementTrailer,
} from '../../shared/formats/statement-events.ts';
import { isCurrency } from '../../shared/money/currency.ts';
import { magnitude } from '../../shared/money/rounding.ts';
import { type BalanceCheck, checkBalances, closingBalance, type Movement, openingBalance } from './check-balances.ts';
import { balanceLine, entryLine } from './content-lines.ts';
import { type FlagTally, placesKeptMax, tally } from './flags.ts';

/** One statement as the file has it: whole, or a page of a statement that came in several. */
export interface Page {
  readonly header: StatementHeader;
  readonly currency?: string;
  readonly opening?: StatementBalance;
  readonly closing?: StatementBalance;
  readonly check: BalanceCheck;
  /** Those that only carry over between pages left out. */
  readonly balances: readonly StatementBalance[];
  readonly credits: Movement;
  readonly debits: Movement;
  readonly entries: number;
  /** Pending and informational ones among them. */
  readonly unbooked: number;
  readonly lastBookingDate?: string;
  readonly lastValueDate?: string;
  readonly declaredTotals?: DeclaredTotals;
  readonly floorLimits?: readonly FloorLimit[];
  readonly information?: string;
  readonly flags: FlagTally;
  /** SHA-256 (hex) of what it says, without what belongs to the message that carried it. */
  readonly digest: string;
}

/** A page while its entries stream by: only sums of them are kept. */
export interface OpenPage {
  readonly header: StatementHeader;
  readonly sums: Map<string, CurrencySums>;
  readonly flags: FlagTally;
  readonly hash: Hash;
  entries: number;
  unbooked: number;
  lastBookingDate: string;
  lastValueDate: string;
}

interface CurrencySums {
  credits: Movement;
  debits: Movement;
  entries: number;
  readonly places: number[];
}

const noMovement: Movement = { count: 0, total: 0n };

export function openPage(header: StatementHeader): OpenPage {
  return {
    header,
    sums: new Map(),
    flags: new Map(),
    hash: createHash('sha256'),
    entries: 0,
    unbooked: 0,
    lastBookingDate: '',
    lastValueDate: '',
  };
}

export function takeEntry(page: OpenPage, entry: StatementEntry): void {
  page.entries += 1;
  page.hash.update(entryLine(entry));
  addToSums(page, entry);
  if (entry.amount === 0n) tally(page.flags, 'ZERO_ENTRY', page.entries);
  for (const flag of entry.flags) tally(page.flags, flag, page.entries, differenceOf(entry, flag));
  if ((entry.bookingDate ?? '') > page.lastBookingDate) page.lastBookingDate = entry.bookingDate ?? '';
  if ((entry.valueDate ?? '') > page.lastValueDate) page.lastValueDate = entry.valueDate ?? '';
}

function addToSums(page: OpenPage, entry: StatementEntry): void {
  const sums = page.sums.get(entry.currency) ?? { credits: noMovement, debits: noMovement, entries: 0, places: [] };
  page.sums.set(entry.currency, sums);
  sums.entries += 1;
  if (sums.places.length < placesKeptMax) sums.places.push(page.entries);
  if (entry.status !== 'BOOKED') {
    page.unbooked += 1;
    return;
  }
  if (entry.creditDebit === 'CREDIT') sums.credits = add(sums.credits, entry.amount);
  else sums.debits = add(sums.debits, entry.amount);
}

function differenceOf(entry: StatementEntry, flag: EntryFlag): bigint | undefined {
  return flag === 'DETAILS_DO_NOT_SUM' ? entry.detailsDifference : undefined;
}

function add({ count, total }: Movement, amount: bigint): Movement {
  return { count: count + 1, total: total + magnitude(amount) };
}

/** Closes a page: chooses its balances, checks its arithmetic, flags what is odd about it. */
export function closePage(page: OpenPage, trailer: StatementTrailer): Page {
  const { header, entries, lastBookingDate, lastValueDate } = page;
  const currency = currencyOf(page, trailer);
  const sums = page.sums.get(currency ?? '');
  const { credits, debits } = sums ?? { credits: noMovement, debits: noMovement };
  const opening = currency === undefined ? undefined : openingBalance(trailer.balances, currency);
  const closing = currency === undefined ? undefined : closingBalance(trailer.balances, currency);
  flagBalances(page.flags, trailer.balances, currency);
  flagOtherCurrencies(page, currency);
  for (const flag of trailer.flags) tally(page.flags, flag, 'balances');
  for (const balance of trailer.balances) page.hash.update(balanceLine(balance));
  return {
    header,
    ...(currency !== undefined && { currency }),
    ...(opening && { opening }),
    ...(closing && { closing }),
    check: checkBalances(opening?.amount, closing?.amount, credits.total, debits.total),
    balances: trailer.balances.filter(({ intermediate }) => !intermediate),
    credits,
    debits,
    entries,
    unbooked: page.unbooked,
    ...(trailer.declaredTotals && { declaredTotals: trailer.declaredTotals }),
    ...(trailer.floorLimits && { floorLimits: trailer.floorLimits }),
    ...(trailer.information !== undefined && { information: trailer.information }),
    ...(lastBookingDate && { lastBookingDate }),
    ...(lastValueDate && { lastValueDate }),
    flags: page.flags,
    digest: page.hash.digest('hex'),
  };
}

/** The account's currency as the header says it, where that is one; else that of the first balance or entry. */
function currencyOf(page: OpenPage, trailer: StatementTrailer): string | undefined {
  const own = page.header.account.currency;
  if (own !== undefined && isCurrency(own)) return own;
  const said = trailer.balances[0]?.currency ?? page.sums.keys().next().value;
  if (own !== undefined && own !== said) tally(page.flags, 'ACCOUNT_CURRENCY_UNKNOWN', 'account');
  return said;
}

function flagBalances(flags: FlagTally, balances: readonly StatementBalance[], currency: string | undefined): void {
  for (const balance of balances) {
    if (balance.indicatorMissing) tally(flags, 'BALANCE_INDICATOR_MISSING', balance.type);
    if (balance.currency !== currency) tally(flags, 'CURRENCY_MIX', balance.type);
  }
}

function flagOtherCurrencies(page: OpenPage, currency: string | undefined): void {
  for (const [other, { entries, places }] of page.sums) {
    if (other === currency) continue;
    const known = page.flags.get('CURRENCY_MIX');
    page.flags.set('CURRENCY_MIX', {
      code: 'CURRENCY_MIX',
      count: (known?.count ?? 0) + entries,
      where: [...(known?.where ?? []), ...places].slice(0, placesKeptMax),
    });
  }
}
