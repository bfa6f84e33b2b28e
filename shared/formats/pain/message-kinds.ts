import type { PaymentEvent, ReadHeader } from './payment-events.ts';
import type { PaymentTransaction } from './payment-message.ts';
import type { PlacedNode } from './read-fields.ts';
import { readCollectionTerms, readTransferTerms } from './read-terms.ts';
import { readCollection, readTransfer } from './read-transaction.ts';

/** How one kind of message is read. */
export interface MessageKind {
  readonly format: ReadHeader['format'];
  /** The element of a transaction. */
  readonly transaction: string;
  /** The elements of a PmtInf that its terms are read from. */
  readonly terms: ReadonlySet<string>;
  readTerms(payment: PlacedNode): PaymentEvent;
  readTransaction(transaction: PlacedNode): ReadTransaction;
}

export interface ReadTransaction {
  readonly event: PaymentEvent;
  readonly paid: PaymentTransaction;
}

const commonTerms = ['PmtInfId', 'PmtMtd', 'BtchBookg', 'NbOfTxs', 'CtrlSum', 'PmtTpInf', 'ChrgBr'];

/** By the element of the message. */
export const messageKinds: ReadonlyMap<string, MessageKind> = new Map([
  [
    'CstmrDrctDbtInitn',
    {
      format: 'pain.008',
      transaction: 'DrctDbtTxInf',
      terms: new Set([...commonTerms, 'ReqdColltnDt', 'Cdtr', 'CdtrAcct', 'CdtrAgt', 'CdtrSchmeId']),
      readTerms: (payment) => ({ kind: 'collection-terms', terms: readCollectionTerms(payment) }),
      readTransaction: (placed) => {
        const transaction = readCollection(placed);
        return { event: { kind: 'collection', transaction }, paid: transaction };
      },
    },
  ],
  [
    'CstmrCdtTrfInitn',
    {
      format: 'pain.001',
      transaction: 'CdtTrfTxInf',
      terms: new Set([...commonTerms, 'ReqdExctnDt', 'Dbtr', 'DbtrAcct', 'DbtrAgt']),
      readTerms: (payment) => ({ kind: 'transfer-terms', terms: readTransferTerms(payment) }),
      readTransaction: (placed) => {
        const transaction = readTransfer(placed);
        return { event: { kind: 'transfer', transaction }, paid: transaction };
      },
    },
  ],
]);
