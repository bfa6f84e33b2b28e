import { funderKey } from '../../../../functions/settlement/coupons/coupon.ts';
import type { FundingLeft, GivenBack } from '../../../../functions/settlement/coupons/give-back.ts';
import type { RefundTaking } from '../../../../functions/settlement/refunds/allocate-refund.ts';
import type { HeldLeg, Holdings } from '../../../../functions/settlement/refunds/holdings.ts';
import type { PlannedLine, RefundableSubOrder } from '../../../../functions/settlement/refunds/plan-refund.ts';
import { sum } from '../../../../shared/money/sum.ts';

/** Minor units of a text such as '1,000.01', two decimals. */
export function fen(text: string): bigint {
  return BigInt(text.replaceAll(/[.,]/g, ''));
}

/** A leg of the merchant `id`; the one called SELLER is the selling merchant's own. */
export function leg(id: string, held: string, more: Partial<HeldLeg> = {}): HeldLeg {
  return { id, ...(id !== 'SELLER' && { receiver: id }), held: fen(held), ...more };
}

export function holdings(unsplit: string, ...legs: HeldLeg[]): Holdings {
  return { unsplit: fen(unsplit), legs };
}

export function heldIn({ unsplit, legs }: Holdings): bigint {
  return unsplit + sum(legs.map(({ held }) => held));
}

/** What was taken, the unsplit part first, then of each leg by name. */
export function told({ unsplit, legs }: RefundTaking): unknown[] {
  return [unsplit, ...legs.map(({ legId, amount }) => [legId, amount])];
}

/** What refunds leave, reckoned here: of an order it is what its refunds say. */

/** What is left when it has been taken. */
export function afterTaking({ unsplit, legs }: Holdings, taking: RefundTaking): Holdings {
  const taken = new Map(taking.legs.map(({ legId, amount }) => [legId, amount]));
  return {
    unsplit: unsplit - taking.unsplit,
    legs: legs.map((leg) => ({ ...leg, held: leg.held - (taken.get(leg.id) ?? 0n) })),
  };
}

/** What is left when it has been given back. Who has got back all stays, with zero. */
export function afterGivingBack({ cash, subsidies }: FundingLeft, back: GivenBack): FundingLeft {
  const returned = new Map(back.subsidies.map(({ funder, amount }) => [funderKey(funder), amount]));
  return {
    cash: cash - back.cash,
    subsidies: subsidies.map(({ funder, amount }) => ({
      funder,
      amount: amount - (returned.get(funderKey(funder)) ?? 0n),
    })),
  };
}

/** The sub-order when a line of it has been refunded. */
export function afterRefund(subOrder: RefundableSubOrder, line: PlannedLine): RefundableSubOrder {
  return {
    ...subOrder,
    holdings: afterTaking(subOrder.holdings, line.taking),
    fee: { ...subOrder.fee, left: subOrder.fee.left - line.fee.amount },
    funding: afterGivingBack(subOrder.funding, line.givenBack),
  };
}
