import type { PlainDate } from '../../calendar/plain-date.ts';
import type { CurrencyCode } from '../../money/currency.ts';

/**
 * What a company tells its bank to collect (pain.008) or to pay (pain.001), in the terms of ISO 20022. Amounts are bigint
 * minor units of their currency and above zero. Texts are as they stand in the message; lengths count characters.
 */
export interface MessageHeader {
  /** MsgId, 35 characters at the most; with it the bank tells a message sent twice. */
  readonly messageId: string;
  /** CreDtTm: an ISO date-time with its offset, as `Date.toISOString` gives it; what is read may lack the offset. */
  readonly createdAt: string;
  readonly initiatingParty: InitiatingParty;
}

/** Who sends the message: a name, an identification (a unified social credit code, say) of 35 characters, or both. */
export interface InitiatingParty {
  readonly name?: string;
  readonly id?: string;
}

/** A party with the account the money leaves or reaches, and the bank that keeps the account where that is known. */
export interface AccountHolder {
  /** 140 characters at the most. */
  readonly name: string;
  readonly account: AccountIdentification;
  readonly agent?: Agent;
}

/** `number`: corporate accounts and cards of China and all else without IBAN, 34 characters, in any form their bank gives them. */
export type AccountIdentification =
  | { readonly iban: string; readonly number?: never }
  | { readonly number: string; readonly iban?: never };

/** A bank by its BIC, its code in a clearing system, or both. */
export interface Agent {
  readonly bic?: string;
  readonly clearing?: ClearingMember;
}

/** `system` is a code of ISO's list: CNAPS with its 12-digit bank code, USABA, DEBLZ …; what is read may lack it. */
export interface ClearingMember {
  readonly system?: string;
  readonly code: string;
}

/** First, recurrent, final or one-off collection under a mandate. */
export const sequenceTypes = ['FRST', 'RCUR', 'FNAL', 'OOFF'] as const;
export type SequenceType = (typeof sequenceTypes)[number];

export const chargeBearers = ['DEBT', 'CRED', 'SHAR', 'SLEV'] as const;
export type ChargeBearer = (typeof chargeBearers)[number];

/** What holds for all transactions of one payment information (PmtInf). */
export interface PaymentTerms {
  readonly paymentInformationId: string;
  /** ReqdColltnDt or ReqdExctnDt. */
  readonly requestedDate: PlainDate;
  /** One entry on the statement for all of them (true) or one for each. Missing: as agreed with the bank. */
  readonly batchBooking?: boolean;
  /** Codes of ISO's lists: SEPA, URGP …; CORE, B2B …; SALA, SUPP …. */
  readonly serviceLevel?: string;
  readonly localInstrument?: string;
  readonly categoryPurpose?: string;
  readonly chargeBearer?: ChargeBearer;
}

export interface CollectionTerms extends PaymentTerms {
  readonly sequenceType: SequenceType;
  readonly creditor: AccountHolder;
  /** CdtrSchmeId: what a scheme (`SEPA`, or one agreed with the bank) knows the creditor by. What is read may lack it. */
  readonly creditorScheme?: { readonly id: string; readonly scheme?: string };
}

export interface TransferTerms extends PaymentTerms {
  readonly debtor: AccountHolder;
}

export interface PaymentTransaction {
  /** Travels to the other side and back, 35 characters at the most. */
  readonly endToEndId: string;
  /** Between sender and bank only, 35 characters at the most. */
  readonly instructionId?: string;
  readonly amount: bigint;
  readonly currency: CurrencyCode;
  /** A code of ISO's list, four characters: GDDS, RENT …. */
  readonly purpose?: string;
  /** What the other side reads on its statement, 140 characters at the most. */
  readonly remittance?: string;
  /** A creditor reference (SCOR), 35 characters at the most. */
  readonly creditorReference?: string;
}

export interface CollectionTransaction extends PaymentTransaction {
  readonly debtor: AccountHolder;
  readonly mandate: { readonly id: string; readonly signedOn: PlainDate };
}

export interface TransferTransaction extends PaymentTransaction {
  readonly creditor: AccountHolder;
}

/** Something that can be gone through more than once: an array, or what reads a store anew each time. */
export type Source<T> = Iterable<T> | AsyncIterable<T>;

export interface Message<Terms, Transaction> extends MessageHeader {
  readonly payments: Source<Payment<Terms, Transaction>>;
}

export type Payment<Terms, Transaction> = Terms & { readonly transactions: Source<Transaction> };

/** pain.008 */
export type CollectionMessage = Message<CollectionTerms, CollectionTransaction>;

/** pain.001 */
export type TransferMessage = Message<TransferTerms, TransferTransaction>;
