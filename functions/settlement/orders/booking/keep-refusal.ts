import { decideAndWrite } from '../../../../shared/dynamo/decide-and-write.ts';
import { isRemembered } from '../../../../shared/problems/lasting-answers.ts';
import type { Problem } from '../../../../shared/problems/problem.ts';
import { askAtAfter } from '../../journal/booking/book-postings.ts';
import type { JournalingStore } from '../../store.ts';
import type { BookingStep, WaitingStep } from './booking-step.ts';

type Store = Pick<JournalingStore, 'readStep' | 'writeStep'>;

/**
 * Keeps a step that the ledger has refused, and when it is asked again. Only over what was read: who asked under the same number has
 * kept the same.
 */
export async function keepRefusal(
  store: Store,
  step: BookingStep & Pick<WaitingStep, 'marketId'>,
  waiting: WaitingStep | undefined,
  problem: Problem,
  now: Date,
): Promise<void> {
  await decideAndWrite(async () => {
    const before = await store.readStep(step);
    if ((before?.attempt ?? 1) !== (waiting?.attempt ?? 1)) return { answer: undefined };
    const refusals = (before?.refusals ?? 0) + 1;
    const { tenant, marketId, orderNo, kind, about } = step;
    const next: WaitingStep = {
      ...{ tenant, marketId, orderNo, kind, about, refusals, since: before?.since ?? now.toISOString() },
      attempt: (before?.attempt ?? 1) + (isRemembered(problem) ? 1 : 0),
      ...{ code: problem.code, detail: problem.fields.detail },
      // The first time at once: what gives may only not be booked yet.
      askAt: refusals === 1 ? now.toISOString() : askAtAfter(refusals - 1, now),
      revision: (before?.revision ?? 0) + 1,
    };
    return { answer: undefined, write: () => store.writeStep(next) };
  });
}

/** It is not asked for any more. */
export async function noteDone(store: Store, step: BookingStep): Promise<void> {
  await decideAndWrite(async () => {
    const before = await store.readStep(step);
    if (before?.askAt === undefined) return { answer: undefined };
    const { askAt: _, ...rest } = before;
    const next: WaitingStep = { ...rest, revision: before.revision + 1 };
    return { answer: undefined, write: () => store.writeStep(next) };
  });
}
