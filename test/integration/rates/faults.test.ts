import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { putRateSet } from '../../../functions/rates/put-rate-set.ts';
import { type RateStore, rateStore } from '../../../functions/rates/store.ts';
import { aPut, dollar } from '../../functions/rates/sets.ts';
import { anEngine } from '../../support/engines.ts';
import { injectFaults } from '../../support/faulty-client.ts';
import { localAccess } from '../../support/tables.ts';
import { ratesOnEngine, type TestRates } from './support.ts';

const policy = { attemptsMax: 3, baseMs: 1, ceilingMs: 2 };

describe('putting a rate set over a table that fails', () => {
  let own: TestRates;
  beforeAll(async () => {
    own = await ratesOnEngine(anEngine());
  });
  afterAll(() => own?.close());

  it('is done once where the write was carried out and its answer lost', async () => {
    let writes = 0;
    const store: RateStore = {
      ...own.store,
      writeSet: async (set, latestDate) => {
        writes += 1;
        await own.store.writeSet(set, latestDate);
        return 'UNKNOWN';
      },
    };
    const set = await putRateSet(store, aPut({}, { tenant: 'lost', expectedVersion: 0 }), policy);
    expect([writes, set.version]).toEqual([1, 1]);
    expect(await own.store.readSet('lost', 'month-end', '2026-03-31')).toEqual(set);
  });

  it.each([
    ['BUSY', 'request/conflict-retry'],
    ['MOVED', 'request/conflict-retry'],
    ['UNKNOWN', 'request/unavailable'],
  ] as const)('ends after a few writes that are %s, with %s', async (failure, code) => {
    let writes = 0;
    const store: RateStore = {
      ...own.store,
      writeSet: async () => {
        writes += 1;
        return failure;
      },
    };
    await expect(putRateSet(store, aPut({}, { tenant: 'never' }), policy)).rejects.toMatchObject({ code });
    expect(writes).toBe(3);
    expect(await own.store.readLatestDate('never', 'month-end')).toBeUndefined();
  });

  it('names a set in the list only together with its rates, and counts each change once', async () => {
    const client = new DynamoDBClient({ endpoint: own.endpoint, ...localAccess, maxAttempts: 3 });
    const log = injectFaults(client, Number(process.env.YUDAO_SEED ?? 20260331), { conflict: 0.4, timeoutAfter: 0.1 });
    const store = rateStore(client, own.table);
    const patient = { attemptsMax: 50, baseMs: 1, ceilingMs: 2 };
    for (let step = 1; step <= 20; step++) {
      const put = aPut({ rates: [{ ...dollar, rate: `7.${step}1` }] }, { tenant: 'faulty', expectedVersion: step - 1 });
      const set = await putRateSet(store, put, patient);
      expect(set.version, String(log)).toBe(step);
    }
    log.stop();
    client.destroy();
    expect(log.countOf('conflict'), String(log)).toBeGreaterThan(0);
    expect(await own.store.listNames('faulty', undefined, 10)).toEqual({
      names: [{ name: 'month-end', latestDate: '2026-03-31' }],
      more: false,
    });
  });
});
