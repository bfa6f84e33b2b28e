import { presentAmount } from '../../../shared/money/present.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { type AgreedSchedule, type BaseRate, formatSpread } from '../interest/base-rate.ts';
import { formatRate } from '../interest/rates.ts';
import type { AgreedAllocation, DepositTerms, InterestTerms, PoolTerms } from './interest-terms.ts';
import type { Settling } from './settlement.ts';

/** Interest terms as the API shows them. */

export function presentPoolTerms(
  { ownerId, content, ...terms }: InterestTerms<PoolTerms>,
  currency: string,
  settling: Settling = {},
) {
  const { dayCount, segmented, debitDayCount, debitSegmented, settlementDay } = content;
  const { base, settlement, members, allocation, rateSet } = content;
  return {
    poolId: ownerId,
    ...presentSetting(terms),
    dayCount,
    segmented,
    ...defined({ debitDayCount, debitSegmented, settlementDay }),
    ...presentSettling(settling),
    ...(base && { base: presentBase(base) }),
    ...presentSides(content, currency),
    members: members.map(({ accountId, settlementAccountId, ...sides }) => ({
      accountId,
      ...presentSides(sides, currency),
      ...defined({ settlementAccountId }),
    })),
    ...defined({ settlement }),
    ...(allocation && { allocation: presentAllocation(allocation, currency) }),
    ...defined({ rateSet }),
  };
}

export function presentDepositTerms(
  { ownerId, content, ...terms }: InterestTerms<DepositTerms>,
  settling: Settling = {},
) {
  const { dayCount, segmented, settlementDay, payerAccountId, currency } = content;
  return {
    accountId: ownerId,
    ...presentSetting(terms),
    dayCount,
    segmented,
    ...defined({ settlementDay }),
    ...presentSettling(settling),
    payerAccountId,
    terms: content.terms.map(({ from, base, demandRate, agreedRate }) => ({
      effectiveFrom: from,
      baseAmount: presentAmount(base, currency),
      demandRate: formatRate(demandRate),
      agreedRate: formatRate(agreedRate),
    })),
  };
}

function presentSettling({ nextSettlement, unsettled }: Settling) {
  if (!unsettled) return defined({ nextSettlement });
  const { runId, from, to, failed, problem, since } = unsettled;
  return { ...defined({ nextSettlement }), unsettled: { runId, from, to, failed, ...defined({ problem }), since } };
}

function presentSetting({ version, setAt, cause }: Pick<InterestTerms, 'version' | 'setAt' | 'cause'>) {
  const { client, role, requestId } = cause;
  return { version, setAt, setBy: { client, role, requestId } };
}

function presentSides({ credit, debit }: { credit?: AgreedSchedule; debit?: AgreedSchedule }, currency: string) {
  return {
    ...(credit && { credit: presentSchedule(credit, currency) }),
    ...(debit && { debit: presentSchedule(debit, currency) }),
  };
}

function presentBase({ name, rates }: BaseRate) {
  return { name, rates: rates.map(({ from, rate }) => ({ effectiveFrom: from, rate: formatRate(rate) })) };
}

function presentSchedule(schedule: AgreedSchedule, currency: string) {
  return schedule.map((entry) => {
    const { from: effectiveFrom } = entry;
    if ('spread' in entry) return { effectiveFrom, spread: formatSpread(entry.spread) };
    if ('rate' in entry) return { effectiveFrom, rate: formatRate(entry.rate) };
    const tiers = entry.tiers.map(({ above, rate }) => ({
      above: presentAmount(above, currency),
      rate: formatRate(rate),
    }));
    return { effectiveFrom, tiers, mode: entry.mode };
  });
}

function presentAllocation({ method, shares, ...sides }: AgreedAllocation, currency: string) {
  const presented = shares?.map(({ accountId, part }) =>
    method === 'RATIO'
      ? { accountId, weight: Number(part) }
      : { accountId, percentage: formatRate(part * rateMillionthsPerBasisPoint) },
  );
  return { method, ...defined({ shares: presented }), ...presentSides(sides, currency) };
}

/** A hundredth of a percent, in the millionths of a percent that rates are written in. */
const rateMillionthsPerBasisPoint = 10_000n;
