import type { Plain } from '../../../../shared/dynamo/items.ts';
import { waitingAt } from '../../journal/journal-keys.ts';
import { keys, waitingSteps } from '../../keys.ts';
import type { BookingStep, WaitingStep } from './booking-step.ts';
import { stepId } from './step-id.ts';

/** Items as plain objects ↔ the model. One that waits is listed by when it is asked again. */
export function stepToPlain(step: WaitingStep): Plain {
  const { kind: what, askAt, ...facts } = step;
  const listed =
    askAt === undefined ? {} : { marketOf: waitingSteps, marketAt: waitingAt({ ...step, askAt, id: stepId(step) }) };
  return { ...stepKey(step), kind: 'ORDER_STEP', what, ...facts, ...(askAt !== undefined && { askAt }), ...listed };
}

export function stepFromPlain(plain: Plain): WaitingStep {
  const {
    pk: _pk,
    sk: _sk,
    kind: _kind,
    marketOf: _of,
    marketAt: _at,
    what,
    attempt,
    refusals,
    revision,
    ...facts
  } = plain;
  return {
    ...(facts as unknown as WaitingStep),
    kind: what as WaitingStep['kind'],
    ...{ attempt: Number(attempt), refusals: Number(refusals), revision: Number(revision) },
  };
}

export function stepKey({ tenant, orderNo, kind, about }: BookingStep) {
  return keys.orderStep(tenant, orderNo, kind, about);
}
