import { localMomentOf } from '../../../shared/calendar/local-time.ts';
import { type Cell, csvLine } from '../../../shared/formats/csv/write-csv.ts';
import { formatAmount } from '../../../shared/money/amount.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';
import { type DatePattern, datePattern } from '../channel-files/date-pattern.ts';
import { type AmountField, amountOf, type DayFieldName, dayFields, isAmountField } from './day-fields.ts';
import type { DayLine } from './day-line.ts';
import type { DayTemplate } from './day-template.ts';

/** Which part of a file is written, and what the parts before it come to. Minor units. */
export interface DayFilePart {
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly before?: { readonly currency: CurrencyCode; readonly amount: bigint; readonly fee: bigint };
}

const whole: DayFilePart = { isFirst: true, isLast: true };

/**
 * The daily file of a market (对账单) as text: a header, a row for each line, and a row of totals for each currency where the template has it,
 * in pieces of at most 64 K characters and a row. Of its parts only the first has the header, and only the last the totals. Memory does not
 * grow with the lines. No cell is run as a formula: see guardFormula. The template has no faults, see dayTemplateFaults.
 */
export function* dayFileText(
  lines: Iterable<DayLine>,
  template: DayTemplate,
  part: DayFilePart = whole,
): Generator<string> {
  let piece = template.byteOrderMark && part.isFirst ? '\ufeff' : '';
  for (const row of rowsOf(lines, template, part)) {
    piece += csvLine(row, template.delimiter);
    if (piece.length < pieceCharacters) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

const pieceCharacters = 64 * 1024;

type Totals = Map<CurrencyCode, Map<AmountField, bigint>>;

function* rowsOf(lines: Iterable<DayLine>, template: DayTemplate, part: DayFilePart): Generator<Cell[]> {
  const { columns } = template;
  const writer = new CellWriter(template);
  const totals = totalsBefore(part);
  if (part.isFirst) yield columns.map(({ field, title = dayFields[field].title }) => title);
  for (const line of lines) {
    yield columns.map(({ field }) => writer.write(line, field));
    if (template.totals !== undefined) addTotals(totals, line, columns.map(({ field }) => field).filter(isAmountField));
  }
  if (template.totals === undefined || !part.isLast) return;
  for (const [currency, sums] of totals) yield totalsRow(template, currency, sums, writer);
}

function totalsBefore({ before }: DayFilePart): Totals {
  if (!before) return new Map();
  const { currency, amount, fee } = before;
  const sums: [AmountField, bigint][] = [
    ['amount', amount],
    ['fee', fee],
    ['net', amount - fee],
  ];
  return new Map([[currency, new Map(sums)]]);
}

function addTotals(totals: Totals, line: DayLine, fields: readonly AmountField[]): void {
  const sums = totals.get(line.currency) ?? new Map<AmountField, bigint>();
  totals.set(line.currency, sums);
  for (const field of new Set(fields)) sums.set(field, (sums.get(field) ?? 0n) + amountOf(line, field));
}

function totalsRow(
  { columns, totals }: DayTemplate,
  currency: CurrencyCode,
  sums: ReadonlyMap<AmountField, bigint>,
  writer: CellWriter,
): Cell[] {
  return columns.map(({ field }, place) => {
    if (isAmountField(field)) return writer.amount(sums.get(field) ?? 0n, currency);
    if (place === 0) return totals;
    return field === 'currency' ? currency : undefined;
  });
}

class CellWriter {
  private readonly template: DayTemplate;
  private readonly day: DatePattern;
  private readonly moment: DatePattern;

  constructor(template: DayTemplate) {
    this.template = template;
    this.day = datePattern(template.dates.day);
    this.moment = datePattern(template.dates.moment);
  }

  write(line: DayLine, field: DayFieldName): Cell {
    if (isAmountField(field)) return this.amount(amountOf(line, field), line.currency);
    const value = line[field];
    if (value === undefined) return undefined;
    switch (dayFields[field].form) {
      case 'DATE':
        return this.day.write({ date: String(value), time: '00:00:00' });
      case 'TIME':
        return this.at(String(value));
      case 'KIND':
        return this.template.kinds?.[line.kind] ?? line.kind;
      case 'TEXT':
        return String(value);
    }
  }

  amount(minor: bigint, currency: CurrencyCode): string {
    return this.template.amounts === 'MAJOR' ? formatAmount(minor, currency) : String(minor);
  }

  /** Seconds are the same in every zone of today. */
  private at(instant: string): string {
    const { date, time } = localMomentOf(new Date(instant), this.template.dates.zone);
    return this.moment.write({ date, time: `${time}:${instant.slice(17, 19)}` });
  }
}
