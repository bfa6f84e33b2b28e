import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BookRole } from '../../../functions/ledger/account.ts';
import { bindRealAccount } from '../../../functions/ledger/bind-book.ts';
import { openAccountUnderName } from '../../../functions/ledger/open-account-once.ts';
import { prove } from '../../../functions/ledger/prove.ts';
import { readLedgerAccounts } from '../../../functions/ledger/read-accounts.ts';
import type { LedgerStore } from '../../../functions/ledger/store.ts';
import { submit } from '../../../functions/ledger/submit.ts';
import { testCause, testNow, transferOf } from '../../support/commands.ts';
import { engines } from '../../support/engines.ts';
import { ledgerOnEngine, openTestAccount, type TestLedger } from '../../support/ledger.ts';

/** Balances in fen. */
describe.each(engines())('a book on $kind', ({ kind }) => {
  let ledger: TestLedger;
  beforeAll(async () => {
    ledger = await ledgerOnEngine(kind);
  });
  afterAll(() => ledger?.close());

  const openInside = (tenant: string, role: BookRole, name: string) =>
    openAccountUnderName(
      ledger.store,
      tenant,
      {
        name: ['pool', 'P1', name],
        account: { currency: 'CNY', holder: 'Group', name, purpose: 'GENERAL' },
        constraint: { type: 'NONE' },
        book: { id: 'P1', role },
        cause: testCause,
      },
      testNow,
    );

  async function open(tenant: string, balance: bigint) {
    const world = await openTestAccount(ledger, tenant, { name: 'world' });
    const bank = await openTestAccount(ledger, tenant, { name: 'bank', limit: 'overdraft 100.00' });
    if (balance !== 0n) {
      const [from, to] = balance > 0n ? [world, bank] : [bank, world];
      const funding = transferOf(tenant, 'fund', from, to, balance > 0n ? balance : -balance);
      await submit(ledger.store, tenant, [funding], testNow);
    }
    const control = await openInside(tenant, 'CONTROL', 'control');
    const main = await openInside(tenant, 'LEDGER', 'main');
    return { world, bank, control, main };
  }

  type Parties = Awaited<ReturnType<typeof open>>;
  const bind = (tenant: string, { bank, control, main }: Parties, name = 'bind', store = ledger.store) =>
    bindRealAccount(
      store,
      tenant,
      {
        name: ['pool', 'P1', name],
        bookId: 'P1',
        realAccountId: bank,
        controlAccountId: control,
        mainLedgerId: main,
        cause: testCause,
      },
      testNow,
    );
  const show = async (tenant: string, { bank, control, main }: Parties) => {
    const found = await readLedgerAccounts(ledger.store, tenant, [bank, control, main]);
    return [bank, control, main].map((id) => `${found.get(id)?.book?.role} ${found.get(id)?.posted}`);
  };
  const isSound = async (tenant: string) => {
    const proof = await prove(ledger.store, tenant, { accounts: 'ALL' });
    return proof.broken.length === 0 && proof.trialBalances.every(({ credits, debits }) => credits + debits === 0n);
  };

  it.each([
    ['with a balance', 'plus', 12_345n, ['REAL 12345', 'CONTROL -12345', 'LEDGER 12345']],
    ['overdrawn', 'minus', -5_000n, ['REAL -5000', 'CONTROL 5000', 'LEDGER -5000']],
    ['at zero', 'zero', 0n, ['REAL 0', 'CONTROL 0', 'LEDGER 0']],
  ])('takes over an account %s', async (_, tenant, balance, shown) => {
    const parties = await open(tenant, balance);
    const bound = await bind(tenant, parties);
    expect(bound.opening).toBe(balance);
    expect(bound.transferId !== undefined).toBe(balance !== 0n);
    expect(await show(tenant, parties)).toEqual(shown);
    expect((await ledger.store.readHead(tenant, parties.control))?.book?.realAccountId).toBe(parties.bank);
    expect(await isSound(tenant)).toBe(true);
  });

  it('is bound once: the same name changes nothing, another name is refused', async () => {
    const parties = await open('twice', 700n);
    const first = await bind('twice', parties);
    const before = await ledger.snapshot();
    expect(await bind('twice', parties)).toEqual(first);
    expect(await ledger.snapshot()).toEqual(before);
    await expect(bind('twice', parties, 'again')).rejects.toMatchObject({ code: 'ledger/book-not-allowed' });
    const other = { ...parties, bank: await openTestAccount(ledger, 'twice', { name: 'second bank' }) };
    await expect(bind('twice', other)).rejects.toMatchObject({ code: 'request/idempotency-key-reused' });
    await expect(bind('twice', other, 'second')).rejects.toMatchObject({ code: 'ledger/book-not-allowed' });
    expect(await show('twice', parties)).toEqual(['REAL 700', 'CONTROL -700', 'LEDGER 700']);
  });

  it('bound by two callers at once is bound once', async () => {
    const parties = await open('race', 700n);
    const [one, other] = await Promise.all([bind('race', parties), bind('race', parties)]);
    expect(one).toEqual(other);
    expect(await show('race', parties)).toEqual(['REAL 700', 'CONTROL -700', 'LEDGER 700']);
  });

  it('takes over the balance as it is when money moves while it is being bound', async () => {
    const parties = await open('moving', 700n);
    let moved = false;
    const store: LedgerStore = {
      ...ledger.store,
      writeTransaction: async (tenant, transaction) => {
        if (!moved) {
          moved = true;
          const receipt = transferOf(tenant, 'late receipt', parties.world, parties.bank, 55n);
          await submit(ledger.store, tenant, [receipt], testNow);
        }
        await ledger.store.writeTransaction(tenant, transaction);
      },
    };
    expect((await bind('moving', parties, 'bind', store)).opening).toBe(755n);
    expect(await show('moving', parties)).toEqual(['REAL 755', 'CONTROL -755', 'LEDGER 755']);
    expect(await isSound('moving')).toBe(true);
  });

  it('adds up whatever a storm of receipts does while it is being bound', async () => {
    const parties = await open('storm', 100n);
    const receipts = Array.from({ length: 6 }, (_, n) =>
      submit(ledger.store, 'storm', [transferOf('storm', `r${n}`, parties.world, parties.bank, 10n)], testNow),
    );
    const [bound, ...outcomes] = await Promise.all([bind('storm', parties), ...receipts]);
    const codes = outcomes.flat().map((one) => (one.outcome === 'REFUSED' ? one.problem.code : 'accepted'));
    const before = BigInt(codes.filter((code) => code === 'accepted').length);
    expect(codes.filter((code) => code !== 'accepted' && code !== 'ledger/book-out-of-balance')).toEqual([]);
    expect(bound.opening).toBe(100n + 10n * before);
    const balance = bound.opening;
    expect(await show('storm', parties)).toEqual([`REAL ${balance}`, `CONTROL -${balance}`, `LEDGER ${balance}`]);
  });

  it('pays with the ledger that carries the payment, and not without', async () => {
    const tenant = 'paying';
    const parties = await open(tenant, 700n);
    await bind(tenant, parties);
    const { bank, world, main, control } = parties;
    const leg = (debitAccountId: string, creditAccountId: string) => ({
      debitAccountId,
      creditAccountId,
      amount: 200n,
      currency: 'CNY',
    });
    const payment = { ...transferOf(tenant, 'pay', '', '', 0n), legs: [leg(bank, world), leg(main, control)] };
    const outcomes = await submit(
      ledger.store,
      tenant,
      [payment, transferOf(tenant, 'bare', bank, world, 1n)],
      testNow,
    );
    expect(outcomes.map((one) => (one.outcome === 'REFUSED' ? one.problem.code : 'accepted'))).toEqual([
      'accepted',
      'ledger/book-out-of-balance',
    ]);
    expect(await show(tenant, parties)).toEqual(['REAL 500', 'CONTROL -500', 'LEDGER 500']);
    expect(await isSound(tenant)).toBe(true);
  });

  it('opens an account once per name, also for two callers at once', async () => {
    const ids = await Promise.all([
      openInside('once', 'LEDGER', 'member'),
      openInside('once', 'LEDGER', 'member'),
      openInside('once', 'LEDGER', 'another'),
    ]);
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
    expect(await openInside('once', 'INCOME', 'member')).toBe(ids[0]);
    const found = await readLedgerAccounts(ledger.store, 'once', ids);
    expect(found.get(ids[0])).toMatchObject({ name: 'member', version: 0, book: { id: 'P1', role: 'LEDGER' } });
  });

  it('has no real account opened in it, and no name of one part', async () => {
    await expect(openInside('odd', 'REAL', 'bank')).rejects.toMatchObject({ code: 'ledger/book-not-allowed' });
    const request = {
      name: ['a key that a client may choose'],
      account: { currency: 'CNY', holder: 'Group', purpose: 'GENERAL' },
      constraint: { type: 'NONE' },
      cause: testCause,
    } as const;
    await expect(openAccountUnderName(ledger.store, 'odd', request, testNow)).rejects.toThrow(RangeError);
  });
});
