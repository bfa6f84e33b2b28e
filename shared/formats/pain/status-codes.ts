/**
 * Where a transaction stands, for whoever waits for it. SETTLED, REJECTED and CANCELLED are ends; PARTIAL is of groups
 * only; UNKNOWN is a code that is not in the table below, and moves nothing.
 */
export type PaymentState =
  | 'RECEIVED'
  | 'PENDING'
  | 'ACCEPTED'
  | 'PROCESSING'
  | 'SETTLED'
  | 'REJECTED'
  | 'CANCELLED'
  | 'PARTIAL'
  | 'UNKNOWN';

/**
 * Codes of ISO 20022 (ExternalPaymentTransactionStatus1Code and ExternalPaymentGroupStatus1Code). Accepted is checked, not
 * executed: ACTC by form, ACCP by the customer's profile, ACFC by funds, ACWC with a change. ACSP is on its way, ACWP has
 * reached the other bank and is not posted there. ACSC is settled on the payer's side, ACCC on the payee's account.
 */
const states: ReadonlyMap<string, PaymentState> = new Map([
  ['RCVD', 'RECEIVED'],
  ['PDNG', 'PENDING'],
  ['PATC', 'PENDING'],
  ['ACTC', 'ACCEPTED'],
  ['ACCP', 'ACCEPTED'],
  ['ACFC', 'ACCEPTED'],
  ['ACWC', 'ACCEPTED'],
  ['ACSP', 'PROCESSING'],
  ['ACWP', 'PROCESSING'],
  ['ACSC', 'SETTLED'],
  ['ACCC', 'SETTLED'],
  ['RJCT', 'REJECTED'],
  ['CANC', 'CANCELLED'],
  ['PART', 'PARTIAL'],
]);

export function stateOf(code: string): PaymentState {
  return states.get(code) ?? 'UNKNOWN';
}
