import { laterDate, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import { larger } from '../../../shared/money/compare.ts';
import { sum } from '../../../shared/money/sum.ts';
import type { Dispute, OrderLeg } from '../orders/order.ts';
import { hasLeg } from '../orders/taken-back.ts';
import type { MerchantLineKind } from './line.ts';

/** What a refund takes of a share from its receiver, and on which of the receiver's days. */
export interface DatedTake {
  /** Of the refund and its place there. */
  readonly id: string;
  readonly refundNo: string;
  readonly date: PlainDate;
  readonly amount: bigint;
}

export interface HeldLine {
  readonly id: string;
  readonly kind: Extract<MerchantLineKind, 'HELD' | 'RELEASED'>;
  readonly date: PlainDate;
  readonly amount: bigint;
  readonly refundNo?: string;
}

/** A share that disputes may hold. */
export interface HeldLeg extends Pick<OrderLeg, 'amount' | 'dueOn'> {
  /** By legKey. */
  readonly key: string;
  /** When it was given. */
  readonly splitAt: string;
}

/**
 * What disputes do to a share that was not settled when they were opened: it is held on the day on which it would be paid out, and
 * released on that day or, where that is later, on the day on which the dispute was resolved. What refunds take meanwhile they take of
 * what is held. All of it adds up to zero once the last dispute is resolved, and to what is held, below zero, as long as it is not.
 */
export function heldLines(
  { key, amount, dueOn, splitAt }: HeldLeg,
  takes: readonly DatedTake[],
  disputes: readonly Dispute[],
): HeldLine[] {
  const lines: HeldLine[] = [];
  let due = dueOn;
  let knownAt = splitAt;
  for (const [place, dispute] of disputes.entries()) {
    if (isSettledBefore(dispute, { key, due, knownAt })) continue;
    const heldOn = due;
    const { resolvedOn, resolvedAt } = dispute;
    const releasedOn = resolvedOn === undefined ? undefined : laterDate(heldOn, resolvedOn);
    const meanwhile = takes.filter(({ date }) => date > heldOn && (releasedOn === undefined || date <= releasedOn));
    const held = larger(0n, amount - taken(takes, heldOn));
    const ofHeld = meanwhile.map(({ id, ...take }) => ({ id: `${place} ${id}`, kind: 'HELD' as const, ...take }));
    lines.push({ id: `${place}`, kind: 'HELD', date: heldOn, amount: -held }, ...ofHeld);
    if (releasedOn === undefined || resolvedAt === undefined) break;
    const released = held - sum(meanwhile.map((take) => take.amount));
    lines.push({ id: `${place} back`, kind: 'RELEASED', date: releasedOn, amount: released });
    due = releasedOn;
    knownAt = resolvedAt;
  }
  return lines.filter((line) => line.amount !== 0n);
}

/** A leg by its key, where it is due, and since when that is known. */
interface DueLeg {
  readonly key: string;
  readonly due: PlainDate;
  readonly knownAt: string;
}

/** Whether a share was settled when a dispute was opened, so that it does not hold it. */
export function isSettledBefore(dispute: Dispute, { key, due, knownAt }: DueLeg): boolean {
  return dispute.settledBefore?.some((legs) => hasLeg(legs, key)) || wasPaidByClock(dispute, due, knownAt);
}

/** Of disputes that do not say what was settled: whether the daily run before was of that day or a later one. */
export function wasPaidByClock({ lastRunOn, lastRunAt }: Dispute, due: PlainDate, knownAt: string): boolean {
  return lastRunOn !== undefined && lastRunAt !== undefined && due <= lastRunOn && knownAt <= lastRunAt;
}

function taken(takes: readonly DatedTake[], until: PlainDate): bigint {
  return sum(takes.filter(({ date }) => date <= until).map(({ amount }) => amount));
}
