import type { LineFaultOf } from '../batches/batch-line.ts';
import type { On } from '../centres/keep-centre.ts';
import type { Cycle, CycleState } from '../cycles/cycle.ts';
import type { Obligation } from './obligation.ts';
import { withNews } from './obligation-news.ts';

export type ObligationAct =
  | { readonly kind: 'WITHDRAW' }
  | { readonly kind: 'CONFIRM' }
  | { readonly kind: 'DISPUTE'; readonly reason: string }
  | { readonly kind: 'RESOLVE' };

export type ObligationChange =
  | { readonly outcome: 'CHANGED'; readonly obligation: Obligation; readonly whileIn: readonly CycleState[] }
  /** It stands so already: asked twice. */
  | { readonly outcome: 'UNCHANGED' }
  /** Withdrawn, or to be resolved first. */
  | { readonly outcome: 'WRONG_STATE' }
  | { readonly outcome: 'TOO_LATE'; readonly until: string };

/** Why nothing is done to an obligation of a batch. */
export const actFaultCodes = ['OBLIGATION_NOT_FOUND', 'OBLIGATION_STATE', 'CYCLE_CLOSED'] as const;
export type ActFault = LineFaultOf<(typeof actFaultCodes)[number]>;

export type Acted =
  /** UNCHANGED: it stood so already. */
  | { readonly outcome: 'CHANGED' | 'UNCHANGED'; readonly obligation: Obligation }
  | { readonly outcome: 'REFUSED'; readonly faults: readonly ActFault[] };

/** Withdrawn is what has never been owed: that is said before others work with it. */
const untilCutOff: readonly CycleState[] = ['OPEN'];
const untilConfirmed: readonly CycleState[] = ['OPEN', 'CONFIRMING'];

/** What an act makes of an obligation in its cycle. Of what stands so already nothing changes, however late. */
export function changeObligation(
  obligation: Obligation,
  cycle: Pick<Cycle, 'state' | 'cutOffAt' | 'cutAt' | 'confirmUntil' | 'shutAt'>,
  act: ObligationAct,
  on: On,
): ObligationChange {
  const next = nextOf(obligation, act, on);
  if (next === 'UNCHANGED' || next === 'WRONG_STATE') return { outcome: next };
  const whileIn = act.kind === 'WITHDRAW' ? untilCutOff : untilConfirmed;
  const until =
    act.kind === 'WITHDRAW' ? earlier(cycle.cutOffAt, cycle.cutAt) : earlier(cycle.confirmUntil, cycle.shutAt);
  const isShut = cycle.shutAt !== undefined || !whileIn.includes(cycle.state);
  if (isShut || until <= on.at) return { outcome: 'TOO_LATE', until };
  const { at, cause } = on;
  const changed = { ...next, revision: obligation.revision + 1, changedAt: at, cause };
  return { outcome: 'CHANGED', obligation: withNews(changed, obligation), whileIn };
}

/** By the plan, or by hand before it. */
function earlier(planned: string, made: string | undefined): string {
  return made !== undefined && made < planned ? made : planned;
}

function nextOf(obligation: Obligation, act: ObligationAct, { at }: On): Obligation | 'UNCHANGED' | 'WRONG_STATE' {
  const { dispute, ...facts } = obligation;
  const { state } = facts;
  switch (act.kind) {
    case 'WITHDRAW':
      return state === 'WITHDRAWN' ? 'UNCHANGED' : { ...facts, state: 'WITHDRAWN' };
    case 'CONFIRM':
      if (state === 'CONFIRMED') return 'UNCHANGED';
      return state === 'UNCONFIRMED' ? { ...facts, state: 'CONFIRMED' } : 'WRONG_STATE';
    case 'DISPUTE': {
      if (state === 'WITHDRAWN') return 'WRONG_STATE';
      if (dispute?.reason === act.reason) return 'UNCHANGED';
      // Another reason takes the place of the first.
      const { since, wasConfirmed } = dispute ?? { since: at, wasConfirmed: state === 'CONFIRMED' };
      const disputed = { ...facts, state: 'DISPUTED' as const, dispute: { reason: act.reason, since, wasConfirmed } };
      if (!facts.origin) return disputed;
      // It is no longer its source's to take back.
      const { disputed: _, ...origin } = facts.origin;
      return { ...disputed, origin };
    }
    case 'RESOLVE':
      if (state === 'WITHDRAWN' || !dispute) return 'UNCHANGED';
      return { ...facts, state: dispute.wasConfirmed ? 'CONFIRMED' : 'UNCONFIRMED' };
  }
}

const words: Record<ObligationAct['kind'], string> = {
  WITHDRAW: 'withdrawn',
  CONFIRM: 'confirmed',
  DISPUTE: 'disputed',
  RESOLVE: 'resolved',
};

export function wrongState({ id, state }: Obligation, { kind }: ObligationAct): string {
  return `The obligation ${id} is ${state}; it cannot be ${words[kind]}.`;
}

export function tooLate({ id, state }: Pick<Cycle, 'id' | 'state'>, { kind }: ObligationAct, until: string): string {
  return `The cycle ${id} is ${state}; until ${until} its obligations could be ${words[kind]} at the latest.`;
}
