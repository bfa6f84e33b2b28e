import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postOrders, type TransferOrder } from '../../../functions/ledger/post-transfers.ts';
import { readLedgerAccounts } from '../../../functions/ledger/read-accounts.ts';
import { readStatement } from '../../../functions/ledger/read-statement.ts';
import { readValueDated } from '../../../functions/ledger/read-value-dated.ts';
import { recordIdOfName } from '../../../functions/ledger/record-name.ts';
import { submit } from '../../../functions/ledger/submit.ts';
import { testCause, testNow, transferOf } from '../../support/commands.ts';
import { engines } from '../../support/engines.ts';
import { ledgerOnEngine, openTestAccount, type TestLedger } from '../../support/ledger.ts';

/** What the ledger does for other capabilities. Balances in fen. */
describe.each(engines())('for other capabilities the ledger on $kind', ({ kind }) => {
  let ledger: TestLedger;
  beforeAll(async () => {
    ledger = await ledgerOnEngine(kind);
  });
  afterAll(() => ledger?.close());

  const order = (key: string, from: string, to: string, amount: bigint, more: Partial<TransferOrder> = {}) => ({
    name: ['sweep', 'run 1', key],
    fingerprint: `${from} ${to} ${amount}`,
    legs: [{ debitAccountId: from, creditAccountId: to, amount, currency: 'CNY' }],
    cause: testCause,
    ...more,
  });
  const codes = (results: Awaited<ReturnType<typeof postOrders>>) =>
    results.map((one) => (one.outcome === 'REFUSED' ? one.problem.code : 'POSTED'));

  async function open(tenant: string) {
    const capital = await openTestAccount(ledger, tenant, { name: 'capital' });
    const child = await openTestAccount(ledger, tenant, { name: 'child', limit: 'at least 0.00' });
    const header = await openTestAccount(ledger, tenant, { name: 'header', limit: 'overdraft 50.00' });
    await submit(ledger.store, tenant, [transferOf(tenant, 'fund', capital, child, 10_000n)], testNow);
    return { capital, child, header };
  }

  it('shows accounts, without those the tenant does not have', async () => {
    const { capital, child, header } = await open('show');
    const stranger = await openTestAccount(ledger, 'another tenant', { name: 'stranger' });
    const nobody = 'acc_00000000000000000000000000';
    const ids = [capital, child, header, child, stranger, nobody, 'no id', ''];
    const found = await readLedgerAccounts(ledger.store, 'show', ids);
    expect([...found.keys()]).toEqual([capital, child, header]);
    expect(found.get(child)).toEqual({
      id: child,
      currency: 'CNY',
      holder: 'child',
      purpose: 'GENERAL',
      hot: false,
      hasBankAccount: false,
      status: 'ACTIVE',
      posted: 10_000n,
      pendingIn: 0n,
      pendingOut: 0n,
      frozen: 0n,
      floor: 0n,
      version: 1,
    });
    expect(found.get(header)?.floor).toBe(-5_000n);
    expect(found.get(capital)?.floor).toBeUndefined();
  });

  it('posts orders in the order given, under the ids of their names', async () => {
    const { child, header, capital } = await open('post');
    const orders = [
      order('1', header, capital, 6_000n),
      order('2', child, header, 2_000n),
      order('3', header, capital, 6_000n),
      order('4', child, header, 8_000n, { description: 'rest', references: { run: '1' } }),
    ];
    const results = await postOrders(ledger.store, 'post', orders, testNow);
    expect(codes(results)).toEqual(['ledger/insufficient-funds', 'POSTED', 'POSTED', 'POSTED']);
    expect(results.map(({ id }) => id)).toEqual(orders.map(({ name }) => recordIdOfName('post', name)));
    expect(results[1]).toMatchObject({ legs: [{ amount: 2_000n }], bookedAt: testNow.toISOString() });
    // Once refused, refused for its name, though the money would now be there.
    expect(await postOrders(ledger.store, 'post', orders, testNow)).toEqual(results);
    expect((await ledger.store.readHead('post', header))?.posted).toBe(4_000n);
    const changed = await postOrders(ledger.store, 'post', [order('2', child, header, 1n)], testNow);
    expect(codes(changed)).toEqual(['request/idempotency-key-reused']);
  });

  it('posts an order only while its guards hold', async () => {
    const { child, header } = await open('guards');
    const keep = { guards: [{ accountId: child, freeMin: 4_000n }] };
    const fill = { guards: [{ accountId: header, postedMax: 9_000n }] };
    const results = await postOrders(
      ledger.store,
      'guards',
      [
        order('1', child, header, 6_000n, keep),
        order('2', child, header, 1n, keep),
        order('3', child, header, 3_000n, fill),
        order('4', child, header, 1n, fill),
      ],
      testNow,
    );
    expect(codes(results)).toEqual(['POSTED', 'ledger/condition-not-met', 'POSTED', 'ledger/condition-not-met']);
    expect(results[1]).toMatchObject({
      problem: { fields: { accountId: child, condition: 'FREE_MIN', found: { amount: '39.99' } } },
    });
    expect(results[3]).toMatchObject({
      problem: { fields: { accountId: header, condition: 'POSTED_MAX', found: { amount: '90.01' } } },
    });
    expect((await ledger.store.readHead('guards', child))?.posted).toBe(1_000n);
  });

  it('with guards lets one of many sweeps at once through where only one may', async () => {
    const { child, header } = await open('many');
    const guards = [{ accountId: child, postedMin: 8_000n }];
    const results = await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        postOrders(ledger.store, 'many', [order(`${n}`, child, header, 2_000n, { guards })], testNow),
      ),
    );
    expect(codes(results.flat()).sort()).toEqual([...Array(5).fill('ledger/condition-not-met'), 'POSTED'].sort());
    expect((await ledger.store.readHead('many', child))?.posted).toBe(8_000n);
  });

  it('posts all orders or none where they are atomic', async () => {
    const { child, header, capital } = await open('atomic');
    const guards = [{ accountId: child, freeMin: 9_000n }];
    const pair = [order('1', header, capital, 1_000n), order('2', child, header, 2_000n, { guards })];
    const refused = await postOrders(ledger.store, 'atomic', pair, testNow, { atomic: true });
    expect(codes(refused)).toEqual(['ledger/batch-refused', 'ledger/condition-not-met']);
    expect((await ledger.store.readHead('atomic', header))?.version).toBe(0);
    const mended = [order('1', header, capital, 1_000n), order('3', child, header, 1_000n, { guards })];
    expect(codes(await postOrders(ledger.store, 'atomic', mended, testNow, { atomic: true }))).toEqual([
      'POSTED',
      'POSTED',
    ]);
    expect(await postOrders(ledger.store, 'atomic', [], testNow, { atomic: true })).toEqual([]);
  });

  it('does not take an order without an amount', async () => {
    const { child, header } = await open('amounts');
    for (const amount of [0n, -5n]) {
      await expect(postOrders(ledger.store, 'amounts', [order('1', child, header, amount)], testNow)).rejects.toThrow(
        RangeError,
      );
    }
    await expect(
      postOrders(ledger.store, 'amounts', [order('1', child, header, 1n, { legs: [] })], testNow),
    ).rejects.toThrow(RangeError);
  });

  /**
   * March 2026, one account: 2nd +100; 3rd −30; 10th +50; on the 12th −20 valued the 9th; on the 14th +7 valued the 1st.
   */
  async function month(tenant: string) {
    const capital = await openTestAccount(ledger, tenant, { name: 'capital' });
    const shop = await openTestAccount(ledger, tenant, { name: 'shop' });
    const quiet = await openTestAccount(ledger, tenant, { name: 'quiet' });
    const lines = [
      ['2026-03-02', capital, shop, 100n],
      ['2026-03-03', shop, capital, 30n],
      ['2026-03-10', capital, shop, 50n],
      ['2026-03-12', shop, capital, 20n, '2026-03-09'],
      ['2026-03-14', capital, shop, 7n, '2026-03-01'],
    ] as const;
    for (const [index, [day, from, to, minor, valueDate]] of lines.entries()) {
      const more = { ...(valueDate && { valueDate }), description: `line ${index}`, references: { line: `${index}` } };
      const now = new Date(`${day}T02:00:00Z`);
      await postOrders(ledger.store, tenant, [order(`${index}`, from, to, minor, more)], now);
    }
    return { capital, shop, quiet };
  }

  it('tells how a balance developed by value date, and how far back what was booked since reaches', async () => {
    const { capital, shop, quiet } = await month('value');
    const ids = [shop, quiet, 'acc_00000000000000000000000000'];
    const found = await readValueDated(ledger.store, 'value', ids, '2026-03-10');
    expect([...found.keys()].sort()).toEqual([shop, quiet].sort());
    // Valued before the 10th: 7 on the 1st, 100 on the 2nd, −30 on the 3rd, −20 on the 9th.
    expect(found.get(shop)).toEqual({
      opening: 57n,
      movements: new Map([['2026-03-10', 50n]]),
      version: 5,
      reachesBack: '2026-03-01',
    });
    expect(found.get(quiet)).toEqual({ opening: 0n, movements: new Map(), version: 0 });
    const sinceThen = await readValueDated(ledger.store, 'value', [shop, capital], '2026-03-13');
    expect(sinceThen.get(shop)).toMatchObject({ opening: 107n, reachesBack: '2026-03-01' });
    expect(sinceThen.get(capital)?.opening).toBe(-107n);
    const whole = await readValueDated(ledger.store, 'value', [shop], '2026-03-01');
    expect(whole.get(shop)).toEqual({
      opening: 0n,
      movements: new Map([
        ['2026-03-02', 100n],
        ['2026-03-03', -30n],
        ['2026-03-10', 50n],
        ['2026-03-09', -20n],
        ['2026-03-01', 7n],
      ]),
      version: 5,
    });
  });

  it('names the account whose history is too long to read', async () => {
    const { shop } = await month('busy');
    const head = await ledger.store.readHead('busy', shop);
    if (!head) throw new Error('the shop has no account');
    const later = { ...head, version: 20_001 };
    const store = {
      ...ledger.store,
      readHeads: async () => new Map([[shop, later]]),
      readVersions: async () => [
        { state: { ...head, at: '2026-03-20T00:00:00.000Z' }, transfers: [], cause: testCause },
      ],
    };
    await expect(readValueDated(store, 'busy', [shop], '2026-03-10')).rejects.toMatchObject({
      code: 'ledger/value-date-too-busy',
      fields: { accountId: shop },
    });
  });

  it('gives a statement of a period, in pages that agree', async () => {
    const { capital, shop } = await month('statement');
    const period = { from: '2026-03-03', to: '2026-03-12', limit: 100 };
    const whole = await readStatement(ledger.store, 'statement', shop, period);
    expect(whole).toMatchObject({ currency: 'CNY', opening: 100n, closing: 100n });
    expect(whole.next).toBeUndefined();
    expect(whole.entries.map((one) => [one.bookingDate, one.valueDate, one.amount, one.balance])).toEqual([
      ['2026-03-03', '2026-03-03', -30n, 70n],
      ['2026-03-10', '2026-03-10', 50n, 120n],
      ['2026-03-12', '2026-03-09', -20n, 100n],
    ]);
    expect(whole.entries[0]).toEqual({
      amount: -30n,
      balance: 70n,
      bookingDate: '2026-03-03',
      valueDate: '2026-03-03',
      transferId: recordIdOfName('statement', ['sweep', 'run 1', '1']),
      counterpartyAccountId: capital,
      description: 'line 1',
      references: { line: '1' },
    });
    const first = await readStatement(ledger.store, 'statement', shop, { ...period, limit: 2 });
    const { next } = first;
    if (!next) throw new Error('there is a third entry');
    const second = await readStatement(ledger.store, 'statement', shop, { ...period, limit: 2, after: next });
    expect([...first.entries, ...second.entries]).toEqual(whole.entries);
    expect([second.opening, second.closing, second.next]).toEqual([100n, 100n, undefined]);
  });

  it('gives a statement of days before and after anything was booked', async () => {
    const { shop } = await month('empty');
    const before = { from: '2026-02-01', to: '2026-02-28', limit: 10 };
    expect(await readStatement(ledger.store, 'empty', shop, before)).toEqual({
      currency: 'CNY',
      opening: 0n,
      closing: 0n,
      entries: [],
    });
    const after = { from: '2026-04-01', to: '2026-04-30', limit: 10 };
    expect(await readStatement(ledger.store, 'empty', shop, after)).toMatchObject({ opening: 107n, closing: 107n });
    await expect(readStatement(ledger.store, 'empty', 'acc_00000000000000000000000000', after)).rejects.toMatchObject({
      code: 'ledger/account-not-found',
    });
  });
});
