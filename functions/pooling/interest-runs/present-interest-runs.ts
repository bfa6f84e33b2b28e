import { formatAmount } from '../../../shared/money/amount.ts';
import { presentAmount } from '../../../shared/money/present.ts';
import { ratioText } from '../../../shared/money/ratio-text.ts';
import { defined } from '../../../shared/objects/defined.ts';
import type { Adjusted, InterestLine, InterestRun, LineBasis, LineOutcome, NotionalSummary } from './interest-run.ts';

/** Interest runs and their lines as the API shows them. */

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
