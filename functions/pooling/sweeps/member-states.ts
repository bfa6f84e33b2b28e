import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { PeriodLimit } from '../agreement.ts';
import { freshState, type LimitUse, type MemberState } from '../pool.ts';
import { periodStart } from '../schedule/limit-periods.ts';
import { stillThere } from './prepare-nodes.ts';
import { limitName } from './rule-in-force.ts';

/** Money that moves, or moves back, on the edge above a member. Minor units; negative where a movement is taken back. */
export interface EdgeMovement {
  readonly accountId: string;
  readonly direction: 'UP' | 'DOWN';
  readonly amount: bigint;
  /** It is spent in the same transaction, so that nothing of it stays with the child. */
  readonly spent?: boolean;
}

/** A member's state after a movement, which counts against the limits of all its agreements of that direction. */
export function afterMovement(
  state: MemberState | undefined,
  movement: EdgeMovement,
  limits: readonly PeriodLimit[],
  date: PlainDate,
): MemberState {
  const before = state ?? freshState(movement.accountId);
  const { direction, amount } = movement;
  const sent = before.sentByParent + (direction === 'DOWN' && !movement.spent ? amount : 0n);
  return {
    accountId: before.accountId,
    position: before.position + (direction === 'UP' ? amount : -amount),
    sentByParent: sent > 0n ? sent : 0n,
    used: useLimits(before.used, direction, amount, limits, date),
  };
}

/** What of the parent's money is still there when the balance is looked at: a balance below it has spent it. */
export function observed(state: MemberState, available: bigint): MemberState {
  return { ...state, sentByParent: stillThere(state.sentByParent, available) };
}

/**
 * Uses of the period that holds the date, and of later ones, which a movement of an earlier day finds begun; those of
 * earlier periods are forgotten, those of limits no longer set as well.
 */
function useLimits(
  used: readonly LimitUse[],
  way: LimitUse['way'],
  amount: bigint,
  limits: readonly PeriodLimit[],
  date: PlainDate,
): LimitUse[] {
  const others = used.filter((one) => one.way !== way);
  const periods = new Map(limits.map(({ period }) => [limitName(period), period]));
  const counted = [...periods].flatMap(([limit, period]) => {
    const since = periodStart(period, date);
    if (since === undefined) return [];
    const before = used.find((one) => one.way === way && one.limit === limit && one.since === since)?.amount ?? 0n;
    const after = before + amount;
    const later = used.filter((one) => one.way === way && one.limit === limit && one.since > since);
    return [{ way, limit, since, amount: after > 0n ? after : 0n }, ...later];
  });
  return [...others, ...counted];
}
