import { defined } from '../../objects/defined.ts';
import { readIsoDateTime } from '../dates.ts';
import { exactTextAt, find } from '../xml/xml-node.ts';
import {
  type CollectionTerms,
  chargeBearers,
  type MessageHeader,
  type PaymentTerms,
  sequenceTypes,
  type TransferTerms,
} from './payment-message.ts';
import { badField, choiceOf, dateOf, missing, type PlacedNode, requiredText } from './read-fields.ts';
import { readHolder } from './read-holder.ts';

export function readGroupHeader(header: PlacedNode): MessageHeader {
  const createdAt = requiredText(header, 'CreDtTm');
  if (readIsoDateTime(createdAt) === undefined) throw badField('It is no date-time', `${header.place}/CreDtTm`);
  requiredText(header, 'NbOfTxs');
  const party = find(header.node, 'InitgPty');
  const organisation = find(party, 'Id', 'OrgId') ?? find(party, 'Id', 'PrvtId');
  const initiatingParty = defined({ name: exactTextAt(party, 'Nm'), id: exactTextAt(organisation, 'Othr', 'Id') });
  if (Object.keys(initiatingParty).length === 0) throw missing(`${header.place}/InitgPty`);
  return { messageId: requiredText(header, 'MsgId'), createdAt, initiatingParty };
}

export function readCollectionTerms(payment: PlacedNode): CollectionTerms {
  const sequence = requiredText(payment, 'PmtTpInf', 'SeqTp');
  return {
    ...readCommon(payment, 'DD'),
    requestedDate: dateOf(requiredText(payment, 'ReqdColltnDt'), `${payment.place}/ReqdColltnDt`),
    sequenceType: choiceOf(sequence, sequenceTypes, `${payment.place}/PmtTpInf/SeqTp`),
    creditor: readHolder(payment, 'Cdtr'),
    ...defined({ creditorScheme: readCreditorScheme(payment) }),
  };
}

export function readTransferTerms(payment: PlacedNode): TransferTerms {
  return {
    ...readCommon(payment, 'TRF'),
    requestedDate: readExecutionDate(payment),
    debtor: readHolder(payment, 'Dbtr'),
  };
}

function readCommon(payment: PlacedNode, method: 'DD' | 'TRF'): Omit<PaymentTerms, 'requestedDate'> {
  const { node, place } = payment;
  choiceOf(requiredText(payment, 'PmtMtd'), [method], `${place}/PmtMtd`);
  const bearer = exactTextAt(node, 'ChrgBr');
  const type = find(node, 'PmtTpInf');
  return {
    paymentInformationId: requiredText(payment, 'PmtInfId'),
    ...defined({
      batchBooking: readIndicator(payment, 'BtchBookg'),
      serviceLevel: exactTextAt(type, 'SvcLvl', 'Cd'),
      localInstrument: exactTextAt(type, 'LclInstrm', 'Cd'),
      categoryPurpose: exactTextAt(type, 'CtgyPurp', 'Cd'),
      chargeBearer: bearer === undefined ? undefined : choiceOf(bearer, chargeBearers, `${place}/ChrgBr`),
    }),
  };
}

function readIndicator({ node, place }: PlacedNode, name: string): boolean | undefined {
  const text = exactTextAt(node, name);
  if (text === undefined) return undefined;
  if (text === 'true' || text === '1') return true;
  if (text === 'false' || text === '0') return false;
  throw badField('It is neither true nor false', `${place}/${name}`);
}

/** A date up to version 3, after it a date or a date-time; of that the date counts. */
function readExecutionDate({ node, place }: PlacedNode): string {
  const element = `${place}/ReqdExctnDt`;
  const date = find(node, 'ReqdExctnDt');
  const text = exactTextAt(date, 'Dt') ?? exactTextAt(date, 'DtTm') ?? exactTextAt(date);
  if (text === undefined) throw missing(element);
  return dateOf(text, element);
}

function readCreditorScheme({ node }: PlacedNode): CollectionTerms['creditorScheme'] {
  const id = find(node, 'CdtrSchmeId', 'Id');
  const other = find(id, 'PrvtId', 'Othr') ?? find(id, 'OrgId', 'Othr');
  const text = exactTextAt(other, 'Id');
  if (text === undefined) return undefined;
  const scheme = exactTextAt(other, 'SchmeNm', 'Prtry') ?? exactTextAt(other, 'SchmeNm', 'Cd');
  return { id: text, ...defined({ scheme }) };
}
