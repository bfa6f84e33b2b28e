import type * as z from 'zod';
import type { CurrencyCode } from '../../../shared/money/currency.ts';
import { presentAmount } from '../../../shared/money/present.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { adjustmentsOf } from '../journal/figures.ts';
import { presentPayout } from '../merchants/present-merchant.ts';
import { isInNetting } from './netted-settlement.ts';
import { backOf, unpaidOf } from './payout-after-report.ts';
import type { ExplainedLine } from './read-explained.ts';
import type { Run } from './run.ts';
import { type NettedPayout, openBill, type PayoutLine, type Settlement } from './settlement.ts';
import type { linesOut, runOut, settlementOut, upcomingOut } from './settlement-shapes.ts';
import { sumUpcoming, type UpcomingDay } from './upcoming.ts';
import type { UpcomingSums } from './upcoming-sums.ts';

/** Settlements and runs as the API shows them; numbers of accounts are masked. */

export function presentRun(run: Run): z.input<typeof runOut> {
  const { id, marketId, businessDate, number, state, days, place, waited, figures, currency } = run;
  const { failure, retryAt, createdAt, changedAt, endedAt } = run;
  const { settlements, payouts, held, mismatches, paidOut, carriedOn, billed } = figures;
  const daysDone = state === 'ENDED' ? days.length : state === 'SETTLING' ? place.day : 0;
  return {
    ...{ id, marketId, businessDate, number, state },
    days: days.map((day) => ({ ...day })),
    progress: { daysDone, days: days.length },
    ...{ waited, settlements, payouts, held, mismatches },
    paidOut: presentAmount(paidOut, currency),
    carriedOn: presentAmount(carriedOn, currency),
    billed: presentAmount(billed, currency),
    ...defined({ failure, retryAt }),
    ...{ createdAt, changedAt },
    ...defined({ endedAt }),
  };
}

export function presentSettlement(settlement: Settlement): z.input<typeof settlementOut> {
  const { id, marketId, merchantId, date, sequence, runId, state, currency, figures, payouts, carriedTo } = settlement;
  const { carriedIn, keptBack, carriedOn, billed, payout, settledAt, revision, netting, netted } = settlement;
  const money = (minor: bigint) => presentAmount(minor, currency);
  const unpaid = unpaidOf(settlement);
  return {
    ...{ id, marketId, merchantId, date, sequence, runId, state },
    orders: Number(figures.orders),
    gross: money(figures.gross),
    fees: money(figures.fees),
    coupons: money(figures.coupons),
    refunds: money(figures.refunds),
    adjustments: money(adjustmentsOf(figures)),
    carriedIn: money(carriedIn),
    keptBack: money(keptBack),
    carriedOn: money(carriedOn),
    ...defined({ carriedTo }),
    billed: money(billed),
    ...(openBill(settlement) && { billWaits: true }),
    net: money(figures.net),
    payout: money(payout),
    payouts: payouts.map((line) => presentLine(line, currency)),
    ...(unpaid > 0n && { unpaid: money(unpaid) }),
    ...(netting && isInNetting(settlement) && { netting: { cycleId: netting.cycleId } }),
    ...(netted && { netted: netted.map((one) => presentNetted(one, currency)) }),
    settledAt,
    version: revision,
  };
}

function presentNetted({ cycleId, valueDate, amount, beyond }: NettedPayout, currency: CurrencyCode) {
  const money = (minor: bigint) => presentAmount(minor, currency);
  return { cycleId, valueDate, amount: money(amount), ...(beyond > 0n && { beyond: money(beyond) }) };
}

function presentLine(line: PayoutLine, currency: CurrencyCode) {
  const { id, amount, to, state, isRetry, isPart, carriedOn, reason, returns, changedAt } = line;
  return {
    ...{ id, amount: presentAmount(amount, currency), to: presentPayout(to), state },
    ...defined({ isRetry, isPart, carriedOn, reason }),
    ...(returns && { returned: presentAmount(backOf(line), currency) }),
    changedAt,
  };
}

export function presentLines(
  explained: readonly ExplainedLine[],
  currency: CurrencyCode,
): z.input<typeof linesOut>['lines'] {
  const money = (minor: bigint) => presentAmount(minor, currency);
  return explained.map(({ line, computation }) => {
    const { kind, amount, takesBack, orderNo, subOrderNo, share, coupon, refundNo, date, sum } = line;
    return {
      ...{ kind, amount: money(amount) },
      ...defined({ takesBack, orderNo, subOrderNo }),
      ...(share && { base: money(share.base) }),
      ...(sum && { sum: { ...sum } }),
      ...(share?.rule && { rule: { ...share.rule } }),
      computation,
      ...(share && share.fee !== 0n && { fee: money(share.fee) }),
      ...(coupon !== undefined && { coupon: money(coupon) }),
      ...defined({ refundNo, date }),
    };
  });
}

export function presentUpcoming(
  days: readonly UpcomingDay[],
  { sums, isCut }: UpcomingSums,
  currency: CurrencyCode,
): z.input<typeof upcomingOut> {
  const money = (minor: bigint) => presentAmount(minor, currency);
  return {
    days: days.map(({ date, arrivesOn, figures, carriedIn }) => ({
      ...{ date, arrivesOn, orders: Number(figures.orders) },
      gross: money(figures.gross),
      fees: money(figures.fees),
      refunds: money(figures.refunds),
      adjustments: money(adjustmentsOf(figures)),
      carriedIn: money(carriedIn),
      net: money(figures.net),
    })),
    net: money(sumUpcoming(days).net),
    sums: sums.map(({ date, sum, orders, base, expected }) => ({
      ...{ date, sellerId: sum.sellerId, rule: { id: sum.ruleId, version: sum.version } },
      ...{ orders: Number(orders), base: money(base), expected: money(expected) },
    })),
    hasMoreSums: isCut,
  };
}
