import * as z from 'zod';
import type { DomainEvent } from '../../../../shared/events/event.ts';
import { refundResults, refundStates } from '../order.ts';
import { isGoingBack } from '../refund-result.ts';
import type { BookingStep } from './booking-step.ts';

const paid = z.object({ orderNo: z.string(), subsidies: z.object({ amount: z.string() }) });
const refunded = z.object({
  orderNo: z.string(),
  refund: z.object({
    no: z.string(),
    state: z.enum(refundStates),
    told: z.object({ result: z.enum(refundResults) }).optional(),
  }),
});

/** What is to be booked for an event of an order; nothing, often. Throws where the event is none of ours. */
export function stepsOf({ type, tenant, data }: Pick<DomainEvent, 'type' | 'tenant' | 'data'>): BookingStep[] {
  if (type === 'settlement.order-paid.v1') {
    const { orderNo, subsidies } = paid.parse(data);
    return /^[0.]+$/.test(subsidies.amount) ? [] : [{ tenant, orderNo, kind: 'SUBSIDY', about: '' }];
  }
  const { orderNo, refund } = refunded.parse(data);
  const { no: about, state } = refund;
  const back: BookingStep = { tenant, orderNo, kind: 'REFUND_BACK', about };
  if (state === 'ACCEPTED') return [{ tenant, orderNo, kind: 'REFUND', about }];
  // The order may have gone without its subsidies as long as the refund stood.
  const subsidy: BookingStep = { tenant, orderNo, kind: 'SUBSIDY', about: '' };
  if (state === 'WITHDRAWN') return [subsidy];
  if (state === 'FAILED') return [back, subsidy];
  return isGoingBack(refund) ? [back] : [];
}
