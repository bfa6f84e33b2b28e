import type { HomeRates } from '../conversion/rates.ts';
import type { LimitBreach } from '../limits/limit.ts';
import type { Rows } from '../report/rows.ts';
import type { CycleFigures, MissingRate } from './closing.ts';
import { type ClosingBasis, decideClosing } from './decide-closing.ts';
import type { GatheredCycle } from './gather-cycle.ts';
import { figuresOf, resultRows } from './result-rows.ts';

export type WorkedOut =
  | { readonly outcome: 'FX_RATE_MISSING'; readonly missing: readonly MissingRate[] }
  | {
      readonly outcome: 'NETTED' | 'LIMITS_BREACHED';
      readonly breaches: readonly LimitBreach[];
      readonly figures: CycleFigures;
      readonly rows: Rows;
    };

/** The figures of a cycle out of what was gathered of it: the same of the same, in whatever order it was read. */
export function workOut(
  gathered: GatheredCycle,
  { leaveOut, leaveOutParticipants = [] }: Pick<ClosingBasis, 'leaveOut' | 'leaveOutParticipants'>,
): WorkedOut {
  const { centre, terms, rates, carriedIn } = gathered;
  const out = [...gathered.movedBefore, ...leaveOut];
  const decided = decideClosing({ ...gathered, leaveOut: out, leaveOutParticipants });
  const { decision, moving, passedOn } = decided;
  if (decision.outcome === 'RATES_MISSING') {
    const isNeeded = new Set(decision.currencies);
    return { outcome: 'FX_RATE_MISSING', missing: gathered.missing.filter(({ base }) => isNeeded.has(base)) };
  }
  const inHome: HomeRates | undefined =
    terms.homeCurrency === undefined
      ? undefined
      : { home: terms.homeCurrency, rates: new Map(rates.map((rate) => [rate.currency, rate])) };
  const basis = { centreVersion: centre.revision, carriedIn: carriedIn.length, inHome, rates };
  return {
    outcome: decision.outcome,
    breaches: decision.outcome === 'LIMITS_BREACHED' ? decision.breaches : [],
    figures: figuresOf(decision, decided, basis),
    rows: resultRows(decision, moving, passedOn),
  };
}
