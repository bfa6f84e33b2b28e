import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import pLimit from 'p-limit';
import { batchGet } from '../../shared/dynamo/batch-get.ts';
import { type Plain, toItem } from '../../shared/dynamo/items.ts';
import { keyReader, keyToPlain } from '../../shared/dynamo/key-records.ts';
import { tableAccess } from '../../shared/dynamo/table-access.ts';
import { transactionParts } from '../../shared/dynamo/transaction-parts.ts';
import type { KeyClaim } from '../../shared/http/key-claim.ts';
import type { Customer } from './customers/customer.ts';
import { customerFromPlain, customerToPlain, payerPointers } from './customers/customer-items.ts';
import type { StoredVirtualAccount } from './customers/virtual-account.ts';
import { virtualAccountFromPlain, virtualAccountToPlain } from './customers/virtual-account-items.ts';
import { customersOf, keys, virtualAccountIdOf, virtualAccountsOf } from './keys.ts';

/** Customers that are looked at for one account or name, at most: more of them tell nobody apart. */
export const payersMax = 20;

/** Accounts and names that are looked up side by side. */
const lookupsAtOnceMax = 16;

/** What payers are known by: keyed hashes of account numbers, and names in their normal form. */
export interface PayerKeys {
  readonly accounts: readonly string[];
  readonly names: readonly string[];
}

/** Customers, what leads to them, and virtual accounts. */
export function customerStore(client: DynamoDBClient, table: string) {
  const { get, query } = tableAccess(client, table);
  const { putNew, putNext, putAnyhow, remove, write } = transactionParts(client, table);

  async function readCustomer(tenant: string, customerId: string): Promise<Customer | undefined> {
    const item = await get(keys.customer(tenant, customerId));
    return item && customerFromPlain(item);
  }

  async function readCustomers(tenant: string, customerIds: Iterable<string>): Promise<Map<string, Customer>> {
    const wanted = [...new Set(customerIds)].map((id) => keys.customer(tenant, id));
    const items = await batchGet(client, table, wanted);
    return new Map(items.map(customerFromPlain).map((customer) => [customer.id, customer]));
  }

  /** Those that pay from one of the accounts or have one of the names, `payersMax` of each at most; each once. */
  async function readPayers(tenant: string, { accounts, names }: PayerKeys): Promise<Customer[]> {
    const limit = pLimit(lookupsAtOnceMax);
    const places = [
      ...accounts.map((key) => keys.payerAccount(tenant, key, '').pk),
      ...names.map((key) => keys.payerName(tenant, key, '').pk),
    ];
    const found = await Promise.all(places.map((pk) => limit(() => readPayerIds(pk))));
    return [...(await readCustomers(tenant, found.flat())).values()];
  }

  async function readPayerIds(pk: string): Promise<string[]> {
    const { items } = await query({
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: toItem({ ':pk': pk }),
      ConsistentRead: true,
      Limit: payersMax,
    });
    return items.map(({ sk }) => String(sk));
  }

  /** A page of customers by number, from behind a number; the index may lag a moment. */
  async function listCustomers(tenant: string, after: string | undefined, count: number) {
    const { items, more } = await listPage(customersOf(tenant), after, count);
    return { customers: items.map(customerFromPlain), more };
  }

  /** A page of virtual accounts by number, from behind a number; the index may lag a moment. */
  async function listVirtualAccounts(tenant: string, after: string | undefined, count: number) {
    const { items, more } = await listPage(virtualAccountsOf(tenant), after, count);
    return { virtualAccounts: items.map(virtualAccountFromPlain), more };
  }

  async function listPage(of: string, after: string | undefined, count: number) {
    const { items } = await query({
      IndexName: 'byList',
      KeyConditionExpression: after === undefined ? 'listOf = :of' : 'listOf = :of AND listAt > :after',
      ExpressionAttributeValues: toItem({ ':of': of, ...(after !== undefined && { ':after': after }) }),
      Limit: count + 1,
    });
    return { items: items.slice(0, count), more: items.length > count };
  }

  async function readVirtualAccount(tenant: string, id: string): Promise<StoredVirtualAccount | undefined> {
    const item = await get(keys.virtualAccount(tenant, id));
    return item && virtualAccountFromPlain(item);
  }

  /** By account key, the closed ones too; those that do not exist are left out. */
  async function readVirtualAccounts(
    tenant: string,
    accountKeys: Iterable<string>,
  ): Promise<Map<string, StoredVirtualAccount>> {
    const wanted = [...new Set(accountKeys)].map((key) => keys.virtualAccount(tenant, virtualAccountIdOf(tenant, key)));
    const found = (await batchGet(client, table, wanted)).map(virtualAccountFromPlain);
    return new Map(found.map((account) => [account.accountKey, account]));
  }

  const readKey = keyReader({ get });

  /** A new customer, what leads to it, and the record of its key: all or nothing. Throws what DynamoDB throws. */
  const createCustomer = (customer: Customer, claim: KeyClaim) =>
    write([
      putNew(customerToPlain(customer)),
      putNew(keyToPlain(customer.tenant, claim)),
      ...payerPointers(customer).map(putAnyhow),
    ]);

  /** The next state of a customer with what leads to it, only where it still stands as it was read. Throws what DynamoDB throws. */
  async function replaceCustomer(next: Customer, before: Customer): Promise<void> {
    const placeOf = ({ pk, sk }: Plain) => `${pk} ${sk}`;
    const [old, wanted] = [payerPointers(before), payerPointers(next)];
    const [had, has] = [new Set(old.map(placeOf)), new Set(wanted.map(placeOf))];
    await write([
      putNext(customerToPlain(next), before.revision),
      ...wanted.filter((pointer) => !had.has(placeOf(pointer))).map(putAnyhow),
      ...old.filter((pointer) => !has.has(placeOf(pointer))).map(remove),
    ]);
  }

  /** A new virtual account and the record of its key. Throws what DynamoDB throws. */
  const createVirtualAccount = (account: StoredVirtualAccount, claim: KeyClaim) =>
    write([putNew(virtualAccountToPlain(account)), putNew(keyToPlain(account.tenant, claim))]);

  /** Throws what DynamoDB throws. */
  const replaceVirtualAccount = (next: StoredVirtualAccount, { revision }: StoredVirtualAccount) =>
    write([putNext(virtualAccountToPlain(next), revision)]);

  return {
    readCustomer,
    readCustomers,
    readPayers,
    listCustomers,
    listVirtualAccounts,
    readVirtualAccount,
    readVirtualAccounts,
    readKey,
    createCustomer,
    replaceCustomer,
    createVirtualAccount,
    replaceVirtualAccount,
  };
}
