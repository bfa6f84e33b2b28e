import type { DomainEvent } from '../../../shared/events/event.ts';
import { deriveId } from '../../../shared/identifiers/id.ts';
import { maskNumbersIn } from '../../../shared/identifiers/mask.ts';
import { presentAmount } from '../../../shared/money/present.ts';
import { defined } from '../../../shared/objects/defined.ts';
import type { ToldPayment } from './payment-items.ts';

/** What a bank said of a payment, as the world is told: the bank itself is the actor. */
export function paymentEvent({ tenant, report, receivedAt, messageId, currency }: ToldPayment): DomainEvent {
  const { orderId, state, amount, entries, fee, code, text, at, source } = report;
  const type = 'collection.payment-reported.v1';
  const show = (minor: bigint | undefined) => (minor === undefined ? undefined : presentAmount(minor, currency));
  return {
    id: deriveId('evt', type, tenant, orderId, state, source),
    type,
    tenant,
    occurredAt: receivedAt,
    subject: orderId,
    actor: { client: 'bank', role: 'bank', requestId: source },
    data: {
      ...{ orderId, messageId, state, at, source },
      ...(entries && { entries: entries.map((one) => ({ ...one, amount: show(one.amount) })) }),
      ...defined({ amount: show(amount), fee: show(fee), code, text: text && maskNumbersIn(text) }),
    },
  };
}
