import { sum } from '../../../shared/money/sum.ts';
import type { Allocation, Evidence, ExceptionReason, Explanation } from '../matching/decision.ts';
import type { RuleCode } from '../matching/match-rules.ts';

/** What is to be done with money of a receipt, and why. Minor units. */
export interface Use {
  readonly rule: RuleCode | 'NETTING' | 'BY_HAND';
  readonly score: number;
  readonly customerId: string;
  readonly allocations: readonly Allocation[];
  /** What it puts on account, and what of its cash it takes from there; it does one or the other. */
  readonly onAccount: bigint;
  readonly fromOnAccount: bigint;
  readonly evidence: readonly Evidence[];
  readonly alternatives: readonly Explanation[];
  /** What is left for somebody to do though it is explained. */
  readonly exception?: ExceptionReason;
  readonly runId?: string;
}

/** By hand everything is sure. */
export const surely = 1_000;

/** An explanation as it is booked. */
export function useOf(explanation: Explanation, rest: Partial<Use> = {}): Use {
  const { rule, score, customerId, allocations, onAccount, evidence } = explanation;
  return { rule, score, customerId, allocations, onAccount, fromOnAccount: 0n, evidence, alternatives: [], ...rest };
}

/** What a use takes of what is unapplied. Minor units. */
export function fromUnapplied(use: Pick<Use, 'allocations' | 'onAccount' | 'fromOnAccount'>): bigint {
  return sum(use.allocations.map(({ cash }) => cash)) - use.fromOnAccount + use.onAccount;
}
