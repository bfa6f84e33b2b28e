import { presentAmount } from '../../../shared/money/present.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { presentResults } from '../batches/present-results.ts';
import type { CycleState } from '../cycles/cycle.ts';
import type { Acted } from './change-obligation.ts';
import { isOvertaken, type Obligation } from './obligation.ts';
import type { LineResult } from './take-obligations.ts';

/** Obligations and what became of a batch, as callers see them. */

export function presentObligation(obligation: Obligation, cycleState: CycleState) {
  const { id, centreId, reference, payer, payee, amount, currency, date, description, state, dispute } = obligation;
  const { cycleId, lateFor, movedFrom, revision, createdAt, changedAt } = obligation;
  return {
    ...{ id, centreId, reference, payer, payee, amount: presentAmount(amount, currency), date },
    ...defined({ description }),
    state,
    ...(dispute && state !== 'WITHDRAWN' && { dispute: { reason: dispute.reason, since: dispute.since } }),
    ...presentOrigin(obligation),
    ...{ cycleId, cycleState, settled: cycleState === 'SETTLED' && state !== 'WITHDRAWN' },
    movedToNextCycle: isMoved(obligation),
    ...defined({ lateFor, movedFrom }),
    ...{ version: revision, createdAt, changedAt },
  };
}

/** Whether it stands in a later cycle than that of its date. */
function isMoved({ lateFor, movedFrom }: Obligation): boolean {
  return (lateFor ?? movedFrom) !== undefined;
}

function presentOrigin(obligation: Obligation) {
  const { origin, reference, currency } = obligation;
  if (!origin) return {};
  const { source, owed } = origin;
  const subject = reference.slice(source.length + 1);
  return { origin: { source, subject, owed: presentAmount(owed, currency), overtaken: isOvertaken(obligation) } };
}

/** What became of obligations to which the same was done. */
export function presentActs(acted: readonly Acted[]) {
  const countOf = (outcome: Acted['outcome']) => acted.filter((one) => one.outcome === outcome).length;
  return {
    lines: {
      sent: acted.length,
      ...{ changed: countOf('CHANGED'), unchanged: countOf('UNCHANGED'), refused: countOf('REFUSED') },
    },
    results: presentResults(acted, ({ obligation: { id, cycleId, state, revision } }) => {
      return { id, cycleId, state, version: revision };
    }),
  };
}

export function presentBatch(results: readonly LineResult[]) {
  const countOf = (outcome: LineResult['outcome']) => results.filter((one) => one.outcome === outcome).length;
  const moved = results.filter((one) => one.outcome !== 'REFUSED' && isMoved(one.obligation)).length;
  return {
    lines: {
      sent: results.length,
      ...{ accepted: countOf('ACCEPTED'), known: countOf('KNOWN'), refused: countOf('REFUSED') },
      movedToNextCycle: moved,
    },
    results: presentResults(results, ({ obligation }) => {
      const { id, cycleId, state } = obligation;
      return { id, cycleId, state, movedToNextCycle: isMoved(obligation) };
    }),
  };
}
