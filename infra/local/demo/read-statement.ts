/** What the demo reads of the API's statements. */
export interface Money {
  readonly amount: string;
  readonly currency: string;
}

export interface Totals {
  readonly count: number;
  readonly total?: Money;
}

export interface Statement {
  readonly id: string;
  readonly format: string;
  readonly account: { readonly number: string; readonly accountKey: string };
  readonly assignment: string;
  readonly currency?: string;
  readonly toDate?: string;
  readonly status: string;
  readonly opening?: Money;
  readonly closing?: Money;
  readonly difference?: Money;
  readonly credits: Totals;
  readonly debits: Totals;
  readonly entries: number;
  readonly flags: readonly { readonly code: string; readonly count: number; readonly difference?: Money }[];
  readonly pagesCount: number;
}

export interface Entry {
  readonly status: string;
  readonly creditDebit: string;
  readonly amount: Money;
  readonly detailsCount: number;
}

export interface ReadStatement extends Statement {
  /** Transactions in the entries' details. */
  readonly transactions: number;
  /** Entries that are announced but not booked. */
  readonly notBooked: readonly Entry[];
}

export interface ImportedFile {
  readonly file: string;
  readonly refused?: string;
  readonly alreadyImported?: boolean;
  readonly statements: readonly ReadStatement[];
}
