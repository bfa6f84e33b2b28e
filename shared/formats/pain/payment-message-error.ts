/** What is wrong with one field, and how to mend it. Fit for a caller to read: quotes no account number. */
export interface FieldFault {
  /** From where the check began: `debtor.account.iban`. */
  readonly path: string;
  readonly what: string;
  readonly mend: string;
}

/** A message that cannot be written. `path` leads from the message to the field: `payments[0].transactions[3].endToEndId`. */
export class PaymentMessageError extends Error {
  readonly path: string;
  readonly what: string;
  readonly mend: string;

  constructor({ path, what, mend }: FieldFault) {
    super(`${path}: ${what}. ${mend}`);
    this.name = 'PaymentMessageError';
    this.path = path;
    this.what = what;
    this.mend = mend;
  }
}
