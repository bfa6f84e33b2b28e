import { formatAmount } from '../../../shared/money/amount.ts';
import { presentAmount } from '../../../shared/money/present.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { type AgreedSchedule, type BaseRate, formatSpread } from '../interest/base-rate.ts';
import { formatRate } from '../interest/rates.ts';
import type { Adjusted, InterestLine, InterestRun, LineBasis, LineOutcome, NotionalSummary } from './interest-run.ts';
import type { AgreedAllocation, DepositTerms, InterestTerms, PoolTerms } from './interest-terms.ts';
import type { NextSettlement } from './settlement.ts';

/** Interest terms, runs and lines as the API shows them. */

export function presentPoolTerms(
  { ownerId, content, ...terms }: InterestTerms<PoolTerms>,
  currency: string,
  nextSettlement?: NextSettlement,
) {
  const { dayCount, segmented, settlementDay, base, settlement, members, allocation, rateSet } = content;
  return {
    poolId: ownerId,
    ...presentSetting(terms),
    dayCount,
    segmented,
    ...defined({ settlementDay, nextSettlement }),
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
  nextSettlement?: NextSettlement,
) {
  const { dayCount, segmented, settlementDay, payerAccountId, currency } = content;
  return {
    accountId: ownerId,
    ...presentSetting(terms),
    dayCount,
    segmented,
    ...defined({ settlementDay, nextSettlement }),
    payerAccountId,
    terms: content.terms.map(({ from, base, demandRate, agreedRate }) => ({
      effectiveFrom: from,
      baseAmount: presentAmount(base, currency),
      demandRate: formatRate(demandRate),
      agreedRate: formatRate(agreedRate),
    })),
  };
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

export function presentInterestRun(run: InterestRun) {
  const { id, ownerId, ownerKind, from, to, status, termsVersion, attempt, currency, startedBy, startedAt } = run;
  const { computed, ended, notional, problem } = run;
  return {
    id,
    ...(ownerKind === 'POOL' ? { poolId: ownerId } : { accountId: ownerId }),
    from,
    to,
    status,
    termsVersion,
    attempt,
    ...(computed && { lineCount: computed.lines, adjustedPeriods: [...computed.adjusted] }),
    ...(ended && {
      credited: presentAmount(ended.credited, currency),
      debited: presentAmount(ended.debited, currency),
      posted: ended.posted,
      failed: ended.failed,
      zero: ended.zero,
    }),
    ...(computed &&
      computed.exchange.length > 0 && {
        exchangeRates: computed.exchange.map(({ base, numerator, denominator, date }) => ({
          base,
          quote: currency,
          date,
          rate: ratioText(numerator, denominator),
        })),
      }),
    ...(notional && { notional: presentNotional(notional, currency) }),
    ...defined({ problem }),
    startedBy,
    startedAt,
    ...defined({ endedAt: ended?.at }),
  };
}

/** A decimal where the denominator is a power of ten, as of a rate that was given so; else a quotient. */
function ratioText(numerator: bigint, denominator: bigint): string {
  const zeros = denominator.toString().length - 1;
  if (denominator !== 10n ** BigInt(zeros)) return `${numerator}/${denominator}`;
  const digits = numerator.toString().padStart(zeros + 1, '0');
  return zeros === 0 ? digits : `${digits.slice(0, -zeros)}.${digits.slice(-zeros)}`;
}

function presentNotional(summary: NotionalSummary, currency: string) {
  const show = (minor: bigint) => presentAmount(minor, currency);
  const { headerReason } = summary;
  return {
    pooled: { credit: show(summary.pooledCredit), debit: show(summary.pooledDebit), net: show(summary.pooledNet) },
    standalone: show(summary.standaloneNet),
    advantage: show(summary.advantage),
    header: {
      own: show(summary.headerOwn),
      remainder: show(summary.headerRemainder),
      ...defined({ reason: headerReason }),
    },
  };
}

export function presentInterestLine(line: InterestLine, outcome: LineOutcome | undefined, currency: string) {
  const { number, accountId, entity, side, amount, basis, adjusts, debitAccountId, creditAccountId } = line;
  return {
    number,
    type: adjusts ? ('ADJUSTMENT' as const) : ('INTEREST' as const),
    accountId,
    entity,
    side,
    amount: presentAmount(amount, currency),
    ...(basis && presentBasis(basis, currency)),
    ...(adjusts && { adjusts: presentAdjusted(adjusts, currency) }),
    debitAccountId,
    creditAccountId,
    status: amount === 0n ? ('ZERO' as const) : (outcome?.status ?? ('PENDING' as const)),
    ...(outcome && { transferId: outcome.transferId }),
    ...defined({ problem: outcome?.problem }),
  };
}

function presentAdjusted({ runId, from, to, booked, recomputed, basis }: Adjusted, currency: string) {
  return {
    runId,
    from,
    to,
    booked: presentAmount(booked, currency),
    recomputed: presentAmount(recomputed, currency),
    ...(basis && presentBasis(basis, currency)),
  };
}

function presentBasis({ exact, product, days, segments, segmentsLeftOut }: LineBasis, currency: string) {
  return {
    exact,
    product: formatAmount(product, currency),
    days,
    segments: segments.map(({ from, to, days: counted, rate, above, balance, yearDays, product: ofSegment }) => ({
      from,
      to,
      days: counted,
      rate,
      ...(above !== undefined && { above: presentAmount(above, currency) }),
      ...(balance !== undefined && { balance: presentAmount(balance, currency) }),
      product: formatAmount(ofSegment, currency),
      yearDays,
    })),
    ...(segmentsLeftOut > 0 && { segmentsLeftOut }),
  };
}
