import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ledgerIn } from '../../../functions/pooling/ledgers/ledger-shapes.ts';
import { readLoanBalances } from '../../../functions/pooling/loans/read-loan-balances.ts';
import { readConfiguration } from '../../../functions/pooling/members/read-configuration.ts';
import type { Pool } from '../../../functions/pooling/pool.ts';
import type { PoolingTools } from '../../../functions/pooling/tools.ts';
import { engines } from '../../support/engines.ts';
import { ledgerOf, ledgerPool } from './ledger-pools.ts';
import { accountsOf, newPool, runToEnd, withMembers, yuan, zeroBalance } from './pools.ts';
import { openAccount, poolingOnEngine, type TestPooling } from './support.ts';

describe.each(engines())('the configuration of a pool on $kind', (engine) => {
  let pooling: TestPooling;
  beforeAll(async () => {
    pooling = await poolingOnEngine(engine);
  });
  afterAll(() => pooling?.close());

  const current = async ({ tenant, id }: Pool) => {
    const pool = await pooling.store.readPool(tenant, id);
    if (!pool) throw new Error('The pool is there.');
    return pool;
  };

  describe.each(['PHYSICAL', 'NOTIONAL'] as const)('of kind %s', (kind) => {
    it.each([
      ['GENERAL', true],
      ['INCOME', true],
      ['EXPENSE', true],
      ['WAGE', false],
      ['ESCROW', false],
      ['RESERVE', false],
      ['LOAN', false],
      ['CLEARING', false],
      ['FEE', false],
    ] as const)('takes a %s account as header and as member: %s', async (purpose, allowed) => {
      const tenant = `${kind}-${purpose}`;
      const account = await openAccount(pooling, tenant, { name: 'special', purpose, limit: 'at least 0.00' });
      const pool = await newPool(pooling, tenant, await openAccount(pooling, tenant, { name: 'hq' }), kind);
      const asMember = withMembers(pooling.tools, pool, { members: [{ accountId: account }] }).then(
        ({ members }) => members,
        ({ code, fields }) => `${code} ${fields.errors[0].pointer}`,
      );
      expect(await asMember).toBe(allowed ? 1 : 'pooling/account-not-allowed /members/0/accountId');
      await withMembers(pooling.tools, await current(pool), { members: [] });
      const asHeader = newPool(pooling, tenant, account, kind).then(
        ({ headerAccountId }) => headerAccountId,
        ({ code, fields }) => `${code} ${fields.errors[0].pointer}`,
      );
      expect(await asHeader).toBe(allowed ? account : 'pooling/account-not-allowed /headerAccountId');
    });
  });

  it('takes neither side of its own loans as a member', async () => {
    const ids = await accountsOf(pooling, 'own-loans', { hq: 0n, c1: 15_000n });
    const pool = await newPool(pooling, 'own-loans', ids.hq ?? '');
    const set = await withMembers(pooling.tools, pool, { members: [{ accountId: ids.c1, up: [zeroBalance()] }] });
    const [book] = (await readConfiguration(pooling.tools, set)).loanBooks;
    for (const accountId of [book?.accountId, book?.controlId]) {
      await expect(withMembers(pooling.tools, set, { members: [{ accountId }] })).rejects.toMatchObject({
        code: 'pooling/account-not-allowed',
      });
    }
  });

  it('is in force where the answer to the last write was lost, and frees what it left out', async () => {
    const ids = await accountsOf(pooling, 'lost', { hq: 0n, hq2: 0n, c: 0n, d: 0n }, 'Group');
    const pool = await newPool(pooling, 'lost', ids.hq ?? '');
    const other = await newPool(pooling, 'lost', ids.hq2 ?? '');
    const before = await withMembers(pooling.tools, pool, { members: [{ accountId: ids.c }] });
    const { store } = pooling.tools;
    let isWritten = false;
    const tools: PoolingTools = {
      ...pooling.tools,
      store: {
        ...store,
        writeConfiguration: async (...args) => {
          await store.writeConfiguration(...args);
          isWritten = true;
        },
        transact: async (items) => {
          await store.transact(items);
          if (isWritten) throw Object.assign(new Error('reset'), { code: 'ECONNRESET' });
        },
      },
    };
    const set = await withMembers(tools, before, { members: [{ accountId: ids.d }] });
    expect(set).toEqual(await current(pool));
    expect([set.configVersion, set.members]).toEqual([2, 1]);
    expect((await withMembers(pooling.tools, other, { members: [{ accountId: ids.c }] })).members).toBe(1);
  });

  it('is refused with nothing changed where another came into force meanwhile', async () => {
    const ids = await accountsOf(pooling, 'meanwhile', { hq: 0n, c: 0n, d: 0n }, 'Group');
    const pool = await newPool(pooling, 'meanwhile', ids.hq ?? '');
    const set = await withMembers(pooling.tools, pool, { members: [{ accountId: ids.c }] });
    await expect(withMembers(pooling.tools, pool, { members: [{ accountId: ids.d }] })).rejects.toMatchObject({
      code: 'pooling/version-conflict',
    });
    expect(await current(pool)).toEqual(set);
  });

  it('opens one account for all loans of a second entity and keeps books in the order of the accounts', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `c${String(index).padStart(2, '0')}`);
    const ids = await accountsOf(pooling, 'books', { hq: 0n, ...Object.fromEntries(names.map((name) => [name, 0n])) });
    const pool = await newPool(pooling, 'books', ids.hq ?? '');
    const opened: string[] = [];
    let [running, most] = [0, 0];
    const { openAccountOnce } = pooling.tools.ledger;
    const tools: PoolingTools = {
      ...pooling.tools,
      ledger: {
        ...pooling.tools.ledger,
        openAccountOnce: async (...args) => {
          opened.push(args[1].name.slice(2).join(' '));
          running += 1;
          most = Math.max(most, running);
          // Later ones answer earlier.
          await new Promise((resolve) => setTimeout(resolve, 20 - (opened.length % 20)));
          const id = await openAccountOnce(...args);
          running -= 1;
          return id;
        },
      },
    };
    const membersOf = (some: readonly string[]) => ({ members: some.map((name) => ({ accountId: ids[name] })) });
    const set = await withMembers(tools, pool, membersOf(names.slice(1).toReversed()));
    expect(opened.filter((name) => name.startsWith('loans-of'))).toEqual(['loans-of hq']);
    expect(opened.length).toBe(40);
    expect(most).toBeGreaterThan(4);
    expect(most).toBeLessThanOrEqual(16);
    const books = (await readConfiguration(tools, set)).loanBooks;
    expect(books.map(({ first, second }) => `${first} ${second}`)).toEqual(names.slice(1).map((name) => `${name} hq`));
    expect(new Set(books.map(({ controlId }) => controlId)).size).toBe(1);
    // c00 lies before all others, and comes after what is known.
    const again = await withMembers(tools, set, membersOf(names));
    const more = (await readConfiguration(tools, again)).loanBooks;
    expect(more.slice(0, 39)).toEqual(books);
    expect(more.at(39)).toMatchObject({ first: 'c00', second: 'hq', controlId: books[0]?.controlId });
    expect(opened.slice(40)).toEqual(['loan c00 hq']);
  });

  it.each([
    ['two contracts for one direction', ['c1 hq', 'c1 hq'], '/loans/1'],
    ['a contract between entities that stand apart in the tree', ['c1 hq', 'c1 c2'], '/loans/1'],
    ['a contract of an entity that is not in the pool', ['c1  hq'], '/loans/0'],
  ])('is refused with %s', async (what, pairs, pointer) => {
    const ids = await accountsOf(pooling, what, { hq: 0n, c1: 0n, c2: 0n });
    const pool = await newPool(pooling, what, ids.hq ?? '');
    const loans = pairs.map((pair, index) => {
      const at = pair.lastIndexOf(' ');
      return {
        lender: pair.slice(0, at),
        borrower: pair.slice(at + 1),
        contract: `WD-${index}`,
        ceiling: yuan('100.00'),
      };
    });
    const members = [{ accountId: ids.c1 }, { accountId: ids.c2 }];
    await expect(withMembers(pooling.tools, pool, { members, loans })).rejects.toMatchObject({
      code: 'pooling/members-malformed',
      fields: { errors: [{ pointer }] },
    });
    expect(await current(pool)).toEqual(pool);
  });

  it('takes contracts for one direction that follow each other, and none that overlap by a day', async () => {
    const ids = await accountsOf(pooling, 'terms', { hq: 0n, c1: 0n });
    const pool = await newPool(pooling, 'terms', ids.hq ?? '');
    const lent = { lender: 'c1', borrower: 'hq' };
    const first = { ...lent, contract: 'WD-2025', creditLine: 'CL-7', expiresOn: '2026-02-28' };
    const from = (effectiveFrom: string) => ({
      members: [{ accountId: ids.c1 }],
      loans: [first, { ...lent, contract: 'WD-2026', effectiveFrom }],
    });
    await expect(withMembers(pooling.tools, pool, from('2026-02-28'))).rejects.toMatchObject({
      code: 'pooling/members-malformed',
      fields: { errors: [{ pointer: '/loans/1' }] },
    });
    const set = await withMembers(pooling.tools, pool, from('2026-03-01'));
    expect((await readConfiguration(pooling.tools, set)).contracts).toEqual(from('2026-03-01').loans);
  });

  it('takes a contract for either direction of a pair', async () => {
    const ids = await accountsOf(pooling, 'both-ways', { hq: 0n, c1: 0n });
    const pool = await newPool(pooling, 'both-ways', ids.hq ?? '');
    const loans = [
      { lender: 'c1', borrower: 'hq', contract: 'up' },
      { lender: 'hq', borrower: 'c1', contract: 'down' },
    ];
    const set = await withMembers(pooling.tools, pool, { members: [{ accountId: ids.c1 }], loans });
    expect((await readConfiguration(pooling.tools, set)).contracts).toEqual(loans);
  });

  it('proves the net of its loans from both sides in the ledger', async () => {
    const ids = await accountsOf(pooling, 'net', { hq: 0n, c1: 15_000n, c2: 7_000n });
    const pool = await newPool(pooling, 'net', ids.hq ?? '');
    const members = [ids.c1, ids.c2].map((accountId) => ({ accountId, up: [zeroBalance()] }));
    const set = await withMembers(pooling.tools, pool, { members });
    await runToEnd(pooling.tools, set);
    const configuration = await readConfiguration(pooling.tools, set);
    const [book] = configuration.loanBooks;
    const { balances, net } = await readLoanBalances(pooling.tools, set, configuration);
    expect([balances.get(book?.accountId ?? ''), balances.get(book?.controlId ?? ''), net]).toEqual([
      15_000n,
      -22_000n,
      0n,
    ]);
    // A posting on one side only, which no sweep makes, shows; one that is seen half-way is looked at again.
    const { readAccounts } = pooling.tools.ledger;
    const oneMore = (looks: number): PoolingTools => {
      let seen = 0;
      const ledger = {
        ...pooling.tools.ledger,
        readAccounts: async (...args: Parameters<typeof readAccounts>) => {
          seen += 1;
          const more = seen <= looks ? 1n : 0n;
          return new Map(
            [...(await readAccounts(...args))].map(([id, account]) =>
              id === book?.accountId ? [id, { ...account, posted: account.posted + more }] : [id, account],
            ),
          );
        },
      };
      return { ...pooling.tools, ledger };
    };
    expect((await readLoanBalances(oneMore(Number.POSITIVE_INFINITY), set, configuration)).net).toBe(1n);
    expect((await readLoanBalances(oneMore(1), set, configuration)).net).toBe(0n);
  });

  it('of a ledger pool takes only ledgers that were opened to their end', async () => {
    const pool = await ledgerPool(pooling, 'half-open', 0n);
    const { tools } = pooling;
    const killed = { ...tools, store: { ...tools.store, transact: () => Promise.reject(new Error('killed')) } };
    const body = ledgerIn.parse({ name: 'shop' });
    await expect(ledgerOf(killed, pool, body)).rejects.toThrow('killed');
    const accounts = (await pooling.ledgerStore.listAccounts('half-open', '', 100)).accounts;
    const shop = accounts.find(({ name }) => name === 'shop')?.id;
    await expect(withMembers(tools, pool, { members: [{ accountId: shop }] })).rejects.toMatchObject({
      code: 'pooling/account-not-allowed',
      fields: { errors: [{ pointer: '/members/0/accountId' }] },
    });
    expect((await ledgerOf(tools, pool, body)).accountId).toBe(shop);
    const set = await withMembers(tools, pool, { members: [{ accountId: shop }] });
    expect(set.members).toBe(1);
    // Out of the tree it is a ledger of the pool still.
    await withMembers(tools, set, { members: [] });
    expect((await pooling.store.readMemberships('half-open', [shop ?? ''])).get(shop ?? '')).toBe(pool.id);
  });
});
