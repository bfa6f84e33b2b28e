import type { CurrencyCode } from '../../../../shared/money/currency.ts';
import { Account } from './account.ts';

/** All that may be paid with the same money: what is owed to one legal entity in one currency. */
export class Pool {
  readonly legalEntity: string;
  readonly currency: CurrencyCode;
  readonly #accounts = new Map<string, Account>();

  constructor(legalEntity: string, currency: CurrencyCode) {
    this.legalEntity = legalEntity;
    this.currency = currency;
  }

  /** What a customer owes here; an empty one where that is nothing. */
  account(customerId: string): Account {
    const known = this.#accounts.get(customerId);
    if (known) return known;
    const account = new Account([]);
    this.#accounts.set(customerId, account);
    return account;
  }

  add(customerId: string, account: Account): void {
    this.#accounts.set(customerId, account);
  }
}
