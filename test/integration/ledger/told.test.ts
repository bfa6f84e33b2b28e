import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listEntries } from '../../../functions/ledger/list-entries.ts';
import { readStateAsOf } from '../../../functions/ledger/read-balance.ts';
import type { LedgerStore } from '../../../functions/ledger/store.ts';
import { submit } from '../../../functions/ledger/submit.ts';
import { testCause, testNow, transferOf } from '../../support/commands.ts';
import { ledgerOnEngine, openTestAccount, type TestLedger } from '../../support/ledger.ts';

const policy = { attemptsMax: 3, baseMs: 1, ceilingMs: 2 };

/** What a caller is told must be true, in every order in which a store can fail. */
describe('what a caller is told', () => {
  let ledger: TestLedger;
  let capital: string;
  let shop: string;
  beforeAll(async () => {
    ledger = await ledgerOnEngine();
    capital = await openTestAccount(ledger, 'told', { name: 'capital' });
    shop = await openTestAccount(ledger, 'told', { name: 'shop', limit: 'at least 0.00' });
  });
  afterAll(() => ledger?.close());

  const lost = () => Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
  const throttled = () => Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
  const conflict = () =>
    new TransactionCanceledException({
      message: '',
      $metadata: {},
      CancellationReasons: [{ Code: 'TransactionConflict' }],
    });
  const codesOf = async (store: LedgerStore, ...keys: string[]) => {
    const commands = keys.map((key) => transferOf('told', key, capital, shop, 7n));
    const outcomes = await submit(store, 'told', commands, testNow, { policy });
    return outcomes.map((one) => (one.outcome === 'REFUSED' ? one.problem.code : 'accepted'));
  };

  it('that it is not known, when a write was not answered and nothing can be read since', async () => {
    let written = false;
    const store: LedgerStore = {
      ...ledger.store,
      writeTransaction: async (tenant, transaction) => {
        await ledger.store.writeTransaction(tenant, transaction);
        written = true;
        throw lost();
      },
      readRecords: (tenant, ids) => (written ? Promise.reject(throttled()) : ledger.store.readRecords(tenant, ids)),
    };
    expect(await codesOf(store, 'lost')).toEqual(['request/unavailable']);
    expect(await codesOf(ledger.store, 'lost')).toEqual(['accepted']);
  });

  it('that it was booked, when a write was not answered and the record can be read', async () => {
    const store: LedgerStore = {
      ...ledger.store,
      writeTransaction: async (tenant, transaction) => {
        await ledger.store.writeTransaction(tenant, transaction);
        throw lost();
      },
    };
    expect(await codesOf(store, 'read')).toEqual(['accepted']);
  });

  it('that nothing happened, when every write met a conflict', async () => {
    const store: LedgerStore = { ...ledger.store, writeTransaction: () => Promise.reject(conflict()) };
    const before = await ledger.snapshot();
    expect(await codesOf(store, 'conflict')).toEqual(['request/conflict-retry']);
    expect(await ledger.snapshot()).toEqual(before);
  });

  it('of a fault of ours in one transaction, while the others are booked', async () => {
    const other = await openTestAccount(ledger, 'told', { name: 'other' });
    const third = await openTestAccount(ledger, 'told', { name: 'third' });
    let first = true;
    const store: LedgerStore = {
      ...ledger.store,
      writeTransaction: (tenant, transaction) => {
        // The first try collides, so that the second goes in transactions apart.
        if (first) {
          first = false;
          return Promise.reject(conflict());
        }
        const isOther = transaction.versions.some(({ state }) => state.accountId === other);
        const malformed = Object.assign(new Error('malformed'), {
          name: 'ValidationException',
          $metadata: { httpStatusCode: 400 },
        });
        return isOther ? Promise.reject(malformed) : ledger.store.writeTransaction(tenant, transaction);
      },
    };
    const commands = [transferOf('told', 'bad', third, other, 1n), transferOf('told', 'good', capital, shop, 1n)];
    const outcomes = await submit(store, 'told', commands, testNow, { policy });
    expect(outcomes.map((one) => (one.outcome === 'REFUSED' ? one.problem.code : 'accepted'))).toEqual([
      'request/internal-error',
      'accepted',
    ]);
  });

  it('the whole history, when a version is seen a moment before its transfer', async () => {
    const hidden = transferOf('told', 'lost', '', '', 0n).id;
    let looks = 0;
    const store: LedgerStore = {
      ...ledger.store,
      readRecords: async (tenant, ids) => {
        const records = await ledger.store.readRecords(tenant, ids);
        if (records.has(hidden) && looks++ < 2) records.delete(hidden);
        return records;
      },
    };
    const head = await ledger.store.readHead('told', shop);
    if (!head) throw new Error('the shop has no account');
    const query = { include: 'POSTED', order: 'OLDEST_FIRST', limit: 100 } as const;
    const { entries } = await listEntries(store, 'told', head, query);
    expect(entries.map(({ entry }) => entry.amount)).toEqual([7n, 7n, 1n]);
  });
});

describe('around midnight in Shanghai', () => {
  it('a writer with a slow clock books after what it builds on, on the same day', async () => {
    const ledger = await ledgerOnEngine();
    const capital = await openTestAccount(ledger, 'midnight', { name: 'capital' });
    const shop = await openTestAccount(ledger, 'midnight', { name: 'shop', limit: 'at least 0.00' });
    const after = new Date('2026-03-02T16:00:00.100Z');
    const before = new Date('2026-03-02T15:59:59.900Z');
    await submit(ledger.store, 'midnight', [transferOf('midnight', 'in', capital, shop, 100n)], after);
    const [debit] = await submit(
      ledger.store,
      'midnight',
      [transferOf('midnight', 'out', shop, capital, 100n)],
      before,
    );
    expect(debit).toMatchObject({
      outcome: 'TRANSFER',
      transfer: { valueDate: '2026-03-03', bookedAt: after.toISOString() },
    });
    const head = await ledger.store.readHead('midnight', shop);
    if (!head) throw new Error('the shop has no account');
    for (const by of ['VALUE', 'BOOKING'] as const) {
      expect((await readStateAsOf(ledger.store, 'midnight', head, '2026-03-02', by))?.posted ?? 0n).toBe(0n);
    }
    ledger.close();
  });
});

describe('frozen money', () => {
  it.each([
    ['of an account without a constraint stays', 'no limit'],
    ['of an account with a floor stays', 'at least 0.00'],
  ])('%s', async (_, limit) => {
    const ledger = await ledgerOnEngine();
    const capital = await openTestAccount(ledger, 'frozen', { name: 'capital' });
    const shop = await openTestAccount(ledger, 'frozen', { name: 'shop', limit });
    await submit(ledger.store, 'frozen', [transferOf('frozen', 'in', capital, shop, 100n)], testNow);
    const { id } = transferOf('frozen', 'freeze', '', '', 0n);
    await submit(
      ledger.store,
      'frozen',
      [{ command: 'CHANGE', id, fingerprint: '', cause: testCause, accountId: shop, freeze: 60n }],
      testNow,
    );
    const debits = [
      transferOf('frozen', 'too much', shop, capital, 41n),
      transferOf('frozen', 'fits', shop, capital, 40n),
    ];
    const outcomes = await submit(ledger.store, 'frozen', debits, testNow);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['REFUSED', 'TRANSFER']);
    ledger.close();
  });
});
