import { instantOf } from '../../../shared/calendar/local-time.ts';
import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import { readCurrencyCell } from '../../../shared/formats/csv/read-cells.ts';
import { detached } from '../../../shared/formats/detached.ts';
import { type CurrencyCode, isCurrency } from '../../../shared/money/currency.ts';
import { defined } from '../../../shared/objects/defined.ts';
import type { ChannelLine, LineKind } from './channel-line.ts';
import type { ChannelTemplate } from './channel-template.ts';
import type { Places, PlacesByKind } from './column-places.ts';
import { type DatePattern, datePattern } from './date-pattern.ts';
import { readFee, readSigned, shown } from './read-figures.ts';

/** What is wrong with one field of a row, and how to mend it. */
export interface RowFault {
  readonly field: string;
  readonly detail: string;
}

/** A line of the channel, all that is wrong with a row, or a row that moved no money. */
export type RowReading =
  | { readonly read: ChannelLine; readonly faults?: never; readonly skipped?: never }
  | { readonly faults: readonly RowFault[]; readonly read?: never; readonly skipped?: never }
  | { readonly skipped: true; readonly read?: never; readonly faults?: never };

export interface FileGiven {
  readonly channelId: string;
  /** The day that the file is of; a date without a year is taken near it. */
  readonly businessDate: PlainDate;
}

/** Minutes of which the instant is kept: those of a day, and of the hours around it. */
const minutesKept = 4_000;

/** Characters of an identifier, as channels have them. */
const identifierMax = 64;

/** Reads rows of one file. */
export class RowReader {
  private readonly template: ChannelTemplate;
  private readonly given: FileGiven;
  private readonly places: PlacesByKind;
  private readonly width: number;
  private readonly pattern: DatePattern;
  private readonly minutes = new Map<string, string>();

  constructor(template: ChannelTemplate, given: FileGiven, places: PlacesByKind) {
    this.template = template;
    this.given = given;
    this.places = places;
    this.width = widthOf(places);
    this.pattern = datePattern(template.dates.pattern);
  }

  read(cells: readonly string[], line: number): RowReading {
    if (cells.length < this.width) {
      const detail = `The row has ${cells.length} fields, ${this.width} are needed: it was cut off, or is of another layout.`;
      return { faults: [{ field: 'row', detail }] };
    }
    const kind = this.kindOf(cells);
    if (kind === 'SKIPPED') return { skipped: true };
    return typeof kind === 'string' ? this.readAs(kind, cells, line) : { faults: [kind] };
  }

  private kindOf(cells: readonly string[]): LineKind | 'SKIPPED' | RowFault {
    const { values } = this.template;
    const { status, amount } = this.places.PAYMENT;
    if (status === undefined || !values) return (cells[amount] ?? '').startsWith('-') ? 'REFUND' : 'PAYMENT';
    const value = cells[status] ?? '';
    if (values.payment.includes(value)) return 'PAYMENT';
    if (values.refund.includes(value)) return 'REFUND';
    if (values.skipped.includes(value)) return 'SKIPPED';
    return {
      field: 'status',
      detail: `${shown(value)} is none of the template's values; add it to those it belongs to.`,
    };
  }

  private readAs(kind: LineKind, cells: readonly string[], line: number): RowReading {
    const faults: RowFault[] = [];
    const places = this.places[kind];
    const fault = (field: string, detail: string) => faults.push({ field, detail });
    const numbers = this.readNumbers(kind, cells, places, fault);
    const currency = this.readCurrency(cells, places, fault);
    const amount = this.readAmount(kind, cells[places.amount] ?? '', currency, fault);
    const fee = places.fee === undefined ? 0n : this.readFeeOf(kind, cells[places.fee] ?? '', currency, fault);
    const at = this.readInstant(cells, places, fault);
    if (faults.length > 0) return { faults };
    return { read: { channelId: this.given.channelId, ...numbers, kind, amount, fee, currency, at, line } };
  }

  private readNumbers(kind: LineKind, cells: readonly string[], places: Places, fault: Tell) {
    const number = (field: string, place: number | undefined) => {
      const text = place === undefined ? '' : (cells[place] ?? '');
      if (text.length > identifierMax) fault(field, `Send at most ${identifierMax} characters.`);
      return text === '' || this.template.blanks?.includes(text) ? undefined : text;
    };
    const transactionId = number('transactionId', places.transactionId);
    const refundNo = kind === 'REFUND' ? number('refundNo', places.refundNo) : undefined;
    if (transactionId === undefined) fault('transactionId', 'It is empty; ask the channel for a correct file.');
    const orderNo = number('orderNo', places.orderNo);
    // Lines and what is known of them outlive the row that their numbers are cut from.
    return detached({ transactionId: transactionId ?? '', ...defined({ orderNo, refundNo }) });
  }

  private readCurrency(cells: readonly string[], places: Places, fault: Tell): CurrencyCode {
    const { currency } = this.template;
    if (places.currency === undefined) return currency;
    const reading = readCurrencyCell(cells[places.currency] ?? '');
    const code = reading.fault === undefined ? (reading.value ?? currency) : '';
    if (isCurrency(code)) return code;
    fault('currency', `${shown(code)} is no currency of ISO 4217.`);
    return currency;
  }

  private readAmount(kind: LineKind, text: string, currency: CurrencyCode, fault: Tell): bigint {
    const { amounts } = this.template;
    const reading = readSigned(text, currency, amounts);
    if (reading.fault !== undefined) fault('amount', reading.fault);
    const { amount = 0n } = reading;
    const sign = kind === 'REFUND' && amounts.refunds === 'NEGATIVE' ? -1n : 1n;
    if (amount * sign < 0n) fault('amount', `The sign of ${shown(text)} is not that of a ${kind.toLowerCase()} here.`);
    return amount * sign;
  }

  private readFeeOf(kind: LineKind, text: string, currency: CurrencyCode, fault: Tell): bigint {
    const { amount = 0n, fault: detail } = readFee(text, currency, this.template.amounts);
    if (detail !== undefined) fault('fee', detail);
    if (kind === 'PAYMENT' && amount < 0n) {
      fault(
        'fee',
        `${shown(text)} would give a fee back with a payment: look whether the template has the sign of fees.`,
      );
    }
    return amount;
  }

  private readInstant(cells: readonly string[], places: Places, fault: Tell): string {
    const text = places.at.map((place) => cells[place] ?? '').join(' ');
    const { pattern, zone } = this.template.dates;
    const found = this.pattern.read(text, this.given.businessDate);
    if (found) return this.instantOf(found.date, found.time, zone);
    fault('at', `${shown(text)} is no moment written ${pattern}.`);
    return '';
  }

  /** Seconds are those of the zone's clock: no zone has an offset of part of a minute today. */
  private instantOf(date: PlainDate, time: string, zone: string): string {
    const minute = `${date} ${time.slice(0, 5)}`;
    const known = this.minutes.get(minute);
    if (known !== undefined) return `${known}${time.slice(6)}Z`;
    const begin = instantOf(date, time.slice(0, 5), zone).toISOString().slice(0, 17);
    if (this.minutes.size === minutesKept) this.minutes.clear();
    this.minutes.set(minute, begin);
    return `${begin}${time.slice(6)}Z`;
  }
}

type Tell = (field: string, detail: string) => void;

function widthOf(places: PlacesByKind): number {
  const all = Object.values(places).flatMap(({ at, ...others }) => [...at, ...Object.values(others)]);
  return 1 + Math.max(...all.filter((place) => place !== undefined));
}
