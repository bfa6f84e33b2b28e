import { deriveId } from '../../shared/identifiers/id.ts';

/** Where things lie in the table. Tenant names hold no '#'. */
export const keys = {
  book: (tenant: string, legalEntity: string, currency: string) => ({
    pk: `${tenant}#BOOKS`,
    sk: `BOOK#${currency}#${legalEntity}`,
  }),
  rules: (tenant: string) => ({ pk: `${tenant}#RULES`, sk: 'RULES' }),
  customer: (tenant: string, customerId: string) => ({ pk: `${tenant}#${customerId}`, sk: 'CUSTOMER' }),
  /** Which customers pay from an account, and have a name in its normal form: items of their own, found by the payer. */
  payerAccount: (tenant: string, accountKey: string, customerId: string) => ({
    pk: `${tenant}#PA#${accountKey}`,
    sk: customerId,
  }),
  payerName: (tenant: string, nameKey: string, customerId: string) => ({
    pk: `${tenant}#PN#${nameKey}`,
    sk: customerId,
  }),
  /** Its id is derived from the account key, so that it is found by either. */
  virtualAccount: (tenant: string, virtualAccountId: string) => ({
    pk: `${tenant}#${virtualAccountId}`,
    sk: 'VIRTUAL_ACCOUNT',
  }),
  invoice: (tenant: string, invoiceId: string) => ({ pk: `${tenant}#${invoiceId}`, sk: 'INVOICE' }),
  /** Credit notes and write-offs of an invoice. */
  reduction: (tenant: string, invoiceId: string, id: string) => ({ pk: `${tenant}#${invoiceId}`, sk: `LESS#${id}` }),
  /** Which credit note of a legal entity has a number. */
  creditNoteNumber: (tenant: string, legalEntity: string, number: string) => ({
    pk: `${tenant}#CN#${legalEntity}#${number}`,
    sk: 'CREDIT_NOTE_NUMBER',
  }),
  /** Which invoices have a number, or another reference, in its normal form; of a paid one too. */
  referenceToken: (tenant: string, token: string, invoiceId: string) => ({
    pk: `${tenant}#RT#${token}`,
    sk: invoiceId,
  }),
  receipt: (tenant: string, receiptId: string) => ({ pk: `${tenant}#${receiptId}`, sk: 'RECEIPT' }),
  /**
   * What leads to receipts: the money that came to a legal entity by its amount, and what came to an account by what a bank or a
   * payer calls it.
   */
  receiptOfAmount: (
    tenant: string,
    of: { toldBy: 'HAND' | 'OTHERS'; legalEntity: string; currency: string; amount: bigint },
    paidOn: string,
    receiptId: string,
  ) => ({
    pk: `${tenant}#MA#${of.toldBy}#${of.currency}#${of.amount}#${of.legalEntity}`,
    sk: `${paidOn}#${receiptId}`,
  }),
  receiptOfName: (
    tenant: string,
    { accountId, currency }: { accountId: string; currency: string },
    { by, name }: { by: 'BANK' | 'PAYER'; name: string },
    receiptId: string,
  ) => ({ pk: `${tenant}#MN#${by}#${accountId}#${currency}#${name}`, sk: receiptId }),
  refund: (tenant: string, receiptId: string, id: string) => ({ pk: `${tenant}#${receiptId}`, sk: `REFUND#${id}` }),
  /** What a bank took back of a receipt, of which nothing was left by then: somebody was told to look, once. */
  unreturned: (tenant: string, receiptId: string, refundId: string) => ({
    pk: `${tenant}#${receiptId}`,
    sk: `UNRETURNED#${refundId}`,
  }),
  /** Which returned credit takes money off a receipt at the moment: one at a time. */
  returning: (tenant: string, receiptId: string) => ({ pk: `${tenant}#${receiptId}`, sk: 'RETURNING' }),
  /** A credit that a bank took back; and, beside the others of its tenant, that something of it is left to be done. */
  returnedCredit: (tenant: string, id: string) => ({ pk: `${tenant}#${id}`, sk: 'RETURNED_CREDIT' }),
  openReturned: (tenant: string, id: string) => ({ pk: `${tenant}#OPEN_RETURNED`, sk: id }),
  /** What statements say came of a file of collections. */
  collectedCredit: (tenant: string, id: string) => ({ pk: `${tenant}#${id}`, sk: 'COLLECTED_CREDIT' }),
  /** Money of an own account, beside the receipt that it would be. */
  ownCredit: (tenant: string, receiptId: string) => ({ pk: `${tenant}#${receiptId}`, sk: 'OWN_CREDIT' }),
  match: (tenant: string, matchId: string) => ({ pk: `${tenant}#${matchId}`, sk: 'MATCH' }),
  run: (tenant: string, runId: string) => ({ pk: `${tenant}#${runId}`, sk: 'RUN' }),
  /** What a run decided, in blocks, each attempt its own. */
  runBlock: (tenant: string, runId: string, attempt: number, block: number) => ({
    pk: `${tenant}#${runId}`,
    sk: `N#${attempt}#${String(block).padStart(6, '0')}`,
  }),
  /** What the ledger refused to book, until it takes it. */
  refusedBooking: (tenant: string, name: string) => ({ pk: `${tenant}#RB#${name}`, sk: 'REFUSED_BOOKING' }),
} as const;

/** There is one customer of each number, one virtual account, one invoice of each number of a legal entity. */
export const customerIdOf = (tenant: string, number: string) => deriveId('cus', tenant, number);
export const virtualAccountIdOf = (tenant: string, accountKey: string) => deriveId('va', tenant, accountKey);
export const invoiceIdOf = (tenant: string, legalEntity: string, number: string) =>
  deriveId('inv', tenant, legalEntity, number);

/** Index `byOpen`: invoices and receipts with something left, by customer or by day, over shards. */
const openShardCount = 8;
export const openInvoiceShards = (tenant: string) => shardsOf(`${tenant}#OPEN#I`);
export const openReceiptShards = (tenant: string) => shardsOf(`${tenant}#OPEN#R`);
/** All open invoices of a customer lie in one shard, by due day. */
export const openInvoicePlace = (tenant: string, customerId: string, dueOn: string, invoiceId: string) => ({
  openOf: `${tenant}#OPEN#I#${shardOf(customerId)}`,
  openAt: `${customerId}#${dueOn}#${invoiceId}`,
});
export const openReceiptPlace = (tenant: string, paidOn: string, receiptId: string) => ({
  openOf: `${tenant}#OPEN#R#${shardOf(receiptId)}`,
  openAt: `${paidOn}#${receiptId}`,
});
/** Receipts that are used up, in the same index, so that all there are can be listed by day. */
export const closedReceiptShards = (tenant: string) => shardsOf(`${tenant}#CLOSED#R`);
export const closedReceiptPlace = (tenant: string, paidOn: string, receiptId: string) => ({
  openOf: `${tenant}#CLOSED#R#${shardOf(receiptId)}`,
  openAt: `${paidOn}#${receiptId}`,
});

/** Receipts that are used up and of which something is on account, so that all money without an invoice can be found. */
export const onAccountReceiptShards = (tenant: string) => shardsOf(`${tenant}#ONACCOUNT#R`);
export const onAccountReceiptPlace = (tenant: string, paidOn: string, receiptId: string) => ({
  openOf: `${tenant}#ONACCOUNT#R#${shardOf(receiptId)}`,
  openAt: `${paidOn}#${receiptId}`,
});

/** Index `byCustomer`: all that happened between a customer and us, by the day that it counts from. */
export const customerPlace = (tenant: string, customerId: string, date: string, kind: string, id: string) => ({
  customerOf: `${tenant}#${customerId}`,
  customerAt: `${date}#${kind}#${id}`,
});

/** Index `byException`: receipts that wait for somebody, by reason and the time since when. */
export const exceptionPlace = (tenant: string, reason: string, since: string, receiptId: string) => ({
  exceptionOf: `${tenant}#EXCEPTION#${reason}`,
  exceptionAt: `${since}#${receiptId}`,
});

/** Index `byList`: customers by number, virtual accounts by number, runs and refused bookings by time. */
export const customersOf = (tenant: string) => `${tenant}#CUSTOMERS`;
export const virtualAccountsOf = (tenant: string) => `${tenant}#VIRTUAL_ACCOUNTS`;
/** Of all tenants: they are few. */
export const refusedBookings = 'REFUSED_BOOKINGS';
/** Index `byOpen`: runs of all tenants that are under way. */
export const openRuns = 'OPEN#RUNS';
/** Books of all tenants, by tenant: who has receivables at all. */
export const allBooks = 'BOOKS';
export const bookListPlace = (tenant: string, legalEntity: string, currency: string) => ({
  listOf: allBooks,
  listAt: `${tenant}#${currency}#${legalEntity}`,
});
export const returnedListOf = (tenant: string, state: string) => `${tenant}#RETURNED#${state}`;
export const collectedOf = (tenant: string, state: string) => `${tenant}#COLLECTED#${state}`;
export const ownCreditsOf = (tenant: string, state: string) => `${tenant}#OWN_CREDITS#${state}`;
/** Index `byOpen`: what statements say of files of collections, of all tenants, that is to be compared again. */
export const openCollected = 'OPEN#COLLECTED';
export const runsOf = (tenant: string) => `${tenant}#RUNS`;

function shardsOf(prefix: string): string[] {
  return Array.from({ length: openShardCount }, (_, shard) => `${prefix}#${shard}`);
}

function shardOf(id: string): number {
  const sum = Array.from(id.slice(-8)).reduce((total, character) => total * 31 + character.charCodeAt(0), 7);
  return sum % openShardCount;
}
