import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dueUnder } from '../../../functions/pooling/interest-runs/settlement.ts';
import { handler } from '../../../functions/pooling/interest-runs.job.ts';
import { setLogSink } from '../../../shared/http/log.ts';
import { setClockSource } from '../../../shared/time/clock.ts';
import { anEngine } from '../../support/engines.ts';
import { localAccess } from '../../support/tables.ts';
import { agree, balances, on } from './interest-runs.ts';
import { poolingOnEngine, type TestPooling } from './support.ts';

const tenant = 'job';
const settlementDay = { frequency: 'MONTHLY' as const, day: 20, from: '2026-03-21', time: '09:00' };
const nine = Date.parse('2026-04-21T09:00:00+08:00');

describe('the job that starts interest runs', () => {
  let pooling: TestPooling;
  const ids: Record<string, string> = {};
  const logged: string[] = [];

  beforeAll(async () => {
    pooling = await poolingOnEngine(anEngine());
    Object.assign(process.env, pooling.tables, {
      AWS_ENDPOINT_URL_DYNAMODB: pooling.endpoint,
      AWS_REGION: localAccess.region,
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      NUMBER_HASH_KEY: 'test key',
    });
    setLogSink((line) => logged.push(line));
    setClockSource(() => nine);
    Object.assign(ids, await balances(pooling, tenant, { one: 100n, two: 100n, bank: 0n }, { at: on('2026-03-20') }));
    const terms = [
      {
        effectiveFrom: '2026-01-01',
        baseAmount: { amount: '0.00', currency: 'CNY' },
        demandRate: '0.35',
        agreedRate: '1.15',
      },
    ];
    for (const id of [ids.one, ids.two]) {
      await agree(pooling.tools, tenant, id ?? '', { payerAccountId: ids.bank, terms, settlementDay });
    }
    // Terms of a deposit whose account the ledger has lost: nothing that a caller could bring about or mend.
    const content = { ...(await contentOf(ids.one ?? '')), settlementDay: { ...settlementDay, time: '08:00' } };
    const cause = { client: 'test', role: 'treasurer', requestId: 'test' };
    const lost = { tenant, ownerId: 'acc_LOST', version: 1, content, setAt: '2026-03-21T01:00:00.000Z', cause };
    await pooling.store.writeInterestTerms(lost, 'lost', dueUnder(lost, undefined));
  });
  afterAll(() => {
    setClockSource(Date.now);
    setLogSink((line) => process.stdout.write(`${line}\n`));
    pooling?.close();
  });

  async function contentOf(ownerId: string) {
    const terms = await pooling.store.readInterestTerms(tenant, ownerId);
    if (!terms) throw new Error('The terms were set.');
    return terms.content;
  }

  const runsOf = async (ownerId = '') => (await pooling.store.listInterestRuns(tenant, ownerId, undefined, 10)).runs;

  it('starts the others where one throws, logs and reports that one, and puts it behind them', async () => {
    await expect(handler()).rejects.toThrow('Some interest runs were not started.');
    for (const id of [ids.one, ids.two]) {
      expect(await runsOf(id)).toMatchObject([{ run: { to: '2026-04-21', startedBy: 'SCHEDULE' } }]);
    }
    expect(await runsOf('acc_LOST')).toEqual([]);
    expect(logged.filter((line) => line.includes('interest run not started'))).toHaveLength(1);
    expect(logged.join()).toContain('acc_LOST');
    expect(await pooling.store.readSettlement(tenant, 'acc_LOST')).toMatchObject({
      to: '2026-04-21',
      lookAt: new Date(nine).toISOString(),
    });
  });
});
