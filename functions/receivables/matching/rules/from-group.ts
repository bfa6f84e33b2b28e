import { sum } from '../../../../shared/money/sum.ts';
import type { Case } from '../book/case.ts';
import type { Item } from '../book/item.ts';
import { findSets } from '../sets/find-sets.ts';
import { type Settlement, settle, type Terms } from '../terms/settle.ts';
import type { Run } from './proposal.ts';

/**
 * How an amount pays open invoices that share a reference, by due day: the one of that amount, all of them, or the only set of them. One of
 * exactly the amount comes before all with a charge or their discounts. What is left over after all of them stays on account. Nothing where
 * it may be one way or another, or where the reference is all there is (`isAlone` false: a number of an invoice stands beside it that is
 * not open).
 */
export function fromGroup(
  run: Run,
  { receipt }: Case,
  open: readonly Item[],
  terms: Terms,
  isAlone: boolean,
): Settlement | undefined {
  if (!isAlone) return undefined;
  const exact = open.filter(({ left }) => left === receipt.amount);
  if (exact.length > 0) return exact.length === 1 ? settle(exact, receipt.amount, terms) : undefined;
  const all = settle(open, receipt.amount, terms);
  if (all.fit !== 'SHORT') return all;
  const { sets, isComplete } = findSets(open, receipt.amount, terms, run.rules.setCandidatesMax);
  const [only, second] = sets;
  if (!only || second || !isComplete || only.items.length > run.rules.setSizeMax) return undefined;
  return sum(only.settlement.parts.map(({ cash }) => cash)) === receipt.amount ? only.settlement : undefined;
}
