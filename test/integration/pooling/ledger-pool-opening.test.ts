import { describe, expect, it } from 'vitest';
import { listLedgers } from '../../../functions/pooling/ledgers/list-ledgers.ts';
import { openLedgerPool } from '../../../functions/pooling/ledgers/open-ledger-pool.ts';
import { engines } from '../../support/engines.ts';
import { answerOf, figuresOf, ledgerOf, ledgerPool, payOut, receive } from './ledger-pools.ts';
import { newPool, yuan } from './pools.ts';
import { cause, now, openAccount, usePooling, worldOf } from './support.ts';

/** Balances in fen. */
describe.each(engines())('opening a ledger pool on $kind', (engine) => {
  const pooling = usePooling(engine);

  it('takes the balance of the real account over into its main ledger', async () => {
    const pool = await ledgerPool(pooling, 'opening', 250_000n);
    expect(await figuresOf(pooling, pool)).toEqual({ real: 250_000n, control: -250_000n, ledgers: 250_000n });
    const { main, ledgers } = await listLedgers(pooling.tools, pool, '', 10);
    expect(main).toMatchObject({ id: pool.rootAccountId, posted: 250_000n, floor: 0n, holder: 'Group' });
    expect(ledgers).toEqual([]);
    const clearing = await pooling.tools.ledger.readAccounts('opening', [pool.book.clearingAccountId]);
    expect([...clearing.values()]).toMatchObject([{ purpose: 'CLEARING', posted: 0n }]);
    expect(clearing.get(pool.book.clearingAccountId)?.book).toBeUndefined();
  });

  it('is made once, however often it is asked for', async () => {
    const pool = await ledgerPool(pooling, 'again', 100n);
    const before = await pooling.snapshot();
    const real = (await pooling.tools.ledger.readAccounts('again', [pool.headerAccountId])).get(pool.headerAccountId);
    if (!real) throw new Error('the bank account is there');
    const again = await openLedgerPool(pooling.tools, { tenant: 'again', poolId: pool.id, real, cause }, now);
    expect(again).toEqual({ rootAccountId: pool.rootAccountId, book: pool.book });
    expect(await pooling.snapshot()).toEqual(before);
  });

  it('over an overdrawn account has a main ledger that is overdrawn by as much and may go no lower', async () => {
    const pool = await ledgerPool(pooling, 'overdrawn', -30_000n);
    expect(await figuresOf(pooling, pool)).toEqual({ real: -30_000n, control: 30_000n, ledgers: -30_000n });
    const world = await worldOf(pooling, 'overdrawn');
    expect(answerOf(await payOut(pooling, pool, pool.rootAccountId, world, 1n))).toBe('ledger/insufficient-funds');
    await receive(pooling.tools, pool, 'in', { amount: yuan('50.00') });
    expect(answerOf(await payOut(pooling, pool, pool.rootAccountId, world, 5_000n))).toBe('POSTED');
  });

  it('has ledgers with holder, purpose and limit of their own', async () => {
    const pool = await ledgerPool(pooling, 'ledgers', 0n);
    await ledgerOf(pooling.tools, pool, { name: 'plain' });
    await ledgerOf(pooling.tools, pool, { name: 'takings', purpose: 'INCOME', holder: 'Shop' });
    await ledgerOf(pooling.tools, pool, { name: 'costs', purpose: 'EXPENSE', minBalance: yuan('5.00') });
    await ledgerOf(pooling.tools, pool, {
      name: 'plant',
      overdraftLimit: yuan('80.00'),
      virtualAccounts: ['6228 4800 0000 0017', 'ab-99.1'],
      references: { site: 'SZ' },
    });
    const { ledgers } = await listLedgers(pooling.tools, pool, '', 10);
    expect(
      ledgers.map(({ ledger, account }) => [ledger.name, account.holder, account.purpose, account.floor, account.book]),
    ).toEqual([
      ['plain', 'Group', 'GENERAL', 0n, { id: pool.id, role: 'LEDGER' }],
      ['takings', 'Shop', 'INCOME', 0n, { id: pool.id, role: 'INCOME' }],
      ['costs', 'Group', 'EXPENSE', 500n, { id: pool.id, role: 'LEDGER' }],
      ['plant', 'Group', 'GENERAL', -8_000n, { id: pool.id, role: 'LEDGER' }],
    ]);
    expect(ledgers[3]?.ledger).toMatchObject({ virtualAccounts: ['****0017', '****91'], references: { site: 'SZ' } });
    expect([...(await pooling.snapshot()).values()].filter((text) => text.includes('6228480000000017'))).toEqual([]);
    expect([
      ...(
        await pooling.store.readMemberships(
          'ledgers',
          ledgers.map(({ account }) => account.id),
        )
      ).values(),
    ]).toEqual(Array(4).fill(pool.id));
  });

  it('lists its ledgers in pages', async () => {
    const pool = await ledgerPool(pooling, 'pages', 0n);
    for (const name of ['one', 'two', 'three']) await ledgerOf(pooling.tools, pool, { name });
    const names: string[][] = [];
    let after: string | undefined = '';
    while (after !== undefined) {
      const page: Awaited<ReturnType<typeof listLedgers>> = await listLedgers(pooling.tools, pool, after, 2);
      names.push(page.ledgers.map(({ ledger }) => ledger.name));
      after = page.next;
    }
    expect(names).toEqual([['one', 'two'], ['three']]);
  });

  it('opens a ledger once per key, also for ten who ask at once', async () => {
    const pool = await ledgerPool(pooling, 'once', 0n);
    const body = { name: 'shop', virtualAccounts: ['VA0001'] };
    const opened = await Promise.all(Array.from({ length: 10 }, () => ledgerOf(pooling.tools, pool, body)));
    expect(new Set(opened.map(({ accountId }) => accountId)).size).toBe(1);
    expect((await pooling.store.readLedgers('once', pool.id)).length).toBe(1);
    await expect(ledgerOf(pooling.tools, pool, { ...body, name: 'other' }, 'shop')).rejects.toMatchObject({
      code: 'request/idempotency-key-reused',
    });
  });

  it('finds the account of an opening that broke off again, and gives it to no other request', async () => {
    const pool = await ledgerPool(pooling, 'broken', 0n);
    const { tools } = pooling;
    const fail = async () => {
      throw new Error('the process ended here');
    };
    const doomed = { ...tools, store: { ...tools.store, transact: fail } };
    const accounts = async () => (await pooling.ledgerStore.listAccounts('broken', '', 100)).accounts.length;
    const before = await accounts();
    const body = { name: 'shop', overdraftLimit: yuan('9.00') };
    await expect(ledgerOf(doomed, pool, body)).rejects.toThrow('the process ended here');
    const opened = await ledgerOf(tools, pool, body);
    expect((await accounts()) - before).toBe(1);
    await expect(ledgerOf(doomed, pool, { name: 'first', overdraftLimit: yuan('9.00') }, 'key')).rejects.toThrow();
    const other = await ledgerOf(tools, pool, { name: 'second' }, 'key');
    const ids = [opened.accountId, other.accountId];
    const floors = [...(await tools.ledger.readAccounts('broken', ids)).values()].map(({ floor }) => floor);
    expect(floors).toEqual([-900n, 0n]);
  });

  it('gives a virtual account number to one ledger only, in whatever spelling', async () => {
    const pool = await ledgerPool(pooling, 'taken', 0n);
    await ledgerOf(pooling.tools, pool, { name: 'shop', virtualAccounts: ['VA-0001', 'VA-0002'] });
    const before = await pooling.snapshot();
    await expect(
      ledgerOf(pooling.tools, pool, { name: 'late', virtualAccounts: ['VA0009', 'va 0002'] }),
    ).rejects.toMatchObject({
      code: 'pooling/virtual-account-taken',
      fields: { errors: [{ pointer: '/virtualAccounts/1' }] },
    });
    expect(await pooling.snapshot()).toEqual(before);
    const racing = await Promise.allSettled(
      ['a', 'b', 'c', 'd'].map((name) => ledgerOf(pooling.tools, pool, { name, virtualAccounts: ['VA0003'] })),
    );
    const codes = racing.map((one) => (one.status === 'fulfilled' ? 'OPENED' : one.reason.code));
    expect(codes.sort()).toEqual(['OPENED', ...Array(3).fill('pooling/virtual-account-taken')]);
    await expect(async () =>
      ledgerOf(pooling.tools, pool, { name: 'twice', virtualAccounts: ['VA0005', 'va-0005'] }),
    ).rejects.toThrow('This number stands in the list already.');
  });

  it('takes no ledger in another currency, and a physical pool takes none', async () => {
    const pool = await ledgerPool(pooling, 'refused', 0n);
    const inEuro = { name: 'euro', overdraftLimit: { amount: '5.00', currency: 'EUR' } };
    await expect(ledgerOf(pooling.tools, pool, inEuro)).rejects.toMatchObject({
      code: 'pooling/currency-mismatch',
      fields: { errors: [{ pointer: '/overdraftLimit/currency' }] },
    });
    const header = await openAccount(pooling, 'refused', { name: 'header' });
    const physical = await newPool(pooling, 'refused', header);
    await expect(ledgerOf(pooling.tools, physical, { name: 'no' })).rejects.toMatchObject({
      code: 'pooling/kind-not-fitting',
    });
  });
});
