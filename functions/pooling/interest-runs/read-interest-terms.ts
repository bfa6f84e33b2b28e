import { defined } from '../../../shared/objects/defined.ts';
import type { AgreedDepositTerms } from '../interest/agreed-deposit.ts';
import { type AgreedEntry, type AgreedSchedule, type BaseRate, spreadFaults } from '../interest/base-rate.ts';
import type { Pool } from '../pool.ts';
import type { TermsFault } from './check-interest-terms.ts';
import type { AgreedDepositRequest, InterestTermsRequest } from './interest-shapes.ts';
import type { AgreedAllocation, DepositTerms, MemberTerms, PoolTerms } from './interest-terms.ts';
import type { RateScheduleRequest } from './rate-shapes.ts';
import { requireFaultless } from './set-interest-terms.ts';

/**
 * The terms of a request as the model has them; a PHYSICAL pool's interest is added to its loans where nothing else is said.
 * Problem: `pooling/interest-terms-malformed` on another currency, and on a spread that comes to no rate.
 */
export function readPoolTerms(request: InterestTermsRequest, pool: Pick<Pool, 'kind' | 'currency'>): PoolTerms {
  requireFaultless(requestFaults(request, pool.currency));
  const { dayCount, segmented, debitDayCount, debitSegmented, settlementDay, rateSet, allocation, members } = request;
  const base = readBase(request);
  const settlement = request.settlement ?? (pool.kind === 'PHYSICAL' ? 'LOAN' : undefined);
  return {
    kind: 'POOL',
    dayCount,
    segmented,
    ...defined({ debitDayCount, debitSegmented, settlementDay, base }),
    ...readSides(request),
    ...defined({ settlement }),
    members: members.map(
      ({ accountId, settlementAccountId, ...sides }): MemberTerms => ({
        accountId,
        ...readSides(sides),
        ...(settlementAccountId !== undefined && { settlementAccountId }),
      }),
    ),
    ...(allocation && { allocation: readAllocation(allocation) }),
    ...(rateSet !== undefined && { rateSet }),
  };
}

/** The terms of a deposit; in which currency its amounts are is checked against the account. */
export function readDepositTerms({
  dayCount,
  segmented,
  settlementDay,
  payerAccountId,
  terms,
}: AgreedDepositRequest): Omit<DepositTerms, 'currency'> {
  return {
    kind: 'DEPOSIT',
    dayCount,
    segmented,
    ...defined({ settlementDay }),
    payerAccountId,
    terms: terms.map(
      ({ effectiveFrom, baseAmount, demandRate, agreedRate }): AgreedDepositTerms => ({
        from: effectiveFrom,
        base: baseAmount.minor,
        demandRate,
        agreedRate,
      }),
    ),
  };
}

interface SidesRequest {
  readonly credit?: RateScheduleRequest | undefined;
  readonly debit?: RateScheduleRequest | undefined;
}

function readSides({ credit, debit }: SidesRequest) {
  return { ...(credit && { credit: readSchedule(credit) }), ...(debit && { debit: readSchedule(debit) }) };
}

function readBase({ base }: Pick<InterestTermsRequest, 'base'>): BaseRate | undefined {
  return base && { name: base.name, rates: base.rates.map(({ effectiveFrom: from, rate }) => ({ from, rate })) };
}

function readSchedule(entries: RateScheduleRequest): AgreedSchedule {
  return entries.map(({ effectiveFrom: from, rate = 0n, spread, tiers, mode = 'MARGINAL' }): AgreedEntry => {
    if (spread !== undefined) return { from, spread };
    if (!tiers) return { from, rate };
    return { from, tiers: tiers.map(({ above, rate: ofTier }) => ({ above: above.minor, rate: ofTier })), mode };
  });
}

function readAllocation(allocation: NonNullable<InterestTermsRequest['allocation']>): AgreedAllocation {
  switch (allocation.method) {
    case 'FIXED_PERCENTAGES': {
      const shares = allocation.shares.map(({ accountId, percentage }) => ({ accountId, part: percentage }));
      return { method: allocation.method, shares };
    }
    case 'RATIO': {
      const shares = allocation.shares.map(({ accountId, weight }) => ({ accountId, part: BigInt(weight) }));
      return { method: allocation.method, shares };
    }
    case 'INTERNAL_RATES':
      return { method: allocation.method, ...readSides(allocation) };
    default:
      return { method: allocation.method };
  }
}

/** Tiers in another currency than the pool's, spreads that come to no rate, and a base rate without a spread on it. */
function requestFaults(request: InterestTermsRequest, currency: string): TermsFault[] {
  const base = readBase(request);
  const sent = sentSchedules(request);
  const faults = sent.flatMap((one) => scheduleFaults(one, currency, base));
  const isUsed = sent.some(({ schedule }) => schedule.some(({ spread }) => spread !== undefined));
  if (!base || isUsed) return faults;
  const detail = 'Send a spread on it, or leave it out: no rate of these terms is a spread on the base rate.';
  return [...faults, { pointer: '/base', detail }];
}

interface SentSchedule {
  readonly pointer: string;
  readonly schedule: RateScheduleRequest;
}

/** Every schedule of a request, and where it stands there. */
function sentSchedules({ credit, debit, members, allocation }: InterestTermsRequest): SentSchedule[] {
  const of = (pointer: string, sides: SidesRequest) => [
    ...(sides.credit ? [{ pointer: `${pointer}/credit`, schedule: sides.credit }] : []),
    ...(sides.debit ? [{ pointer: `${pointer}/debit`, schedule: sides.debit }] : []),
  ];
  return [
    ...of('', { credit, debit }),
    ...members.flatMap((member, index) => of(`/members/${index}`, member)),
    ...(allocation?.method === 'INTERNAL_RATES' ? of('/allocation', allocation) : []),
  ];
}

function scheduleFaults(
  { pointer, schedule }: SentSchedule,
  currency: string,
  base: BaseRate | undefined,
): TermsFault[] {
  const foreign = schedule.flatMap(({ tiers = [] }, index) =>
    tiers.flatMap(({ above }, tier) => {
      if (above.currency === currency) return [];
      const at = `${pointer}/${index}/tiers/${tier}/above/currency`;
      return [{ pointer: at, detail: `The pool is in ${currency}, not in ${above.currency}.` }];
    }),
  );
  const spreads = spreadFaults(readSchedule(schedule), base);
  return [...foreign, ...spreads.map(({ index, detail }) => ({ pointer: `${pointer}/${index}/spread`, detail }))];
}
