import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import { positive } from '../../../shared/money/compare.ts';
import type { PeriodLimit } from '../members/agreement.ts';
import { freshState, type LimitUse, type Member, type MemberState } from '../pool.ts';
import { periodStart } from '../schedule/limit-periods.ts';
import { limitName, periodOfLimit } from './rule-in-force.ts';

/** Money that moves on the edge above a member. Minor units. */
export interface EdgeMovement {
  readonly accountId: string;
  readonly direction: 'UP' | 'DOWN';
  readonly amount: bigint;
  /** Names of the limits that it was counted against when it was planned. */
  readonly counted?: readonly string[];
  /** It is spent in the same transaction, so that nothing of it stays with the child. */
  readonly spent?: boolean;
}

/** A member's state after a movement, which counts against the limits of all its agreements of that direction. */
export function afterMovement(
  before: MemberState,
  movement: EdgeMovement,
  limits: readonly PeriodLimit[],
  date: PlainDate,
): MemberState {
  const { direction, amount } = movement;
  const sent = before.sentByParent + (direction === 'DOWN' && !movement.spent ? amount : 0n);
  return {
    ...before,
    position: before.position + (direction === 'UP' ? amount : -amount),
    sentByParent: sent > 0n ? sent : 0n,
    used: useLimits(before.used, direction, amount, limits, date),
  };
}

/**
 * A member's state once a planned movement did not take place: the limits that it was counted against get it back, whatever is
 * agreed by now. Below another parent by now, what did not move is no matter between those two.
 */
export function takenBack(
  before: MemberState,
  movement: EdgeMovement & Pick<MemberState, 'parentId'>,
  date: PlainDate,
): MemberState {
  const { direction, amount, counted = [], spent, parentId } = movement;
  const wasCounted = ({ way, limit, since }: LimitUse) =>
    way === direction && counted.includes(limit) && since === periodStart(periodOfLimit(limit), date);
  const used = before.used.map((one) => (wasCounted(one) ? { ...one, amount: positive(one.amount - amount) } : one));
  if (before.parentId !== parentId) return { ...before, used };
  return {
    ...before,
    position: before.position - (direction === 'UP' ? amount : -amount),
    sentByParent: positive(before.sentByParent - (direction === 'DOWN' && !spent ? amount : 0n)),
    used,
  };
}

/** What is remembered of a member; what was between it and another parent is over, its use of limits is not. */
export function stateOf(
  states: ReadonlyMap<string, MemberState>,
  { accountId, parentId }: Pick<Member, 'accountId' | 'parentId'>,
): MemberState {
  const known = states.get(accountId);
  if (known?.parentId === parentId) return known;
  return { ...freshState(accountId, parentId), used: known?.used ?? [] };
}

/** What of the parent's money is still there when the balance is looked at: a balance below it has spent it. */
export function observed(state: MemberState, available: bigint): MemberState {
  return { ...state, sentByParent: stillThere(state.sentByParent, available) };
}

/**
 * Uses after a movement. Besides that of the period which holds the date, the one before it is kept, which a run of an
 * earlier day still counts against, and those after it, which a movement of an earlier day finds begun.
 */
function useLimits(
  used: readonly LimitUse[],
  way: LimitUse['way'],
  amount: bigint,
  limits: readonly PeriodLimit[],
  date: PlainDate,
): LimitUse[] {
  const periods = new Map(limits.map(({ period }) => [limitName(period), period]));
  const counted = [...periods].flatMap(([limit, period]) => {
    const since = periodStart(period, date);
    if (since === undefined) return [];
    const ofLimit = used.filter((one) => one.way === way && one.limit === limit);
    const before = ofLimit.find((one) => one.since === since)?.amount ?? 0n;
    const after = before + amount;
    const [last] = ofLimit.filter((one) => one.since < since).sort((one, other) => (one.since > other.since ? -1 : 1));
    const later = ofLimit.filter((one) => one.since > since);
    return [...(last ? [last] : []), { way, limit, since, amount: after > 0n ? after : 0n }, ...later];
  });
  const names = new Set(counted.map(({ limit }) => limit));
  return [...used.filter((one) => one.way !== way || !names.has(one.limit)), ...counted];
}

/** The parent's money is spent last: it is there as far as the balance is. */
export function stillThere(sentByParent: bigint, available: bigint): bigint {
  const there = sentByParent < available ? sentByParent : available;
  return there > 0n ? there : 0n;
}
