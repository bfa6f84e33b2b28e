import type { InterestSegment } from './accrue.ts';
import { countDays, type DayWeights, dateOfDay } from './day-weights.ts';
import type { DayRun } from './positions.ts';
import { RateMissingError, type RateSpan, type SpanTier } from './rate-schedule.ts';

/** A segment that still grows, by number of the day. */
export interface SegmentDraft {
  readonly tier: SpanTier;
  readonly yearDays: number;
  readonly start: number;
  end: number;
  /** As the day count counts them, like the product. */
  days: number;
  /** Undefined once two days differed. */
  balance: bigint | undefined;
  product: bigint;
}

/** The segments of one side, one for each tier of each span that was used, by first day. */
export type SegmentDrafts = Map<SpanTier, SegmentDraft>;

/**
 * Adds a run with a balance above zero to the segments of the spans it lies in. Runs come in order: the search begins
 * at span `next`, and the answer is where that of the following run begins. Throws RateMissingError.
 */
export function addRun(
  drafts: SegmentDrafts,
  days: DayWeights,
  spans: readonly RateSpan[],
  next: number,
  { start, end, balance }: DayRun,
): number {
  for (let index = next; ; index += 1) {
    const span = spans[index];
    if (span === undefined || span.start >= end) return Math.max(next, index - 1);
    const piece = { start: Math.max(start, span.start), end: Math.min(end, span.end), balance };
    if (piece.start < piece.end) addPiece(drafts, days, span, piece);
  }
}

function addPiece(drafts: SegmentDrafts, days: DayWeights, span: RateSpan, { start, end, balance }: DayRun): void {
  if (span.tiers.length === 0) throw new RateMissingError(span.rateOf ?? dateOfDay(days, start));
  const counted = countDays(days, start, end);
  for (const tier of span.tiers) {
    const part = partInTier(balance, tier, span);
    if (part <= 0n) continue;
    const draft = drafts.get(tier) ?? begin(drafts, tier, span, start, part);
    draft.end = end;
    draft.days += counted;
    draft.product += part * BigInt(counted);
    if (draft.balance !== part) draft.balance = undefined;
  }
}

function begin(
  drafts: SegmentDrafts,
  tier: SpanTier,
  { yearDays }: RateSpan,
  start: number,
  balance: bigint,
): SegmentDraft {
  const draft = { tier, yearDays, start, end: start, days: 0, balance, product: 0n };
  drafts.set(tier, draft);
  return draft;
}

/** How much of a balance earns the tier's rate; not above zero where none does. */
function partInTier(balance: bigint, { above, upTo }: SpanTier, { mode }: RateSpan): bigint {
  const reachesNext = upTo !== undefined && balance > upTo;
  if (mode === 'MARGINAL') return (reachesNext ? upTo : balance) - above;
  return balance > above && !reachesNext ? balance : 0n;
}

/** The segment for its reader. */
export function segmentOf({ tier, start, end, balance, ...figures }: SegmentDraft, days: DayWeights): InterestSegment {
  return {
    from: dateOfDay(days, start),
    to: dateOfDay(days, end),
    days: figures.days,
    ...(balance !== undefined && { balance }),
    product: figures.product,
    yearDays: figures.yearDays,
    ...(tier.isTier && { above: tier.above }),
    rate: tier.text,
  };
}
