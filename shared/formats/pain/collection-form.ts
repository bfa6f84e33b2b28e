import { element, textElement } from '../xml/write-xml.ts';
import { collectionTermsFaults } from './check-terms.ts';
import { collectionFaults } from './check-transaction.ts';
import type { MessageForm } from './message-form.ts';
import type { CollectionTerms, CollectionTransaction } from './payment-message.ts';
import { account, agent, instructedAmount, party, paymentId, purposeAndRemittance, termsHead } from './write-parts.ts';

/** pain.008.001.08, CustomerDirectDebitInitiation. */
export const collectionForm: MessageForm<CollectionTerms, CollectionTransaction> = {
  version: 'pain.008.001.08',
  message: 'CstmrDrctDbtInitn',
  termsFaults: collectionTermsFaults,
  transactionFaults: collectionFaults,
  terms: (terms, totals) =>
    termsHead(terms, 'DD', totals, terms.sequenceType) +
    textElement('ReqdColltnDt', terms.requestedDate) +
    party('Cdtr', terms.creditor) +
    account('Cdtr', terms.creditor) +
    agent('Cdtr', terms.creditor) +
    textElement('ChrgBr', terms.chargeBearer) +
    creditorScheme(terms),
  transaction: (transaction) =>
    element(
      'DrctDbtTxInf',
      paymentId(transaction) +
        instructedAmount(transaction) +
        mandate(transaction) +
        agent('Dbtr', transaction.debtor) +
        party('Dbtr', transaction.debtor) +
        account('Dbtr', transaction.debtor) +
        purposeAndRemittance(transaction),
    ),
};

function creditorScheme({ creditorScheme: known }: CollectionTerms): string {
  if (!known) return '';
  const scheme = element('SchmeNm', textElement('Prtry', known.scheme));
  return element(
    'CdtrSchmeId',
    element('Id', element('PrvtId', element('Othr', textElement('Id', known.id) + scheme))),
  );
}

function mandate({ mandate: { id, signedOn } }: CollectionTransaction): string {
  return element('DrctDbtTx', element('MndtRltdInf', textElement('MndtId', id) + textElement('DtOfSgntr', signedOn)));
}
