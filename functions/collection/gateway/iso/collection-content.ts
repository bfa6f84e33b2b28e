import type { CollectionMessage, CollectionTransaction } from '../../../../shared/formats/pain/payment-message.ts';
import { defined } from '../../../../shared/objects/defined.ts';
import type { CollectionOrder, CollectionsMessage } from '../bank-gateway.ts';
import { holderOf } from './holder.ts';
import type { FileTerms } from './message-file.ts';
import { isSepa, paymentGroups } from './payment-groups.ts';

/** Collections as a pain.008 says them. */
export function toCollections(
  message: CollectionsMessage,
  { initiatingParty, sepa }: FileTerms,
  at: string,
): CollectionMessage {
  return {
    messageId: message.id,
    createdAt: at,
    initiatingParty,
    payments: paymentGroups(message).map(({ id: paymentInformationId, first, orders }) => ({
      paymentInformationId,
      requestedDate: first.businessDate,
      sequenceType: first.mandate.sequence,
      // One entry on the statement for each: it carries the number of its order.
      batchBooking: false,
      creditor: holderOf(message.account),
      ...(sepa && isSepa(first) && sepaTerms(sepa)),
      transactions: orders.map(toCollection),
    })),
  };
}

export function toCollection({
  id,
  amount,
  currency,
  counterparty,
  mandate,
  remittance,
}: CollectionOrder): CollectionTransaction {
  return {
    endToEndId: id,
    amount,
    currency,
    debtor: holderOf(counterparty),
    mandate: { id: mandate.agreementNumber, signedOn: mandate.signedOn },
    ...defined({ remittance }),
  };
}

function sepaTerms({ creditorId, instrument }: NonNullable<FileTerms['sepa']>) {
  return {
    serviceLevel: 'SEPA',
    localInstrument: instrument,
    chargeBearer: 'SLEV',
    creditorScheme: { id: creditorId, scheme: 'SEPA' },
  } as const;
}
