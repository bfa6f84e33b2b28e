import { clearedBy, type Match } from '../matches/match.ts';
import type { Decision } from '../matching/decision.ts';
import { type Tally, tallies } from './figures.ts';
import type { RunDecision } from './run.ts';

/**
 * SAME: what the run would book is booked, or nothing is on either side. OTHER: both book, not the same. ONLY_RUN: the run alone
 * would book. NOT_RUN: the run would not book what the other did.
 */
export const comparedAs = ['SAME', 'OTHER', 'ONLY_RUN', 'NOT_RUN'] as const;
export type ComparedAs = (typeof comparedAs)[number];

/** What is booked of a receipt: what each invoice is cleared by, and what goes on account. Minor units. */
export interface Booked {
  readonly invoices: Readonly<Record<string, bigint>>;
  readonly onAccount: bigint;
}

export interface Compared {
  readonly receiptId: string;
  readonly currency: string;
  readonly amount: bigint;
  readonly as: ComparedAs;
  readonly run?: Booked | undefined;
  readonly other?: Booked | undefined;
}

/** Of a decision; nothing where it books nothing. */
export function bookedByDecision({ outcome, explanation }: Decision): Booked | undefined {
  if (outcome !== 'MATCHED' || !explanation) return undefined;
  return { invoices: cleared([explanation]), onAccount: explanation.onAccount };
}

/** Of matches that stand, by whomever; nothing where there are none. */
export function bookedByMatches(matches: readonly Match[]): Booked | undefined {
  const standing = matches.filter(({ undone }) => !undone);
  if (standing.length === 0) return undefined;
  const onAccount = standing.reduce((sum, match) => sum + match.onAccount - match.fromOnAccount, 0n);
  return { invoices: cleared(standing), onAccount };
}

export function compare({ decision, currency, amount }: RunDecision, other: Booked | undefined): Compared {
  const run = bookedByDecision(decision);
  return { receiptId: decision.receiptId, currency, amount, as: comparison(run, other), run, other };
}

/** How many receipts, and their money, by how they compare. */
export function comparisonFigures(all: readonly Compared[]): Partial<Record<ComparedAs, Tally>> {
  return tallies(all, ({ as }) => as);
}

function comparison(run: Booked | undefined, other: Booked | undefined): ComparedAs {
  if (!run) return other ? 'NOT_RUN' : 'SAME';
  if (!other) return 'ONLY_RUN';
  const [one, two] = [Object.entries(run.invoices), Object.entries(other.invoices)];
  const isSame =
    run.onAccount === other.onAccount &&
    one.length === two.length &&
    one.every(([id, amount]) => other.invoices[id] === amount);
  return isSame ? 'SAME' : 'OTHER';
}

function cleared(all: readonly Pick<Match, 'allocations'>[]): Record<string, bigint> {
  const sums: Record<string, bigint> = {};
  for (const allocation of all.flatMap(({ allocations }) => allocations)) {
    sums[allocation.invoiceId] = (sums[allocation.invoiceId] ?? 0n) + clearedBy(allocation);
  }
  return sums;
}
