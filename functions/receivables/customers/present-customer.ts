import { presentTolerance } from '../books/present-book.ts';
import type { Customer } from './customer.ts';
import type { StoredVirtualAccount } from './virtual-account.ts';

/** A customer as the API shows it; account numbers are masked. */
export function presentCustomer(customer: Customer) {
  const { id, number, names, accountsMasked, tolerance, threshold, references, revision, createdAt, changedAt } =
    customer;
  const [name = '', ...aliases] = names;
  return {
    id,
    number,
    name,
    aliases,
    accounts: [...accountsMasked],
    ...(tolerance && { tolerance: presentTolerance(tolerance) }),
    ...(threshold !== undefined && { threshold }),
    references: { ...references },
    version: revision,
    createdAt,
    changedAt,
  };
}

export function presentVirtualAccount(account: StoredVirtualAccount) {
  const { id, number, legalEntity, customerId, reference, state, createdAt, changedAt } = account;
  return {
    ...{ id, number, legalEntity, customerId },
    ...(reference !== undefined && { reference }),
    ...{ state, createdAt, changedAt },
  };
}
