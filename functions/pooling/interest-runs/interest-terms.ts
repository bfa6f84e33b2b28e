import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import { type AgreedDepositTerms, agreedDepositRates } from '../interest/agreed-deposit.ts';
import type { Allocation, AllocationMethod } from '../interest/allocation.ts';
import { type AgreedSchedule, type BaseRate, resolveSpreads } from '../interest/base-rate.ts';
import { bySide, type Conventions, type SideConvention } from '../interest/conventions.ts';
import type { RateSchedule } from '../interest/rates.ts';
import type { SettlementDay } from '../interest/settlement-periods.ts';
import type { Cause } from '../pool.ts';

/** LOAN adds interest to the loan between two entities; ACCOUNT pays it in cash between their accounts. */
export const settlements = ['LOAN', 'ACCOUNT'] as const;
export type Settlement = (typeof settlements)[number];

/** A part of the advantage: basis points or a weight. */
export interface Share {
  readonly accountId: string;
  readonly part: bigint;
}

/** How a NOTIONAL pool's advantage is shared, as it is kept: with lists where the kernel takes maps. */
export interface AgreedAllocation {
  readonly method: AllocationMethod;
  /** FIXED_PERCENTAGES, RATIO. */
  readonly shares?: readonly Share[];
  /** INTERNAL_RATES: 上存 and 下借. */
  readonly credit?: AgreedSchedule;
  readonly debit?: AgreedSchedule;
}

/** What is agreed with one member apart from the others. */
export interface MemberTerms {
  readonly accountId: string;
  readonly credit?: AgreedSchedule;
  readonly debit?: AgreedSchedule;
  /** NOTIONAL: the account in the pool's currency on which a member of another currency gets its interest. */
  readonly settlementAccountId?: string;
}

interface CommonTerms {
  /** 结息日: without it, runs are started by calls alone. */
  readonly settlementDay?: SettlementDay;
}

/** By what a pool's interest is computed and where it is booked. */
export interface PoolTerms extends CommonTerms, Conventions {
  readonly kind: 'POOL';
  /** What all spreads are on. */
  readonly base?: BaseRate;
  /** 上存: what a balance above zero earns. */
  readonly credit?: AgreedSchedule;
  /** 下借: what a balance below zero pays. */
  readonly debit?: AgreedSchedule;
  /** PHYSICAL only, and always there. */
  readonly settlement?: Settlement;
  readonly members: readonly MemberTerms[];
  /** NOTIONAL only. */
  readonly allocation?: AgreedAllocation;
  /** NOTIONAL: the rate set by which members of other currencies are counted. */
  readonly rateSet?: string;
}

/** 协定存款: a base at the demand rate, the rest at the agreed one. */
export interface DepositTerms extends CommonTerms, SideConvention {
  readonly kind: 'DEPOSIT';
  readonly currency: string;
  /** The account that pays the interest. */
  readonly payerAccountId: string;
  readonly terms: readonly AgreedDepositTerms[];
}

export type TermsContent = PoolTerms | DepositTerms;

/** One version of the terms of a pool or of a deposit. Every version is kept: earlier periods are repriced by theirs. */
export interface InterestTerms<Content extends TermsContent = TermsContent> {
  readonly tenant: string;
  /** The pool, or the account of the deposit. */
  readonly ownerId: string;
  readonly version: number;
  readonly content: Content;
  readonly setAt: string;
  readonly cause: Cause;
}

interface Sides {
  readonly credit?: RateSchedule;
  readonly debit?: RateSchedule;
}

/** The rates of all accounts with which nothing else is agreed. */
export function ratesOf(content: TermsContent): Sides {
  if (content.kind === 'DEPOSIT') return { credit: agreedDepositRates(content.terms) };
  return resolved(content, content.base);
}

/** What a side's agreement comes to, spreads over the base rate among it. */
function resolved(
  { credit, debit }: { readonly credit?: AgreedSchedule; readonly debit?: AgreedSchedule },
  base: BaseRate | undefined,
): Sides {
  return sides(credit && resolveSpreads(credit, base), debit && resolveSpreads(debit, base));
}

function sides(credit: RateSchedule | undefined, debit: RateSchedule | undefined): Sides {
  return { ...(credit && { credit }), ...(debit && { debit }) };
}

/** The rates of each member with which something else is agreed: until the day that begins, those of all count. */
export function memberRatesOf(content: TermsContent): Map<string, Sides> {
  if (content.kind === 'DEPOSIT') return new Map();
  const general = ratesOf(content);
  return new Map(
    content.members.map(({ accountId, ...agreed }) => {
      const own = resolved(agreed, content.base);
      return [accountId, sides(followedBy(general.credit, own.credit), followedBy(general.debit, own.debit))];
    }),
  );
}

function followedBy(general: RateSchedule | undefined, own: RateSchedule | undefined): RateSchedule | undefined {
  const begins = own?.[0]?.from;
  if (!own || begins === undefined) return general;
  return [...(general ?? []).filter(({ from }) => from < begins), ...own];
}

/** The allocation as the kernel takes it. */
export function allocationOf({ method, shares = [], ...agreed }: AgreedAllocation, base?: BaseRate): Allocation {
  const parts = new Map(shares.map(({ accountId, part }) => [accountId, part]));
  if (method === 'FIXED_PERCENTAGES') return { method, basisPoints: parts };
  if (method === 'RATIO') return { method, weights: parts };
  if (method === 'INTERNAL_RATES') return { method, ...resolved(agreed, base) };
  return { method };
}

/** A schedule that a period may be computed by. */
export interface NamedSchedule {
  /** Words for whose it is. */
  readonly of: string;
  readonly schedule: RateSchedule;
  /** Whether its side is segmented. */
  readonly segmented: boolean;
}

/** Every schedule that a period may be computed by. */
export function schedulesOf(content: TermsContent): NamedSchedule[] {
  const conventions = bySide(content);
  const named = (of: string, { credit, debit }: Sides) => [
    ...(credit ? [{ of: `credit ${of}`, schedule: credit, segmented: conventions.credit.segmented }] : []),
    ...(debit ? [{ of: `debit ${of}`, schedule: debit, segmented: conventions.debit.segmented }] : []),
  ];
  const internal = content.kind === 'POOL' && content.allocation && resolved(content.allocation, content.base);
  return [
    ...named('interest', ratesOf(content)),
    ...[...memberRatesOf(content)].flatMap(([accountId, rates]) => named(`interest of ${accountId}`, rates)),
    ...(internal ? named('interest at internal rates', internal) : []),
  ];
}

/** The first day of a period that a schedule has no rate for; undefined where it has one for every day that counts. */
export function firstDayWithoutRate(
  { schedule, segmented }: NamedSchedule,
  period: { readonly from: PlainDate; readonly lastDay: PlainDate },
): PlainDate | undefined {
  const asked = segmented ? period.from : period.lastDay;
  const begins = schedule[0]?.from;
  return begins === undefined || begins > asked ? asked : undefined;
}
