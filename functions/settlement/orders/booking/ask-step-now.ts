import { decideAndWrite } from '../../../../shared/dynamo/decide-and-write.ts';
import { problems } from '../../problems.ts';
import type { SettlementStore } from '../../store.ts';
import type { WaitingStep } from './booking-step.ts';
import { stepOfId } from './step-id.ts';

/**
 * Has a step of an order that waits asked for again by the next turn of the job. Problems: `settlement/step-not-found`, one that is done
 * waits no more; those of decideAndWrite.
 */
export function askStepNow(
  store: Pick<SettlementStore, 'readStep' | 'writeStep'>,
  { tenant, marketId, id }: { readonly tenant: string; readonly marketId: string; readonly id: string },
  now: Date,
): Promise<WaitingStep> {
  const askAt = now.toISOString();
  const named = stepOfId(id);
  return decideAndWrite(async () => {
    const before = named && (await store.readStep({ tenant, ...named }));
    if (before?.askAt === undefined || before.marketId !== marketId) {
      const detail = `No step ${id} of ${marketId} waits.`;
      throw problems['step-not-found'].with({ detail, stepId: id });
    }
    if (before.askAt <= askAt) return { answer: before };
    const next = { ...before, askAt, revision: before.revision + 1 };
    return { answer: next, write: () => store.writeStep(next) };
  });
}
