import { presentAmount } from '../../../shared/money/present.ts';
import { defined } from '../../../shared/objects/defined.ts';
import type { CycleState } from '../cycles/cycle.ts';
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
    ...(dispute && { dispute: { reason: dispute.reason, since: dispute.since } }),
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

export function presentBatch(results: readonly LineResult[]) {
  const countOf = (outcome: LineResult['outcome']) => results.filter((one) => one.outcome === outcome).length;
  const moved = results.filter((one) => one.outcome !== 'REFUSED' && isMoved(one.obligation)).length;
  return {
    lines: {
      sent: results.length,
      ...{ accepted: countOf('ACCEPTED'), known: countOf('KNOWN'), refused: countOf('REFUSED') },
      movedToNextCycle: moved,
    },
    results: results.map((result, place) => ({ line: place + 1, ...presentResult(result) })),
  };
}

function presentResult(result: LineResult) {
  if (result.outcome === 'REFUSED')
    return { outcome: result.outcome, faults: result.faults.map((one) => ({ ...one })) };
  const { id, cycleId } = result.obligation;
  return { outcome: result.outcome, id, cycleId, movedToNextCycle: isMoved(result.obligation) };
}
