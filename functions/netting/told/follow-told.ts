import { type Cycle, type CycleState, takesObligations } from '../cycles/cycle.ts';
import type { Obligation, Origin } from '../obligations/obligation.ts';
import type { Told } from './told.ts';

export type Step =
  /** It was told before, or something later was; or somebody withdrew the obligation by hand, which stays so. */
  | { readonly kind: 'NOTHING' }
  | { readonly kind: 'CHANGE'; readonly obligation: Obligation; readonly whileIn: readonly CycleState[] }
  /** It is owed again, and the cycle that it was withdrawn from takes none any more: it goes into the next that does. */
  | { readonly kind: 'ENTER'; readonly obligation: Obligation }
  /** What stands in the cycle stays as it is; what was told is kept beside it. */
  | { readonly kind: 'NOTE'; readonly obligation: Obligation };

type Times = Pick<Cycle, 'state' | 'cutOffAt' | 'cutAt' | 'confirmUntil' | 'shutAt'>;

/**
 * What becomes of an obligation in its cycle by what its source tells. Until the cut-off it follows in everything; until the end of the
 * confirmation it is still disputed, or not any more, and withdrawn where nothing of it is owed any more: what was paid otherwise before
 * its source heard of the cut-off is not paid twice. Afterwards it stands as it is, and what was told is noted on it: once its cycle has
 * paid it, its source says so too, and owes what is left besides. Until the cut-off the result does not depend on the order in which a
 * source is heard; afterwards one that was withdrawn and is owed again goes to the next cycle. Throws Error where it did not come of an
 * event: no caller's has such a reference.
 */
export function followTold(obligation: Obligation, cycle: Times, told: Told, at: string): Step {
  const { origin, state } = obligation;
  if (!origin) throw new Error(`The obligation ${obligation.reference} did not come of an event.`);
  const isByHand = state === 'WITHDRAWN' && origin.owed > 0n;
  if (told.version <= origin.version || isByHand) return { kind: 'NOTHING' };
  const { version, owed, cause } = told;
  const { disputed: _, ...before } = origin;
  const next = { revision: obligation.revision + 1, changedAt: at, cause };
  // What had been paid otherwise before the cycle paid it stays overtaken.
  const isSettled = cycle.state === 'SETTLED' && (origin.settled || origin.owed === obligation.amount);
  const settled = isSettled ? { settled: true as const } : {};
  const noted: Obligation = { ...obligation, ...next, origin: { ...origin, version, owed, ...settled } };
  const isOpen = takesObligations(cycle, at);
  const isShut = cycle.shutAt !== undefined || (cycle.state !== 'OPEN' && cycle.state !== 'CONFIRMING');
  const isConfirmable = !isShut && cycle.confirmUntil > at;
  const plain = { ...noted, origin: { ...before, version, owed } };
  const untilShut: readonly CycleState[] = isOpen ? ['OPEN'] : ['OPEN', 'CONFIRMING'];
  if (owed === 0n && (isOpen || isConfirmable)) return change(obligation, withdrawn(plain, origin), untilShut);
  if (owed === 0n) return { kind: 'NOTE', obligation: noted };
  if (isOpen) return change(obligation, withDispute(withAmount(noted, owed), told, at), untilShut);
  if (state === 'WITHDRAWN') return { kind: 'ENTER', obligation: withDispute(withAmount(plain, owed), told, at) };
  if (isConfirmable) return change(obligation, withDispute(noted, told, at), untilShut);
  return { kind: 'NOTE', obligation: noted };
}

/** What was told, as it begins: nothing is owed any more where its end was heard of first. */
export function begin(told: Told, at: string): Pick<Obligation, 'state' | 'dispute' | 'origin'> {
  const { source, version, owed, dispute } = told;
  const origin = { source, version, owed };
  if (owed === 0n) return { state: 'WITHDRAWN', origin };
  if (dispute === undefined) return { state: 'UNCONFIRMED', origin };
  const disputed = { ...origin, disputed: true as const };
  return { state: 'DISPUTED', dispute: { reason: dispute, since: at, wasConfirmed: false }, origin: disputed };
}

/** An obligation that leaves a cycle follows what that did not take: of what its source owes no more it is withdrawn. */
export function asToldLast(obligation: Obligation): Obligation {
  const { origin, amount, state } = obligation;
  if (!origin || state === 'WITHDRAWN' || origin.owed === amount) return obligation;
  if (origin.owed > 0n) return withAmount(obligation, origin.owed);
  const { disputed: _, ...plain } = origin;
  return withdrawn({ ...obligation, origin: plain }, origin);
}

/** Nothing is to be said at the gate where nothing differs that counts in the cycle. */
function change(before: Obligation, obligation: Obligation, whileIn: readonly CycleState[]): Step {
  const isSame =
    before.state === obligation.state &&
    before.amount === obligation.amount &&
    before.dispute?.reason === obligation.dispute?.reason;
  return isSame ? { kind: 'NOTE', obligation } : { kind: 'CHANGE', obligation, whileIn };
}

/** A dispute that somebody opened by hand waits with it: owed again, it is disputed still. */
function withdrawn({ dispute, ...facts }: Obligation, { disputed }: Pick<Origin, 'disputed'>): Obligation {
  return { ...facts, state: 'WITHDRAWN', ...(dispute && !disputed && { dispute }) };
}

/** Confirmed was the amount that stood there: another, or what is owed again, has to be confirmed again. */
function withAmount(obligation: Obligation, owed: bigint): Obligation {
  const { dispute, state, amount } = obligation;
  if (state !== 'WITHDRAWN' && amount === owed) return obligation;
  return {
    ...{ ...obligation, amount: owed, state: dispute ? 'DISPUTED' : 'UNCONFIRMED' },
    ...(dispute && { dispute: { ...dispute, wasConfirmed: false } }),
  };
}

/** A dispute that somebody opened by hand is not the source's: it is left as it is. */
function withDispute(obligation: Obligation, { dispute: reason }: Told, at: string): Obligation {
  const { dispute, ...facts } = obligation;
  const { origin } = facts;
  if (!origin || (dispute && !origin.disputed)) return obligation;
  const { disputed: _, ...plain } = origin;
  if (reason !== undefined) {
    const { since = at, wasConfirmed = facts.state === 'CONFIRMED' } = dispute ?? {};
    const disputed = { reason, since, wasConfirmed };
    return { ...facts, state: 'DISPUTED', dispute: disputed, origin: { ...plain, disputed: true } };
  }
  if (!dispute) return { ...facts, origin: plain };
  return { ...facts, state: dispute.wasConfirmed ? 'CONFIRMED' : 'UNCONFIRMED', origin: plain };
}
