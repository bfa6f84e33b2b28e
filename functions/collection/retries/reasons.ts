/**
 * Why a collection failed, and what follows. RETRY: later there may be money. FAILOVER: this rail did not take it, provably; another may.
 * AGAIN: it never left, for a cause that may pass, and says nothing of the rail. QUERY: what became of the money is to be asked, not
 * guessed. END: asking again gives the same answer. One catalogue for banks' codes, answers and documentation.
 */
export const reasons = {
  INSUFFICIENT_FUNDS: { next: 'RETRY', text: 'The payer’s account holds too little.' },
  BANK_LIMIT: { next: 'RETRY', text: 'A limit that the payer’s bank keeps is used up for the day.' },
  RAIL_UNAVAILABLE: { next: 'FAILOVER', text: 'The rail did not take it: it is down or closed.' },
  CUT_OFF_MISSED: { next: 'FAILOVER', text: 'It came to the rail after the last hour of the day.' },
  REFUSED_BY_RAIL: { next: 'FAILOVER', text: 'The rail does not carry such an item.' },
  DAY_PASSED: { next: 'AGAIN', text: 'The day of its rail had passed before it could be handed to a bank.' },
  MANDATE_SUSPENDED: { next: 'AGAIN', text: 'The mandate was suspended when it was to be handed to a bank.' },
  ACCOUNT_CLOSED: { next: 'END', text: 'The payer’s account is closed.' },
  ACCOUNT_BLOCKED: { next: 'END', text: 'The payer’s account is blocked.' },
  ACCOUNT_UNKNOWN: { next: 'END', text: 'The payer’s bank knows no such account.' },
  NAME_MISMATCH: { next: 'END', text: 'The account belongs to another name.' },
  NO_MANDATE: { next: 'END', text: 'The payer’s bank has no mandate for it, or it was revoked there.' },
  MANDATE_NOT_ACTIVE: { next: 'END', text: 'The mandate was not active when it was to be handed to a bank.' },
  MANDATE_LIMIT: { next: 'END', text: 'The limits of the mandate left no room on the day.' },
  ONE_OFF_USED: { next: 'END', text: 'The mandate was for one collection, and had it.' },
  NO_RAIL: { next: 'END', text: 'No rail takes it.' },
  NOT_BOOKED: { next: 'END', text: 'The ledger refused to hold it.' },
  MANDATE_REVOKED: { next: 'END', text: 'The mandate was revoked here before it was handed to a bank.' },
  NOT_WRITABLE: { next: 'END', text: 'The channel to the bank cannot carry it as it is.' },
  PAYER_REFUSED: { next: 'END', text: 'The payer refused it.' },
  DUPLICATE: { next: 'QUERY', text: 'The bank has had an item of this number: what became of that one counts.' },
  SETTLED_SHORT: {
    next: 'END',
    text: 'The bank credited less than it was asked for; find out what became of the rest.',
  },
  CONTRADICTED: {
    next: 'END',
    text: 'The bank told that money came by an order of it that had failed; find out which is so.',
  },
  CANCELLED: { next: 'END', text: 'It was cancelled before it was handed to a bank.' },
  REFUSED: { next: 'END', text: 'The bank refused it without a reason that is known here.' },
} as const satisfies Record<
  string,
  { readonly next: 'RETRY' | 'FAILOVER' | 'AGAIN' | 'QUERY' | 'END'; readonly text: string }
>;

export type ReasonCode = keyof typeof reasons;
export const reasonCodes = Object.keys(reasons) as [ReasonCode, ...ReasonCode[]];

/** External reason codes of ISO 20022 (ExternalStatusReason1Code, ExternalReturnReason1Code) in the house's words. */
const isoReasons: Readonly<Record<string, ReasonCode>> = {
  AM04: 'INSUFFICIENT_FUNDS',
  AM14: 'BANK_LIMIT',
  AM02: 'REFUSED_BY_RAIL',
  AC01: 'ACCOUNT_UNKNOWN',
  AC03: 'ACCOUNT_UNKNOWN',
  AC04: 'ACCOUNT_CLOSED',
  AC06: 'ACCOUNT_BLOCKED',
  AC07: 'ACCOUNT_CLOSED',
  AG01: 'ACCOUNT_BLOCKED',
  BE01: 'NAME_MISMATCH',
  MD01: 'NO_MANDATE',
  MD02: 'NO_MANDATE',
  MD07: 'ACCOUNT_CLOSED',
  MS02: 'PAYER_REFUSED',
  SL01: 'PAYER_REFUSED',
  AM05: 'DUPLICATE',
  // Of the message, the payment information, the transaction, its end-to-end id, its instruction; of the payment. A file
  // written twice is refused by its second MsgId, and the first is carried out.
  DU01: 'DUPLICATE',
  DU02: 'DUPLICATE',
  DU03: 'DUPLICATE',
  DU04: 'DUPLICATE',
  DU05: 'DUPLICATE',
  DUPL: 'DUPLICATE',
  AB10: 'RAIL_UNAVAILABLE',
  AB08: 'RAIL_UNAVAILABLE',
  TM01: 'CUT_OFF_MISSED',
};

/** The reason behind a code of ISO 20022; one that is not known here ends the collection as REFUSED. */
export function reasonOfIso(code: string | undefined): ReasonCode {
  return isoReasons[code ?? ''] ?? 'REFUSED';
}
