import * as z from 'zod';
import { positiveAmount, text } from '../../../shared/http/schemas.ts';
import { formatAmount } from '../../../shared/money/amount.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';
import { merchantId } from '../markets/market-shapes.ts';
import type { CouponFault } from './check-coupons.ts';
import type { Coupon, FundingShare } from './coupon.ts';

/** What coupons look like to a caller. */

const ID_LENGTH_MAX = 64;
const FUNDERS_MAX = 10;
const BASIS_POINTS_MAX = 10_000;

const funderIn = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('PLATFORM'), basisPoints: z.int().min(1).max(BASIS_POINTS_MAX) }),
    z.strictObject({ kind: z.literal('MERCHANT'), basisPoints: z.int().min(1).max(BASIS_POINTS_MAX) }),
    z.strictObject({ kind: z.literal('BRAND'), merchantId, basisPoints: z.int().min(1).max(BASIS_POINTS_MAX) }),
  ])
  .meta({
    id: 'CouponFunder',
    description:
      'Who gives it, by shares that add up to 10000. PLATFORM: the market. MERCHANT: the selling one takes less; no money ' +
      'moves. BRAND: the merchant that stands for it.',
  });

export const couponIn = z
  .strictObject({ id: text(ID_LENGTH_MAX), amount: positiveAmount, funders: z.array(funderIn).min(1).max(FUNDERS_MAX) })
  .meta({ id: 'OrderCouponRequest', description: '消费券: what it takes off, and who gives it.' });

/** As the model has it, of a sub-order. */
export function toCoupon({ id, amount, funders }: z.output<typeof couponIn>, subOrderId: string): Coupon {
  return { id, amount: amount.minor, subOrderId, funding: funders.map(toShare) };
}

function toShare(funder: z.output<typeof funderIn>): FundingShare {
  const basisPoints = BigInt(funder.basisPoints);
  if (funder.kind !== 'BRAND') return { funder: { kind: funder.kind }, basisPoints };
  return { funder: { kind: 'BRAND', party: funder.merchantId }, basisPoints };
}

/** What is wrong with coupons, in words that say how to mend it. */
export function couponFaultText(fault: CouponFault, currency: CurrencyCode): string {
  const money = (minor: bigint) => `${formatAmount(minor, currency)} ${currency}`;
  switch (fault.code) {
    case 'AMOUNT_NOT_ABOVE_ZERO':
      return 'Send an amount above zero.';
    case 'COUPON_TWICE':
      return 'This coupon stands twice in the order; send it once.';
    case 'SUB_ORDER_UNKNOWN':
      return 'There is no such sub-order.';
    case 'SHARE_NOT_ABOVE_ZERO':
      return 'Send shares above zero.';
    case 'FUNDER_TWICE':
      return 'A funder stands twice; send each with one share.';
    case 'SHARES_NOT_WHOLE':
      return `The shares add up to ${fault.basisPoints}; send shares that add up to 10000.`;
    case 'COUPONS_ABOVE_SUB_ORDER':
    case 'COUPONS_ABOVE_ORDER':
      return `Coupons take off ${money(fault.asked)} of ${money(fault.available)}; send that much at most.`;
  }
}
