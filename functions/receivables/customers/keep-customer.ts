import { decideAndWrite } from '../../../shared/dynamo/decide-and-write.ts';
import { type KeyClaim, requireSameRequest } from '../../../shared/http/key-claim.ts';
import { general } from '../../../shared/problems/general.ts';
import { requireVersion } from '../expected-version.ts';
import { problems } from '../problems.ts';
import type { ReceivablesStore } from '../store.ts';
import { type CustomerChange, changeCustomer } from './change-customer.ts';
import type { Customer } from './customer.ts';
import { ACCOUNTS_MAX } from './customer-shapes.ts';

/** Problem: `receivables/customer-not-found`. */
export async function findCustomer(
  store: Pick<ReceivablesStore, 'readCustomer'>,
  tenant: string,
  customerId: string,
): Promise<Customer> {
  const customer = await store.readCustomer(tenant, customerId);
  if (customer) return customer;
  throw problems['customer-not-found'].with({ detail: `There is no customer ${customerId}.`, customerId });
}

export type NewCustomer = Pick<
  Customer,
  'names' | 'accountKeys' | 'accountsMasked' | 'tolerance' | 'threshold' | 'references' | 'number' | 'id' | 'tenant'
>;

/**
 * Records a customer; the same key records it once. Problems: `receivables/customer-number-taken`,
 * `request/idempotency-key-reused`; and those of decideAndWrite.
 */
export async function createCustomer(
  store: ReceivablesStore,
  content: NewCustomer,
  claim: KeyClaim,
): Promise<Customer> {
  const { tenant, id, number } = content;
  return decideAndWrite(async () => {
    const before = await store.readCustomer(tenant, id);
    // Asked afterwards: what this key has made has its record by now.
    const noted = await requireSameRequest(store, tenant, claim);
    if (before) {
      // By this very key, or by another: then the number is taken.
      if (noted) return { answer: before };
      const detail = `The customer ${id} has the number ${number}.`;
      throw problems['customer-number-taken'].with({ detail, customerId: id }).at({ pointer: '/number', detail });
    }
    const { at, cause } = claim;
    const customer: Customer = { ...content, createdAt: at, changedAt: at, revision: 1, cause };
    return { answer: customer, write: () => store.createCustomer(customer, claim) };
  });
}

/**
 * Changes a customer; asked twice, it changes nothing the second time. Problems: `receivables/customer-not-found`,
 * `receivables/version-conflict`, `request/malformed` where it would have too many accounts; and those of decideAndWrite.
 */
export async function applyChange(
  store: ReceivablesStore,
  { tenant, customerId }: { readonly tenant: string; readonly customerId: string },
  change: CustomerChange,
  on: Parameters<typeof changeCustomer>[2] & { readonly expectedVersion?: number },
): Promise<Customer> {
  return decideAndWrite(async () => {
    const before = await findCustomer(store, tenant, customerId);
    const next = changeCustomer(before, change, on);
    if (!next) return { answer: before };
    requireVersion(on.expectedVersion, before.revision);
    if (next.accountKeys.length > ACCOUNTS_MAX) throw tooManyAccounts(before);
    return { answer: next, write: () => store.replaceCustomer(next, before) };
  });
}

function tooManyAccounts({ accountKeys }: Customer) {
  const detail = `The customer has ${accountKeys.length} accounts and at most ${ACCOUNTS_MAX}; remove some.`;
  return general.malformed.with({ detail }).at({ pointer: '/addAccounts', detail });
}
