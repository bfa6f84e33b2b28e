import { defined } from '../../objects/defined.ts';
import { readAmount } from '../amount-text.ts';
import { FormatError } from '../format-error.ts';
import { exactTextAt, find, findAll } from '../xml/xml-node.ts';
import type { CollectionTransaction, PaymentTransaction, TransferTransaction } from './payment-message.ts';
import { badField, dateOf, missing, type PlacedNode, requiredNode, requiredText } from './read-fields.ts';
import { readHolder } from './read-holder.ts';

export function readCollection(transaction: PlacedNode): CollectionTransaction {
  refuseOwnType(transaction);
  const mandate = requiredNode(transaction, 'DrctDbtTx', 'MndtRltdInf');
  return {
    ...readCommon(transaction, ['InstdAmt']),
    debtor: readHolder(transaction, 'Dbtr'),
    mandate: {
      id: requiredText(mandate, 'MndtId'),
      signedOn: dateOf(requiredText(mandate, 'DtOfSgntr'), `${mandate.place}/DtOfSgntr`),
    },
  };
}

export function readTransfer(transaction: PlacedNode): TransferTransaction {
  refuseOwnType(transaction);
  return { ...readCommon(transaction, ['Amt', 'InstdAmt']), creditor: readHolder(transaction, 'Cdtr') };
}

/** What stands here alone would be lost, and with it how the money goes. */
function refuseOwnType({ node, place }: PlacedNode): void {
  if (!find(node, 'PmtTpInf')) return;
  throw badField('It is given for a transaction; here it is read for the whole PmtInf only', `${place}/PmtTpInf`);
}

function readCommon(transaction: PlacedNode, amountPath: readonly string[]): PaymentTransaction {
  const { node } = transaction;
  return {
    endToEndId: requiredText(transaction, 'PmtId', 'EndToEndId'),
    ...readInstructedAmount(requiredNode(transaction, ...amountPath)),
    ...defined({
      instructionId: exactTextAt(node, 'PmtId', 'InstrId'),
      purpose: exactTextAt(node, 'Purp', 'Cd'),
      remittance: readRemittance(transaction),
      creditorReference: exactTextAt(node, 'RmtInf', 'Strd', 'CdtrRefInf', 'Ref'),
    }),
  };
}

/** @throws FormatError missing-field, bad-amount and those of `readAmount` */
export function readInstructedAmount({ node, place }: PlacedNode): Pick<PaymentTransaction, 'amount' | 'currency'> {
  const currency = node.attributes.Ccy;
  if (currency === undefined) throw missing(`${place}/@Ccy`);
  const text = exactTextAt(node);
  if (text === undefined) throw missing(place);
  // A comma is a decimal sign to some banks and parts thousands to others; a payment is not guessed at.
  if (text.includes(',')) throw badAmount('It has a comma', place);
  const { magnitude, negative } = readAmount(text, currency, place);
  if (negative || magnitude === 0n) throw badAmount('It is not above zero', place);
  return { amount: magnitude, currency };
}

function badAmount(what: string, element: string): FormatError {
  return new FormatError('bad-amount', what, { element });
}

/** The lines as one text; a sender who keeps to one line has it back as it is. */
function readRemittance({ node }: PlacedNode): string | undefined {
  const lines = findAll(find(node, 'RmtInf'), 'Ustrd').flatMap((line) => exactTextAt(line) ?? []);
  return lines.length > 0 ? lines.join(' ') : undefined;
}
