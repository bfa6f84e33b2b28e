import type { CharacterSet } from '../../../../shared/formats/pain/check-text.ts';
import { ControlSum } from '../../../../shared/formats/pain/control-sum.ts';
import type { InitiatingParty } from '../../../../shared/formats/pain/payment-message.ts';
import { writeCollections, writeTransfers } from '../../../../shared/formats/pain/write-message.ts';
import type { BankMessage, BankOrder } from '../bank-gateway.ts';
import type { SentOrder } from '../sent-message.ts';
import { toCollections } from './collection-content.ts';
import { paymentGroups } from './payment-groups.ts';
import { toTransfers } from './transfer-content.ts';

/** What a file says besides the orders; agreed with the bank. */
export interface FileTerms {
  readonly initiatingParty: InitiatingParty;
  /** Which characters the bank takes. */
  readonly characters: CharacterSet;
  /** Of files of the SEPA schemes: orders in EUR by a FILE rail. Id and instrument are of collections. */
  readonly sepa?: { readonly creditorId: string; readonly instrument: 'CORE' | 'B2B' };
}

/** A message as a file, and what has to be known of it to read what comes back. */
export interface MessageFile {
  readonly text: string;
  readonly orders: readonly SentOrder[];
  /** CtrlSum. */
  readonly sum: string;
}

/**
 * The pain.008 of collections, the pain.001 of payments. The same message and instant give the same bytes, in whatever
 * order its orders stand.
 *
 * @throws PaymentMessageError names the field that the bank would refuse
 */
export async function messageFile(message: BankMessage, terms: FileTerms, at: string): Promise<MessageFile> {
  const pieces: string[] = [];
  for await (const piece of piecesOf(message, terms, at)) pieces.push(piece);
  const sum = new ControlSum();
  for (const { amount, currency } of message.orders) sum.add(amount, currency);
  return { text: pieces.join(''), orders: sentOrders(message), sum: sum.text };
}

function piecesOf(message: BankMessage, terms: FileTerms, at: string): AsyncGenerator<string> {
  const { characters } = terms;
  if (message.direction === 'PAY') return writeTransfers(toTransfers(message, terms, at), { characters });
  return writeCollections(toCollections(message, terms, at), { characters });
}

function sentOrders(message: BankMessage): SentOrder[] {
  const { id: messageId, direction } = message;
  return paymentGroups<BankOrder>(message).flatMap(({ id: paymentInformationId, orders }) =>
    orders.map(({ id, amount, currency }) => ({ id, direction, messageId, paymentInformationId, amount, currency })),
  );
}
