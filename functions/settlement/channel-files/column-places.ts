import { plainName } from '../../../shared/formats/csv/columns.ts';
import { CsvError } from '../../../shared/formats/csv/csv-error.ts';
import type { LineKind } from './channel-line.ts';
import type { ChannelTemplate, ColumnRef } from './channel-template.ts';

/** Where the fields of the rows of one kind stand, from 0. */
export interface Places {
  readonly transactionId: number;
  readonly orderNo?: number | undefined;
  readonly refundNo?: number | undefined;
  readonly amount: number;
  readonly fee?: number | undefined;
  readonly currency?: number | undefined;
  readonly at: readonly number[];
  readonly status?: number | undefined;
}

export type PlacesByKind = Readonly<Record<LineKind, Places>>;

type Columned = Pick<ChannelTemplate, 'columns' | 'refundColumns'>;

/** A place of each column. @throws CsvError missing-column, column-twice: of those that the template names. */
export function columnPlaces({ columns, refundColumns = {} }: Columned, header: Header | undefined): PlacesByKind {
  const place = (ref: ColumnRef): number => (typeof ref === 'number' ? ref - 1 : placeIn(header, ref));
  const optional = (ref: ColumnRef | null | undefined) => (ref === undefined || ref === null ? undefined : place(ref));
  const all = (at: ColumnRef | readonly ColumnRef[]) => (Array.isArray(at) ? at : [at]).map(place);
  const payment: Places = {
    transactionId: place(columns.transactionId),
    orderNo: optional(columns.orderNo),
    amount: place(columns.amount),
    fee: optional(columns.fee),
    currency: optional(columns.currency),
    at: all(columns.at),
    status: optional(columns.status),
  };
  const { transactionId, amount, at, orderNo, fee } = refundColumns;
  const refund: Places = {
    ...payment,
    transactionId: transactionId === undefined ? payment.transactionId : place(transactionId),
    orderNo: orderNo === undefined ? payment.orderNo : optional(orderNo),
    refundNo: optional(refundColumns.refundNo ?? columns.refundNo),
    amount: amount === undefined ? payment.amount : place(amount),
    fee: fee === undefined ? payment.fee : optional(fee),
    at: at === undefined ? payment.at : all(at),
  };
  return { PAYMENT: payment, REFUND: refund };
}

export interface Header {
  readonly line: number;
  readonly names: readonly string[];
}

function placeIn(header: Header | undefined, name: string): number {
  const wanted = plainName(name);
  const names = header?.names.map(plainName) ?? [];
  const found = names.indexOf(wanted);
  const line = header?.line ?? 1;
  if (found < 0) throw missing(name, line);
  if (names.indexOf(wanted, found + 1) < 0) return found;
  const mend = 'Take a template that gives its place, or fetch the file again.';
  throw new CsvError('column-twice', `There are two columns ${name}`, mend, { line });
}

function missing(name: string, line: number): CsvError {
  const mend = 'Send the file as the channel issued it, or take the template of its layout and encoding.';
  return new CsvError('missing-column', `There is no column ${name}`, mend, { line });
}
