import { positive } from '../../../shared/money/compare.ts';
import { sum } from '../../../shared/money/sum.ts';
import type { BookAccounts } from '../books/book.ts';
import type { Invoice, InvoiceReduction } from '../invoices/invoice.ts';
import { cashOf, clearedBy, type Match } from '../matches/match.ts';
import type { Receipt, Refund } from '../receipts/receipt.ts';

/** An account of a book, or one of the ledger by its id. */
export type BookedAccount = { readonly book: keyof BookAccounts } | { readonly accountId: string };

/** What is debited and credited for a fact, before it is known which accounts the book has. Minor units, above zero. */
export interface BookLeg {
  readonly debit: BookedAccount;
  readonly credit: BookedAccount;
  readonly amount: bigint;
}

const receivable: BookedAccount = { book: 'receivable' };
const revenue: BookedAccount = { book: 'revenue' };
const unapplied: BookedAccount = { book: 'unapplied' };
const onAccount: BookedAccount = { book: 'onAccount' };
const discount: BookedAccount = { book: 'discount' };
const charge: BookedAccount = { book: 'charge' };
const badDebt: BookedAccount = { book: 'badDebt' };

/** The account that the money of a receipt lies on. */
export function cashOfReceipt({ cashAccountId }: Pick<Receipt, 'cashAccountId'>): BookedAccount {
  return cashAccountId === undefined ? { book: 'cash' } : { accountId: cashAccountId };
}

/*
 * A credit adds to the balance of an account: what customers owe stands on `receivable` as a credit, and all accounts of a
 * book with its cash add up to zero.
 */

/** Issued: the customer owes it. */
export function legsOfInvoice({ amount }: Pick<Invoice, 'amount'>): BookLeg[] {
  return legs({ debit: revenue, credit: receivable, amount });
}

/** Taken back (红字发票), or written off as bad (坏账). */
export function legsOfReduction({ kind, amount }: Pick<InvoiceReduction, 'kind' | 'amount'>): BookLeg[] {
  return legs({ debit: receivable, credit: kind === 'CREDIT_NOTE' ? revenue : badDebt, amount });
}

/** Money came, and nobody knows yet what for. */
export function legsOfReceipt(receipt: Pick<Receipt, 'amount' | 'cashAccountId'>): BookLeg[] {
  return legs({ debit: unapplied, credit: cashOfReceipt(receipt), amount: receipt.amount });
}

/** Invoices are cleared by cash, from what is unapplied or on account, by discounts and by charges; the rest goes on account. */
export function legsOfMatch(match: Pick<Match, 'allocations' | 'onAccount' | 'fromOnAccount'>): BookLeg[] {
  const { allocations, fromOnAccount } = match;
  const cash = cashOf(match);
  return legs(
    { debit: receivable, credit: unapplied, amount: cash - fromOnAccount },
    { debit: receivable, credit: onAccount, amount: fromOnAccount },
    { debit: receivable, credit: discount, amount: sum(allocations.map((one) => one.discount)) },
    { debit: receivable, credit: charge, amount: sum(allocations.map((one) => one.charge)) },
    { debit: onAccount, credit: unapplied, amount: match.onAccount },
  );
}

/** What was booked, turned round. */
export function turnedRound(booked: readonly BookLeg[]): BookLeg[] {
  return booked.map(({ debit, credit, amount }) => ({ debit: credit, credit: debit, amount }));
}

/**
 * Money goes back to its payer; or what went back from on account went from what is unapplied after all; or, below zero, it did not
 * go back after all.
 */
export function legsOfRefund(refund: Pick<Refund, 'amount' | 'fromOnAccount' | 'cashAccountId'>): BookLeg[] {
  const { amount, fromOnAccount } = refund;
  if (amount < 0n) return turnedRound(legsOfRefund({ ...refund, amount: -amount, fromOnAccount: -fromOnAccount }));
  const cash = cashOfReceipt(refund);
  return legs(
    { debit: cash, credit: unapplied, amount: amount - positive(fromOnAccount) },
    { debit: cash, credit: onAccount, amount: fromOnAccount },
    { debit: onAccount, credit: unapplied, amount: -fromOnAccount },
  );
}

/** What a match takes off the receivable of invoices. Minor units. */
export function clearedByMatch({ allocations }: Pick<Match, 'allocations'>): bigint {
  return sum(allocations.map(clearedBy));
}

function legs(...all: readonly BookLeg[]): BookLeg[] {
  return all.filter(({ amount }) => amount > 0n);
}
