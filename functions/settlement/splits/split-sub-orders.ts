import { allocate } from '../../../shared/money/allocate.ts';
import { sum } from '../../../shared/money/sum.ts';
import { termsFor } from './merchants-line.ts';
import type { Split, SplitAmounts, SplitFault } from './split.ts';
import { splitOrder } from './split-order.ts';
import type { SplitTerms } from './split-rule.ts';

/** A sub-order as it is split. Minor units. */
export interface SubOrderAmounts {
  /** Who sells; without one, lines that name a merchant are those of others. */
  readonly merchantId?: string;
  /** As SplitAmounts has them. */
  readonly order: bigint;
  readonly paid: bigint;
  readonly cash?: bigint;
}

export interface SubOrderSplit<SubOrder> {
  readonly subOrder: SubOrder;
  readonly fee: bigint;
  /** The terms as they are for its merchant. */
  readonly terms: SplitTerms;
  readonly split: Split;
}

export type SubOrderSplits<SubOrder> =
  | { readonly outcome: 'SPLIT'; readonly splits: readonly SubOrderSplit<SubOrder>[] }
  | { readonly outcome: 'REFUSED'; readonly place: number; readonly fault: SplitFault };

/**
 * Splits the sub-orders of one order by the same terms, in their order; all of them or none. The channel's fee is shared by
 * what was paid for each, largest remainder. The lifetime cap is of the whole order, and what was given for sub-orders before
 * counts against it.
 */
export function splitSubOrders<SubOrder extends SubOrderAmounts>(
  terms: SplitTerms,
  subOrders: readonly SubOrder[],
  { fee, givenBefore = 0n }: Pick<SplitAmounts, 'fee' | 'givenBefore'>,
): SubOrderSplits<SubOrder> {
  const fees = feesOf(subOrders, fee);
  const wholeOrder = sum(subOrders.map(({ order }) => order));
  const splits: SubOrderSplit<SubOrder>[] = [];
  let given = givenBefore;
  for (const [place, subOrder] of subOrders.entries()) {
    const { merchantId, order, paid, cash = paid } = subOrder;
    const own = merchantId === undefined ? terms : termsFor(terms, merchantId);
    const amounts = { order, paid, cash, fee: fees[place] ?? 0n, givenBefore: given, wholeOrder };
    const decision = splitOrder(own, amounts);
    if (decision.outcome === 'REFUSED') return { outcome: 'REFUSED', place, fault: decision.fault };
    splits.push({ subOrder, fee: amounts.fee, terms: own, split: decision.split });
    given += sum(decision.split.legs.map(({ receiver, amount }) => (receiver === undefined ? 0n : amount)));
  }
  return { outcome: 'SPLIT', splits };
}

/** Where nothing was paid the first bears the fee, and is refused for it. */
function feesOf(subOrders: readonly SubOrderAmounts[], fee: bigint): bigint[] {
  const paid = subOrders.map((subOrder) => subOrder.paid);
  return sum(paid) === 0n ? paid.map((_, place) => (place === 0 ? fee : 0n)) : allocate(fee, paid);
}
