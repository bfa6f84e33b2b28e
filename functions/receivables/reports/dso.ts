import { daysBetween, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import { divideHalfUp } from '../../../shared/money/rounding.ts';
import type { Fact, ReportBook } from './fact.ts';

/** Days of a period, the first and the last included. */
export interface Period {
  readonly from: PlainDate;
  readonly to: PlainDate;
}

/** One book. Minor units. */
export interface DsoRow extends ReportBook {
  /** What was owed at the end of the last day. */
  readonly receivable: bigint;
  /** Invoices issued in the period, less its credit notes. */
  readonly sales: bigint;
}

export function daysOf({ from, to }: Period): number {
  return daysBetween(from, to) + 1;
}

/**
 * Days sales outstanding: receivable / sales × days, in tenths of a day, half up; nothing where nothing was sold. 3,600,000 of
 * 9,000,000 over 90 days are 36.0.
 */
export function dsoTenths({ receivable, sales }: DsoRow, days: number): bigint | undefined {
  return sales > 0n ? divideHalfUp(receivable * BigInt(days) * 10n, sales) : undefined;
}

/** 360n as '36.0'. */
export function tenthsText(tenths: bigint): string {
  return `${tenths / 10n}.${tenths % 10n}`;
}

/** What a fact adds to the sales of a period. */
export function salesOf(fact: Fact, { from, to }: Period): (ReportBook & { readonly sales: bigint }) | undefined {
  const isWithin = (day: PlainDate) => from <= day && day <= to;
  if (fact.kind === 'INVOICE' && isWithin(fact.invoice.issuedOn)) {
    const { legalEntity, currency, amount: sales } = fact.invoice;
    return { legalEntity, currency, sales };
  }
  if (fact.kind !== 'REDUCTION' || fact.reduction.kind !== 'CREDIT_NOTE' || !isWithin(fact.reduction.date)) {
    return undefined;
  }
  const { legalEntity, currency, amount } = fact.reduction;
  return { legalEntity, currency, sales: -amount };
}
