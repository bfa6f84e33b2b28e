import type { Allocation, Decision, Explanation } from '../../../../functions/receivables/matching/decision.ts';
import type { Label, LabelledItems, TrueAllocation } from '../labelled.ts';
import { sumOf } from './breaches.ts';

/** How a receipt's decision compares with the truth about it. */
export interface Scored {
  readonly decision: Decision;
  readonly label: Label;
  /** Allocations that were booked by themselves: those that are true, and all. */
  readonly bookedTrue: number;
  readonly booked: number;
  /** True allocations of a decidable receipt; zero of others. */
  readonly wanted: number;
  /** Whether the invoices meant are those of the first alternative, of another one, or of none. */
  readonly suggested: 'FIRST' | 'LATER' | 'NO';
}

export function scoreAll({ items, labels }: LabelledItems, decisions: readonly Decision[]): Scored[] {
  const numbers = new Map(items.invoices.map(({ id, number }) => [id, number]));
  return decisions.map((decision) => {
    const label = labels.get(decision.receiptId);
    if (!label) throw new Error(`Nothing is known of receipt ${decision.receiptId}.`);
    const allocations = decision.outcome === 'MATCHED' ? (decision.explanation?.allocations ?? []) : [];
    return {
      decision,
      label,
      booked: allocations.length,
      bookedTrue: allocations.filter((one) => label.truth.some((other) => isTrue(one, other))).length,
      wanted: label.verdict === 'DECIDABLE' ? label.truth.length : 0,
      suggested: suggestedAt(decision, label, numbers),
    };
  });
}

/** The same invoice cleared by the same, the same of it given as a discount. Where a bank's charge falls in a set is free. */
function isTrue(booked: Allocation, truth: TrueAllocation): boolean {
  return booked.invoiceId === truth.invoiceId && sumOf(booked) === sumOf(truth) && booked.discount === truth.discount;
}

function suggestedAt(
  { outcome, alternatives }: Decision,
  { meant }: Label,
  numbers: ReadonlyMap<string, string>,
): Scored['suggested'] {
  if (outcome !== 'SUGGESTED' || meant.length === 0) return 'NO';
  const at = alternatives.findIndex((one) => pays(one, meant) || pointsAt(one, meant, numbers));
  return at === 0 ? 'FIRST' : at > 0 ? 'LATER' : 'NO';
}

function pays({ allocations }: Explanation, meant: readonly string[]): boolean {
  return allocations.length === meant.length && allocations.every((one) => meant.includes(one.invoiceId));
}

/** What it cannot pay, being of another currency or entity, it can still name. */
function pointsAt(
  { allocations, evidence }: Explanation,
  meant: readonly string[],
  numbers: ReadonlyMap<string, string>,
): boolean {
  const named = evidence.filter(({ kind }) => kind === 'REFERENCE').map((one) => one.meant);
  return allocations.length === 0 && meant.every((id) => named.some((one) => one.includes(numbers.get(id) ?? id)));
}

export function isWrong({ booked, bookedTrue, label }: Scored): boolean {
  return booked > bookedTrue || (booked > 0 && label.verdict === 'UNDECIDABLE');
}

/** Decidable, and something true of it was not booked. */
export function isMissed({ wanted, bookedTrue }: Scored): boolean {
  return wanted > bookedTrue;
}
