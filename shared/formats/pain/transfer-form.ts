import { element, textElement } from '../xml/write-xml.ts';
import { transferTermsFaults } from './check-terms.ts';
import { transferFaults } from './check-transaction.ts';
import type { MessageForm } from './message-form.ts';
import type { TransferTerms, TransferTransaction } from './payment-message.ts';
import {
  account,
  agent,
  agentIfKnown,
  instructedAmount,
  party,
  paymentId,
  purposeAndRemittance,
  termsHead,
} from './write-parts.ts';

/** pain.001.001.09, CustomerCreditTransferInitiation. */
export const transferForm: MessageForm<TransferTerms, TransferTransaction> = {
  version: 'pain.001.001.09',
  message: 'CstmrCdtTrfInitn',
  termsFaults: transferTermsFaults,
  transactionFaults: transferFaults,
  terms: (terms, totals) =>
    termsHead(terms, 'TRF', totals) +
    element('ReqdExctnDt', textElement('Dt', terms.requestedDate)) +
    party('Dbtr', terms.debtor) +
    account('Dbtr', terms.debtor) +
    agent('Dbtr', terms.debtor) +
    textElement('ChrgBr', terms.chargeBearer),
  transaction: (transaction) =>
    element(
      'CdtTrfTxInf',
      paymentId(transaction) +
        element('Amt', instructedAmount(transaction)) +
        agentIfKnown('Cdtr', transaction.creditor) +
        party('Cdtr', transaction.creditor) +
        account('Cdtr', transaction.creditor) +
        purposeAndRemittance(transaction),
    ),
};
