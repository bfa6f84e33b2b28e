import type { QueueEntry } from '../queued-payments/kept-payment.ts';
import type { PostedSet } from './posting-order.ts';
import type { ResolutionFigures } from './resolution.ts';
import { netLegs } from './set-legs.ts';

type Amounts = readonly Pick<QueueEntry, 'amount'>[];

const sumOf = (lines: Amounts) => lines.reduce((sum, { amount }) => sum + amount, 0n);

/** Figures with sets that have settled besides. */
export function addSettled(figures: ResolutionFigures, settled: readonly PostedSet[]): ResolutionFigures {
  const all = { ...figures };
  for (const { lines } of settled) {
    const isBilateral = lines[0]?.kind === 'BILATERAL';
    all.settledPayments += lines.length;
    all.settledAmount += sumOf(lines);
    all.movedAmount += sumOf(netLegs(lines));
    all.bilateralSets += isBilateral ? 1 : 0;
    all.multilateralSets += isBilateral ? 0 : 1;
  }
  return all;
}

export function waitingFigures(waiting: Amounts): Pick<ResolutionFigures, 'waitingPayments' | 'waitingAmount'> {
  return { waitingPayments: waiting.length, waitingAmount: sumOf(waiting) };
}
