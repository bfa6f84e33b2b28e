import { readIsoDateTime } from '../dates.ts';
import { holderFaults } from './check-holder.ts';
import { type CharacterSet, idFaults, nameLengthMax, textFaults } from './check-text.ts';
import { codeFaults, dateFaults } from './check-transaction.ts';
import {
  type CollectionTerms,
  chargeBearers,
  type MessageHeader,
  type PaymentTerms,
  sequenceTypes,
  type TransferTerms,
} from './payment-message.ts';
import type { FieldFault } from './payment-message-error.ts';

/** XML Schema demands seconds; that it is an instant demands an offset. */
const instant = /T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

export function headerFaults(
  { messageId, createdAt, initiatingParty }: MessageHeader,
  set: CharacterSet,
): FieldFault[] {
  const created = typeof createdAt === 'string' && instant.test(createdAt) && readIsoDateTime(createdAt) !== undefined;
  const mend = 'Give an ISO date-time with seconds and offset, such as 2026-03-02T08:00:00Z.';
  return [
    ...idFaults('messageId', messageId, set),
    ...(created ? [] : [{ path: 'createdAt', what: 'It is no instant', mend }]),
    ...partyFaults(initiatingParty, set),
  ];
}

function partyFaults(party: MessageHeader['initiatingParty'] | undefined, set: CharacterSet): FieldFault[] {
  const { name, id } = party ?? {};
  if (name === undefined && id === undefined) {
    return [{ path: 'initiatingParty', what: 'It is missing', mend: 'Give its name, its id or both.' }];
  }
  return [
    ...(name === undefined ? [] : textFaults('initiatingParty.name', name, nameLengthMax, set)),
    ...(id === undefined ? [] : idFaults('initiatingParty.id', id, set)),
  ];
}

/** What keeps the terms of a payment information from being written; paths begin at it. */
export function collectionTermsFaults(terms: CollectionTerms, set: CharacterSet): FieldFault[] {
  const { sequenceType, creditor, creditorScheme } = terms;
  return [
    ...commonFaults(terms, set),
    ...choiceFaults('sequenceType', sequenceType, sequenceTypes),
    ...holderFaults('creditor', creditor, set),
    ...(creditorScheme === undefined ? [] : idFaults('creditorScheme.id', creditorScheme.id, set)),
    ...(creditorScheme?.scheme === undefined ? [] : idFaults('creditorScheme.scheme', creditorScheme.scheme, set)),
  ];
}

export function transferTermsFaults(terms: TransferTerms, set: CharacterSet): FieldFault[] {
  return [...commonFaults(terms, set), ...holderFaults('debtor', terms.debtor, set)];
}

function commonFaults(terms: PaymentTerms, set: CharacterSet): FieldFault[] {
  const { paymentInformationId, requestedDate, serviceLevel, localInstrument, categoryPurpose, chargeBearer } = terms;
  return [
    ...idFaults('paymentInformationId', paymentInformationId, set),
    ...dateFaults('requestedDate', requestedDate),
    ...(serviceLevel === undefined ? [] : codeFaults('serviceLevel', serviceLevel, 4)),
    ...(localInstrument === undefined ? [] : codeFaults('localInstrument', localInstrument, 35)),
    ...(categoryPurpose === undefined ? [] : codeFaults('categoryPurpose', categoryPurpose, 4)),
    ...(chargeBearer === undefined ? [] : choiceFaults('chargeBearer', chargeBearer, chargeBearers)),
  ];
}

function choiceFaults(path: string, value: string, choices: readonly string[]): FieldFault[] {
  if (choices.includes(value)) return [];
  return [{ path, what: 'It is none of the codes', mend: `Give one of ${choices.join(', ')}.` }];
}
