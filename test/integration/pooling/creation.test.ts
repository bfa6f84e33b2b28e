import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { submit } from '../../../functions/ledger/submit.ts';
import { carryOn } from '../../../functions/pooling/carry-on.ts';
import { createPool } from '../../../functions/pooling/create-pool.ts';
import { toEvents } from '../../../functions/pooling/events.ts';
import { poolToPlain } from '../../../functions/pooling/items.ts';
import { listLedgers } from '../../../functions/pooling/ledgers/list-ledgers.ts';
import { takeReceipt } from '../../../functions/pooling/ledgers/take-receipt.ts';
import type { Pool, PoolKind } from '../../../functions/pooling/pool.ts';
import type { PoolingTools } from '../../../functions/pooling/tools.ts';
import { deriveId } from '../../../shared/identifiers/id.ts';
import { general } from '../../../shared/problems/general.ts';
import { anEngine, engines } from '../../support/engines.ts';
import { someEvent } from '../../support/events.ts';
import { doomAt, doomed } from './doomed.ts';
import { ledgerOf, receive } from './ledger-pools.ts';
import { carryOnAll, change } from './moves.ts';
import { newPool, withMembers, yuan } from './pools.ts';
import {
  balancesOf,
  cause,
  fund,
  move,
  now,
  openAccount,
  poolingOnEngine,
  type TestPooling,
  worldOf,
} from './support.ts';

const openMax = 100;

const bankAccountIn = (pooling: TestPooling, tenant: string) =>
  openAccount(pooling, tenant, { name: 'bank', limit: 'overdraft 100.00' });

/** Asks for a pool under a key; its body is its name, kind and header. */
function create(
  tools: PoolingTools,
  tenant: string,
  key: string,
  header: string,
  more: { name?: string; kind?: PoolKind } = {},
) {
  const request = { name: 'Pool', currency: 'CNY', kind: 'LEDGER' as PoolKind, headerAccountId: header, ...more };
  const id = deriveId('pool', tenant, key);
  const claim = {
    operation: 'createPool',
    key,
    fingerprint: JSON.stringify(request),
    id,
    at: now.toISOString(),
    cause,
  };
  return createPool(tools, tenant, request, claim, now);
}

const openWorkIn = async (pooling: TestPooling, tenant: string) =>
  (await pooling.store.readOpen('9', openMax)).filter((work) => work.tenant === tenant);

const expectOpen = async (pooling: TestPooling, tenant: string, pool: Pool, bank: string) => {
  const [posted, ledgers] = await balancesOf(pooling, tenant, [bank, pool.rootAccountId]);
  expect([pool.opening, posted, ledgers]).toEqual([undefined, 12_300n, 12_300n]);
  expect(await openWorkIn(pooling, tenant)).toEqual([]);
};

describe.each(engines())('the creation of a pool on $kind', (engine) => {
  let pooling: TestPooling;
  beforeAll(async () => {
    pooling = await poolingOnEngine(engine);
  });
  afterAll(() => pooling?.close());

  const bankAccount = (tenant: string) => bankAccountIn(pooling, tenant);
  const openWork = (tenant: string) => openWorkIn(pooling, tenant);
  const withLedger = (ledger: Partial<PoolingTools['ledger']>): PoolingTools => ({
    ...pooling.tools,
    ledger: { ...pooling.tools.ledger, ...ledger },
  });
  const unanswered = () =>
    withLedger({
      bindBook: () => Promise.reject(general.unavailable.with({ detail: 'no answer' })),
    });
  async function opening(tenant: string): Promise<{ bank: string; pool: Pool }> {
    const bank = await bankAccount(tenant);
    await expect(create(unanswered(), tenant, 'key', bank)).rejects.toMatchObject({ code: 'request/unavailable' });
    const pool = await pooling.store.readPool(tenant, deriveId('pool', tenant, 'key'));
    if (!pool) throw new Error('The pool is stored before its book is bound.');
    return { bank, pool };
  }

  it('with internal ledgers that broke off is finished by the same request', async () => {
    const { bank, pool } = await opening('repeat');
    await fund(pooling, 'repeat', bank, 12_300n);
    expect(pool.opening).toEqual({ operation: 'createPool', key: 'key' });
    const finished = await create(pooling.tools, 'repeat', 'key', bank);
    expect(finished).toEqual(await pooling.store.readPool('repeat', pool.id));
    await expectOpen(pooling, 'repeat', finished, bank);
  });

  it('lets nothing but looking happen in a pool that is being opened, and tells nobody of it', async () => {
    const { bank, pool } = await opening('early');
    const refused = { code: 'pooling/pool-opening', status: 409 };
    await expect(withMembers(pooling.tools, pool, { members: [] })).rejects.toMatchObject(refused);
    await expect(async () => ledgerOf(pooling.tools, pool, { name: 'shop' })).rejects.toMatchObject(refused);
    await expect(async () => listLedgers(pooling.tools, pool, '', 10)).rejects.toMatchObject(refused);
    await expect(async () => receive(pooling.tools, pool, 'in', { amount: yuan('1.00') })).rejects.toMatchObject(
      refused,
    );
    const data = {
      accountId: bank,
      creditKey: 'credit',
      entryId: 'ent_1',
      amount: yuan('1.00'),
      reversal: false,
      details: [],
      detailsCount: 0,
    };
    const told = someEvent('evt_1', { type: 'statements.receipt-recorded.v1', tenant: 'early', data });
    await expect(takeReceipt(pooling.tools, told, now)).rejects.toMatchObject(refused);
    const stored = poolToPlain(pool);
    expect(toEvents({ kind: 'INSERT', item: stored, sequenceNumber: '1' })).toEqual([]);
    const open = poolToPlain(await create(pooling.tools, 'early', 'key', bank));
    expect(toEvents({ kind: 'MODIFY', item: open, previous: stored, sequenceNumber: '2' })).toMatchObject([
      { type: 'pooling.pool-created.v1', subject: pool.id },
    ]);
    expect(toEvents({ kind: 'MODIFY', item: open, previous: open, sequenceNumber: '3' })).toEqual([]);
  });

  it('is taken back with all it claimed where the account was closed just before it was bound', async () => {
    const bank = await bankAccount('closed');
    const { bindBook } = pooling.tools.ledger;
    const racing = withLedger({
      bindBook: async (...args) => {
        await change(pooling, 'closed', bank, { status: 'CLOSED' });
        return await bindBook(...args);
      },
    });
    const before = await pooling.snapshot();
    const refused = {
      code: 'pooling/account-not-allowed',
      fields: {
        accountId: bank,
        because: { code: 'ledger/book-not-allowed' },
        errors: [{ pointer: '/headerAccountId' }],
      },
    };
    await expect(create(racing, 'closed', 'key', bank)).rejects.toMatchObject(refused);
    const inPooling = async () => [...(await pooling.snapshot())].filter(([key]) => !before.has(key));
    const left = (await inPooling()).filter(([, text]) => /"(POOL|KEY|MEMBERSHIP)"/.test(text));
    expect(left).toEqual([]);
    expect(await pooling.store.readKey('closed', 'createPool', 'key')).toBeUndefined();
    await expect(create(pooling.tools, 'closed', 'key', bank)).rejects.toMatchObject({
      code: 'pooling/account-not-allowed',
    });
    // The key is free for another account.
    const other = await openAccount(pooling, 'closed', { name: 'other bank' });
    expect((await create(pooling.tools, 'closed', 'key', other)).opening).toBeUndefined();
  });

  it('is taken back by the job where the binding is refused for good, and the job goes on', async () => {
    const { bank, pool } = await opening('job');
    await change(pooling, 'job', bank, { status: 'CLOSED' });
    const [work] = await openWork('job');
    expect(work?.kind).toBe('POOL');
    if (work) await Promise.all([carryOn(pooling.tools, work, now), carryOn(pooling.tools, work, now)]);
    expect(await pooling.store.readPool('job', pool.id)).toBeUndefined();
    const memberships = await pooling.store.readMemberships('job', [bank, pool.rootAccountId]);
    expect([...memberships]).toEqual([]);
    if (work) await carryOn(pooling.tools, work, now);
  });

  it('is refused from the start over an account with pending amounts, and leaves the account as it was', async () => {
    const bank = await bankAccount('pending');
    const legs = [
      { debitAccountId: await worldOf(pooling, 'pending'), creditAccountId: bank, amount: 500n, currency: 'CNY' },
    ];
    const id = deriveId('tr', 'pending hold');
    const hold = { command: 'TRANSFER', mode: 'PENDING', id, fingerprint: '', cause, legs, references: {} } as const;
    await submit(pooling.ledgerStore, 'pending', [hold], now);
    const before = await pooling.snapshot();
    await expect(create(pooling.tools, 'pending', 'key', bank)).rejects.toMatchObject({
      code: 'pooling/account-not-allowed',
      fields: { accountId: bank, errors: [{ pointer: '/headerAccountId' }] },
    });
    expect(await pooling.snapshot()).toEqual(before);
    // Under another kind the pending amounts do not matter.
    expect((await create(pooling.tools, 'pending', 'physical', bank, { kind: 'PHYSICAL' })).kind).toBe('PHYSICAL');
  });

  it.each(['PHYSICAL', 'LEDGER'] as const)('of kind %s happens once for ten who ask at once', async (kind) => {
    const tenant = `once-${kind}`;
    const bank = await bankAccount(tenant);
    const asked = Array.from({ length: 10 }, () => create(pooling.tools, tenant, 'key', bank, { kind }));
    const pools = await Promise.all(asked);
    expect(new Set(pools.map(({ id }) => id)).size).toBe(1);
    expect(pools.map(({ opening: still }) => still)).toEqual(Array(10).fill(undefined));
    expect((await pooling.store.listPools(tenant, '', 10)).pools.length).toBe(1);
  });

  it('under one key is refused to all who ask for something else at the same time', async () => {
    for (let round = 0; round < 5; round++) {
      const tenant = `else-${round}`;
      const bank = await bankAccount(tenant);
      const names = ['One', 'Two', 'Three', 'Four'];
      const ends = await Promise.allSettled(
        names.map((name) => create(pooling.tools, tenant, 'key', bank, { name, kind: 'PHYSICAL' })),
      );
      const [pool] = (await pooling.store.listPools(tenant, '', 10)).pools;
      const expected = names.map((name) => (name === pool?.name ? 'created' : 'request/idempotency-key-reused'));
      expect(ends.map((end) => (end.status === 'fulfilled' ? 'created' : end.reason.code))).toEqual(expected);
    }
  });

  it('around an account of another pool is refused, and around one account only one of two pools comes to be', async () => {
    const bank = await bankAccount('two');
    const ends = await Promise.allSettled(
      ['one', 'two'].map((key) => create(pooling.tools, 'two', key, bank, { kind: 'PHYSICAL' })),
    );
    const codes = ends.map((end) => (end.status === 'fulfilled' ? 'created' : end.reason.code)).sort();
    expect(codes).toEqual(['created', 'pooling/account-in-other-pool']);
    await expect(create(pooling.tools, 'two', 'three', bank)).rejects.toMatchObject({
      code: 'pooling/account-in-other-pool',
    });
    // The account itself can still pay: no book holds it.
    const paid = await move(pooling, 'two', { from: bank, to: await worldOf(pooling, 'two'), minor: 100n });
    expect(paid.outcome).toBe('POSTED');
    await expect(newPool(pooling, 'two', 'acc_00000000000000000000000000')).rejects.toMatchObject({
      code: 'pooling/account-not-found',
    });
  });
});

describe('the creation of a pool with internal ledgers, wherever it was killed,', () => {
  let pooling: TestPooling;
  beforeAll(async () => {
    pooling = await poolingOnEngine(anEngine());
  });
  afterAll(() => pooling?.close());

  it('is taken to its end, by the job or by the same request', async () => {
    let [stood, stoodNot] = [0, 0];
    for (let place = 0; ; place++) {
      const tenant = `kill-${place}`;
      const bank = await bankAccountIn(pooling, tenant);
      await fund(pooling, tenant, bank, 12_300n);
      const process = doomed(pooling, doomAt(place));
      const end = await process.run((tools) => create(tools, tenant, 'key', bank));
      const id = deriveId('pool', tenant, 'key');
      await carryOnAll(pooling.tools, tenant);
      const carried = await pooling.store.readPool(tenant, id);
      const { book } = (await pooling.tools.ledger.readAccounts(tenant, [bank])).get(bank) ?? {};
      if (carried) {
        await expectOpen(pooling, tenant, carried, bank);
        expect(await create(pooling.tools, tenant, 'key', bank)).toEqual(carried);
        stood += 1;
      } else {
        // Nothing is bound: the account is free, for a request under another key too.
        expect(book).toBeUndefined();
        await expectOpen(pooling, tenant, await create(pooling.tools, tenant, 'other key', bank), bank);
        stoodNot += 1;
      }
      if (end !== 'KILLED') break;
    }
    expect(stood).toBeGreaterThanOrEqual(4);
    expect(stoodNot).toBeGreaterThanOrEqual(4);
  }, 120_000);
});
