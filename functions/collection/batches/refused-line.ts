import { presentAmount } from '../../../shared/money/present.ts';
import type { LineRefusal, PlannedRefusal } from './plan-batch.ts';
import type { ReadLine } from './read-line.ts';

/** MALFORMED cannot be read; the others are of what was read. */
export const refusedCodes = [
  'MALFORMED',
  'MANDATE_NOT_FOUND',
  'MANDATE_NOT_ACTIVE',
  'MANDATE_NOT_YET_VALID',
  'CURRENCY',
  'ACCOUNT_CURRENCY',
  'PAYER_NAME',
  'DUE_DATE',
  'ONE_OFF_USED',
  'ABOVE_TRANSACTION_LIMIT',
  'TOO_MANY_PIECES',
  'ABOVE_DAILY_LIMIT',
  'ABOVE_MONTHLY_LIMIT',
] as const satisfies readonly (LineRefusal['code'] | 'MALFORMED')[];

/** A line that is not accepted, and why: for ever. A line with several faults is here once for each. */
export interface RefusedLine {
  /** From 1: its place in the list, or its line in the file. */
  readonly line: number;
  readonly code: (typeof refusedCodes)[number];
  /** What is wrong, and how to mend it. */
  readonly detail: string;
  /** The field or column that is at fault. */
  readonly field: string;
}

/** The faults of lines that could not be read. */
export function malformedLines(lines: readonly ReadLine[]): RefusedLine[] {
  return lines.flatMap(({ line, faults = [] }) =>
    faults.map(({ field, detail }): RefusedLine => ({ line, code: 'MALFORMED', field, detail })),
  );
}

/** A refusal of the plan in words, with the figures that explain it. */
export function refusedLine({ line, refusal, mandateBy }: PlannedRefusal, currency: string): RefusedLine {
  const { field = mandateBy, detail } = describe(refusal, currency);
  return { line, code: refusal.code, field, detail };
}

/** In words; without a field the mandate itself is at fault. */
function describe(refusal: LineRefusal, currency: string): { readonly field?: string; readonly detail: string } {
  const show = (minor: bigint) => `${presentAmount(minor, currency).amount} ${currency}`;
  switch (refusal.code) {
    case 'MANDATE_NOT_FOUND':
      return { detail: 'There is no such mandate; GET /v1/mandates lists yours.' };
    case 'MANDATE_NOT_ACTIVE':
      return { detail: `The mandate is ${refusal.state}; name one that is ACTIVE on the day.` };
    case 'MANDATE_NOT_YET_VALID':
      return { field: 'dueDate', detail: `Send a day from ${refusal.validFrom} on, when the mandate begins.` };
    case 'CURRENCY':
      return {
        field: 'amount',
        detail: `The mandate is in ${refusal.currency}; name one in the currency of the amount.`,
      };
    case 'ACCOUNT_CURRENCY':
      return { field: 'amount', detail: `Send an amount in ${refusal.currency}, the currency of the account.` };
    case 'PAYER_NAME':
      return { field: 'payerName', detail: 'It is not the name in the mandate; send that one, or leave it out.' };
    case 'DUE_DATE':
      return { field: 'dueDate', detail: `Send a day from ${refusal.earliest} to ${refusal.latest}.` };
    case 'ONE_OFF_USED':
      return { detail: 'The mandate was for one collection, and had it; make a new one.' };
    case 'ABOVE_TRANSACTION_LIMIT':
      return {
        field: 'amount',
        detail: `The mandate allows at most ${show(refusal.limit)} at once; send less, or set splitAboveLimit.`,
      };
    case 'TOO_MANY_PIECES':
      return {
        field: 'amount',
        detail: `It would be cut into ${refusal.pieces} pieces, and at most ${refusal.most} are; send it in several lines.`,
      };
    case 'ABOVE_DAILY_LIMIT':
      return {
        field: 'amount',
        detail: `The mandate allows at most ${show(refusal.limit)} a day; send no more on one day.`,
      };
    case 'ABOVE_MONTHLY_LIMIT':
      return {
        field: 'amount',
        detail: `The mandate allows at most ${show(refusal.limit)} a month; send no more in one month.`,
      };
  }
}
