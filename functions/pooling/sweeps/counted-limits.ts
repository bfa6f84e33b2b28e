import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { PeriodLimit } from '../members/agreement.ts';
import type { Member } from '../pool.ts';
import { periodStart } from '../schedule/limit-periods.ts';
import { limitName } from './rule-in-force.ts';
import type { EdgeLimits } from './sweep-node.ts';

/** Limits of all agreements of one direction: what moves under one counts against the others. */
export function limitsOf(member: Pick<Member, 'up' | 'down'>, direction: 'UP' | 'DOWN'): PeriodLimit[] {
  return (direction === 'UP' ? member.up : member.down).flatMap(({ limits }) => limits);
}

/** Names of the limits that movements of a day count against; undefined where there are none. */
export function countedOf(member: Pick<Member, 'up' | 'down'>, date: PlainDate): EdgeLimits | undefined {
  const [up, down] = [namesOf(limitsOf(member, 'UP'), date), namesOf(limitsOf(member, 'DOWN'), date)];
  if (up.length + down.length === 0) return undefined;
  return { ...(up.length > 0 && { UP: up }), ...(down.length > 0 && { DOWN: down }) };
}

function namesOf(limits: readonly PeriodLimit[], date: PlainDate): string[] {
  const counted = limits.filter(({ period }) => periodStart(period, date) !== undefined);
  return [...new Set(counted.map(({ period }) => limitName(period)))];
}
