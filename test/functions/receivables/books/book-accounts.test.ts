import { describe, expect, it } from 'vitest';
import type { LedgerAccount } from '../../../../functions/ledger/published.ts';
import {
  accountPurposes,
  bookAccountFaults,
  replacedWithBalance,
} from '../../../../functions/receivables/books/book-accounts.ts';
import { aBook, accounts, entity } from '../samples.ts';

const account = (id: string, more: Partial<LedgerAccount> = {}): LedgerAccount => ({
  ...{ id, currency: 'CNY', holder: entity, purpose: 'GENERAL', hot: false, hasBankAccount: false, status: 'ACTIVE' },
  ...{ posted: 0n, pendingIn: 0n, pendingOut: 0n, frozen: 0n, version: 0 },
  ...more,
});

function ledger(changes: Record<string, Partial<LedgerAccount>> = {}) {
  return new Map(Object.values(accounts).map((id) => [id, account(id, changes[id])] as const));
}
const purposes = (of: Map<string, LedgerAccount>, book = aBook()) =>
  bookAccountFaults(book, of).map(({ purpose }) => purpose);

describe('the accounts of a book', () => {
  it('are eight of the entity in its currency', () => {
    expect(bookAccountFaults(aBook(), ledger())).toEqual([]);
    expect(accountPurposes.map((purpose) => accounts[purpose])).toEqual(Object.values(accounts));
  });

  it('are refused one by one, each with its reason', () => {
    const faults = bookAccountFaults(
      aBook(),
      ledger({
        acc_1: { currency: 'USD' },
        acc_2: { holder: '别人' },
        acc_3: { status: 'CLOSED' },
        acc_4: { floor: 0n },
        acc_5: { purpose: 'LOAN' },
        acc_6: { book: { id: 'book', role: 'LEDGER' } },
        acc_7: { owner: 'settlement' },
      }),
    );
    expect(faults.map(({ purpose }) => purpose)).toEqual(accountPurposes.slice(0, 7));
    expect(faults[0]?.detail).toBe('The account is in USD; name one in CNY.');
    expect(new Set(faults.map(({ detail }) => detail)).size).toBe(7);
  });

  it('are refused where they are not there', () => {
    const few = ledger();
    few.delete('acc_7');
    expect(purposes(few)).toEqual(['badDebt']);
  });

  it('serve one purpose each', () => {
    const twice = aBook({ accounts: { ...accounts, charge: accounts.discount } });
    expect(bookAccountFaults(twice, ledger())).toEqual([
      { purpose: 'charge', detail: 'It is the account of `discount` already; open one of its own.' },
    ]);
  });

  it('may have a bound where it is cash', () => {
    expect(purposes(ledger({ acc_8: { floor: 0n } }))).toEqual([]);
  });

  it('are not exchanged while they carry anything, but for cash', () => {
    const next = { ...accounts, receivable: 'acc_91', discount: 'acc_95', cash: 'acc_98' };
    const carrying = ledger({ acc_1: { posted: 5n }, acc_2: { posted: -5n }, acc_8: { posted: 5n } });
    expect(replacedWithBalance(accounts, next, carrying)).toEqual(['receivable']);
    expect(replacedWithBalance(accounts, next, ledger({ acc_5: { pendingIn: 1n } }))).toEqual(['discount']);
    expect(replacedWithBalance(accounts, next, ledger())).toEqual([]);
  });
});
