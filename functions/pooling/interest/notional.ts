import { allocate } from '../../../shared/money/allocate.ts';
import { sum } from '../../../shared/money/sum.ts';
import { type Accrual, accrueInterest } from './accrue.ts';
import { type Allocation, allocationFault } from './allocation.ts';
import { computeInterest } from './compute-interest.ts';
import { type Conventions, conventionsOf } from './conventions.ts';
import type { Period } from './day-count.ts';
import { addPositions, type Position } from './positions.ts';
import type { RateSchedule } from './rates.ts';

/** A member's balances, in the currency of the pool (see convertPositions). */
export interface NotionalMember {
  readonly id: string;
  readonly position: Position;
}

export interface NotionalInput extends Conventions {
  readonly period: Period;
  /** The bank's rates on the net balance; the same make the standalone figures. */
  readonly credit?: RateSchedule;
  readonly debit?: RateSchedule;
  readonly members: readonly NotionalMember[];
  readonly allocation: Allocation;
}

/** All amounts are minor units of the pool's currency. */
export interface NotionalMemberResult {
  readonly id: string;
  /** What the bank would have paid and charged the member alone. */
  readonly standalone: Accrual;
  /** Its part of the advantage; absent under INTERNAL_RATES. */
  readonly share?: bigint;
  /** What it earns and pays at internal rates; under INTERNAL_RATES only. */
  readonly internal?: Accrual;
  /** What it gets in all, below zero where it pays: standalone and share, or internal. */
  readonly total: bigint;
}

/**
 * Why the header keeps something: the method leaves it all there, no member has what the method shares by, or it is the
 * margin between the bank's rates and the internal ones.
 */
export type HeaderReason = 'CENTRAL' | 'NO_CONTRIBUTORS' | 'MARGIN';

export interface NotionalResult {
  /** The bank's interest on the net balance of each day, and credit less debit of it. */
  readonly pooled: Accrual;
  readonly pooledNet: bigint;
  readonly standaloneNet: bigint;
  /** pooledNet − standaloneNet, from rounded figures. */
  readonly advantage: bigint;
  /** By id. */
  readonly members: readonly NotionalMemberResult[];
  /** What stays with the header beside its total as a member, if it is one: pooledNet − Σ totals. */
  readonly header: bigint;
  /** Absent where the method shares everything out. */
  readonly headerReason?: HeaderReason;
}

/** What is due to an account from its rounded sides; below zero where it pays. */
export function netInterest({ credit, debit }: Accrual): bigint {
  return credit.interest - debit.interest;
}

/**
 * The interest of a notional pool in one currency: the bank's on the net balance of each day,
 * each member's as if it stood alone, and the advantage between them shared out. What stands above zero counts by the
 * convention of the credit side, what stands below by that of the debit side, net and members alike. Every side is rounded once, and from
 * there on nothing is: the members' totals and the header's add up to what the bank pays, to the last minor unit. Odd
 * units go to the largest remainders, ties to the lower id, so the order of members does not matter. Throws RangeError
 * where an id comes twice or allocationFault finds something; RateMissingError, InvalidPeriodError, InvalidDateError.
 */
export function computeNotionalPool(input: NotionalInput): NotionalResult {
  const members = membersById(input);
  const pooled = accrueInterest({ ...termsOf(input), position: addPositions(members.map(({ position }) => position)) });
  const standalone = computeInterest(members.map((member) => ({ ...termsOf(input), ...member })));
  const pooledNet = netInterest(pooled);
  const standaloneNet = sum(standalone.map(netInterest));
  const advantage = pooledNet - standaloneNet;
  const { results, headerReason } = shareOut(input, members, standalone, advantage);
  return {
    pooled,
    pooledNet,
    standaloneNet,
    advantage,
    members: results,
    header: pooledNet - sum(results.map(({ total }) => total)),
    ...(headerReason && { headerReason }),
  };
}

type Standalone = Accrual & { readonly id: string };

interface SharedOut {
  readonly results: NotionalMemberResult[];
  readonly headerReason?: HeaderReason;
}

function membersById({ members, allocation }: NotionalInput): NotionalMember[] {
  const byId = new Map(members.map((member) => [member.id, member]));
  if (byId.size < members.length) throw new RangeError('A member is named twice.');
  const fault = allocationFault(allocation, byId.keys());
  if (fault !== undefined) throw new RangeError(fault);
  return [...byId.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
}

function termsOf(input: NotionalInput) {
  const { period, credit, debit } = input;
  return { period, ...conventionsOf(input), ...(credit && { credit }), ...(debit && { debit }) };
}

function shareOut(
  input: NotionalInput,
  members: readonly NotionalMember[],
  standalone: readonly Standalone[],
  advantage: bigint,
): SharedOut {
  const { allocation } = input;
  if (allocation.method === 'INTERNAL_RATES') {
    return { results: atInternalRates(input, allocation, members, standalone), headerReason: 'MARGIN' };
  }
  const weights = byNaturalDays(input, members).map((member) => weightOf(member, allocation));
  const anyone = weights.some((weight) => weight > 0n);
  const shares = anyone ? allocate(advantage, weights) : weights.map(() => 0n);
  const results = standalone.map(({ id, credit, debit }, index) => {
    const share = shares[index] ?? 0n;
    return { id, standalone: { credit, debit }, share, total: netInterest({ credit, debit }) + share };
  });
  if (anyone) return { results };
  return { results, headerReason: allocation.method === 'CENTRAL' ? 'CENTRAL' : 'NO_CONTRIBUTORS' };
}

/** Every member's 积数 by natural days: what it brought is measured by one ruler, whatever the two sides agreed on interest. */
function byNaturalDays({ period, segmented }: NotionalInput, members: readonly NotionalMember[]): Standalone[] {
  return computeInterest(members.map((member) => ({ period, segmented, dayCount: 'ACT_365F', ...member })));
}

/** What a member's part of the advantage is measured by. */
function weightOf({ id, credit, debit }: Standalone, allocation: Allocation): bigint {
  switch (allocation.method) {
    case 'ABSOLUTE_BALANCE':
      return credit.product + debit.product;
    case 'CREDIT_CONTRIBUTORS':
      return credit.product;
    case 'FIXED_PERCENTAGES':
      return allocation.basisPoints.get(id) ?? 0n;
    case 'RATIO':
      return allocation.weights.get(id) ?? 0n;
    default:
      return 0n;
  }
}

function atInternalRates(
  input: NotionalInput,
  { credit, debit }: { readonly credit?: RateSchedule; readonly debit?: RateSchedule },
  members: readonly NotionalMember[],
  standalone: readonly Standalone[],
): NotionalMemberResult[] {
  const { period } = input;
  const terms = { period, ...conventionsOf(input), ...(credit && { credit }), ...(debit && { debit }) };
  const internal = computeInterest(members.map((member) => ({ ...terms, ...member })));
  return internal.map(({ id, ...sides }, index) => {
    const alone = standalone[index] ?? sides;
    return {
      id,
      standalone: { credit: alone.credit, debit: alone.debit },
      internal: { credit: sides.credit, debit: sides.debit },
      total: netInterest(sides),
    };
  });
}
