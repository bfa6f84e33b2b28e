import { larger, smaller } from '../../../shared/money/compare.ts';
import { divideFloor } from '../../../shared/money/rounding.ts';
import type { RangeTier, SimpleUpMethod } from '../members/agreement.ts';
import type { Reason } from './reasons.ts';
import type { UpRule } from './sweep-node.ts';

const millionthsOne = 1_000_000n;

/** An amount that moves, and what cut it below what its method asked for; or zero and why. */
export type Amount =
  | { readonly amount: bigint; readonly cut?: Reason }
  | { readonly amount: 0n; readonly reason: Reason };

export interface UpwardState {
  readonly available: bigint;
  readonly unencumbered: bigint;
  readonly reserve: bigint;
  readonly sentByParent: bigint;
  /** What the parent lent it on balance. */
  readonly owed: bigint;
  /** What came up from below and goes no farther in this run. */
  readonly atRest: bigint;
  /** What the parent is overdrawn by; zero where it is not. */
  readonly parentOverdraft: bigint;
  /** What the loan between the two entities leaves; undefined without a ceiling. */
  readonly loanRoom?: bigint;
}

/**
 * How much goes up by a rule, in the fixed order: the method on what is available; not more than what is above reserve,
 * collar and the parent's money that stays; the limits; the unit (floored); the minimum. Triggers, thresholds, limits and
 * the minimum are inclusive. Every zero has its reason.
 */
export function upwardAmount(rule: UpRule, state: UpwardState): Amount {
  const { available } = state;
  if (available <= 0n) return none(state.unencumbered > 0n ? 'FROZEN' : 'NO_MONEY');
  if (rule.triggerAmount !== undefined && available < rule.triggerAmount) return none('BELOW_TRIGGER');
  const asked = askedBy(rule, state);
  if (asked.amount === 0n) return asked;

  const kept = keptBack(rule, state);
  if (available <= kept.amount) return none(kept.reason);
  const above = smaller(asked.amount, available - kept.amount);
  const isCut = above < asked.amount && simpleRule(rule, available)?.method === 'FIXED';
  const limited = { ...(isCut && { cut: 'KEPT_BACK' as const }), ...limitedBy(above, rule, state) };
  if (limited.amount <= 0n) return none(limited.cut ?? 'LIMIT');
  const unit = unitOf(rule, available);
  return roundedToUnit(limited, { ...(unit && { unit }), ...(rule.minimum && { minimum: rule.minimum }) });
}

/**
 * 划整留余 moves whole multiples also where reserve or limits cut what it asked for. In a range it can meet a unit of the
 * agreement: then what moves is whole in both.
 */
function unitOf({ rule, unit }: UpRule, available: bigint): bigint | undefined {
  const simple = simpleRule({ rule }, available);
  if (simple?.method !== 'MULTIPLE') return unit;
  return unit === undefined ? simple.multiple : leastCommonMultiple(simple.multiple, unit);
}

function simpleRule({ rule }: Pick<UpRule, 'rule'>, available: bigint) {
  return rule.method === 'RANGE' ? tierOf(rule.tiers, available)?.rule : rule;
}

function leastCommonMultiple(one: bigint, other: bigint): bigint {
  let [divisor, rest] = [one, other];
  while (rest > 0n) [divisor, rest] = [rest, divisor % rest];
  return (one / divisor) * other;
}

function tierOf(tiers: readonly RangeTier[], available: bigint): RangeTier | undefined {
  return tiers.find(({ from, to }) => available >= from && (to === undefined || available < to));
}

/** What cuts an amount: the maximum per movement, the limits of the periods, the ceiling of the loan; and which did. */
export function limitedBy(
  amount: bigint,
  rule: { readonly maximum?: bigint; readonly room?: bigint },
  { loanRoom }: { readonly loanRoom?: bigint },
): { amount: bigint; cut?: Reason } {
  let limited: { amount: bigint; cut?: Reason } = { amount };
  const bounds = [
    [rule.maximum, 'LIMIT'],
    [rule.room, 'LIMIT'],
    [loanRoom, 'LOAN_CEILING'],
  ] as const;
  for (const [bound, cut] of bounds) {
    if (bound !== undefined && bound < limited.amount) limited = { amount: bound > 0n ? bound : 0n, cut };
  }
  return limited;
}

/** Whole units only, and nothing below the minimum. */
export function roundedToUnit(
  limited: { readonly amount: bigint; readonly cut?: Reason },
  { unit, minimum }: { readonly unit?: bigint; readonly minimum?: bigint },
): Amount {
  const amount = floorToUnit(limited.amount, unit);
  if (amount === 0n) return none(limited.cut ?? 'BELOW_UNIT');
  if (minimum !== undefined && amount < minimum)
    return none(limited.cut === 'LOAN_CEILING' ? limited.cut : 'BELOW_MIN');
  return { amount, ...(limited.cut && { cut: limited.cut }) };
}

export function floorToUnit(amount: bigint, unit: bigint | undefined): bigint {
  return unit === undefined ? amount : amount - (amount % unit);
}

/** What the method asks for, of what is available. */
function askedBy({ rule, sweepIfShort }: UpRule, state: UpwardState): Amount {
  const { available } = state;
  switch (rule.method) {
    case 'TARGET':
      return some(available - rule.target, 'NOTHING_TO_SWEEP');
    case 'THRESHOLD':
      return available >= rule.threshold ? { amount: available } : none('BELOW_TRIGGER');
    case 'COLLAR':
      if (available < rule.threshold) return none('BELOW_TRIGGER');
      return some(available - rule.collar, 'NOTHING_TO_SWEEP');
    case 'COVER_OVERDRAFT':
      if (state.parentOverdraft <= 0n) return none('PARENT_NOT_OVERDRAWN');
      return { amount: smaller(available, state.parentOverdraft) };
    case 'RECALL':
      if (state.owed <= 0n) return none('NOTHING_OWED');
      return { amount: smaller(available, state.owed) };
    case 'RANGE': {
      const tier = tierOf(rule.tiers, available);
      return tier ? askedSimply(tier.rule, available, sweepIfShort) : none('NO_RANGE');
    }
    default:
      return askedSimply(rule, available, sweepIfShort);
  }
}

function askedSimply(rule: SimpleUpMethod, available: bigint, sweepIfShort: boolean): Amount {
  switch (rule.method) {
    case 'ZERO_BALANCE':
      return { amount: available };
    case 'KEEP_RESERVE':
      return some(available - rule.keep, 'NOTHING_ABOVE_RESERVE');
    case 'FIXED':
      if (available < rule.amount && !sweepIfShort) return none('SHORT');
      return { amount: smaller(available, rule.amount) };
    case 'PERCENTAGE':
      return some(divideFloor(available * rule.millionths, millionthsOne), 'NOTHING_TO_SWEEP');
    case 'MULTIPLE':
      return some(floorToUnit(available, rule.multiple), 'BELOW_UNIT');
  }
}

/**
 * What stays in any case, and its name: the largest of reserve, collar, the parent's money where it is left, and what came
 * from below and has no levels left. One and the same money can be several of them.
 */
function keptBack({ rule, parentsMoney }: UpRule, state: UpwardState): { amount: bigint; reason: Reason } {
  const own = larger(state.reserve, rule.method === 'COLLAR' ? rule.collar : 0n);
  const sent = parentsMoney === 'LEAVE' ? state.sentByParent : 0n;
  const { atRest } = state;
  if (atRest > larger(own, sent)) return { amount: atRest, reason: 'LEVELS' };
  return sent > own ? { amount: sent, reason: 'PARENTS_MONEY' } : { amount: own, reason: 'NOTHING_ABOVE_RESERVE' };
}

function some(amount: bigint, reason: Reason): Amount {
  return amount > 0n ? { amount } : none(reason);
}

/** What an upward rule leaves in the account in any case: what is kept back, and what its method keeps. */
export function keptUpward(rule: UpRule, state: UpwardState): bigint {
  const { amount } = keptBack(rule, state);
  const method = simpleRule(rule, state.available);
  if (method?.method === 'KEEP_RESERVE') return larger(amount, method.keep);
  return method?.method === 'TARGET' ? larger(amount, method.target) : amount;
}

export function none(reason: Reason): { readonly amount: 0n; readonly reason: Reason } {
  return { amount: 0n, reason };
}
