import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import { allocate } from '../../../shared/money/allocate.ts';
import { positive, smaller } from '../../../shared/money/compare.ts';
import { sum as total } from '../../../shared/money/sum.ts';
import type { Merchant } from '../merchants/merchant.ts';
import { isActive, unpaidBy } from '../orders/carry-out-plan.ts';
import { clawBackBar } from '../refunds/claw-back.ts';
import { termsFor } from '../splits/merchants-line.ts';
import type { SplitAmounts } from '../splits/split.ts';
import { splitOrder } from '../splits/split-order.ts';
import type { SplitRule, SplitTerms } from '../splits/split-rule.ts';
import type { SplitSum, SumBase, SumShare, SumState } from './sum.ts';

/** What a sum is split by. */
export interface SplitSumBy {
  readonly rule: Pick<SplitRule, 'failureMode'> & SplitTerms;
  readonly sellerId: string;
  /** By id: those of the rule's lines. */
  readonly merchants: ReadonlyMap<string, Pick<Merchant, 'state'>>;
  /** In whose place the merchant who sells gives back. */
  readonly barred?: ReadonlySet<string>;
  /** What earlier sums of the same day left. */
  readonly state?: SumState;
}

/**
 * Splits a sum as one order, so that it is rounded once: three orders of 0.10 by 1:1:1 are 0.10 each, not 0.12, 0.09 and 0.09. Its day
 * is the last on which it can wait: where the rule cannot split it, the channels of its orders let others have less, or a receiver is
 * suspended and it is all or nothing, it goes to the merchant who sells. What comes below zero, because refunds came after the day was
 * closed, is taken back of what earlier sums of the day gave, by what each receiver still holds of it; for persons, and for who has
 * not agreed to give back, the merchant who sells pays.
 *
 * Σ shares = paid − fee + takenOver − lacking, always. Minor units.
 */
export function splitSum(
  base: SumBase,
  by: SplitSumBy,
): Pick<SplitSum, 'shares' | 'takenOver' | 'lacking' | 'feeBearer' | 'notSplit'> {
  const takenOver = by.state?.lacking ?? 0n;
  const net = base.paid - base.fee + takenOver;
  if (net <= 0n) return { ...takenBack(-net, by), takenOver };
  const terms = termsFor(by.rule, by.sellerId);
  const unpaid = unpaidBy(terms, by.rule.failureMode, by);
  const amounts = { ...amountsOf(base, takenOver), unpaid };
  const decision = splitOrder(terms, amounts);
  if (decision.outcome === 'REFUSED') return { ...allToSeller(decision.fault.code, terms, amounts, by), takenOver };
  const { legs, borne } = decision.split;
  const suspended = legs.filter(({ receiver }) => receiver !== undefined && !isActive(by, receiver));
  if (suspended.length > 0 && by.rule.failureMode === 'ALL_OR_NOTHING') {
    return { ...allToSeller('RECEIVER_SUSPENDED', terms, amounts, by), takenOver };
  }
  const shares = legs.map((leg): SumShare => {
    const { receiver = by.sellerId } = leg;
    return { ...leg, receiver: unpaid.has(receiver) ? by.sellerId : receiver };
  });
  const bearer = borne?.receiver;
  const isOther = bearer !== undefined && bearer !== by.sellerId && !unpaid.has(bearer);
  return { shares, takenOver, lacking: 0n, ...(isOther && { feeBearer: bearer }) };
}

/** What there is, where late refunds left figures that no order could have. */
function amountsOf({ order, paid, cash, fee, mostToOthers: room }: SumBase, takenOver: bigint): SplitAmounts {
  const net = paid - fee + takenOver;
  const isOfOrders = takenOver === 0n && [order, cash, paid - cash, fee].every((amount) => amount >= 0n);
  const amounts = isOfOrders ? { order, paid, cash, fee } : { order: net, paid: net, fee: 0n };
  return { ...amounts, ...(room !== undefined && { mostToOthers: positive(room) }) };
}

function allToSeller(
  notSplit: string,
  { lines }: SplitTerms,
  { paid, fee }: SplitAmounts,
  { sellerId }: SplitSumBy,
): Pick<SplitSum, 'shares' | 'lacking' | 'notSplit'> {
  const sequence = Math.max(...lines.map((line) => line.sequence)) + 1;
  const share: SumShare = { sequence, receiver: sellerId, amount: paid - fee, fee, base: paid, kind: 'MERCHANT' };
  return { shares: [share], lacking: 0n, notSplit };
}

function takenBack(asked: bigint, { rule, state, sellerId, barred }: SplitSumBy): Pick<SplitSum, 'shares' | 'lacking'> {
  const held = state?.held ?? [];
  const amount = smaller(asked, total(held.map((one) => one.held)));
  const amounts =
    amount === 0n
      ? []
      : allocate(
          amount,
          held.map((one) => positive(one.held)),
        );
  const shares = amounts.flatMap((taken, place): SumShare[] => {
    const one = held[place];
    if (!one || taken === 0n) return [];
    const { sequence, receiver } = one;
    const kind = rule.lines.find((line) => line.sequence === sequence)?.share.kind ?? 'MERCHANT';
    const from = barred?.has(receiver) ? { from: sellerId } : {};
    return [{ sequence, receiver, ...from, amount: -taken, fee: 0n, base: one.held, kind }];
  });
  return { shares, lacking: amount - asked };
}

/**
 * Of a rule's receivers, those that cannot give back on a day. The windows of channels are not asked for: a sum is of orders over
 * several.
 */
export function barredOn(
  on: PlainDate,
  merchants: ReadonlyMap<string, Pick<Merchant, 'kind' | 'clawBackSince'>>,
): ReadonlySet<string> {
  const isBarred = ({ kind, clawBackSince }: Pick<Merchant, 'kind' | 'clawBackSince'>) => {
    const hasConsented = clawBackSince !== undefined && clawBackSince <= on;
    return clawBackBar({ isPersonal: kind === 'PERSON', hasConsented, splitOn: on }, on, undefined) !== undefined;
  };
  return new Set([...merchants].flatMap(([id, merchant]) => (isBarred(merchant) ? [id] : [])));
}
