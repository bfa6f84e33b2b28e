import { smaller } from '../../../shared/money/compare.ts';
import { withAskAt } from './ask-at.ts';
import { owedAgain, unpaidOf } from './payout-after-report.ts';
import { lastPayout, type NettedPayout, type NettingPlace, type PayoutLine, type Settlement } from './settlement.ts';
import { payoutIdOf } from './settlement-keys.ts';

/** What a cycle has paid of a settlement. Minor units, above zero. */
export type PaidByCycle = Pick<NettedPayout, 'cycleId' | 'valueDate'> & { readonly amount: bigint };

/** Whether it is to be paid by a netting cycle that takes no changes any more: until it is, nobody else pays it. */
export function isInNetting({ netting, netted = [] }: Pick<Settlement, 'netting' | 'netted'>): boolean {
  return netting?.state === 'CUT_OFF' && netted.every(({ cycleId }) => cycleId !== netting.cycleId);
}

/** A settlement with where it is netted by now; nothing where that is known, or something later is. */
export function placedInNetting(settlement: Settlement, place: NettingPlace, now: Date): Settlement | undefined {
  const { netting: before, revision } = settlement;
  if (before && !isLater(place, before)) return undefined;
  const changed = { revision: revision + 1, changedAt: now.toISOString() };
  return withAskAt({ ...settlement, netting: place, ...changed }, now);
}

/** An obligation is cut off as it was written last. */
function isLater(one: NettingPlace, other: NettingPlace): boolean {
  const isCutOff = one.state === 'CUT_OFF' && other.state !== 'CUT_OFF';
  return one.version > other.version || (one.version === other.version && isCutOff);
}

/**
 * A settlement that a cycle has paid; nothing where that is known. It pays what is owed and not on its way: what waits takes part in
 * it, and what is left of that waits on. What it pays beyond that, for a bank has paid it since the cut-off, the merchant owes. Throws
 * Error while a payout is about to be booked: what becomes of that is to be known first.
 */
export function settlementAfterNetting(
  settlement: Settlement,
  { cycleId, valueDate, amount: paid }: PaidByCycle,
  now: Date,
): Settlement | undefined {
  const { netted = [], payouts, revision, id } = settlement;
  if (netted.some((one) => one.cycleId === cycleId)) return undefined;
  const last = lastPayout(settlement);
  if (!last) throw new Error(`Nothing of the settlement ${id} was to be paid, and it was netted.`);
  if (last.state === 'DUE') throw new Error(`The payout ${last.id} is about to be booked.`);
  const at = now.toISOString();
  const amount = smaller(paid, unpaidOf(settlement));
  const next: Settlement = {
    ...{ ...settlement, netted: [...netted, { cycleId, valueDate, amount, beyond: paid - amount, at }] },
    ...{ payouts: amount > 0n ? payoutsAfter(settlement, last, amount, at) : payouts },
    ...{ revision: revision + 1, changedAt: at },
  };
  return withAskAt(next, now);
}

function payoutsAfter(settlement: Settlement, last: PayoutLine, amount: bigint, at: string): PayoutLine[] {
  const { id, payouts } = settlement;
  const isWaiting = last.state === 'HELD' || last.state === 'PENDING_FUNDS';
  const rest = isWaiting ? owedAgain(settlement) + last.amount - amount : 0n;
  const { to, askedOn } = last;
  const netted: PayoutLine = {
    ...{ to, askedOn, state: 'NETTED', amount, changedAt: at },
    ...(isWaiting ? { id: last.id, attempt: last.attempt } : { id: payoutIdOf(id, payouts.length + 1), attempt: 1 }),
  };
  const before = isWaiting ? payouts.slice(0, -1) : payouts;
  if (rest === 0n) return [...before, netted];
  const waiting = { ...last, id: payoutIdOf(id, before.length + 2), amount: rest, attempt: 1, changedAt: at };
  return [...before, netted, waiting];
}
