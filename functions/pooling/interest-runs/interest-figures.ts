import { minorUnitDigits } from '../../../shared/money/currency.ts';
import { magnitude } from '../../../shared/money/rounding.ts';
import type { InterestSegment, InterestSide } from '../interest/accrue.ts';
import { computeInterest, type InterestLine as ToAccrue } from '../interest/compute-interest.ts';
import { conventionsOf } from '../interest/conventions.ts';
import { convertPositions } from '../interest/convert-positions.ts';
import type { Fraction } from '../interest/fraction.ts';
import { computeNotionalPool, type NotionalMemberResult, type NotionalResult } from '../interest/notional.ts';
import type { Position } from '../interest/positions.ts';
import type { Bearer, ExchangeRate, InterestPeriod, LineBasis, LineSide, NotionalSummary } from './interest-run.ts';
import { allocationOf, memberRatesOf, type PoolTerms, ratesOf, type TermsContent } from './interest-terms.ts';

/** Segments kept with a line: what an auditor recomputes by hand. */
export const segmentsPerLineMax = 50;
const exactDecimals = 8n;

export interface FiguresInput {
  readonly period: InterestPeriod;
  readonly content: TermsContent;
  /** Of the figures. */
  readonly currency: string;
  readonly bearers: readonly Bearer[];
  /** By account, each in its own currency; an account without one had no balance. */
  readonly positions: ReadonlyMap<string, Position>;
  readonly exchange: readonly ExchangeRate[];
}

/** The interest of one side of an account. */
export interface Figure {
  readonly bearer: Bearer;
  readonly side: LineSide;
  /** Minor units; above zero the account gets it, below zero it pays. */
  readonly amount: bigint;
  readonly basis?: LineBasis;
}

export interface Figures {
  /** Those of sides that had a balance, and shares that are not zero; in the order of the bearers. */
  readonly figures: readonly Figure[];
  readonly notional?: NotionalSummary;
}

/**
 * The interest of a period, exact and rounded once per account and side. The header of a NOTIONAL pool
 * has no figure of its own: its part is in the summary. Throws RateMissingError.
 */
export function computeFigures(input: FiguresInput): Figures {
  const { content } = input;
  if (content.kind === 'POOL' && content.allocation) return notionalFigures(input, content);
  const bearers = new Map(input.bearers.map((bearer) => [bearer.accountId, bearer]));
  // Made once: accounts that share a schedule share the work that is done on it.
  const rates = { general: ratesOf(content), own: memberRatesOf(content) };
  const figures = computeInterest(input.bearers.map((bearer) => toAccrue(input, rates, bearer))).flatMap(
    ({ id, credit, debit }) => {
      const bearer = bearers.get(id);
      return bearer ? sideFigures(bearer, credit, debit, input.currency) : [];
    },
  );
  return { figures };
}

interface MemberRates {
  readonly general: ReturnType<typeof ratesOf>;
  readonly own: ReturnType<typeof memberRatesOf>;
}

const nothing: Position = { opening: 0n, movements: new Map() };

function toAccrue({ period, content, positions }: FiguresInput, ownRates: MemberRates, bearer: Bearer): ToAccrue {
  const { accountId, termsOf = accountId } = bearer;
  const position = positions.get(accountId) ?? nothing;
  const rates = ownRates.own.get(termsOf) ?? ownRates.general;
  return { id: accountId, period, position, ...conventionsOf(content), ...rates };
}

/**
 * A side without a balance on days that count has no figure; one whose interest rounds to nothing has, so that it can be
 * looked at. From the account's side, what it owes and pays is below zero.
 */
function sideFigures(bearer: Bearer, credit: InterestSide, debit: InterestSide, currency: string): Figure[] {
  return [
    ...(credit.product > 0n
      ? [{ bearer, side: 'CREDIT' as const, amount: credit.interest, basis: basisOf(credit, 1n, currency) }]
      : []),
    ...(debit.product > 0n
      ? [{ bearer, side: 'DEBIT' as const, amount: -debit.interest, basis: basisOf(debit, -1n, currency) }]
      : []),
  ];
}

type Sign = 1n | -1n;

function basisOf({ days, product, exact, segments }: InterestSide, sign: Sign, currency: string): LineBasis {
  return {
    days,
    product: sign * product,
    exact: exactText({ ...exact, numerator: sign * exact.numerator }, currency),
    segments: segments.slice(0, segmentsPerLineMax).map((segment) => withSign(segment, sign)),
    segmentsLeftOut: Math.max(0, segments.length - segmentsPerLineMax),
  };
}

function withSign(segment: InterestSegment, sign: Sign): InterestSegment {
  const { balance, product } = segment;
  return { ...segment, ...(balance !== undefined && { balance: sign * balance }), product: sign * product };
}

/** Minor units as units of the currency with eight decimals, truncated: 2.9166… fen are '0.02916666', −2.9166… '-0.02916666'. */
export function exactText({ numerator, denominator }: Fraction, currency: string): string {
  const unit = 10n ** BigInt(minorUnitDigits(currency));
  const scaled = (numerator * 10n ** exactDecimals) / (denominator * unit);
  const digits = magnitude(scaled)
    .toString()
    .padStart(Number(exactDecimals) + 1, '0');
  return `${scaled < 0n ? '-' : ''}${digits.slice(0, -Number(exactDecimals))}.${digits.slice(-Number(exactDecimals))}`;
}

function notionalFigures(input: FiguresInput, content: PoolTerms): Figures {
  const { period, bearers, currency } = input;
  const { allocation } = content;
  const positions = inPoolCurrency(input);
  const result = computeNotionalPool({
    period,
    ...conventionsOf(content),
    ...ratesOf(content),
    members: bearers.map(({ accountId }) => ({ id: accountId, position: positions.get(accountId) ?? nothing })),
    allocation: allocationOf(allocation ?? { method: 'CENTRAL' }, content.base),
  });
  const byId = new Map(result.members.map((member) => [member.id, member]));
  const figures = bearers.flatMap((bearer) => {
    const member = byId.get(bearer.accountId);
    return member && !bearer.isHeader ? memberFigures(bearer, member, currency) : [];
  });
  return { figures, notional: summaryOf(result, bearers) };
}

function memberFigures(bearer: Bearer, { standalone, internal, share = 0n }: NotionalMemberResult, currency: string) {
  const { credit, debit } = internal ?? standalone;
  const shared: Figure[] = share === 0n ? [] : [{ bearer, side: 'SHARE', amount: share }];
  return [...sideFigures(bearer, credit, debit, currency), ...shared];
}

function summaryOf(result: NotionalResult, bearers: readonly Bearer[]): NotionalSummary {
  const { pooled, pooledNet, standaloneNet, advantage, members, header, headerReason } = result;
  const headerId = bearers.find(({ isHeader }) => isHeader)?.accountId;
  return {
    pooledCredit: pooled.credit.interest,
    pooledDebit: pooled.debit.interest,
    pooledNet,
    standaloneNet,
    advantage,
    headerOwn: members.find(({ id }) => id === headerId)?.total ?? 0n,
    headerRemainder: header,
    ...(headerReason && { headerReason }),
  };
}

/** The balances of members in other currencies, counted in the pool's, day by day at one fixed rate. */
function inPoolCurrency({ bearers, positions, exchange, currency }: FiguresInput): ReadonlyMap<string, Position> {
  const converted = new Map(positions);
  for (const [base, members] of Map.groupBy(bearers, (bearer) => bearer.currency)) {
    if (base === currency) continue;
    const rate = exchange.find((one) => one.base === base);
    if (!rate) throw new Error(`No rate from ${base} to ${currency} was fixed.`);
    const foreign = members.map(({ accountId }) => positions.get(accountId) ?? nothing);
    for (const [index, position] of convertPositions(foreign, rate, base, currency).entries()) {
      converted.set(members[index]?.accountId ?? '', position);
    }
  }
  return converted;
}
