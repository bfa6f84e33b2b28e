import { beforeAll, describe, expect, it } from 'vitest';
import { businessDateOf } from '../../../shared/calendar/plain-date.ts';
import { testCause, testNow } from '../../support/commands.ts';
import { anEngine } from '../../support/engines.ts';
import { createTables, localAccess } from '../../support/tables.ts';

/** The published functions on the table that the host names, as another capability calls them. */
describe('another capability', () => {
  const tenant = 'demo';
  const today = businessDateOf(testNow);
  let ledger: typeof import('../../../functions/ledger/published.ts');

  beforeAll(async () => {
    const { endpoint } = anEngine();
    const tables = await createTables(endpoint, `published${process.pid}_${Math.floor(performance.now())}`);
    Object.assign(process.env, tables, {
      AWS_ENDPOINT_URL_DYNAMODB: endpoint,
      AWS_REGION: localAccess.region,
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
    });
    ledger = await import('../../../functions/ledger/published.ts');
  });

  it('opens a book, funds it, moves money between its ledgers and reads it all back', async () => {
    const open = (name: string, role?: 'CONTROL' | 'LEDGER') =>
      ledger.openAccountOnce(
        tenant,
        {
          name: ['pool', name],
          account: { currency: 'CNY', holder: 'Group', name, purpose: 'GENERAL' },
          constraint: { type: 'NONE' },
          ...(role && { book: { id: 'P1', role } }),
          cause: testCause,
        },
        testNow,
      );
    const [world, bank] = [await open('world'), await open('bank')];
    const [control, main, member] = [
      await open('control', 'CONTROL'),
      await open('main', 'LEDGER'),
      await open('member', 'LEDGER'),
    ];
    const order = (name: string, debitAccountId: string, creditAccountId: string, amount: bigint) => ({
      name: ['pool', name],
      fingerprint: name,
      legs: [{ debitAccountId, creditAccountId, amount, currency: 'CNY' }],
      cause: testCause,
    });
    const [funding] = await ledger.postTransfers(tenant, [order('fund', world, bank, 900n)], testNow);
    expect(funding).toMatchObject({ id: ledger.transferIdOf(tenant, 'pool', 'fund'), outcome: 'POSTED' });

    const binding = {
      name: ['pool', 'bind'],
      bookId: 'P1',
      realAccountId: bank,
      controlAccountId: control,
      mainLedgerId: main,
      cause: testCause,
    };
    expect(await ledger.bindBook(tenant, binding, testNow)).toEqual({
      realAccountId: bank,
      opening: 900n,
      transferId: ledger.transferIdOf(tenant, 'pool', 'bind'),
    });
    await ledger.postTransfers(tenant, [order('allot', main, member, 250n)], testNow);

    const accounts = await ledger.readAccounts(tenant, [bank, control, main, member]);
    expect([...accounts.values()].map(({ posted, book }) => `${book?.role} ${posted}`)).toEqual([
      'REAL 900',
      'CONTROL -900',
      'LEDGER 650',
      'LEDGER 250',
    ]);
    const dated = await ledger.readValueDatedBalances(tenant, [main], today);
    expect(dated.get(main)).toEqual({ opening: 0n, movements: new Map([[today, 650n]]), version: 2 });
    const statement = await ledger.readAccountStatement(tenant, main, { from: today, to: today, limit: 10 });
    expect(statement.entries.map(({ amount, balance }) => [amount, balance])).toEqual([
      [900n, 900n],
      [-250n, 650n],
    ]);
  });

  it('holds money, posts one hold and voids another, each once', async () => {
    const open = (name: string, minor: bigint) =>
      ledger.openAccountOnce(
        tenant,
        {
          name: ['holds', name],
          account: { currency: 'CNY', holder: 'Shop', name, purpose: 'GENERAL' },
          constraint: { type: 'OVERDRAFT_LIMIT', minor },
          cause: testCause,
        },
        testNow,
      );
    const [payer, shop] = [await open('payer', 500n), await open('shop', 0n)];
    const hold = (name: string, amount: bigint) => ({
      name: ['holds', name],
      fingerprint: `${amount}`,
      legs: [{ debitAccountId: payer, creditAccountId: shop, amount, currency: 'CNY' }],
      cause: testCause,
    });
    const held = await ledger.holdTransfers(tenant, [hold('a', 300n), hold('b', 150n), hold('c', 100n)], testNow);
    expect(held).toMatchObject([
      { id: ledger.transferIdOf(tenant, 'holds', 'a'), outcome: 'HELD' },
      { outcome: 'HELD' },
      { outcome: 'REFUSED', problem: { code: 'ledger/insufficient-funds' } },
    ]);
    const [a = '', b = ''] = held.map(({ id }) => id);
    const ending = (name: string, pendingId: string, end: 'POST' | 'VOID') => ({
      name: ['holds', name, end],
      fingerprint: end,
      pendingId,
      end,
      cause: testCause,
    });
    const endings = [ending('a', a, 'POST'), ending('b', b, 'VOID')];
    const ended = await ledger.endHolds(tenant, endings, testNow);
    expect(ended).toMatchObject([{ outcome: 'ENDED', legs: [{ amount: 300n }] }, { outcome: 'ENDED' }]);
    expect(await ledger.endHolds(tenant, endings, testNow)).toEqual(ended);
    expect(await ledger.endHolds(tenant, [ending('a', a, 'VOID'), ending('b', b, 'POST')], testNow)).toMatchObject([
      { outcome: 'REFUSED', problem: { code: 'ledger/pending-already-posted' } },
      { outcome: 'REFUSED', problem: { code: 'ledger/pending-already-voided' } },
    ]);
    const accounts = await ledger.readAccounts(tenant, [payer, shop]);
    expect([...accounts.values()].map(({ posted, pendingOut }) => [posted, pendingOut])).toEqual([
      [-300n, 0n],
      [300n, 0n],
    ]);
  });
});
