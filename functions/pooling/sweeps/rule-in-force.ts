import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { DownAgreement, PeriodLimit, Trigger, UpAgreement } from '../members/agreement.ts';
import type { LimitUse, Member, MemberState } from '../pool.ts';
import type { Due } from '../schedule/due.ts';
import { type LimitPeriod, periodStart } from '../schedule/limit-periods.ts';
import type { Schedule } from '../schedule/schedule.ts';
import { takesPart } from '../schedule/slots.ts';
import { isInForce } from '../schedule/term.ts';
import type { Reason } from './reasons.ts';
import type { DownRule, EdgeReceipts, Idle, UpRule } from './sweep-node.ts';

/** When and why movements are planned: which agreements count follows from it. */
export interface Occasion {
  readonly trigger: Trigger;
  readonly businessDate: PlainDate;
  /** SCHEDULED: which run of the day; see runNumberAt. */
  readonly runNumber: number;
  readonly isDue: (schedule: Schedule, date: PlainDate) => Due;
}

/** The agreement that counts on the occasion; or why none does. */
export function agreementInForce<A extends UpAgreement | DownAgreement>(
  agreements: readonly A[],
  occasion: Occasion,
): A | Idle {
  const ofTrigger = agreements.filter(({ trigger }) => trigger === occasion.trigger);
  const inForce = standingAgreement(ofTrigger, occasion.trigger, occasion.businessDate);
  if (!inForce) {
    const isOther = ofTrigger.length === 0 && agreements.length > 0;
    return { idle: isOther ? 'OTHER_TRIGGER' : whyNotInForce(ofTrigger, occasion.businessDate) };
  }
  if (isUnplanned(inForce, occasion.businessDate)) return { idle: 'NOT_PLANNED' };
  const notDue = occasion.trigger === 'SCHEDULED' ? whyNotDue(inForce.schedule, occasion) : undefined;
  return notDue ? { idle: notDue } : inForce;
}

/** The agreement of a trigger that is in force on a day, due or not. */
export function standingAgreement<A extends UpAgreement | DownAgreement>(
  agreements: readonly A[],
  trigger: Trigger,
  date: PlainDate,
): A | undefined {
  return agreements.find((one) => one.trigger === trigger && isInForce(one, date) === 'IN_FORCE');
}

/**
 * What the agreements that stand on a day say of receipts, due or not: money on its way to an account below also passes an
 * edge whose own agreement is not due. Undefined where the default holds both ways.
 */
export function receiptsOf(
  { up, down }: Pick<Member, 'up' | 'down'>,
  { trigger, businessDate }: Pick<Occasion, 'trigger' | 'businessDate'>,
): EdgeReceipts | undefined {
  const upward = standingAgreement(up, trigger, businessDate)?.receipts;
  const downward = standingAgreement(down, trigger, businessDate)?.receipts;
  if (!upward && !downward) return undefined;
  return { ...(upward && { UP: upward }), ...(downward && { DOWN: downward }) };
}

function whyNotInForce(agreements: readonly (UpAgreement | DownAgreement)[], date: PlainDate): Reason {
  const states = agreements.map((one) => isInForce(one, date));
  if (states.includes('PAUSED')) return 'PAUSED';
  if (states.includes('EXPIRED')) return 'EXPIRED';
  return states.includes('NOT_YET') ? 'NOT_YET_EFFECTIVE' : 'NO_AGREEMENT';
}

function whyNotDue(schedule: Schedule | undefined, occasion: Occasion): Reason | undefined {
  const { businessDate, runNumber, isDue } = occasion;
  if (!takesPart(schedule, runNumber)) return 'NOT_IN_RUN';
  if (!schedule) return undefined;
  const due = isDue(schedule, businessDate);
  return due === 'DUE' ? undefined : due;
}

export function upRuleOf(agreement: UpAgreement | Idle, state: MemberState, date: PlainDate): UpRule | Idle {
  if ('idle' in agreement) return agreement;
  const { rule, sweepIfShort, parentsMoney, whenParentFrozen, triggerAmount } = agreement;
  return {
    rule,
    sweepIfShort,
    parentsMoney,
    whenParentFrozen,
    ...(triggerAmount !== undefined && { triggerAmount }),
    ...boundsOf(agreement, state, 'UP', date),
  };
}

export function downRuleOf(agreement: DownAgreement | Idle, state: MemberState, date: PlainDate): DownRule | Idle {
  if ('idle' in agreement) return agreement;
  const { rule, partialAllowed, triggerAmount } = agreement;
  return {
    rule,
    partialAllowed,
    ...(triggerAmount !== undefined && { triggerAmount }),
    ...boundsOf(agreement, state, 'DOWN', date),
  };
}

function boundsOf(agreement: UpAgreement | DownAgreement, state: MemberState, way: LimitUse['way'], date: PlainDate) {
  const { unit, minimum, maximum, limits, levels } = agreement;
  const room = roomUnder(limits, state, way, date);
  return {
    ...(unit !== undefined && { unit }),
    ...(minimum !== undefined && { minimum }),
    ...(maximum !== undefined && { maximum }),
    ...(room !== undefined && { room }),
    ...(levels !== undefined && { levels }),
  };
}

/** Limits over ranges of days are a plan: on a day that none of them holds, nothing moves. */
function isUnplanned({ limits }: UpAgreement | DownAgreement, date: PlainDate): boolean {
  const ranges = limits.filter(({ period }) => period.period === 'RANGE');
  return ranges.length > 0 && ranges.every(({ period }) => periodStart(period, date) === undefined);
}

/** What the limits leave on a day; undefined without limits. */
export function roomUnder(
  limits: readonly PeriodLimit[],
  state: Pick<MemberState, 'used'>,
  way: LimitUse['way'],
  date: PlainDate,
): bigint | undefined {
  let room: bigint | undefined;
  const narrow = (left: bigint) => {
    const bounded = left > 0n ? left : 0n;
    if (room === undefined || bounded < room) room = bounded;
  };
  for (const { period, amount } of limits) {
    const since = periodStart(period, date);
    if (since !== undefined) narrow(amount - usedIn(state, way, period, since));
  }
  return room;
}

function usedIn({ used }: Pick<MemberState, 'used'>, way: LimitUse['way'], period: LimitPeriod, since: PlainDate) {
  const name = limitName(period);
  return used.find((one) => one.way === way && one.limit === name && one.since === since)?.amount ?? 0n;
}

/** The period that a name of limitName stands for. */
export function periodOfLimit(name: string): LimitPeriod {
  const [period = '', from = '', to = ''] = name.split(' ');
  if (period === 'RANGE') return { period, from, to };
  return { period: period as Exclude<LimitPeriod['period'], 'RANGE'> };
}

export function limitName(period: LimitPeriod): string {
  return period.period === 'RANGE' ? `RANGE ${period.from} ${period.to}` : period.period;
}
