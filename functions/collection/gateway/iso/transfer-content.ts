import type { TransferMessage, TransferTransaction } from '../../../../shared/formats/pain/payment-message.ts';
import { defined } from '../../../../shared/objects/defined.ts';
import type { PaymentOrder, PaymentsMessage } from '../bank-gateway.ts';
import { holderOf } from './holder.ts';
import type { FileTerms } from './message-file.ts';
import { isSepa, paymentGroups } from './payment-groups.ts';

const sepaTerms = { serviceLevel: 'SEPA', chargeBearer: 'SLEV' } as const;

/** Payments as a pain.001 says them. */
export function toTransfers(
  message: PaymentsMessage,
  { initiatingParty, sepa }: FileTerms,
  at: string,
): TransferMessage {
  return {
    messageId: message.id,
    createdAt: at,
    initiatingParty,
    payments: paymentGroups(message).map(({ id: paymentInformationId, first, orders }) => ({
      paymentInformationId,
      requestedDate: first.businessDate,
      // One entry on the statement for each: it carries the number of its order.
      batchBooking: false,
      debtor: holderOf(message.account),
      ...(sepa && isSepa(first) && sepaTerms),
      transactions: orders.map(toTransfer),
    })),
  };
}

export function toTransfer({ id, amount, currency, counterparty, remittance }: PaymentOrder): TransferTransaction {
  return { endToEndId: id, amount, currency, creditor: holderOf(counterparty), ...defined({ remittance }) };
}
