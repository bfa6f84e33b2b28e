import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { Cause } from '../../../shared/http/cause.ts';
import type { Closing, CycleResult, EarlierResult } from '../closing/closing.ts';
import type { StoredList } from '../resolutions/resolution.ts';
import type { Settling } from '../settling/settling.ts';
import type { CycleTimes } from './schedule.ts';

/**
 * OPEN: takes obligations. CONFIRMING: they are confirmed and disputed. CLOSED: it consists of what it consists of, and its figures
 * stand. SETTLING: it is being paid. SETTLED: everything is paid.
 */
export const cycleStates = ['OPEN', 'CONFIRMING', 'CLOSED', 'SETTLING', 'SETTLED'] as const;
export type CycleState = (typeof cycleStates)[number];

/** 轧差周期: what a centre nets at once. Each obligation belongs to exactly one. */
export interface Cycle extends CycleTimes {
  readonly tenant: string;
  /** Made of the centre and the cut-off date. */
  readonly id: string;
  readonly centreId: string;
  readonly cutOffDate: PlainDate;
  readonly state: CycleState;
  readonly openedAt: string;
  /** From when on it takes no obligation: earlier than `cutOffAt` where it is cut off by hand. While it is OPEN, its gates are turned. */
  readonly cutAt?: string;
  /** When its confirmation ended: from then on its lines stay as they are. */
  readonly shutAt?: string;
  readonly closedAt?: string;
  /** While it is on its way to CLOSED. */
  readonly closing?: Closing;
  /** Its figures once they are decided; where a limit is breached, as they would be. */
  readonly result?: CycleResult;
  /** What it came to before it was taken back and closed anew. */
  readonly earlier?: readonly EarlierResult[];
  /** CLOSED: from when it may be settled. */
  readonly settleFrom?: string;
  /** While it is on its way to SETTLED. */
  readonly settling?: Settling;
  readonly settledAt?: string;
  /** SETTLED: ids of the payments by which banks pay receivers, where there are any. */
  readonly bankPayments?: StoredList;
  readonly revision: number;
  readonly changedAt: string;
  readonly cause: Cause;
}

/**
 * Whether it takes obligations. What comes behind the cut-off is late by the clock too, whether or not the gates have been turned by then.
 */
export function takesObligations({ state, cutOffAt, cutAt }: Pick<Cycle, 'state' | 'cutOffAt' | 'cutAt'>, at: string) {
  return state === 'OPEN' && cutAt === undefined && cutOffAt > at;
}

/** Whether nobody may confirm or dispute its obligations any more; where there is no confirmation, the cut-off ends it. */
export function isConfirmationOver({ state, cutOffAt, confirmUntil, shutAt }: Cycle, at: string): boolean {
  if (state !== 'CONFIRMING' || shutAt !== undefined) return state !== 'OPEN';
  return confirmUntil === cutOffAt || confirmUntil <= at;
}

/** Places over which the lines of a cycle are spread, so that no key is hot. */
export const gateCount = 16;
export const gates: readonly number[] = Array.from({ length: gateCount }, (_, gate) => gate);

/** Five and the number of gates have no common factor, so that all come in turn, and one's neighbours do not follow it. */
const gateStep = 5;

/** Lines may be written at any gate: where one is busy, the next try goes to another. `tries` counts from 0. */
export function gateOfTry(first: number, tries: number): number {
  return (first + tries * gateStep) % gateCount;
}

const centrePrefix = 'ctr_';
const cyclePrefix = 'cyc_';

/** `ctr_group` and 2026-03-31 make `cyc_group_2026-03-31`. */
export function cycleIdOf(centreId: string, cutOffDate: PlainDate): string {
  return `${cyclePrefix}${centreId.slice(centrePrefix.length)}_${cutOffDate}`;
}

/** What the id of a cycle is made of. */
export function cycleOfId(cycleId: string): { readonly centreId: string; readonly cutOffDate: PlainDate } {
  const cut = cycleId.lastIndexOf('_');
  return { centreId: centrePrefix + cycleId.slice(cyclePrefix.length, cut), cutOffDate: cycleId.slice(cut + 1) };
}
