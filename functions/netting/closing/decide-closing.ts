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
  /** Participants of whom nothing is netted, neither what they owe nor what they are owed. */
  readonly leaveOutParticipants?: readonly string[];
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
  /** Of what was carried in, what goes on to the next cycle as it came, for somebody of it is left out. */
  readonly passedOn: readonly Owed[];
}

/** What is netted of a cycle and how, and what goes to the next one. The same lines in any order give the same. */
export function decideClosing(basis: ClosingBasis): ClosingDecision {
  const { lines, carriedIn, terms, rates, leaveOut, leaveOutParticipants = [] } = basis;
  const folded = foldLines(lines, terms.unconfirmed);
  const isLeftOut = new Set(leaveOut);
  const isOut = new Set(leaveOutParticipants);
  const leaves = ({ payer, payee }: Owed) => isOut.has(payer) || isOut.has(payee);
  const isLeaving = (line: ObligationLine) => isLeftOut.has(line.reference) || leaves(line);
  const leaving = isLeftOut.size + isOut.size === 0 ? [] : folded.included.filter(isLeaving);
  const included = leaving.length === 0 ? folded.included : folded.included.filter((line) => !isLeaving(line));
  const passedOn = isOut.size === 0 ? [] : carriedIn.filter(leaves);
  const opening = passedOn.length === 0 ? carriedIn : carriedIn.filter((owed) => !leaves(owed));
  const moving = [
    ...folded.moving.map(({ reference, state }) => ({ reference, reason: state as MoveReason })),
    ...leaving.map(({ reference }) => ({ reference, reason: 'LEFT_OUT' as const })),
  ].sort((one, other) => (one.reference < other.reference ? -1 : 1));
  const rateOf = new Map(rates.map((rate) => [rate.currency, rate]));
  const decision = netCycle({ obligations: included, carriedIn: opening, rates: rateOf }, terms);
  return { decision, included, moving, passedOn };
}
