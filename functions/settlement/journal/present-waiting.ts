import type { CurrencyCode } from '../../../shared/money/currency.ts';
import { presentAmount } from '../../../shared/money/present.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { stepLegs, type WaitingStep } from '../orders/booking/booking-step.ts';
import { stepId } from '../orders/booking/step-id.ts';
import type { Order } from '../orders/order.ts';
import { netLegs } from './net-legs.ts';
import type { WaitingPosting } from './posting.ts';
import type { RoleLeg } from './role-legs.ts';

export function presentWaiting(waiting: WaitingPosting, currency: CurrencyCode) {
  const { id, code, detail, since, refusals, askAt, legs } = waiting;
  return { ...{ id, code, detail, since, refusals, askAt }, legs: presentLegs(legs, currency) };
}

/** With what it books as its order stands: nothing where that is past, and it is about to leave the list. */
export function presentStep(step: WaitingStep, order: Order | undefined, currency: CurrencyCode) {
  const { orderNo, kind, about, code, detail, since, refusals, askAt = since } = step;
  const refundNo = kind === 'REFUND' || kind === 'REFUND_BACK' ? about : undefined;
  const legs = (order && stepLegs(step, order)) ?? [];
  return {
    ...{ id: stepId(step), orderNo, kind, ...defined({ refundNo }), code, detail, since, refusals, askAt },
    legs: presentLegs(netLegs(legs), currency),
  };
}

function presentLegs(legs: readonly RoleLeg[], currency: CurrencyCode) {
  return legs.map(({ debit, credit, amount }) => ({ debit, credit, amount: presentAmount(amount, currency) }));
}
