import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LedgerAccount } from '../../../functions/ledger/published.ts';
import { putBook } from '../../../functions/receivables/books/put-book.ts';
import { putRules } from '../../../functions/receivables/books/put-rules.ts';
import * as customers from '../../../functions/receivables/customers/keep-customer.ts';
import * as virtualAccounts from '../../../functions/receivables/customers/keep-virtual-account.ts';
import { nameKeysOf } from '../../../functions/receivables/customers/name-keys.ts';
import { virtualAccountIdOf } from '../../../functions/receivables/keys.ts';
import { defaultMatchRules } from '../../../functions/receivables/matching/match-rules.ts';
import type { Ledger } from '../../../functions/receivables/tools.ts';
import { aCustomer, accounts, at, cause, entity, on } from '../../functions/receivables/samples.ts';
import { engines } from '../../support/engines.ts';
import { aTenant, claimOf, receivablesOnEngine, type TestReceivables } from './support.ts';

const now = new Date(at);

describe.each(engines())('parties of receivables on $kind', (engine) => {
  let own: TestReceivables;
  beforeAll(async () => {
    own = await receivablesOnEngine(engine);
  });
  afterAll(() => own?.close());

  const record = (tenant: string, number: string, key: string, more: Parameters<typeof aCustomer>[0] = {}) => {
    const {
      createdAt: _c,
      changedAt: _ch,
      revision: _r,
      cause: _ca,
      ...content
    } = aCustomer({ tenant, number, ...more });
    return customers.createCustomer(own.store, content, claimOf('createCustomer', key, content.id, number));
  };
  const idsOf = (found: readonly { readonly number: string }[]) => found.map(({ number }) => number).sort();

  it('are one customer per number and per key', async () => {
    const made = await record('one', 'K-1', 'a');
    expect(await record('one', 'K-1', 'a')).toEqual(made);
    await expect(record('one', 'K-1', 'b')).rejects.toMatchObject({ code: 'receivables/customer-number-taken' });
    await expect(record('one', 'K-2', 'a')).rejects.toMatchObject({ code: 'request/idempotency-key-reused' });
    const same = await Promise.all(Array.from({ length: 8 }, () => record('one', 'K-8', 'same')));
    expect(new Set(same.map(({ id }) => id)).size).toBe(1);
    const tries = await Promise.allSettled(Array.from({ length: 8 }, (_, place) => record('one', 'K-9', `k${place}`)));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(idsOf((await own.store.listCustomers('one', undefined, 10)).customers)).toEqual(['K-1', 'K-8', 'K-9']);
  });

  it('are found by account and by name, of whoever shares them, and no longer when these are gone', async () => {
    await record('find', 'K-1', 'a', { names: ['深圳市华兴科技有限公司'], accountKeys: ['A', 'B'] });
    await record('find', 'K-2', 'b', { names: ['江南机械厂', '深圳市華興科技（有限公司）'], accountKeys: ['B'] });
    const [name = ''] = nameKeysOf(['深圳市华兴科技有限公司']);
    const payingFrom = (account: string) => own.store.readPayers('find', { accounts: [account], names: [] });
    const named = (key: string) => own.store.readPayers('find', { accounts: [], names: [key] });
    expect(idsOf(await own.store.readPayers('find', { accounts: ['A', 'B'], names: [name] }))).toEqual(['K-1', 'K-2']);
    expect(idsOf(await payingFrom('A'))).toEqual(['K-1']);
    expect(idsOf(await payingFrom('B'))).toEqual(['K-1', 'K-2']);
    expect(idsOf(await named(name))).toEqual(['K-1', 'K-2']);
    expect(await own.store.readPayers('other', { accounts: [], names: [name] })).toEqual([]);
    const which = { tenant: 'find', customerId: aCustomer({ tenant: 'find', number: 'K-2' }).id };
    const change = { aliases: ['JN'], removeAccounts: [{ key: 'B', masked: '' }] };
    const changed = await customers.applyChange(own.store, which, change, on);
    expect(await customers.applyChange(own.store, which, change, on)).toEqual(changed);
    expect(idsOf(await payingFrom('B'))).toEqual(['K-1']);
    expect(idsOf(await named(name))).toEqual(['K-1']);
    expect(idsOf(await named(nameKeysOf(['jn'])[0] ?? ''))).toEqual(['K-2']);
  });

  it('that several change at once have every change', async () => {
    const { id: customerId } = await record('changes', 'K-1', 'a');
    const which = { tenant: 'changes', customerId };
    await Promise.all(
      ['1', '2', '3', '4', '5'].map((key) =>
        customers.applyChange(own.store, which, { addAccounts: [{ key, masked: key }] }, on),
      ),
    );
    expect([...(await customers.findCustomer(own.store, 'changes', customerId)).accountKeys].sort()).toEqual([
      '1',
      '2',
      '3',
      '4',
      '5',
    ]);
    await expect(
      customers.applyChange(own.store, which, { name: 'x' }, { ...on, expectedVersion: 1 }),
    ).rejects.toMatchObject({ code: 'receivables/version-conflict', fields: { version: 6 } });
  });

  it('pay to virtual accounts whose numbers are given out once for ever', async () => {
    const { id: customerId } = await aTenant(own, 'virtual');
    const content = {
      ...{ tenant: 'virtual', id: virtualAccountIdOf('virtual', 'V'), accountKey: 'V', number: '9558', customerId },
      ...{ legalEntity: entity, reference: 'HT-2026-001' },
    };
    const give = (key: string, of = content) =>
      virtualAccounts.createVirtualAccount(own.store, of, claimOf('createVirtualAccount', key, of.id));
    const made = await give('a');
    expect(await give('a')).toEqual(made);
    const which = { tenant: 'virtual', virtualAccountId: made.id };
    const closed = await virtualAccounts.closeVirtualAccount(own.store, which, on);
    expect(closed).toMatchObject({ state: 'CLOSED', revision: 2 });
    expect(await virtualAccounts.closeVirtualAccount(own.store, which, on)).toEqual(closed);
    await expect(give('b')).rejects.toMatchObject({ code: 'receivables/virtual-account-number-taken' });
    expect(await own.store.readVirtualAccounts('virtual', ['V', 'W'])).toEqual(new Map([['V', closed]]));
    await expect(
      give('c', { ...content, id: virtualAccountIdOf('virtual', 'X'), accountKey: 'X', customerId: 'cus_0' }),
    ).rejects.toMatchObject({
      code: 'receivables/customer-not-found',
      fields: { errors: [{ pointer: '/customerId' }] },
    });
  });

  const account = (id: string, more: Partial<LedgerAccount> = {}): LedgerAccount => ({
    ...{ id, currency: 'CNY', holder: entity, purpose: 'GENERAL', hot: false, hasBankAccount: false, status: 'ACTIVE' },
    ...{ posted: 0n, pendingIn: 0n, pendingOut: 0n, frozen: 0n, version: 0 },
    ...more,
  });
  const ledgerWith = (...others: readonly LedgerAccount[]) => ({
    store: own.store,
    ledger: {
      readAccounts: async () =>
        new Map([...Object.values(accounts).map((id) => account(id)), ...others].map((one) => [one.id, one])),
    } as unknown as Ledger,
  });

  it('have a book per entity and currency, put anew only with accounts that carry nothing', async () => {
    const asked = { tenant: 'books', legalEntity: entity, currency: 'CNY', accounts };
    const tools = ledgerWith(account('acc_91'), account('acc_1', { posted: 7n }));
    const put = (more: object = {}) => putBook(tools, { ...asked, ...more }, cause, now);
    const first = await put({ expectedVersion: 0 });
    expect(first).toMatchObject({ revision: 1, accounts });
    expect(await put({ expectedVersion: 0 })).toEqual(first);
    await expect(put({ accounts: { ...accounts, receivable: 'acc_91' } })).rejects.toMatchObject({
      code: 'receivables/book-in-use',
      fields: { errors: [{ pointer: '/accounts/receivable' }] },
    });
    await expect(put({ accounts: { ...accounts, charge: 'acc_90', cash: accounts.charge } })).rejects.toMatchObject({
      code: 'receivables/book-accounts',
      fields: { errors: [{ pointer: '/accounts/charge' }] },
    });
    expect(await put({ accounts: { ...accounts, charge: 'acc_91' } })).toMatchObject({ revision: 2 });
    await expect(put({ expectedVersion: 1 })).rejects.toMatchObject({ code: 'receivables/version-conflict' });
    expect(await own.store.readBooks('books', [asked, asked, { ...asked, currency: 'EUR' }])).toHaveLength(1);
    expect((await own.store.listBooks('books', undefined, 5)).books).toHaveLength(1);
  });

  it('have rules of matching, read back as they were put', async () => {
    expect(await own.store.readRules('rules')).toBeUndefined();
    const rules = {
      ...defaultMatchRules,
      off: ['SET_OF_INVOICES' as const],
      tolerance: { chargeMax: { JPY: 500n }, basisPointsMax: 7 },
    };
    const first = await putRules(own.store, { tenant: 'rules', rules }, cause, now);
    expect(await own.store.readRules('rules')).toEqual(first);
    expect(first).toEqual({ tenant: 'rules', rules, revision: 1, changedAt: at, cause });
    expect(await putRules(own.store, { tenant: 'rules', rules, expectedVersion: 0 }, cause, now)).toEqual(first);
    await expect(
      putRules(own.store, { tenant: 'rules', rules: { ...rules, threshold: 1 }, expectedVersion: 0 }, cause, now),
    ).rejects.toMatchObject({ code: 'receivables/version-conflict' });
  });
});
