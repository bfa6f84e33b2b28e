import { cnapsSystem } from '../../../../shared/formats/pain/check-holder.ts';
import type { CharacterSet } from '../../../../shared/formats/pain/check-text.ts';
import { ControlSum } from '../../../../shared/formats/pain/control-sum.ts';
import type {
  AccountHolder,
  CollectionMessage,
  CollectionTransaction,
  InitiatingParty,
} from '../../../../shared/formats/pain/payment-message.ts';
import { writeCollections } from '../../../../shared/formats/pain/write-message.ts';
import { checkIban } from '../../../../shared/identifiers/iban.ts';
import { deriveId } from '../../../../shared/identifiers/id.ts';
import { defined } from '../../../../shared/objects/defined.ts';
import type { BankMessage, BankOrder, PartyAccount } from '../bank-gateway.ts';
import type { SentOrder } from '../sent-message.ts';

/** What a file says besides the orders; agreed with the bank. */
export interface FileTerms {
  readonly initiatingParty: InitiatingParty;
  /** Which characters the bank takes. */
  readonly characters: CharacterSet;
  /** Of files of the SEPA schemes: collections in EUR by a FILE rail. */
  readonly sepa?: { readonly creditorId: string; readonly instrument: 'CORE' | 'B2B' };
}

/** A message as a file, and what has to be known of it to read what comes back. */
export interface CollectionFile {
  readonly text: string;
  readonly orders: readonly SentOrder[];
  /** CtrlSum. */
  readonly sum: string;
}

/**
 * The pain.008 of a message: one payment information for each business date and sequence type, in that order, its orders
 * by id. The same message and instant give the same bytes.
 *
 * @throws PaymentMessageError names the field that the bank would refuse
 */
export async function collectionFile(message: BankMessage, terms: FileTerms, at: string): Promise<CollectionFile> {
  const groups = groupsOf(message);
  const pieces: string[] = [];
  const content = toCollections(message, groups, terms, at);
  for await (const piece of writeCollections(content, { characters: terms.characters })) pieces.push(piece);
  const sum = new ControlSum();
  for (const { amount, currency } of message.orders) sum.add(amount, currency);
  const orders = groups.flatMap(({ id, orders: ofGroup }) =>
    ofGroup.map(({ id: orderId, amount, currency }) => ({
      id: orderId,
      messageId: message.id,
      paymentInformationId: id,
      amount,
      currency,
    })),
  );
  return { text: pieces.join(''), orders, sum: sum.text };
}

interface Group {
  /** PmtInfId. */
  readonly id: string;
  readonly first: BankOrder;
  readonly orders: readonly BankOrder[];
}

function groupsOf({ id, orders }: BankMessage): Group[] {
  const groups = Map.groupBy(orders, ({ businessDate, mandate }) => `${businessDate} ${mandate.sequence}`);
  return [...groups]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([what, ofGroup]) => {
      const sorted = ofGroup.toSorted((one, other) => (one.id < other.id ? -1 : 1));
      const [first] = sorted;
      // Digits and capitals only, and another in each message: banks tell payment informations by it alone.
      return first ? [{ id: deriveId('pmt', id, what).slice('pmt_'.length), first, orders: sorted }] : [];
    });
}

function toCollections(
  { id, creditor }: BankMessage,
  groups: readonly Group[],
  { initiatingParty, sepa }: FileTerms,
  at: string,
): CollectionMessage {
  return {
    messageId: id,
    createdAt: at,
    initiatingParty,
    payments: groups.map(({ id: paymentInformationId, first, orders }) => ({
      paymentInformationId,
      requestedDate: first.businessDate,
      sequenceType: first.mandate.sequence,
      // One entry on the statement for each: it carries the number of its order.
      batchBooking: false,
      creditor: holderOf(creditor),
      ...(sepa && isSepa(first) && sepaTerms(sepa)),
      transactions: orders.map(transactionOf),
    })),
  };
}

function isSepa({ railKind, currency }: BankOrder): boolean {
  return railKind === 'FILE' && currency === 'EUR';
}

function sepaTerms({ creditorId, instrument }: NonNullable<FileTerms['sepa']>) {
  return {
    serviceLevel: 'SEPA',
    localInstrument: instrument,
    chargeBearer: 'SLEV',
    creditorScheme: { id: creditorId, scheme: 'SEPA' },
  } as const;
}

function transactionOf({ id, amount, currency, payer, mandate, remittance }: BankOrder): CollectionTransaction {
  return {
    endToEndId: id,
    amount,
    currency,
    debtor: holderOf(payer),
    mandate: { id: mandate.agreementNumber, signedOn: mandate.signedOn },
    ...defined({ remittance }),
  };
}

export function holderOf({ name, number, bank }: PartyAccount): AccountHolder {
  const { cnaps, bic } = bank;
  const clearing = cnaps === undefined ? undefined : { system: cnapsSystem, code: cnaps };
  const agent = defined({ bic, clearing });
  return {
    name,
    account: checkIban(number) === undefined ? { iban: number.toUpperCase() } : { number },
    ...(Object.keys(agent).length > 0 && { agent }),
  };
}
