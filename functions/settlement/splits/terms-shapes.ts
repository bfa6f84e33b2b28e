import * as z from 'zod';
import { amountOut, nonNegativeAmount, positiveAmount } from '../../../shared/http/schemas.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { foreignAmong, type PlacedAmount } from '../markets/foreign-amounts.ts';
import { merchantId } from '../markets/market-shapes.ts';
import { checkTerms } from './check-terms.ts';
import { termsFor } from './merchants-line.ts';
import { LINES_MAX, type SplitLine, type SplitTerms, splitBases, splitMethods, TIERS_MAX } from './split-rule.ts';

/** What split terms look like to a caller; what they say wrongly is told with pointers. */

const SEQUENCE_MAX = 9_999;
/** Above what any terms may hold, so that checking them is bounded; they are told the true limits. */
const INTEGER_MAX = 1_000_000;

const basisPoints = z.int().min(0).max(INTEGER_MAX).meta({ description: '100 is one per cent.' });

const shareIn = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('FIXED'), amount: positiveAmount }),
    z.strictObject({ kind: z.literal('RATIO'), basisPoints }),
    z.strictObject({ kind: z.literal('WEIGHT'), weight: z.int().min(0).max(INTEGER_MAX) }),
    z.strictObject({
      kind: z.literal('TIERS'),
      apply: z.enum(['MARGINAL', 'WHOLE']).default('MARGINAL').meta({
        description: 'Each ratio of the part within its tier, or that of the tier reached of the whole.',
      }),
      tiers: z
        .array(z.strictObject({ from: nonNegativeAmount, basisPoints }))
        .meta({ minItems: 1, maxItems: TIERS_MAX }),
    }),
    z.strictObject({ kind: z.literal('REMAINDER') }),
  ])
  .meta({
    id: 'SplitShare',
    description:
      'FIXED: never reduced. RATIO: in basis points. WEIGHT: an integer against those of the other lines, such as 1:1:1. ' +
      'TIERS: by the height of what the ratios are taken of. REMAINDER: what is left.',
  });

const lineIn = z
  .strictObject({
    sequence: z.int().min(1).max(SEQUENCE_MAX).meta({ description: 'Settles ties, the lower first.' }),
    receiver: merchantId.optional().meta({ description: 'A merchant of the market; without it, the one who sells.' }),
    share: shareIn,
    cap: positiveAmount.optional().meta({ description: '封顶; what it cuts off goes where the remainder goes.' }),
    floor: positiveAmount.optional().meta({ description: '保底; what it adds is taken from there.' }),
  })
  .meta({ id: 'SplitLine' });

const feeBearerIn = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('REMAINDER') }),
    z.strictObject({ kind: z.literal('MERCHANT') }),
    z.strictObject({ kind: z.literal('LINE'), sequence: z.int().min(1).max(SEQUENCE_MAX) }),
  ])
  .meta({ id: 'FeeBearer', description: 'Whose share the channel’s fee is taken from (手续费承担方).' });

export const termsFields = {
  base: z.enum(splitBases).meta({
    description: 'What ratios are taken of: the order before coupons, what the consumer paid, or that less the fee.',
  }),
  method: z.enum(splitMethods),
  lines: z.array(lineIn).meta({ minItems: 1, maxItems: LINES_MAX }),
  feeBearer: feeBearerIn.optional(),
  lifetimeCapBasisPoints: basisPoints.optional().meta({
    description:
      'What may be given to others than the selling merchant over the order’s whole life, inclusive; off without it.',
  }),
};

export const termsIn = z.strictObject(termsFields);
export type TermsRequest = z.output<typeof termsIn>;

/**
 * For `check` of a schema that has the terms among its fields: all that is wrong in them, each at its place. Where it is known who
 * sells, lines that name that merchant are its own.
 */
export function checkTermsIn({ value, issues }: z.core.ParsePayload<TermsRequest>, merchantId?: string): void {
  const terms = toTerms(value);
  for (const { path, detail } of checkTerms(merchantId === undefined ? terms : termsFor(terms, merchantId))) {
    issues.push({ code: 'custom', input: value, path: [...path], message: detail });
  }
}

/** Amounts of the terms that are not in the currency of the market, each at its place. */
export function foreignAmounts({ lines }: TermsRequest, currency: string) {
  const amounts = lines.flatMap(({ share, cap, floor }, place): PlacedAmount[] => [
    ...shareAmounts(share).map(([field, money]): PlacedAmount => [`/lines/${place}/share/${field}`, money]),
    [`/lines/${place}/cap`, cap],
    [`/lines/${place}/floor`, floor],
  ]);
  return foreignAmong(amounts, currency);
}

function shareAmounts(share: z.output<typeof shareIn>): PlacedAmount[] {
  if (share.kind === 'FIXED') return [['amount', share.amount]];
  return share.kind === 'TIERS' ? share.tiers.map(({ from }, tier) => [`tiers/${tier}/from`, from]) : [];
}

/** As the model has them; all amounts are taken to be in one currency. */
export function toTerms({ base, method, lines, feeBearer, lifetimeCapBasisPoints: cap }: TermsRequest): SplitTerms {
  return {
    ...{ base, method, lines: lines.map(toLine) },
    ...defined({ feeBearer, lifetimeCapBasisPoints: cap === undefined ? undefined : BigInt(cap) }),
  };
}

function toLine({ sequence, receiver, share, cap, floor }: z.output<typeof lineIn>): SplitLine {
  return {
    sequence,
    ...defined({ receiver }),
    share: toShare(share),
    ...defined({ cap: cap?.minor, floor: floor?.minor }),
  };
}

function toShare(share: z.output<typeof shareIn>): SplitLine['share'] {
  switch (share.kind) {
    case 'FIXED':
      return { kind: 'FIXED', amount: share.amount.minor };
    case 'RATIO':
      return { kind: 'RATIO', basisPoints: BigInt(share.basisPoints) };
    case 'WEIGHT':
      return { kind: 'WEIGHT', weight: BigInt(share.weight) };
    case 'TIERS': {
      const tiers = share.tiers.map(({ from, basisPoints: points }) => ({
        from: from.minor,
        basisPoints: BigInt(points),
      }));
      return { kind: 'TIERS', apply: share.apply, tiers };
    }
    case 'REMAINDER':
      return share;
  }
}

const shareOut = z.object({
  kind: z.enum(['FIXED', 'RATIO', 'WEIGHT', 'TIERS', 'REMAINDER']),
  amount: amountOut.optional(),
  basisPoints: z.int().optional(),
  weight: z.int().optional(),
  apply: z.enum(['MARGINAL', 'WHOLE']).optional(),
  tiers: z.array(z.object({ from: amountOut, basisPoints: z.int() })).optional(),
});

/** In the form in which they are sent. */
export const termsOutFields = {
  base: z.enum(splitBases),
  method: z.enum(splitMethods),
  lines: z.array(
    z.object({
      sequence: z.int(),
      receiver: z.string().optional(),
      share: shareOut,
      cap: amountOut.optional(),
      floor: amountOut.optional(),
    }),
  ),
  feeBearer: feeBearerIn.optional(),
  lifetimeCapBasisPoints: z.int().optional(),
};
