import type { CurrencyCode } from '../../../shared/money/currency.ts';

/** A column: its name in the header, or its place from 1. */
export type ColumnRef = string | number;

/**
 * DELIMITED: one character parts the fields; where `quotes`, they may be enclosed in double quotes (RFC 4180), else a quote is a
 * character as any other. FIXED: fields of so many bytes each, parted by `gap` bytes; what follows the last is not looked at.
 */
export type Layout =
  | { readonly kind: 'DELIMITED'; readonly delimiter: string; readonly quotes: boolean }
  | { readonly kind: 'FIXED'; readonly widths: readonly number[]; readonly gap: number };

/** Where the fields of a row stand. */
export interface Columns {
  readonly transactionId: ColumnRef;
  readonly orderNo?: ColumnRef;
  readonly refundNo?: ColumnRef;
  readonly amount: ColumnRef;
  readonly fee?: ColumnRef;
  readonly currency?: ColumnRef;
  /** Several are read with a blank between them: a date and a time. */
  readonly at: ColumnRef | readonly ColumnRef[];
  /** What decides on the kind of a row; without it the sign of the amount does. */
  readonly status?: ColumnRef;
}

export type RefundColumns = Partial<Pick<Columns, 'transactionId' | 'refundNo' | 'amount' | 'at'>> & {
  readonly orderNo?: ColumnRef | null;
  readonly fee?: ColumnRef | null;
};

/** What a row of a kind is, by its status. Any other value is a fault. */
export interface StatusValues {
  readonly payment: readonly string[];
  readonly refund: readonly string[];
  /** Rows that moved no money. */
  readonly skipped: readonly string[];
}

/** How the sign of a fee is written that the channel keeps: plain, with a minus, or by a letter before the digits. */
export type FeeSign = 'POSITIVE' | 'NEGATIVE' | { readonly kept: string; readonly givenBack: string };

export interface AmountForm {
  /** MAJOR: yuan with decimals. MINOR: whole fen, leading zeros allowed. */
  readonly unit: 'MAJOR' | 'MINOR';
  /** Whether commas may part thousands. */
  readonly thousands: boolean;
  readonly refunds: 'POSITIVE' | 'NEGATIVE';
  readonly fees: FeeSign;
}

/** Figures that a file may state about itself. Counts are of rows that moved money. */
export const figures = ['count', 'payments', 'refunds', 'paid', 'refunded', 'fees'] as const;
export type Figure = (typeof figures)[number];

/**
 * Where a file states its totals. TITLED: a row whose first field is `title` names the figures, and the next row has them. ROW: a row
 * whose first field is `first` has them at their places. TEXT: they stand in words, on a line that begins with `line`, between
 * `after` and `before`.
 */
export type TotalsForm =
  | { readonly kind: 'TITLED'; readonly title: string; readonly figures: Readonly<Partial<Record<Figure, string>>> }
  | { readonly kind: 'ROW'; readonly first: string; readonly figures: Readonly<Partial<Record<Figure, number>>> }
  | { readonly kind: 'TEXT'; readonly figures: readonly TextFigure[] };

export interface TextFigure {
  readonly figure: Figure;
  readonly line: string;
  readonly after: string;
  readonly before: string;
}

/** How the settlement files of a channel are written. Data: those built in and those of one's own are the same. */
export interface ChannelTemplate {
  readonly id: string;
  readonly name: string;
  readonly encoding: 'utf-8' | 'gb18030';
  readonly layout: Layout;
  /** A character before each field of the rows, that keeps spreadsheets from making figures of numbers. Blanks and tabs go anyway. */
  readonly mark?: string;
  /** Whether the first row that is not skipped names the columns. */
  readonly header: boolean;
  readonly skip: {
    /** Lines at the beginning. */
    readonly first: number;
    /** Lines with text at the end. */
    readonly last: number;
    /** Lines that begin with one of these. */
    readonly beginning: readonly string[];
  };
  readonly columns: Columns;
  /** Where rows of refunds have them elsewhere; null where they have none. */
  readonly refundColumns?: RefundColumns;
  /** What stands in a column of a number where there is none. */
  readonly blanks?: readonly string[];
  /** Needed with a column of status, and only then. */
  readonly values?: StatusValues;
  readonly amounts: AmountForm;
  /** Of rows that name none. */
  readonly currency: CurrencyCode;
  /** See datePattern; the clock is that of the zone. */
  readonly dates: { readonly pattern: string; readonly zone: string };
  /** A file that lacks them was cut off, and is refused. */
  readonly totals?: TotalsForm;
}
