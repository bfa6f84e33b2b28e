import { daysBetween, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import { bookKey, type ReportBook } from './fact.ts';
import type { HeldMoney } from './money-as-of.ts';
import type { OpenAsOf } from './open-as-of.ts';

/** By days past due: none, 1 to 30, 31 to 60, 61 to 90, more. */
export const ageBuckets = ['notDue', 'days1To30', 'days31To60', 'days61To90', 'over90'] as const;
export type AgeBucket = (typeof ageBuckets)[number];

/** What a customer owes in one book, by age, and beside it its money that pays no invoice. Minor units. */
export interface AgeingRow extends ReportBook, Record<AgeBucket, bigint> {
  /** Absent: of nobody that is known. */
  readonly customerId?: string | undefined;
  readonly total: bigint;
  readonly unapplied: bigint;
  readonly onAccount: bigint;
}

/** On the due day nothing is overdue; 30 days after it an invoice is in the first bucket, 31 in the second. */
export function bucketOf(dueOn: PlainDate, asOf: PlainDate): AgeBucket {
  const days = daysBetween(dueOn, asOf);
  if (days <= 0) return 'notDue';
  if (days <= 30) return 'days1To30';
  if (days <= 60) return 'days31To60';
  return days <= 90 ? 'days61To90' : 'over90';
}

/** Gathers open invoices and held money into rows, one of each customer and book. */
export class Ageing {
  private readonly byKey = new Map<string, AgeingRow>();
  private readonly asOf: PlainDate;

  constructor(asOf: PlainDate) {
    this.asOf = asOf;
  }

  addOpen({ invoice, open }: OpenAsOf): void {
    const row = this.rowOf(invoice, invoice.customerId);
    const bucket = bucketOf(invoice.dueOn, this.asOf);
    this.put({ ...row, [bucket]: row[bucket] + open, total: row.total + open });
  }

  addMoney(book: ReportBook, { customerId, unapplied, onAccount }: HeldMoney): void {
    if (unapplied === 0n && onAccount === 0n) return;
    const row = this.rowOf(book, customerId);
    this.put({ ...row, unapplied: row.unapplied + unapplied, onAccount: row.onAccount + onAccount });
  }

  /** By customer, those of nobody first, then by book. */
  rows(): AgeingRow[] {
    return [...this.byKey.values()]
      .filter(({ total, unapplied, onAccount }) => total !== 0n || unapplied !== 0n || onAccount !== 0n)
      .sort((one, other) => (ageingKey(one) < ageingKey(other) ? -1 : 1));
  }

  /** All customers together, by book. */
  totals(): AgeingRow[] {
    const totals = new Map<string, AgeingRow>();
    for (const row of this.byKey.values()) {
      const key = bookKey(row);
      totals.set(key, added(totals.get(key) ?? emptyRow(row), row));
    }
    return [...totals].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
  }

  private rowOf(book: ReportBook, customerId: string | undefined): AgeingRow {
    const row = { ...emptyRow(book), customerId };
    return this.byKey.get(ageingKey(row)) ?? row;
  }

  private put(row: AgeingRow): void {
    this.byKey.set(ageingKey(row), row);
  }
}

export function ageingKey(row: Pick<AgeingRow, 'customerId' | keyof ReportBook>): string {
  return `${row.customerId ?? ''} ${bookKey(row)}`;
}

function emptyRow({ legalEntity, currency }: ReportBook): AgeingRow {
  const none = { notDue: 0n, days1To30: 0n, days31To60: 0n, days61To90: 0n, over90: 0n };
  return { legalEntity, currency, ...none, total: 0n, unapplied: 0n, onAccount: 0n };
}

function added(one: AgeingRow, other: AgeingRow): AgeingRow {
  const amounts = [...ageBuckets, 'total', 'unapplied', 'onAccount'] as const;
  return { ...one, ...Object.fromEntries(amounts.map((name) => [name, one[name] + other[name]])) };
}
