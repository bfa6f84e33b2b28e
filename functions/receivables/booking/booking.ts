import type { Cause } from '../../../shared/http/cause.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';
import type { TransferOrder } from '../../ledger/published.ts';
import type { BookAccounts } from '../books/book.ts';
import type { BookedAccount, BookLeg } from './legs-of.ts';

/** One fact as the ledger is to have it, once for ever. */
export interface Booking {
  readonly tenant: string;
  /** Of the fact: its id, and what became of it where it is not the fact itself. */
  readonly name: readonly string[];
  readonly legalEntity: string;
  readonly currency: CurrencyCode;
  readonly legs: readonly BookLeg[];
  readonly description: string;
  readonly references: Readonly<Record<string, string>>;
  readonly cause: Cause;
}

/**
 * The name of a fact's transfer. The ledger remembers a refusal under its name: asked again, it has another.
 */
export function transferName({ name }: Pick<Booking, 'name'>, attempt: number): string[] {
  return ['receivables', ...name, ...(attempt === 1 ? [] : [String(attempt)])];
}

/** The order for the ledger. The fingerprint names no account, so that a fact is booked once whatever becomes of its book. */
export function orderOf(
  booking: Booking,
  accounts: BookAccounts | undefined,
  attempt: number,
): TransferOrder | undefined {
  const legs = booking.legs.map(({ debit, credit, amount }) => ({
    debitAccountId: accountIdOf(debit, accounts),
    creditAccountId: accountIdOf(credit, accounts),
    amount,
    currency: booking.currency,
  }));
  const isWhole = (
    leg: (typeof legs)[number],
  ): leg is (typeof legs)[number] & Record<'debitAccountId' | 'creditAccountId', string> =>
    leg.debitAccountId !== undefined && leg.creditAccountId !== undefined;
  if (!legs.every(isWhole)) return undefined;
  const { description, references, cause } = booking;
  const fingerprint = booking.legs
    .map(({ debit, credit, amount }) => `${told(debit)} ${told(credit)} ${amount}`)
    .join(', ');
  return { name: transferName(booking, attempt), fingerprint, legs, description, references, cause };
}

function accountIdOf(account: BookedAccount, accounts: BookAccounts | undefined): string | undefined {
  return 'book' in account ? accounts?.[account.book] : account.accountId;
}

function told(account: BookedAccount): string {
  return 'book' in account ? account.book : 'other';
}
