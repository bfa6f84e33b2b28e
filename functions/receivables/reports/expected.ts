import { addDays, dayOfWeek, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { Invoice } from '../invoices/invoice.ts';
import type { Period } from './dso.ts';
import { bookKey, type ReportBook } from './fact.ts';

export const periodLengths = ['DAY', 'WEEK'] as const;
export type PeriodLength = (typeof periodLengths)[number];

/**
 * What was to come in a period and what came for it. `planned` is what fell due, less credit notes and write-offs; early, onTime
 * and late is the cash that came for it by the day of payment, given what was given away with it, open what is left: these add up
 * to it. Minor units.
 */
export interface ExpectedAmounts {
  readonly planned: bigint;
  readonly early: bigint;
  readonly onTime: bigint;
  readonly late: bigint;
  readonly given: bigint;
  readonly open: bigint;
  /** Of `open`, what is not overdue: it is still to come in this period. */
  readonly forecast: bigint;
  /**
   * Money that came in the period, less what of it went back, whenever it did: for invoices due in it, for others, and for none.
   * These add up to `received`.
   */
  readonly received: bigint;
  readonly forDue: bigint;
  readonly forOthers: bigint;
  readonly forNone: bigint;
}

export interface ExpectedRow extends ReportBook, ExpectedAmounts, Period {}

const nothing: ExpectedAmounts = {
  ...{ planned: 0n, early: 0n, onTime: 0n, late: 0n, given: 0n, open: 0n, forecast: 0n },
  ...{ received: 0n, forDue: 0n, forOthers: 0n, forNone: 0n },
};

/** The day or week (Monday to Sunday) of a day, as far as it lies within the days asked for. */
export function periodOf(day: PlainDate, length: PeriodLength, asked: Period): Period {
  if (length === 'DAY') return { from: day, to: day };
  const monday = addDays(day, 1 - dayOfWeek(day));
  const sunday = addDays(monday, 6);
  return { from: monday < asked.from ? asked.from : monday, to: sunday > asked.to ? asked.to : sunday };
}

/** Money of a receipt that an invoice got. */
export interface PaidPart {
  readonly invoiceId: string;
  readonly paidOn: PlainDate;
  readonly cash: bigint;
  readonly given: bigint;
}

/** An invoice that fell due, with all that was paid for it. */
export function dueAmounts(invoice: Invoice, paid: readonly PaidPart[], today: PlainDate): Partial<ExpectedAmounts> {
  const { dueOn, amount, credited, writtenOff } = invoice;
  const planned = amount - credited - writtenOff;
  const of = { early: 0n, onTime: 0n, late: 0n, given: 0n };
  for (const { paidOn, cash, given } of paid) {
    of[paidOn < dueOn ? 'early' : paidOn === dueOn ? 'onTime' : 'late'] += cash;
    of.given += given;
  }
  const open = planned - of.early - of.onTime - of.late - of.given;
  return { planned, ...of, open, forecast: dueOn >= today ? open : 0n };
}

/** Gathers amounts by book and period. */
export class Expected {
  private readonly byKey = new Map<string, ExpectedRow>();
  private readonly asked: Period;
  private readonly length: PeriodLength;

  constructor(asked: Period, length: PeriodLength) {
    this.asked = asked;
    this.length = length;
  }

  periodOf(day: PlainDate): Period {
    return periodOf(day, this.length, this.asked);
  }

  add(book: ReportBook, day: PlainDate, amounts: Partial<ExpectedAmounts>): void {
    const { legalEntity, currency } = book;
    const period = this.periodOf(day);
    const key = `${bookKey(book)} ${period.from}`;
    const row = this.byKey.get(key) ?? { legalEntity, currency, ...period, ...nothing };
    const names = Object.keys(amounts) as (keyof ExpectedAmounts)[];
    const sums = names.map((name) => [name, row[name] + (amounts[name] ?? 0n)]);
    this.byKey.set(key, { ...row, ...Object.fromEntries(sums) });
  }

  /** By book, then day. Periods without anything are left out. */
  rows(): ExpectedRow[] {
    return [...this.byKey].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
  }
}
