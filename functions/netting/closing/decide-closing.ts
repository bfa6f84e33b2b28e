import { netCycle } from '../cycle/net-cycle.ts';
import type { NettingDecision } from '../cycle/netting-result.ts';
import { foldLines } from '../lines/fold-lines.ts';
import type { ObligationLine } from '../lines/obligation-line.ts';
import type { Owed } from '../positions/position.ts';
import type { MoveReason } from '../report/rows.ts';
import type { NettingTerms } from '../terms/netting-terms.ts';
import type { LockedRate } from './closing.ts';

/** All that a cycle is closed from. */
export interface ClosingBasis {
  /** In any order. */
  readonly lines: Iterable<ObligationLine>;
  readonly carriedIn: readonly Owed[];
  readonly terms: NettingTerms;
  readonly rates: readonly LockedRate[];
  readonly leaveOut: readonly string[];
}

export interface MovingObligation {
  readonly reference: string;
  readonly reason: MoveReason;
}

export interface ClosingDecision {
  readonly decision: NettingDecision;
  readonly included: readonly ObligationLine[];
  /** Those that go to the next cycle, by code units of the reference. */
  readonly moving: readonly MovingObligation[];
}

/** What is netted of a cycle and how, and what goes to the next one. The same lines in any order give the same. */
export function decideClosing({ lines, carriedIn, terms, rates, leaveOut }: ClosingBasis): ClosingDecision {
  const folded = foldLines(lines, terms.unconfirmed);
  const isLeftOut = new Set(leaveOut);
  const leaving = isLeftOut.size === 0 ? [] : folded.included.filter(({ reference }) => isLeftOut.has(reference));
  const included =
    leaving.length === 0 ? folded.included : folded.included.filter(({ reference }) => !isLeftOut.has(reference));
  const moving = [
    ...folded.moving.map(({ reference, state }) => ({ reference, reason: state as MoveReason })),
    ...leaving.map(({ reference }) => ({ reference, reason: 'LEFT_OUT' as const })),
  ].sort((one, other) => (one.reference < other.reference ? -1 : 1));
  const rateOf = new Map(rates.map((rate) => [rate.currency, rate]));
  return { decision: netCycle({ obligations: included, carriedIn, rates: rateOf }, terms), included, moving };
}
