import type { CharacterSet } from '../../../../shared/formats/pain/check-text.ts';
import { collectionFaults, transferFaults } from '../../../../shared/formats/pain/check-transaction.ts';
import type { BankOrder } from '../bank-gateway.ts';
import { toCollection } from './collection-content.ts';
import { toTransfer } from './transfer-content.ts';

/** The fields of a message as callers call them. */
const calledAs: Readonly<Record<string, string>> = {
  debtor: 'payer',
  creditor: 'payee',
  'mandate.id': 'agreementNumber',
  remittance: 'description',
};

/** Why a file cannot carry an order, in words that name the field; nothing where it can. */
export function orderFault(order: BankOrder, characters: CharacterSet): string | undefined {
  const [first] = order.mandate
    ? collectionFaults(toCollection(order), characters)
    : transferFaults(toTransfer(order), characters);
  return first && `${fieldOf(first.path)}: ${first.what}. ${first.mend}`;
}

function fieldOf(path: string): string {
  const [party = '', ...rest] = path.split('.');
  return calledAs[path] ?? [calledAs[party] ?? party, ...rest].join('.');
}
