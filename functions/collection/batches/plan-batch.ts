import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { CollectionItem } from '../items/item.ts';
import { assessCollection, type MandateRefusal } from '../mandates/assess-collection.ts';
import type { Mandate } from '../mandates/mandate.ts';
import { unused } from '../mandates/mandate-usage.ts';

/** One line as it was asked for. */
export interface BatchLine {
  /** Where it stands in the request or file, from 1. */
  readonly line: number;
  readonly mandateId?: string;
  readonly agreementNumber?: string;
  /** Minor units, above zero. */
  readonly amount: bigint;
  readonly currency: string;
  readonly description?: string;
  readonly references: Readonly<Record<string, string>>;
  readonly splitAboveLimit: boolean;
}

/** Why a line is not accepted. */
export type LineRefusal = { readonly code: 'MANDATE_NOT_FOUND' } | MandateRefusal;

export interface RefusedLine {
  readonly line: number;
  readonly amount: bigint;
  readonly currency: string;
  readonly refusal: LineRefusal;
}

export interface BatchPlan {
  readonly items: readonly CollectionItem[];
  readonly refused: readonly RefusedLine[];
}

/**
 * Which lines are accepted, and in which pieces, by their mandates as they stand now. What the limits of day and month leave
 * is asked later, when their room is taken; a line that is above them by itself is refused at once.
 */
export function planBatch(
  lines: readonly BatchLine[],
  mandateOf: (line: BatchLine) => Mandate | undefined,
  on: { readonly date: PlainDate; readonly at: string },
): BatchPlan {
  const items: CollectionItem[] = [];
  const refused: RefusedLine[] = [];
  for (const line of lines) {
    const { amount, currency, splitAboveLimit } = line;
    const mandate = mandateOf(line);
    const assessed = mandate && assessCollection(mandate, unused, { amount, currency, splitAboveLimit, date: on.date });
    if (!mandate || assessed?.outcome !== 'FITS') {
      const refusal: LineRefusal = assessed?.outcome === 'REFUSED' ? assessed.refusal : { code: 'MANDATE_NOT_FOUND' };
      refused.push({ line: line.line, amount, currency, refusal });
      continue;
    }
    items.push(...assessed.pieces.map((piece, index) => itemOf(line, mandate.id, piece, index + 1, on)));
  }
  return { items, refused };
}

function itemOf(
  { line, currency, description, references }: BatchLine,
  mandateId: string,
  amount: bigint,
  piece: number,
  { date, at }: { readonly date: PlainDate; readonly at: string },
): CollectionItem {
  return {
    line,
    piece,
    mandateId,
    amount,
    currency,
    acceptedOn: date,
    acceptedAt: at,
    ...(description !== undefined && { description }),
    references,
    tries: [],
  };
}
