import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Pool } from '../../../functions/pooling/pool.ts';
import type { PoolingTools } from '../../../functions/pooling/tools.ts';
import { setLogSink } from '../../../shared/http/log.ts';
import { anEngine, engines } from '../../support/engines.ts';
import { doomAt, doomed } from './doomed.ts';
import { accountsOf, newPool, withMembers } from './pools.ts';
import { now, poolingOnEngine, type TestPooling } from './support.ts';

const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const conflict = new TransactionCanceledException({
  message: 'conflict',
  CancellationReasons: [{ Code: 'TransactionConflict' }],
  $metadata: {},
});
const throttle = Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
const reset = Object.assign(new Error('reset'), { code: 'ECONNRESET' });
const inOtherPool = { code: 'pooling/account-in-other-pool' };

/** Two pools and two accounts, c and d, of one entity. */
async function twoPoolsIn(pooling: TestPooling, tenant: string) {
  const ids = await accountsOf(pooling, tenant, { hq1: 0n, hq2: 0n, c: 0n, d: 0n }, 'Group');
  const [first, second] = [
    await newPool(pooling, tenant, ids.hq1 ?? ''),
    await newPool(pooling, tenant, ids.hq2 ?? ''),
  ];
  const set = async (of: Pool, names: readonly string[], at = now, tools = pooling.tools) => {
    const current = (await pooling.store.readPool(tenant, of.id)) ?? of;
    return await withMembers(tools, current, { members: names.map((name) => ({ accountId: ids[name] })) }, at);
  };
  const owner = async (name: string) =>
    (await pooling.store.readMemberships(tenant, [ids[name] ?? ''])).get(ids[name] ?? '');
  return { ids, first, second, set, owner };
}

const withStoreIn = ({ tools }: TestPooling, store: Partial<PoolingTools['store']>): PoolingTools => ({
  ...tools,
  store: { ...tools.store, ...store },
});
const killedIn = (pooling: TestPooling) =>
  withStoreIn(pooling, { writeConfiguration: () => Promise.reject(new Error('killed')) });

describe.each(engines())('accounts that pools claim, on $kind', (engine) => {
  let pooling: TestPooling;
  beforeAll(async () => {
    pooling = await poolingOnEngine(engine);
    setLogSink(() => undefined);
  });
  afterAll(() => {
    setLogSink((line) => process.stdout.write(`${line}\n`));
    pooling?.close();
  });

  const twoPools = (tenant: string) => twoPoolsIn(pooling, tenant);
  const withStore = (store: Partial<PoolingTools['store']>) => withStoreIn(pooling, store);
  const killed = () => killedIn(pooling);

  it('stay with the pool that took them again before a late release came', async () => {
    const { first, second, set, owner } = await twoPools('late-release');
    await set(first, ['c']);
    const { releaseClaim } = pooling.store;
    const slow = withStore({
      releaseClaim: async (...args) => {
        await set(first, ['c']);
        await releaseClaim(...args);
      },
    });
    await set(first, [], now, slow);
    expect(await owner('c')).toBe(first.id);
    await expect(set(second, ['c'])).rejects.toMatchObject(inOtherPool);
  });

  it('are released by a request without members, also where an earlier one that broke off had claimed them', async () => {
    const { first, second, set, owner } = await twoPools('broken');
    await expect(set(first, ['c'], now, killed())).rejects.toThrow('killed');
    await expect(set(second, ['c'])).rejects.toMatchObject({ ...inOtherPool, fields: { poolId: first.id } });
    await set(first, []);
    await set(second, ['c']);
    expect(await owner('c')).toBe(second.id);
  });

  it('are held by a request that broke off for a quarter of an hour and no longer', async () => {
    const { first, second, set, owner } = await twoPools('quarter');
    await expect(set(first, ['c'], now, killed())).rejects.toThrow('killed');
    await expect(set(second, ['c'], later(14.9))).rejects.toMatchObject(inOtherPool);
    expect((await set(second, ['c'], later(15))).members).toBe(1);
    expect(await owner('c')).toBe(second.id);
    await expect(set(first, ['c'], later(60))).rejects.toMatchObject(inOtherPool);
  });

  it('are in one pool only where the request that was taken for dead goes on after all', async () => {
    const { first, second, set, owner } = await twoPools('awake');
    const { writeConfiguration } = pooling.store;
    const asleep = withStore({
      writeConfiguration: async (...args) => {
        await set(second, ['c'], later(20));
        await writeConfiguration(...args);
      },
    });
    await expect(set(first, ['c', 'd'], now, asleep)).rejects.toMatchObject({ code: 'pooling/version-conflict' });
    expect((await pooling.store.readPool('awake', first.id))?.members).toBe(0);
    expect(await owner('c')).toBe(second.id);
    await expect(set(first, ['c'], later(20))).rejects.toMatchObject(inOtherPool);
  });

  it('are taken over by a new pool for its header where a request that broke off holds them', async () => {
    const { ids, first, set, owner } = await twoPools('header');
    await expect(set(first, ['c'], now, killed())).rejects.toThrow('killed');
    await expect(newPool(pooling, 'header', ids.c ?? '')).rejects.toMatchObject(inOtherPool);
    await set(first, ['d']);
    const third = await newPool(pooling, 'header', ids.c ?? '');
    expect(await owner('c')).toBe(third.id);
  });

  it('that are headers or members stay in their pool however long it is left alone', async () => {
    const { ids, first, second, set } = await twoPools('years');
    await set(first, ['c']);
    const inTenYears = later(10 * 365 * 24 * 60);
    await expect(set(second, ['d', 'c'], inTenYears)).rejects.toMatchObject({
      ...inOtherPool,
      fields: { accountId: ids.c, poolId: first.id, errors: [{ pointer: '/members/1/accountId' }] },
    });
    await expect(set(second, ['hq1'], inTenYears)).rejects.toMatchObject(inOtherPool);
  });
});

describe('accounts that pools claim amid failures', () => {
  let pooling: TestPooling;
  beforeAll(async () => {
    pooling = await poolingOnEngine(anEngine());
    setLogSink(() => undefined);
  });
  afterAll(() => {
    setLogSink((line) => process.stdout.write(`${line}\n`));
    pooling?.close();
  });

  const twoPools = (tenant: string) => twoPoolsIn(pooling, tenant);
  const withStore = (store: Partial<PoolingTools['store']>) => withStoreIn(pooling, store);
  const killed = () => killedIn(pooling);

  it.each([
    ['in conflict', conflict],
    ['throttled', throttle],
    ['not answered', reset],
  ])('are claimed and released again where the table is %s', async (what, error) => {
    const { first, second, set } = await twoPools(`busy ${what}`);
    let failures = 0;
    const failing =
      <Args extends unknown[], Answer>(send: (...args: Args) => Promise<Answer>) =>
      async (...args: Args): Promise<Answer> => {
        failures += 1;
        if (failures % 3 !== 0) throw error;
        return await send(...args);
      };
    const { transact, releaseClaim } = pooling.store;
    const busy = withStore({ transact: failing(transact), releaseClaim: failing(releaseClaim) });
    await set(first, ['c', 'd'], now, busy);
    await set(first, ['d'], now, busy);
    await set(second, ['c']);
    expect((await pooling.store.readPool(first.tenant, first.id))?.members).toBe(1);
    expect(failures).toBeGreaterThanOrEqual(12);
  });

  it('are asked for again later where the table stays busy, and freed by whoever wants them next', async () => {
    const { first, second, set, owner } = await twoPools('jammed');
    await set(first, ['c']);
    const jammed = withStore({ transact: () => Promise.reject(conflict) });
    await expect(set(first, ['c', 'd'], now, jammed)).rejects.toMatchObject({ code: 'request/conflict-retry' });
    const stuck = withStore({ releaseClaim: () => Promise.reject(throttle) });
    expect((await set(first, [], now, stuck)).members).toBe(0);
    expect(await owner('c')).toBe(first.id);
    await set(second, ['c']);
    expect(await owner('c')).toBe(second.id);
  }, 60_000);

  it('end as the repeated request has it, wherever the first one is killed', async () => {
    for (let place = 0; ; place++) {
      const tenant = `kill-${place}`;
      const { first, second, set, owner } = await twoPools(tenant);
      const before = await set(first, ['d']);
      const body = { members: [{ accountId: (await accountsOf(pooling, tenant, { c: 0n }, 'Group')).c }] };
      const process = doomed(pooling, doomAt(place));
      const end = await process.run((tools) => withMembers(tools, before, body));
      await set(first, ['c']);
      await set(second, ['d']);
      expect([await owner('c'), await owner('d')]).toEqual([first.id, second.id]);
      if (end !== 'KILLED') return expect(place).toBeGreaterThanOrEqual(6);
    }
  }, 120_000);

  it('never end in two pools, however many requests race, break off and come late', async () => {
    const tenant = 'races';
    const names = ['a', 'b', 'c', 'd', 'e'];
    const heads = ['h1', 'h2', 'h3'];
    const ids = await accountsOf(
      pooling,
      tenant,
      Object.fromEntries([...heads, ...names].map((name) => [name, 0n])),
      'G',
    );
    const pools = await Promise.all(heads.map((name) => newPool(pooling, tenant, ids[name] ?? '')));
    let seed = 20_260_302;
    const draw = (below: number) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    const codes = new Set<string>();
    for (let round = 0; round < 40; round++) {
      const at = later(round * 7);
      const requests = Array.from({ length: 4 }, async () => {
        const pool = pools[draw(pools.length)];
        const members = names.filter(() => draw(3) === 0).map((name) => ({ accountId: ids[name] }));
        const tools = draw(3) === 0 ? killed() : pooling.tools;
        const current = pool && (await pooling.store.readPool(tenant, pool.id));
        if (current) await withMembers(tools, current, { members }, at);
      });
      for (const end of await Promise.allSettled(requests)) {
        codes.add(end.status === 'fulfilled' ? 'set' : (end.reason.code ?? end.reason.message));
      }
      const ownerOf = await pooling.store.readMemberships(tenant, Object.values(ids));
      for (const { id } of pools) {
        const current = await pooling.store.readPool(tenant, id);
        const members = current && (await pooling.store.readConfiguration(current))?.members;
        for (const { accountId } of members ?? []) expect(ownerOf.get(accountId)).toBe(id);
      }
    }
    expect([...codes].sort()).toEqual(['killed', 'pooling/account-in-other-pool', 'pooling/version-conflict', 'set']);
  }, 120_000);
});
