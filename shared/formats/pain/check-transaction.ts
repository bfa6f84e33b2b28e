import { isPlainDate } from '../../calendar/plain-date.ts';
import { currencies, isCurrency } from '../../money/currency.ts';
import { holderFaults } from './check-holder.ts';
import { type CharacterSet, idFaults, remittanceLengthMax, textFaults } from './check-text.ts';
import type { CollectionTransaction, PaymentTransaction, TransferTransaction } from './payment-message.ts';
import type { FieldFault } from './payment-message-error.ts';

/** ISO 20022 gives an amount 18 digits, decimals among them. */
export const amountMax = 999_999_999_999_999_999n;

/** What keeps a collection from being written; nothing where it is sound. Paths begin at the transaction. */
export function collectionFaults(transaction: CollectionTransaction, set: CharacterSet): FieldFault[] {
  return [
    ...commonFaults(transaction, set),
    ...mandateFaults(transaction.mandate, set),
    ...holderFaults('debtor', transaction.debtor, set),
  ];
}

/** What keeps a credit transfer from being written. */
export function transferFaults(transaction: TransferTransaction, set: CharacterSet): FieldFault[] {
  return [...commonFaults(transaction, set), ...holderFaults('creditor', transaction.creditor, set)];
}

function commonFaults(transaction: PaymentTransaction, set: CharacterSet): FieldFault[] {
  const { endToEndId, instructionId, purpose, remittance, creditorReference } = transaction;
  return [
    ...idFaults('endToEndId', endToEndId, set),
    ...(instructionId === undefined ? [] : idFaults('instructionId', instructionId, set)),
    ...amountFaults(transaction),
    ...(purpose === undefined ? [] : codeFaults('purpose', purpose, 4)),
    ...(remittance === undefined ? [] : textFaults('remittance', remittance, remittanceLengthMax, set)),
    ...(creditorReference === undefined ? [] : idFaults('creditorReference', creditorReference, set)),
  ];
}

function amountFaults({ amount, currency }: PaymentTransaction): FieldFault[] {
  if (!isCurrency(currency)) {
    const mend = `Give a code of ISO 4217 in capitals, one of the ${currencies().length} in use, such as CNY.`;
    return [{ path: 'currency', what: 'It is no currency', mend }];
  }
  if (typeof amount === 'bigint' && amount > 0n && amount <= amountMax) return [];
  const mend = 'Give minor units as a bigint above zero, of at most 18 digits.';
  return [{ path: 'amount', what: 'It is not an amount to pay', mend }];
}

function mandateFaults(mandate: CollectionTransaction['mandate'] | undefined, set: CharacterSet): FieldFault[] {
  return [...idFaults('mandate.id', mandate?.id, set), ...dateFaults('mandate.signedOn', mandate?.signedOn)];
}

export function dateFaults(path: string, date: string | undefined): FieldFault[] {
  if (typeof date === 'string' && isPlainDate(date)) return [];
  return [{ path, what: 'It is no date', mend: 'Give a day that exists, written YYYY-MM-DD.' }];
}

/** Codes of ISO's external lists are capitals and digits; what each list holds changes every quarter. */
export function codeFaults(path: string, code: string, lengthMax: number): FieldFault[] {
  if (/^[A-Z0-9]+$/.test(code) && code.length <= lengthMax) return [];
  return [{ path, what: 'It is no code', mend: `Give 1 to ${lengthMax} capitals and digits.` }];
}
