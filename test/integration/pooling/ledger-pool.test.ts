import { describe, expect, it } from 'vitest';
import { readPoolStatement } from '../../../functions/pooling/ledgers/read-pool-statement.ts';
import { engines } from '../../support/engines.ts';
import { answerOf, figuresOf, ledgerOf, ledgerPool, payOut, receive } from './ledger-pools.ts';
import { yuan } from './pools.ts';
import { balanceOf, balancesOf, move, now, openAccount, usePooling, worldOf } from './support.ts';

/** Balances in fen. */
describe.each(engines())('a ledger pool on $kind', (engine) => {
  const pooling = usePooling(engine);

  it('books a receipt into the ledger that its virtual account number names', async () => {
    const pool = await ledgerPool(pooling, 'receipt', 1_000n);
    const shop = await ledgerOf(pooling.tools, pool, { name: 'shop', virtualAccounts: ['6228 4800 0000 0017'] });
    const body = { virtualAccount: '6228-4800-0000-0017', amount: yuan('88.00'), valueDate: '2026-02-27' };
    const booked = await receive(pooling.tools, pool, 'r1', { ...body, references: { contract: 'HT-1' } });
    expect(booked).toMatchObject({
      accountId: shop.accountId,
      virtualAccount: '****0017',
      debitAccountId: pool.book.clearingAccountId,
      amount: 8_800n,
      valueDate: '2026-02-27',
      bookedAt: now.toISOString(),
    });
    expect(await receive(pooling.tools, pool, 'r1', { ...body, references: { contract: 'HT-1' } })).toEqual(booked);
    await expect(receive(pooling.tools, pool, 'r1', { ...body, amount: yuan('1.00') })).rejects.toMatchObject({
      code: 'request/idempotency-key-reused',
    });
    const ids = [pool.headerAccountId, pool.rootAccountId, shop.accountId, pool.book.clearingAccountId];
    expect(await balancesOf(pooling, 'receipt', ids)).toEqual([9_800n, 1_000n, 8_800n, -8_800n]);
  });

  it('books a receipt by the id of the ledger, or into the main one, from an account of the caller’s', async () => {
    const pool = await ledgerPool(pooling, 'by id', 0n);
    const shop = await ledgerOf(pooling.tools, pool, { name: 'shop' });
    const customer = await openAccount(pooling, 'by id', { name: 'customer' });
    const from = { debitAccountId: customer };
    await receive(pooling.tools, pool, '1', { ...from, accountId: shop.accountId, amount: yuan('3.00') });
    await receive(pooling.tools, pool, '2', { ...from, accountId: pool.rootAccountId, amount: yuan('4.00') });
    await receive(pooling.tools, pool, '3', { ...from, amount: yuan('5.00') });
    expect(await balancesOf(pooling, 'by id', [customer, shop.accountId, pool.rootAccountId])).toEqual([
      -1_200n,
      300n,
      900n,
    ]);
    const lines = await readPoolStatement(pooling.tools, pool, pool.rootAccountId, {
      from: '2026-03-02',
      to: '2026-03-02',
      limit: 10,
    });
    expect(lines.entries.map(({ references }) => references.assignment)).toEqual(['ASSIGNED', 'UNASSIGNED']);
  });

  it('books nothing of a receipt that it cannot place', async () => {
    const pool = await ledgerPool(pooling, 'nothing', 0n);
    const other = await ledgerPool(pooling, 'nothing 2', 0n);
    const stranger = await openAccount(pooling, 'nothing', { name: 'stranger' });
    const dollars = await openAccount(pooling, 'nothing', { name: 'dollars', currency: 'USD' });
    await ledgerOf(pooling.tools, other, { name: 'shop', virtualAccounts: ['VA0001'] });
    const before = await pooling.snapshot();
    const amount = yuan('1.00');
    const refused = async (body: object) => {
      const error: unknown = await receive(pooling.tools, pool, 'k', body).catch((problem: unknown) => problem);
      return (error as { code: string }).code;
    };
    expect(await refused({ amount, virtualAccount: 'VA9999' })).toBe('pooling/virtual-account-unknown');
    expect(await refused({ amount, virtualAccount: 'VA0001' })).toBe('pooling/virtual-account-unknown');
    expect(await refused({ amount, accountId: stranger })).toBe('pooling/not-a-member');
    expect(await refused({ amount, accountId: pool.headerAccountId })).toBe('pooling/not-a-member');
    expect(await refused({ amount, accountId: pool.book.controlAccountId })).toBe('pooling/not-a-member');
    expect(await refused({ amount, debitAccountId: pool.headerAccountId })).toBe('pooling/debit-account-not-allowed');
    expect(await refused({ amount, debitAccountId: pool.rootAccountId })).toBe('pooling/debit-account-not-allowed');
    expect(await refused({ amount, debitAccountId: 'acc_00000000000000000000000000' })).toBe(
      'pooling/account-not-found',
    );
    expect(await refused({ amount, debitAccountId: dollars })).toBe('pooling/currency-mismatch');
    expect(await refused({ amount: { amount: '1.00', currency: 'USD' } })).toBe('pooling/currency-mismatch');
    expect(await refused({ amount, valueDate: '2026-03-03' })).toBe('ledger/value-date-not-allowed');
    expect(await pooling.snapshot()).toEqual(before);
  });

  it('keeps the limit of each ledger, whatever the others hold', async () => {
    const pool = await ledgerPool(pooling, 'limits', 100_000n);
    const world = await worldOf(pooling, 'limits');
    const poor = await ledgerOf(pooling.tools, pool, { name: 'poor' });
    const lent = await ledgerOf(pooling.tools, pool, { name: 'lent', overdraftLimit: yuan('80.00') });
    expect(answerOf(await payOut(pooling, pool, poor.accountId, world, 1n))).toBe('ledger/insufficient-funds');
    expect(answerOf(await payOut(pooling, pool, lent.accountId, world, 8_001n))).toBe('ledger/insufficient-funds');
    expect(answerOf(await payOut(pooling, pool, lent.accountId, world, 8_000n))).toBe('POSTED');
    expect(await balanceOf(pooling, 'limits', lent.accountId)).toBe(-8_000n);
    expect(await figuresOf(pooling, pool)).toEqual({ real: 92_000n, control: -92_000n, ledgers: 92_000n });
  });

  it('lets an income ledger be swept inside the pool and pay nobody outside', async () => {
    const pool = await ledgerPool(pooling, 'income', 0n);
    const world = await worldOf(pooling, 'income');
    const takings = await ledgerOf(pooling.tools, pool, { name: 'takings', purpose: 'INCOME' });
    await receive(pooling.tools, pool, 'in', { accountId: takings.accountId, amount: yuan('60.00') });
    expect(answerOf(await payOut(pooling, pool, takings.accountId, world, 1_000n))).toBe('ledger/income-account-debit');
    const sweep = { from: takings.accountId, to: pool.rootAccountId, minor: 6_000n };
    expect(answerOf(await move(pooling, 'income', sweep))).toBe('POSTED');
    expect(answerOf(await payOut(pooling, pool, pool.rootAccountId, world, 1_000n))).toBe('POSTED');
    expect(await figuresOf(pooling, pool)).toEqual({ real: 5_000n, control: -5_000n, ledgers: 5_000n });
  });

  it('lets no transfer move the real account without its ledgers, or a ledger without the real account', async () => {
    const pool = await ledgerPool(pooling, 'closed', 5_000n);
    const { headerAccountId, rootAccountId } = pool;
    const world = await worldOf(pooling, 'closed');
    const crossing = { from: rootAccountId, to: world, minor: 1n };
    expect(answerOf(await move(pooling, 'closed', crossing))).toBe('ledger/book-boundary');
    const bare = { from: headerAccountId, to: world, minor: 1n };
    expect(answerOf(await move(pooling, 'closed', bare))).toBe('ledger/book-out-of-balance');
    expect(await figuresOf(pooling, pool)).toEqual({ real: 5_000n, control: -5_000n, ledgers: 5_000n });
  });

  it('gives a statement of each account that adds up over its pages', async () => {
    const pool = await ledgerPool(pooling, 'statement', 0n);
    const shop = await ledgerOf(pooling.tools, pool, { name: 'shop' });
    const world = await worldOf(pooling, 'statement');
    const on = (day: string) => new Date(`2026-03-${day}T02:00:00Z`);
    const take = (key: string, day: string, amount: string) =>
      receive(pooling.tools, pool, key, { accountId: shop.accountId, amount: yuan(amount) }, on(day));
    await take('1', '03', '10.00');
    await take('2', '04', '20.00');
    await payOut(pooling, pool, shop.accountId, world, 500n, on('04'));
    await take('3', '05', '30.00');
    await take('4', '06', '40.00');
    const period = { from: '2026-03-04', to: '2026-03-05' };
    const whole = await readPoolStatement(pooling.tools, pool, shop.accountId, { ...period, limit: 10 });
    expect([whole.opening, whole.closing]).toEqual([1_000n, 5_500n]);
    expect(whole.entries.map(({ bookingDate, amount, balance }) => [bookingDate, amount, balance])).toEqual([
      ['2026-03-04', 2_000n, 3_000n],
      ['2026-03-04', -500n, 2_500n],
      ['2026-03-05', 3_000n, 5_500n],
    ]);
    const first = await readPoolStatement(pooling.tools, pool, shop.accountId, { ...period, limit: 2 });
    if (!first.next) throw new Error('there is a third entry');
    const second = await readPoolStatement(pooling.tools, pool, shop.accountId, {
      ...period,
      limit: 2,
      after: first.next,
    });
    expect([...first.entries, ...second.entries]).toEqual(whole.entries);
    const real = await readPoolStatement(pooling.tools, pool, pool.headerAccountId, { ...period, limit: 10 });
    expect(real.entries.map(({ amount }) => amount)).toEqual([2_000n, -500n, 3_000n]);
  });

  it('gives no statement of an account of others, nor of a period that ends before it begins', async () => {
    const pool = await ledgerPool(pooling, 'no statement', 0n);
    const world = await worldOf(pooling, 'no statement');
    const query = { from: '2026-03-01', to: '2026-03-02', limit: 10 };
    await expect(readPoolStatement(pooling.tools, pool, world, query)).rejects.toMatchObject({
      code: 'pooling/not-a-member',
    });
    await expect(
      readPoolStatement(pooling.tools, pool, pool.rootAccountId, { ...query, to: '2026-02-28' }),
    ).rejects.toMatchObject({ code: 'request/malformed', fields: { errors: [{ parameter: 'to' }] } });
  });
});
