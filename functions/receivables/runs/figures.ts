import type { Match } from '../matches/match.ts';
import { isMatchable } from '../matches/take-decision.ts';
import { type RuleCode, ruleCodes } from '../matching/match-rules.ts';
import type { Receipt } from '../receipts/receipt.ts';
import type { RunDecision } from './run.ts';

/** ELSEWHERE: somebody else was faster; nothing of it is the run's. */
export const runOutcomes = ['MATCHED', 'SUGGESTED', 'UNMATCHED', 'ELSEWHERE'] as const;
export type RunOutcome = (typeof runOutcomes)[number];

/** So many receipts, and their money by currency in minor units. */
export interface Tally {
  readonly count: number;
  readonly amounts: Readonly<Record<string, bigint>>;
}

/** What became of receipts; of those that are matched, by which rule. */
export interface Figures {
  readonly outcomes: Readonly<Partial<Record<RunOutcome, Tally>>>;
  readonly rules: Readonly<Partial<Record<RuleCode, Tally>>>;
}

export const noFigures: Figures = { outcomes: {}, rules: {} };

interface Told {
  readonly outcome: RunOutcome;
  readonly rule?: RuleCode | undefined;
  readonly currency: string;
  readonly amount: bigint;
}

/** What was decided. */
export function figuresOfDecisions(decisions: readonly RunDecision[]): Figures {
  return figuresOf(
    decisions.map(({ decision: { outcome, explanation }, currency, amount }) => ({
      ...{ outcome, currency, amount },
      rule: outcome === 'MATCHED' ? explanation?.rule : undefined,
    })),
  );
}

/** What stands of it: by the receipts and the matches that the run made, whoever wrote them and however often it was tried. */
export function figuresOfReceipts(
  runId: string,
  receipts: readonly Receipt[],
  matches: ReadonlyMap<string, readonly Match[]>,
): Figures {
  return figuresOf(
    receipts.map((receipt): Told => {
      const { id, currency, amount } = receipt;
      const made = matches.get(id)?.find((match) => match.runId === runId);
      if (made)
        return {
          outcome: 'MATCHED',
          rule: made.rule === 'BY_HAND' || made.rule === 'NETTING' ? undefined : made.rule,
          currency,
          amount,
        };
      if (!isMatchable(receipt)) return { outcome: 'ELSEWHERE', currency, amount };
      return { outcome: receipt.suggestions.length > 0 ? 'SUGGESTED' : 'UNMATCHED', currency, amount };
    }),
  );
}

export function addFigures(one: Figures, other: Figures): Figures {
  return {
    outcomes: merged(runOutcomes, one.outcomes, other.outcomes),
    rules: merged(ruleCodes, one.rules, other.rules),
  };
}

function figuresOf(all: readonly Told[]): Figures {
  return {
    outcomes: tallies(all, ({ outcome }) => outcome),
    rules: tallies(all, ({ rule }) => rule),
  };
}

export function tallies<One extends { readonly currency: string; readonly amount: bigint }, Name extends string>(
  all: readonly One[],
  nameOf: (one: One) => Name | undefined,
): Partial<Record<Name, Tally>> {
  const counts = new Map<Name, { count: number; amounts: Record<string, bigint> }>();
  for (const one of all) {
    const name = nameOf(one);
    if (name === undefined) continue;
    const tally = counts.get(name) ?? { count: 0, amounts: {} };
    tally.count += 1;
    tally.amounts[one.currency] = (tally.amounts[one.currency] ?? 0n) + one.amount;
    counts.set(name, tally);
  }
  return Object.fromEntries(counts) as Partial<Record<Name, Tally>>;
}

function merged<Name extends string>(
  names: readonly Name[],
  one: Readonly<Partial<Record<Name, Tally>>>,
  other: Readonly<Partial<Record<Name, Tally>>>,
): Partial<Record<Name, Tally>> {
  const entries = names.flatMap((name) => {
    const [a, b] = [one[name], other[name]];
    if (!a || !b) return a || b ? [[name, a ?? b] as const] : [];
    const amounts = { ...a.amounts };
    for (const [currency, minor] of Object.entries(b.amounts)) amounts[currency] = (amounts[currency] ?? 0n) + minor;
    return [[name, { count: a.count + b.count, amounts }] as const];
  });
  return Object.fromEntries(entries) as Partial<Record<Name, Tally>>;
}
