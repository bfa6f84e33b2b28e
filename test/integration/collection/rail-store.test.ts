import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { putOutages, putRails } from '../../../functions/collection/rails/put-rails.ts';
import { defaultRails } from '../../../functions/collection/routing/default-rails.ts';
import type { Rail } from '../../../functions/collection/routing/rail.ts';
import { type CollectionStore, collectionStore } from '../../../functions/collection/store.ts';
import { railOf } from '../../functions/collection/routing/samples.ts';
import { anEngine, engines } from '../../support/engines.ts';
import { injectFaults } from '../../support/faulty-client.ts';
import { localAccess } from '../../support/tables.ts';
import { collectionOnEngine, type TestCollection } from './support.ts';

const at = '2025-10-04T02:00:00.000Z';
const by = { client: 'treasurer', role: 'treasurer', requestId: 'r' };
const from = new Date(at);

const railsPut = (tenant: string, rails: readonly Rail[], expectedVersion?: number) => ({
  tenant,
  content: { rails },
  at,
  by,
  ...(expectedVersion !== undefined && { expectedVersion }),
});
const outagesPut = (tenant: string, railId: string, outages = [{ railId, from }]) => ({
  tenant,
  content: { railId, outages },
  at,
  by,
});

describe.each(engines())('rails on $kind', (engine) => {
  let own: TestCollection;
  beforeAll(async () => {
    own = await collectionOnEngine(engine);
  });
  afterAll(() => own?.close());

  it('are the common ones until others are put', async () => {
    expect(await own.store.readRails('fresh')).toEqual({ rails: defaultRails, outages: [] });
    const put = await putRails(own.store, railsPut('fresh', [railOf('a', { maximum: 123n })], 0));
    expect(put.version).toBe(1);
    expect(await own.store.readRails('fresh')).toEqual({ configuration: put, rails: put.rails, outages: [] });
  });

  it('are replaced as a whole, version by version, and the same again changes nothing', async () => {
    await putRails(own.store, railsPut('versions', [railOf('a'), railOf('b')]));
    const second = await putRails(own.store, railsPut('versions', [railOf('b')], 1));
    expect(second.version).toBe(2);
    const before = await own.snapshot();
    expect(
      await putRails(own.store, { ...railsPut('versions', [railOf('b')], 1), at: '2026-01-01T00:00:00.000Z' }),
    ).toEqual(second);
    await expect(putRails(own.store, railsPut('versions', [railOf('c')], 1))).rejects.toMatchObject({
      code: 'collection/version-conflict',
    });
    expect(await own.snapshot()).toEqual(before);
  });

  it('put by two at once with the version both have read: one wins, the other is told', async () => {
    const results = await Promise.allSettled(
      ['a', 'b', 'c'].map((id) => putRails(own.store, railsPut('race', [railOf(id)], 0))),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason.code] : []));
    expect(refused).toEqual(['collection/version-conflict', 'collection/version-conflict']);
  });

  it('have outages each for itself', async () => {
    const ibps = await putOutages(own.store, outagesPut('outages', 'IBPS'));
    const hvps = await putOutages(own.store, outagesPut('outages', 'HVPS', [{ railId: 'HVPS', from }]));
    expect((await own.store.readRails('outages')).outages).toEqual([hvps, ibps]);
    const none = await putOutages(own.store, outagesPut('outages', 'IBPS', []));
    expect(none.version).toBe(2);
    expect((await own.store.readRails('outages')).outages).toEqual([hvps, none]);
  });

  it('that there are not have no outages', async () => {
    const before = await own.snapshot();
    await expect(putOutages(own.store, outagesPut('outages', 'CIPS'))).rejects.toMatchObject({
      code: 'collection/rail-not-found',
      fields: { detail: 'There is no rail CIPS; there are BOOK, BEPS, IBPS, HVPS, SEPA_FILE.' },
    });
    expect(await own.snapshot()).toEqual(before);
  });

  it('of one tenant are not those of another', async () => {
    await putRails(own.store, railsPut('one', [railOf('a')]));
    await putOutages(own.store, outagesPut('one', 'a', [{ railId: 'a', from }]));
    expect(await own.store.readRails('other')).toEqual({ rails: defaultRails, outages: [] });
  });
});

describe('putting rails over a table that fails', () => {
  const policy = { attemptsMax: 3, baseMs: 1, ceilingMs: 2 };
  let own: TestCollection;
  beforeAll(async () => {
    own = await collectionOnEngine(anEngine());
  });
  afterAll(() => own?.close());

  it('is done once where the write was carried out and its answer lost', async () => {
    let writes = 0;
    const store: CollectionStore = {
      ...own.store,
      writeConfiguration: async (next) => {
        writes += 1;
        await own.store.writeConfiguration(next);
        return 'UNKNOWN';
      },
    };
    const put = await putRails(store, railsPut('lost', [railOf('a')], 0), policy);
    expect([writes, put.version]).toEqual([1, 1]);
    expect(await own.store.readConfiguration('lost')).toEqual(put);
  });

  it.each([
    ['BUSY', 'request/conflict-retry'],
    ['MOVED', 'request/conflict-retry'],
    ['UNKNOWN', 'request/unavailable'],
  ] as const)('ends after a few writes that are %s, with %s', async (failure, code) => {
    let writes = 0;
    const store: CollectionStore = {
      ...own.store,
      writeConfiguration: async () => {
        writes += 1;
        return failure;
      },
    };
    await expect(putRails(store, railsPut('never', [railOf('a')]), policy)).rejects.toMatchObject({ code });
    expect(writes).toBe(3);
    expect(await own.store.readConfiguration('never')).toBeUndefined();
  });

  it('counts each change once, whatever conflicts and timeouts come between', async () => {
    const client = new DynamoDBClient({ endpoint: own.endpoint, ...localAccess, maxAttempts: 3 });
    const log = injectFaults(client, Number(process.env.YUDAO_SEED ?? 20251004), { conflict: 0.4, timeoutAfter: 0.1 });
    const store = collectionStore(client, own.table);
    const patient = { attemptsMax: 50, baseMs: 1, ceilingMs: 2 };
    for (let step = 1; step <= 20; step++) {
      const rails = [railOf('a', { maximum: BigInt(step) })];
      const put = await putRails(store, railsPut('faulty', rails, step - 1), patient);
      expect([put.version, put.rails], String(log)).toEqual([step, rails]);
    }
    log.stop();
    client.destroy();
    expect(log.countOf('conflict'), String(log)).toBeGreaterThan(0);
  });
});
