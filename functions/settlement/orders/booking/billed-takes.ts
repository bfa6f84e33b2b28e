import { positive, smaller } from '../../../../shared/money/compare.ts';
import { sum } from '../../../../shared/money/sum.ts';
import { takenOn } from '../../journal/merchant-entries.ts';
import type { Order, OrderRefund, RefundTake } from '../order.ts';

/** What of a take the market gives in the place of its merchant. Minor units, above zero. */
export interface BilledTake {
  /** Its place among the takes of the refund. */
  readonly place: number;
  readonly amount: bigint;
}

/**
 * What the market gives of a refund for merchants that are billed, where their money does not suffice: what each lacks, against what it
 * gives on `today` or before; none where that is less. What is taken of a share that is due later is there once earlier days are settled.
 *
 * @param free By merchant that is billed: what there is for it. Others are not billed.
 */
export function billedTakes(
  order: Order,
  refund: OrderRefund,
  free: ReadonlyMap<string, bigint>,
  today: string,
): BilledTake[] {
  const placed = refund.takes.map((take, place) => ({ ...take, place }));
  return [...Map.groupBy(placed, ({ from }) => from)].flatMap(([from = '', takes]): BilledTake[] => {
    const there = free.get(from);
    if (there === undefined) return [];
    const missing = positive(sum(takes.map(({ amount }) => amount)) - positive(there));
    const now = takes.filter((take) => takenOn(order, { ...refund, fundedOn: today }, take) === today);
    if (missing > sum(now.map(({ amount }) => amount))) return [];
    return spread(now, missing);
  });
}

/** An amount over takes, the first ones first. */
function spread(takes: readonly (RefundTake & { readonly place: number })[], amount: bigint): BilledTake[] {
  let left = amount;
  return takes.flatMap((take): BilledTake[] => {
    const billed = smaller(take.amount, left);
    left -= billed;
    return billed > 0n ? [{ place: take.place, amount: billed }] : [];
  });
}

/** A refund of which the market gives so much in the place of merchants. */
export function withBilled<T extends Pick<OrderRefund, 'takes'>>(refund: T, billed: readonly BilledTake[]): T {
  if (billed.length === 0) return refund;
  const amounts = new Map(billed.map(({ place, amount }) => [place, amount]));
  const takes = refund.takes.map((take, place) => {
    const amount = amounts.get(place);
    return amount === undefined ? take : { ...take, billed: amount };
  });
  return { ...refund, takes };
}
