import type { Plain } from '../../../shared/dynamo/items.ts';
import { toleranceFromPlain } from '../books/book-items.ts';
import { customersOf, keys } from '../keys.ts';
import type { Tolerance } from '../matching/open-item.ts';
import type { Customer } from './customer.ts';
import { nameKeysOf } from './name-keys.ts';

/** Items as plain objects ↔ the model. Counts come back from N as bigint, amounts stay it. */
export function customerToPlain(customer: Customer): Plain {
  const { tenant, id, number } = customer;
  return {
    ...keys.customer(tenant, id),
    kind: 'CUSTOMER',
    ...customer,
    listOf: customersOf(tenant),
    listAt: number,
  };
}

export function customerFromPlain(plain: Plain): Customer {
  const { pk: _pk, sk: _sk, kind: _kind, listOf: _of, listAt: _at, tolerance, threshold, revision, ...facts } = plain;
  return {
    ...(facts as unknown as Customer),
    ...(tolerance !== undefined && { tolerance: toleranceFromPlain(tolerance as Tolerance) }),
    ...(threshold !== undefined && { threshold: Number(threshold) }),
    revision: Number(revision),
  };
}

/** What leads from an account, and from a name, to the customer that pays from it or has it. */
export function payerPointers({ tenant, id, names, accountKeys }: Customer): Plain[] {
  return [
    ...accountKeys.map((key) => ({ ...keys.payerAccount(tenant, key, id), kind: 'PAYER_ACCOUNT' })),
    ...nameKeysOf(names).map((key) => ({ ...keys.payerName(tenant, key, id), kind: 'PAYER_NAME' })),
  ];
}
