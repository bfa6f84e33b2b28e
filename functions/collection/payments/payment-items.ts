import type { Plain } from '../../../shared/dynamo/items.ts';
import type { BankReport } from '../gateway/bank-gateway.ts';
import { keys } from '../keys.ts';
import type { Payment, PaymentPlan } from './payment.ts';

/** What a bank said of a payment, with what tells the world of it. */
export interface ToldPayment {
  readonly tenant: string;
  readonly report: BankReport;
  readonly receivedAt: string;
  readonly messageId: string;
  readonly currency: string;
}

export function paymentToPlain(payment: Payment): Plain {
  return { ...keys.payment(payment.tenant, payment.id), kind: 'PAYMENT', ...payment };
}

export function paymentFromPlain({ tenant, id, messageId, fingerprint, currency, plan }: Plain): Payment {
  return {
    tenant: String(tenant),
    id: String(id),
    messageId: String(messageId),
    fingerprint: String(fingerprint),
    currency: String(currency),
    plan: plan as PaymentPlan,
  };
}

export function toldToPlain({ tenant, report, receivedAt, messageId, currency }: ToldPayment): Plain {
  const { orderId, state, source } = report;
  const key = keys.paymentReport(tenant, orderId, state, source);
  return { ...key, kind: 'PAYMENT_REPORT', tenant, messageId, currency, report, receivedAt };
}

export function toldFromPlain({ tenant, report, receivedAt, messageId, currency }: Plain): ToldPayment {
  return {
    tenant: String(tenant),
    report: report as BankReport,
    receivedAt: String(receivedAt),
    messageId: String(messageId),
    currency: String(currency),
  };
}
