import type { PlainDate } from '../../../../shared/calendar/plain-date.ts';
import type { Owner } from '../entry.ts';
import { type Figures, isSameFigures, noFigures, sumFigures } from '../figures.ts';
import type { JournalLine } from '../line.ts';
import { addsUp, type OrderSums } from '../order-sums.ts';
import type { AccountRole } from '../role-legs.ts';
import { dayKeyOf, type OrderFold } from './fold-orders.ts';

/** What the journal has of an owner's day: its running totals, and its lines one by one. */
export interface JournalDay {
  readonly owner: Owner;
  readonly date: PlainDate;
  readonly total: Figures;
  /** All lines. */
  readonly lines: Figures;
  /** Those that orders mean; the others are of settlement runs. */
  readonly ofOrders: Figures;
  /** Of a sum: those of it that were split do not give what came to it. */
  readonly isSplitWrong?: true;
}

/** A day on which orders, lines and totals do not say the same. */
export interface DayDifference extends Omit<JournalDay, 'ofOrders' | 'isSplitWrong'> {
  readonly orders: Figures;
}

export interface AccountProof {
  readonly role: AccountRole;
  /** What orders say. Minor units. */
  readonly orders: bigint;
  /** What settlements of merchants’ days took out of it, or put there after they billed it. */
  readonly settlements: bigint;
  readonly ledger: bigint;
}

/** Whether everything that is written of a market's orders says the same as the orders. */
export interface MarketProof {
  readonly marketId: string;
  readonly orders: number;
  readonly sums: OrderSums;
  readonly days: number;
  readonly differences: readonly DayDifference[];
  readonly accounts: readonly AccountProof[];
  /** The orders add up; lines and totals say the same as they do; and the accounts hold it. */
  readonly isBalanced: boolean;
}

const ofRuns: ReadonlySet<JournalLine['kind']> = new Set([
  ...(['CARRIED_ON', 'CARRIED_IN', 'BILLED', 'SUM_SHARE', 'SUM_BACK'] as const),
]);

export function journalDay(
  { owner, date }: Pick<JournalDay, 'owner' | 'date'>,
  total: Figures,
  lines: readonly JournalLine[],
): JournalDay {
  const ofOrders = sumFigures(lines.filter(({ kind }) => !ofRuns.has(kind)));
  return { owner, date, total, lines: sumFigures(lines), ofOrders };
}

/** Gains of accounts by role, minor units. */
type Gains = ReadonlyMap<AccountRole, bigint>;

/** The proof of a market: also of days that only the one side has. `given` is what sums of orders gave to their receivers. */
export function marketProof(
  marketId: string,
  fold: OrderFold,
  journal: readonly JournalDay[],
  { settled, balances, given = 0n }: { readonly settled: Gains; readonly balances: Gains; readonly given?: bigint },
): MarketProof {
  const written = new Map(journal.map((day) => [dayKeyOf(day.owner, day.date), day]));
  const missing = [...fold.days]
    .filter(([key]) => !written.has(key))
    .map(([, { owner, date }]) => journalDay({ owner, date }, noFigures, []));
  const days = [...written.values(), ...missing];
  const differences = days.flatMap(({ ofOrders, isSplitWrong, ...day }): DayDifference[] => {
    const orders = fold.days.get(dayKeyOf(day.owner, day.date))?.figures ?? noFigures;
    const isRight = isSameFigures(orders, ofOrders) && isSameFigures(day.lines, day.total) && !isSplitWrong;
    return isRight ? [] : [{ ...day, orders }];
  });
  const gains = provenGains(fold.gains);
  const roles = new Set([...gains.keys(), ...settled.keys()]);
  const accounts = [...roles].map((role): AccountProof => {
    const orders = gains.get(role) ?? 0n;
    return { role, orders, settlements: settled.get(role) ?? 0n, ledger: balances.get(role) ?? 0n };
  });
  const isBalanced =
    addsUp(fold.sums) &&
    differences.length === 0 &&
    accounts.every(({ orders, settlements, ledger }) => orders + settlements === ledger);
  return {
    marketId,
    orders: fold.orders,
    sums: sumsWith(fold, given),
    days: days.length,
    differences,
    accounts,
    isBalanced,
  };
}

/** What goes into sums of a day is the receivers' once these are split, and supervised before. */
function sumsWith({ sums, takenOfShares }: OrderFold, given: bigint): OrderSums {
  const { shares, supervised, summed } = sums;
  return {
    ...sums,
    shares: shares + given - takenOfShares,
    supervised: supervised + summed + takenOfShares - given,
    summed: 0n,
  };
}

/**
 * What accounts should hold that orders and settlements alone move. What the market and brands give comes off accounts that they put
 * money on as they like, so that their balances prove nothing.
 */
export function provenGains(gains: Gains): Map<AccountRole, bigint> {
  return new Map([...gains].filter(([role]) => !role.startsWith('subsidy:')));
}
