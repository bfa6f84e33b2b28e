import { deriveId } from '../../../shared/identifiers/id.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { groupOf } from '../journal/groups.ts';
import type { MerchantLine } from '../journal/line.ts';
import { cutPostings, netLegs } from '../journal/net-legs.ts';
import { legOf } from '../journal/role-legs.ts';
import type { OwnerDay, Posting } from '../journal/transaction.ts';
import { type SplitSum, type SumShare, sumIdOf } from './sum.ts';

/** Lines of a sum on the day of one of its receivers. */
export interface SumLines {
  readonly day: OwnerDay;
  readonly lines: readonly MerchantLine[];
}

/** What the shares of a sum are on the days of its receivers: each on the sum's own day, in the settlement of it that takes them. */
export function sumLines(split: SplitSum, { sequence }: Pick<OwnerDay, 'sequence'>): SumLines[] {
  const { tenant, marketId, date, shares } = split;
  const first = shares.find(({ receiver, amount }) => receiver === split.sum.sellerId && amount > 0n);
  return [...Map.groupBy(shares, ({ receiver, from = receiver }) => from)].map(([id, own]) => {
    const owner = { kind: 'MERCHANT', id } as const;
    const day = { tenant, marketId, date, sequence, owner, group: groupOf(tenant, owner) };
    const lines = own.map((share, place) =>
      lineOf(split, share, { hasCoupons: share === first, isFurther: place > 0 }),
    );
    return { day, lines };
  });
}

function lineOf(
  { sum, base: { orders, coupons } }: SplitSum,
  share: SumShare,
  { hasCoupons, isFurther }: { readonly hasCoupons: boolean; readonly isFurther: boolean },
): MerchantLine {
  const { sequence, amount, fee, base, kind, bound, rest } = share;
  const rule = { id: sum.ruleId, version: sum.version };
  return {
    ...{ kind: amount > 0n ? 'SUM_SHARE' : 'SUM_BACK', amount },
    share: { split: 'SUM', sequence, base, fee, kind, ...defined({ bound, rest }), rule },
    ...(hasCoupons && coupons !== 0n && { coupon: coupons }),
    sum: { sellerId: sum.sellerId, orders: Number(orders) },
    ...(isFurther && { isFurther }),
  };
}

/** What is booked of a sum: from what is supervised to its receivers, and back where less came to it. The same whoever asks. */
export function sumPostings(split: SplitSum): Posting[] {
  const { tenant, marketId, sum, date, sequence, shares } = split;
  const legs = shares.flatMap(({ receiver, from = receiver, amount }) =>
    legOf('supervised', `payable:${from}`, amount),
  );
  return cutPostings(netLegs(legs)).map((cut, place) => {
    const id = deriveId('pst', tenant, marketId, 'sum', sumIdOf(sum), date, `${sequence}`, `${place}`);
    return { tenant, id, marketId, legs: cut };
  });
}
