import { causeOf } from '../../shared/http/cause.ts';
import { decodeCursor, encodeCursor } from '../../shared/http/cursor.ts';
import { claimOf } from '../../shared/http/key-claim.ts';
import type { OperationHandler } from '../../shared/http/request.ts';
import { maskAccount } from '../../shared/identifiers/mask.ts';
import { defined } from '../../shared/objects/defined.ts';
import { toTolerance } from './books/rule-shapes.ts';
import type { customerContract } from './contract-customers.ts';
import { accountsOf, type CustomerChange, type KnownAccount, namesOf } from './customers/change-customer.ts';
import type { CustomerChangeRequest } from './customers/customer-shapes.ts';
import * as customers from './customers/keep-customer.ts';
import * as virtualAccounts from './customers/keep-virtual-account.ts';
import { presentCustomer, presentVirtualAccount } from './customers/present-customer.ts';
import { customerIdOf, virtualAccountIdOf } from './keys.ts';
import { defaultStore } from './store.ts';
import { receivablesTools } from './tools.ts';

type Handler<Name extends keyof typeof customerContract> = OperationHandler<(typeof customerContract)[Name]>;

const knownAccounts = (numbers: readonly string[]): KnownAccount[] =>
  numbers.map((number) => ({ key: receivablesTools().hashNumber(number), masked: maskAccount(number) }));

const createCustomer: Handler<'createCustomer'> = async (request) => {
  const { actor, body } = request;
  const { tenant } = actor;
  const store = defaultStore();
  const { number, name, aliases, accounts, tolerance, threshold, references = {} } = body;
  const id = customerIdOf(tenant, number);
  const claim = { ...(await claimOf({ store }, 'createCustomer', 'cus', request)), id };
  const content = {
    ...{ tenant, id, number, names: namesOf(name, aliases), references },
    ...accountsOf(knownAccounts(accounts)),
    ...(tolerance && { tolerance: toTolerance(tolerance) }),
    ...defined({ threshold }),
  };
  return { body: presentCustomer(await customers.createCustomer(store, content, claim)) };
};

const listCustomers: Handler<'listCustomers'> = async ({ actor: { tenant }, query }) => {
  const scope = { operation: 'listCustomers', tenant };
  const after = query.cursor === undefined ? undefined : decodeCursor(scope, query.cursor).after;
  const { customers: found, more } = await defaultStore().listCustomers(tenant, after, query.limit);
  const last = more ? found.at(-1) : undefined;
  const next = last && encodeCursor(scope, { after: last.number });
  return { body: { customers: found.map(presentCustomer), ...defined({ nextCursor: next }) } };
};

const getCustomer: Handler<'getCustomer'> = async ({ actor: { tenant }, path: { customerId } }) => {
  return { body: presentCustomer(await customers.findCustomer(defaultStore(), tenant, customerId)) };
};

const changeCustomer: Handler<'changeCustomer'> = async ({ actor, path: { customerId }, body, now }) => {
  const which = { tenant: actor.tenant, customerId };
  const { expectedVersion } = body;
  const on = { at: now.toISOString(), cause: causeOf(actor), ...defined({ expectedVersion }) };
  return { body: presentCustomer(await customers.applyChange(defaultStore(), which, changeOf(body), on)) };
};

function changeOf({ addAccounts, removeAccounts, tolerance, ...rest }: CustomerChangeRequest): CustomerChange {
  const { expectedVersion: _, ...texts } = rest;
  return {
    ...defined(texts),
    ...(addAccounts && { addAccounts: knownAccounts(addAccounts) }),
    ...(removeAccounts && { removeAccounts: knownAccounts(removeAccounts) }),
    ...(tolerance !== undefined && { tolerance: tolerance && toTolerance(tolerance) }),
  };
}

const createVirtualAccount: Handler<'createVirtualAccount'> = async (request) => {
  const { actor, body } = request;
  const { tenant } = actor;
  const store = defaultStore();
  const accountKey = receivablesTools().hashNumber(body.number);
  const id = virtualAccountIdOf(tenant, accountKey);
  const claim = { ...(await claimOf({ store }, 'createVirtualAccount', 'va', request)), id };
  const { number, legalEntity, customerId, reference } = body;
  const content = { tenant, id, accountKey, number, legalEntity, customerId, ...defined({ reference }) };
  return { body: presentVirtualAccount(await virtualAccounts.createVirtualAccount(store, content, claim)) };
};

const listVirtualAccounts: Handler<'listVirtualAccounts'> = async ({ actor: { tenant }, query }) => {
  const scope = { operation: 'listVirtualAccounts', tenant };
  const after = query.cursor === undefined ? undefined : decodeCursor(scope, query.cursor).after;
  const { virtualAccounts: found, more } = await defaultStore().listVirtualAccounts(tenant, after, query.limit);
  const last = more ? found.at(-1) : undefined;
  const next = last && encodeCursor(scope, { after: last.number });
  return { body: { virtualAccounts: found.map(presentVirtualAccount), ...defined({ nextCursor: next }) } };
};

const getVirtualAccount: Handler<'getVirtualAccount'> = async ({ actor: { tenant }, path: { virtualAccountId } }) => {
  const account = await virtualAccounts.findVirtualAccount(defaultStore(), tenant, virtualAccountId);
  return { body: presentVirtualAccount(account) };
};

const closeVirtualAccount: Handler<'closeVirtualAccount'> = async ({ actor, path: { virtualAccountId }, now }) => {
  const which = { tenant: actor.tenant, virtualAccountId };
  const on = { at: now.toISOString(), cause: causeOf(actor) };
  return { body: presentVirtualAccount(await virtualAccounts.closeVirtualAccount(defaultStore(), which, on)) };
};

export const customerHandlers = {
  createCustomer,
  listCustomers,
  getCustomer,
  changeCustomer,
  createVirtualAccount,
  listVirtualAccounts,
  getVirtualAccount,
  closeVirtualAccount,
};
