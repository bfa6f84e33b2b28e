import { withoutFormulaGuard } from './formula-guard.ts';

/** What a cell says: the value as JSON has it, nothing where it is empty, or why it cannot be read. */
export type CellReading<Value> =
  | { readonly value: Value | undefined; readonly fault?: never }
  | { readonly fault: string };

/** Marks that make a spreadsheet take a cell as text, and blanks. */
const bare = (cell: string) => cell.normalize('NFKC').trim().replace(/^'\s*/, '');

/** A text as it stands, but for blanks at its ends and the apostrophe that our own files put before formulas. */
export function readText(cell: string): CellReading<string> {
  return { value: withoutFormulaGuard(cell).trim() || undefined };
}

/** 4.40306E+17: what a spreadsheet makes of a long number; its last digits are gone. */
const longNumber = /^\d(?:\.\d+)?E\+\d{2,3}$/i;

/** A number that is a name. Digits of full width are plain ones; one apostrophe before it is the spreadsheet's. */
export function readIdentifier(cell: string): CellReading<string> {
  const text = bare(cell);
  if (!longNumber.test(text)) return { value: text || undefined };
  return {
    fault: 'The spreadsheet made a figure of the number and lost digits: format the column as text and enter it anew.',
  };
}

const scientific = /^[+-]?[\d.,]+E[+-]?\d+$/i;
const thousands = /^-?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;
const oneGroup = /^-?\d{1,3},\d{3}$/;

/**
 * Decimal text of an amount: `1,234.50` is 1234.50. What may mean two things is a fault: `1,234` is 1.234 where the comma
 * is the decimal sign, and there files are not parted by commas.
 */
export function readAmountCell(cell: string, delimiter: string): CellReading<string> {
  const text = bare(cell);
  if (text === '') return { fault: 'The cell is empty; send an amount such as 1234.50.' };
  if (scientific.test(text)) return { fault: 'Write the amount out, 100000.00 for 1E+05: format the column as text.' };
  if (!text.includes(',')) return { value: text };
  if (thousands.test(text) && (delimiter === ',' || !oneGroup.test(text))) return { value: text.replaceAll(',', '') };
  return { fault: 'Write the amount with a decimal point and, best, nothing between thousands: 1234.50.' };
}

const currencyNames: Readonly<Record<string, string>> = { 人民币: 'CNY', RMB: 'CNY' };

export function readCurrencyCell(cell: string): CellReading<string> {
  const text = bare(cell).toUpperCase();
  return { value: currencyNames[text] ?? (text || undefined) };
}

const days = [
  /^(?<year>\d{4})(?<sign>[-/.])(?<month>\d{1,2})\k<sign>(?<day>\d{1,2})$/,
  /^(?<year>\d{4})(?<month>\d\d)(?<day>\d\d)$/,
  /^(?<year>\d{4})年(?<month>\d{1,2})月(?<day>\d{1,2})日$/,
];

/** A day as spreadsheets write it: 2026-03-02, 2026/3/2, 20260302, 2026年3月2日. Whether it exists is not asked here. */
export function readDateCell(cell: string): CellReading<string> {
  const text = bare(cell);
  if (text === '') return { value: undefined };
  const groups = days.map((pattern) => pattern.exec(text)?.groups).find((found) => found !== undefined);
  if (!groups) return { fault: 'Send a day with its year first, as 2026-03-02; other orders may mean two days.' };
  const { year, month = '', day = '' } = groups;
  return { value: `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` };
}

const yesAndNo: Readonly<Record<string, boolean>> = {
  是: true,
  yes: true,
  y: true,
  true: true,
  '1': true,
  否: false,
  no: false,
  n: false,
  false: false,
  '0': false,
};

export function readYesNo(cell: string): CellReading<boolean> {
  const text = bare(cell).toLowerCase();
  if (text === '') return { value: undefined };
  const value = Object.hasOwn(yesAndNo, text) ? yesAndNo[text] : undefined;
  return value === undefined ? { fault: 'Send yes or no (是, 否).' } : { value };
}
