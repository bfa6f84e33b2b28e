import type { CharacterSet } from './check-text.ts';
import type { ControlSum } from './control-sum.ts';
import type { FieldFault } from './payment-message-error.ts';

/** How one kind of message is checked and written. */
export interface MessageForm<Terms, Transaction> {
  /** Of the 2019 release: `pain.008.001.08`. */
  readonly version: string;
  /** The element of the message. */
  readonly message: string;
  termsFaults(terms: Terms, set: CharacterSet): FieldFault[];
  transactionFaults(transaction: Transaction, set: CharacterSet): FieldFault[];
  /** The elements of a PmtInf before its transactions. */
  terms(terms: Terms, totals: Totals): string;
  transaction(transaction: Transaction): string;
}

/** NbOfTxs and CtrlSum. */
export interface Totals {
  readonly count: number;
  /** The figures of all amounts added up, a decimal text. */
  readonly sum: string;
}

/** What the content of a message comes to, payment information by payment information. */
export interface MessageTotals extends Totals {
  readonly payments: readonly Totals[];
}

export function totalsOfSum({ count, text }: ControlSum): Totals {
  return { count, sum: text };
}
