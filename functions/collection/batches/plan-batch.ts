import { addDays, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { CollectionItem } from '../items/item.ts';
import { assessCollection, type CollectionAssessment, type MandateRefusal } from '../mandates/assess-collection.ts';
import { type Mandate, payerKindOf } from '../mandates/mandate.ts';
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
  /** The day of the batch, without. */
  readonly dueDate?: PlainDate;
  /** That of the mandate, where it is told. */
  readonly payerName?: string;
}

/** Why a line is not accepted. */
export type LineRefusal =
  | { readonly code: 'MANDATE_NOT_FOUND' }
  | { readonly code: 'PAYER_NAME' }
  | { readonly code: 'ACCOUNT_CURRENCY'; readonly currency: string }
  | { readonly code: 'DUE_DATE'; readonly earliest: PlainDate; readonly latest: PlainDate }
  | MandateRefusal;

/** Days ahead that a line may be due. */
export const dueDaysMax = 365;

export interface PlannedRefusal {
  readonly line: number;
  readonly refusal: LineRefusal;
  /** The field by which the line names its mandate. */
  readonly mandateBy: 'agreementNumber' | 'mandateId';
}

export interface BatchPlan {
  readonly items: readonly CollectionItem[];
  readonly refused: readonly PlannedRefusal[];
}

/**
 * Which lines are accepted, and in which pieces, by their mandates as they stand now. What the limits of day and month leave
 * is asked later, when their room is taken; a line that is above them by itself is refused at once.
 */
export function planBatch(
  lines: readonly BatchLine[],
  currency: string,
  mandateOf: (line: BatchLine) => Mandate | undefined,
  on: { readonly date: PlainDate; readonly at: string },
): BatchPlan {
  const items: CollectionItem[] = [];
  const refused: PlannedRefusal[] = [];
  for (const line of lines) {
    const mandate = mandateOf(line);
    const assessed = assess(line, currency, mandate, on.date);
    if (!mandate || assessed.outcome === 'REFUSED') {
      const refusal = assessed.outcome === 'REFUSED' ? assessed.refusal : ({ code: 'MANDATE_NOT_FOUND' } as const);
      refused.push({
        line: line.line,
        refusal,
        mandateBy: line.mandateId === undefined ? 'agreementNumber' : 'mandateId',
      });
      continue;
    }
    items.push(...assessed.pieces.map((piece, index) => itemOf(line, mandate, piece, index + 1, on)));
  }
  return { items, refused };
}

function assess(
  line: BatchLine,
  currency: string,
  mandate: Mandate | undefined,
  today: PlainDate,
): { readonly outcome: 'REFUSED'; readonly refusal: LineRefusal } | CollectionAssessment {
  const { amount, splitAboveLimit, dueDate = today, payerName } = line;
  const latest = addDays(today, dueDaysMax);
  if (!mandate) return { outcome: 'REFUSED', refusal: { code: 'MANDATE_NOT_FOUND' } };
  if (payerName !== undefined && payerName !== mandate.payer.name) {
    return { outcome: 'REFUSED', refusal: { code: 'PAYER_NAME' } };
  }
  if (dueDate < today || dueDate > latest) {
    return { outcome: 'REFUSED', refusal: { code: 'DUE_DATE', earliest: today, latest } };
  }
  if (line.currency !== currency) return { outcome: 'REFUSED', refusal: { code: 'ACCOUNT_CURRENCY', currency } };
  return assessCollection(mandate, unused, { amount, currency, splitAboveLimit, date: dueDate });
}

function itemOf(
  { line, currency, description, references, dueDate }: BatchLine,
  { id: mandateId, payer }: Mandate,
  amount: bigint,
  piece: number,
  { date, at }: { readonly date: PlainDate; readonly at: string },
): CollectionItem {
  return {
    line,
    piece,
    mandateId,
    ...(payerKindOf(payer) === 'PERSON' && { payerKind: 'PERSON' }),
    amount,
    currency,
    dueOn: dueDate ?? date,
    acceptedAt: at,
    ...(description !== undefined && { description }),
    references,
    tries: [],
  };
}
