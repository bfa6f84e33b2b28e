import { isZone } from '../../../shared/calendar/local-time.ts';
import { columnsMax } from '../../../shared/formats/csv/limits.ts';
import { isCurrency } from '../../../shared/money/currency.ts';
import { type Fault, under, when } from '../../../shared/problems/located-faults.ts';
import type { ChannelTemplate, ColumnRef, Layout, TotalsForm } from './channel-template.ts';
import { datePatternFault } from './date-pattern.ts';
import { lineBytesMax } from './line-cutter.ts';

/** Lines that may be skipped at either end. */
export const skippedLinesMax = 100;

/** Everything by which a template contradicts itself; nothing where files can be read by it. */
export function templateFaults(template: ChannelTemplate): Fault[] {
  const { currency, dates, layout } = template;
  const pattern = datePatternFault(dates.pattern);
  return [
    ...under(['layout'], layoutFaults(template.layout)),
    ...markFaults(template),
    ...under(['skip'], skipFaults(template)),
    ...columnFaults(template),
    ...under(['values'], valueFaults(template)),
    ...under(['amounts'], amountFaults(template)),
    ...when(!isCurrency(currency), ['currency'], 'Send a currency of ISO 4217 that is in use, such as CNY.'),
    ...when(pattern !== undefined, ['dates', 'pattern'], pattern ?? ''),
    ...when(!isZone(dates.zone), ['dates', 'zone'], 'Send a zone of the IANA database, such as Asia/Shanghai.'),
    ...under(['totals'], totalsFaults(template.totals)),
    ...when(layout.kind === 'FIXED' && template.header, ['header'], 'Send false; rows of fixed width have no header.'),
  ];
}

function layoutFaults(layout: Layout): Fault[] {
  if (layout.kind === 'FIXED') return widthFaults(layout);
  const { delimiter } = layout;
  const isOne = delimiter.length === 1 && !/["\r\nA-Za-z0-9]/.test(delimiter);
  return when(!isOne, ['delimiter'], 'Send one sign that is no letter, digit or quote, such as a comma, a tab or |.');
}

function markFaults({ mark, layout }: ChannelTemplate): Fault[] {
  if (mark === undefined) return [];
  if (layout.kind === 'FIXED') return when(true, ['mark'], 'Leave it out; fields of fixed width have none.');
  const isTaken = mark === layout.delimiter || mark === '"';
  return [
    ...when(mark.length !== 1 || mark.trim() === '', ['mark'], 'Send one sign; blanks and tabs are taken away anyway.'),
    ...when(isTaken, ['mark'], 'Send another sign than those that part and enclose fields.'),
  ];
}

function widthFaults({ widths, gap }: Layout & { kind: 'FIXED' }): Fault[] {
  const total = widths.reduce((sum, width) => sum + width + gap, 0);
  const isCount = (count: number, least: number) => Number.isSafeInteger(count) && count >= least;
  return [
    ...when(widths.length === 0 || widths.length > columnsMax, ['widths'], `Send 1 to ${columnsMax} widths.`),
    ...widths.flatMap((width, place) => when(!isCount(width, 1), ['widths', place], 'Send a whole number from 1.')),
    ...when(!isCount(gap, 0), ['gap'], 'Send a whole number from 0.'),
    ...when(total > lineBytesMax, ['widths'], `Send widths that add up to at most ${lineBytesMax} bytes.`),
  ];
}

function skipFaults({ skip: { first, last, beginning } }: ChannelTemplate): Fault[] {
  const isCount = (count: number) => Number.isSafeInteger(count) && count >= 0 && count <= skippedLinesMax;
  const detail = `Send a whole number from 0 to ${skippedLinesMax}.`;
  return [
    ...when(!isCount(first), ['first'], detail),
    ...when(!isCount(last), ['last'], detail),
    ...beginning.flatMap((text, place) =>
      when(
        text.trim() === '',
        ['beginning', place],
        'Send what the lines begin with; blank, it would skip nothing or all.',
      ),
    ),
  ];
}

function columnFaults(template: ChannelTemplate): Fault[] {
  const { columns, refundColumns = {} } = template;
  const refs = [...refsIn('columns', columns), ...refsIn('refundColumns', refundColumns)];
  return refs.flatMap(({ path, ref }) => refFaults(ref, template).map((detail) => ({ path, detail })));
}

function refsIn(group: string, columns: object): { path: (string | number)[]; ref: ColumnRef }[] {
  return Object.entries(columns).flatMap(
    ([field, value]: [string, ColumnRef | readonly ColumnRef[] | null | undefined]) => {
      if (value === null || value === undefined) return [];
      if (typeof value !== 'object') return [{ path: [group, field], ref: value }];
      return value.map((ref, place) => ({ path: [group, field, place], ref }));
    },
  );
}

function refFaults(ref: ColumnRef, { header, layout }: ChannelTemplate): string[] {
  if (typeof ref === 'string') {
    if (ref.trim() === '') return ['Send the name of a column, or its place.'];
    return header ? [] : ['Send the place of the column from 1; without a header no name is known.'];
  }
  const last = layout.kind === 'FIXED' ? layout.widths.length : columnsMax;
  return Number.isSafeInteger(ref) && ref >= 1 && ref <= last ? [] : [`Send a place from 1 to ${last}.`];
}

function valueFaults({ columns, values, refundColumns, amounts }: ChannelTemplate): Fault[] {
  const hasStatus = columns.status !== undefined;
  if (!values) {
    const bySign = amounts.refunds === 'NEGATIVE';
    return [
      ...when(hasStatus, [], 'Send what the values of the column of status mean.'),
      ...when(
        !hasStatus && !bySign,
        [],
        'Send a column of status and its values, or amounts/refunds NEGATIVE: nothing tells refunds.',
      ),
    ];
  }
  const all = [...values.payment, ...values.refund, ...values.skipped];
  const twice = all.find((value, place) => all.indexOf(value) !== place);
  const numbered = columns.refundNo !== undefined || refundColumns?.refundNo !== undefined;
  return [
    ...when(!hasStatus, [], 'Leave it out, or name the column of status.'),
    ...when(
      values.payment.length === 0,
      ['payment'],
      'Send the values of payments; a file of none reconciles nothing.',
    ),
    ...when(twice !== undefined, [], `Send ${JSON.stringify(twice)} once; it cannot mean two things.`),
    ...when(
      all.some((value) => value !== value.trim()),
      [],
      'Send values without blanks at their ends; those of rows have none.',
    ),
    ...when(
      values.refund.length > 0 && !numbered,
      ['refund'],
      'Name the column of refundNo too; several refunds of one payment need it.',
    ),
  ];
}

function amountFaults({ amounts: { fees, unit, thousands }, layout }: ChannelTemplate): Fault[] {
  const commas = layout.kind === 'DELIMITED' && layout.delimiter === ',' && !layout.quotes;
  return [
    ...when(
      thousands && (unit === 'MINOR' || commas),
      ['thousands'],
      'Send false; commas cannot stand in these amounts.',
    ),
    ...(typeof fees === 'object' ? letterFaults(fees.kept, fees.givenBack) : []),
  ];
}

function letterFaults(kept: string, givenBack: string): Fault[] {
  const isLetter = (text: string) => /^[A-Z]$/i.test(text);
  return [
    ...when(!isLetter(kept), ['fees', 'kept'], 'Send one letter, such as D.'),
    ...when(
      !isLetter(givenBack) || kept === givenBack,
      ['fees', 'givenBack'],
      'Send one letter, and another than kept.',
    ),
  ];
}

function totalsFaults(totals: TotalsForm | undefined): Fault[] {
  if (!totals) return [];
  if (totals.kind === 'TEXT') {
    const none = when(totals.figures.length === 0, ['figures'], 'Send at least one figure, or leave the totals out.');
    return [
      ...none,
      ...totals.figures.flatMap((figure, place) =>
        (['line', 'after', 'before'] as const).flatMap((field) =>
          when(figure[field] === '', ['figures', place, field], 'Send the words by which the figure is found.'),
        ),
      ),
    ];
  }
  const first = totals.kind === 'ROW' ? 'first' : 'title';
  const text = totals.kind === 'ROW' ? totals.first : totals.title;
  return [
    ...when(
      text.trim() === '' || text !== text.trim(),
      [first],
      'Send the first field of the row, without blanks at its ends.',
    ),
    ...when(
      Object.keys(totals.figures).length === 0,
      ['figures'],
      'Send at least one figure, or leave the totals out.',
    ),
    ...Object.entries(totals.figures).flatMap(([figure, where]: [string, string | number]) => {
      const isGood = typeof where === 'string' ? where.trim() !== '' : Number.isSafeInteger(where) && where >= 1;
      return when(!isGood, ['figures', figure], 'Send the title of the figure, or its place from 1.');
    }),
  ];
}
