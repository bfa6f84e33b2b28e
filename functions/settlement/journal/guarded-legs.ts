import { allocate } from '../../../shared/money/allocate.ts';
import { smaller } from '../../../shared/money/compare.ts';
import { sum } from '../../../shared/money/sum.ts';
import type { CouponFunder, FunderAmount, OrderCoupon, OrderRefund } from '../orders/order.ts';
import { LINES_MAX } from '../splits/split-rule.ts';
import type { AccountRole, RoleLeg } from './role-legs.ts';

/** What is booked by itself, under guards of the accounts that give. */

/**
 * Merchants and brands of one such booking, at most: it is one transaction of the ledger, which has 100 items, for it is booked whole or
 * not at all. Beside their accounts there are two of the market and its channel's, and a transfer for each 40 legs.
 */
export const partiesMax = 90;
/** Brands of an order's coupons, at most: so they find room beside the receivers of a sub-order that is refunded by itself. */
export const brandsMax = partiesMax - LINES_MAX;

/** What all but the merchants give towards a coupon, by their shares, largest remainder; ties to the first named. */
export function subsidiesOf({ amount, funders }: Pick<OrderCoupon, 'amount' | 'funders'>): FunderAmount[] {
  const shares = allocate(
    amount,
    funders.map(({ basisPoints }) => basisPoints),
  );
  return funders.flatMap(({ kind, merchantId }, place): FunderAmount[] => {
    const share = shares[place] ?? 0n;
    if (kind === 'MERCHANT' || share === 0n) return [];
    return [{ kind, ...(merchantId !== undefined && { merchantId }), amount: share }];
  });
}

/** What all but the merchants gave towards coupons: of those alone that have landed. */
export function landedOf(coupons: readonly OrderCoupon[]): bigint {
  const landed = coupons.filter(({ landedAt }) => landedAt !== undefined);
  return sum(landed.flatMap(subsidiesOf).map(({ amount }) => amount));
}

/** A subsidy lands: the funders of a coupon give, and it is supervised. */
export function subsidyLegs(coupon: Pick<OrderCoupon, 'amount' | 'funders'>): RoleLeg[] {
  return subsidiesOf(coupon).map((one) => ({ debit: subsidyRole(one), credit: 'supervised', amount: one.amount }));
}

/**
 * A refund is funded: what it takes of supervised money and of merchants goes to the channel, less what the channel gives back of its
 * fee, and to the funders of coupons. Back again, where it failed, the other way round. Throws where it does not add up.
 */
export function refundLegs(
  refund: Pick<OrderRefund, 'no' | 'channelId' | 'amount' | 'toFunders' | 'takes' | 'feeBack'>,
) {
  const { no, channelId, amount, toFunders, takes, feeBack } = refund;
  const given = sum(takes.map((take) => take.amount));
  if (given + feeBack !== amount) throw new Error(`Refund ${no} takes ${given} for ${amount} less ${feeBack}.`);
  const toChannel = amount - sum(toFunders.map((one) => one.amount)) - feeBack;
  const gains = new Map<AccountRole, bigint>();
  const add = (role: AccountRole, gain: bigint) => gains.set(role, (gains.get(role) ?? 0n) + gain);
  for (const { from, amount: taken } of takes) add(from === undefined ? 'supervised' : `payable:${from}`, -taken);
  for (const one of toFunders) add(subsidyRole(one), one.amount);
  add(`channel:${channelId}`, toChannel);
  return pairUp(gains);
}

function subsidyRole({ kind, merchantId }: Pick<CouponFunder, 'kind' | 'merchantId'>): AccountRole {
  return `subsidy:${merchantId ?? kind}`;
}

/** Legs by which accounts gain so much each; what they gain adds up to zero. */
function pairUp(gains: ReadonlyMap<AccountRole, bigint>): RoleLeg[] {
  const givers = [...gains].filter(([, gain]) => gain < 0n).map(([role, gain]) => ({ role, left: -gain }));
  const takers = [...gains].filter(([, gain]) => gain > 0n).map(([role, left]) => ({ role, left }));
  const legs: RoleLeg[] = [];
  let place = 0;
  for (const taker of takers) {
    while (taker.left > 0n) {
      const giver = givers[place];
      if (!giver) throw new Error('The legs do not add up.');
      const amount = smaller(giver.left, taker.left);
      legs.push({ debit: giver.role, credit: taker.role, amount });
      giver.left -= amount;
      taker.left -= amount;
      if (giver.left === 0n) place += 1;
    }
  }
  return legs;
}
