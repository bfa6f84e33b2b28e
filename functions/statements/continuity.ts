import type { Statement } from './statement.ts';

/**
 * Continuity: a statement opens with what the one before it closed with. The one before is the latest before it of the
 * same bank account, currency and format. It is worked out whenever a statement is read, so a missing statement that
 * comes in late closes the gap by itself.
 */
export interface Continuity {
  readonly status: 'FIRST' | 'CONTINUES' | 'CONTINUITY_GAP' | 'NOT_CHECKED';
  readonly previousStatementId?: string;
  readonly previousClosing?: bigint;
  /** Opening − previous closing. */
  readonly difference?: bigint;
}

export function compareWithPrevious(
  opening: bigint | undefined,
  previous: { readonly id: string; readonly closing: bigint } | undefined,
): Continuity {
  if (opening === undefined) return { status: 'NOT_CHECKED' };
  if (!previous) return { status: 'FIRST' };
  const difference = opening - previous.closing;
  return {
    status: difference === 0n ? 'CONTINUES' : 'CONTINUITY_GAP',
    previousStatementId: previous.id,
    previousClosing: previous.closing,
    difference,
  };
}

const sequenceDigits = 12;
const placeDigits = 6;

/**
 * Where a statement stands in its account's chain, as text that sorts: by last day, then the bank's number, the page,
 * the place in the file. Undefined where it has no opening and closing balance to be compared.
 */
export function chainPosition(statement: Statement, placeInFile: number): string | undefined {
  const { opening, closing, toDate, header, id } = statement;
  if (!opening || !closing || toDate === undefined) return undefined;
  const sequence = digitsOf(header.sequenceNumber, sequenceDigits);
  const page = digitsOf(header.pageNumber, placeDigits);
  return [toDate, sequence, page, digitsOf(placeInFile, placeDigits), id].join('#');
}

/** Numbers padded so that they sort; a sequence that is not a number counts as none. */
function digitsOf(value: string | number | undefined, width: number): string {
  const digits = /^0*([0-9]+)$/.exec(String(value ?? ''))?.[1] ?? '0';
  return digits.slice(-width).padStart(width, '0');
}
