import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { doDailyWork } from '../../../functions/receivables/runs/daily-work.ts';
import type { ReceivablesStore } from '../../../functions/receivables/store.ts';
import { anEngine } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { monday, receiptsOn, type TestReceipts, writeBook } from './receipts.ts';
import { runsOn } from './runs.ts';

/** Three tenants have open receipts. */
describe('the daily work of receivables', () => {
  let receipts: TestReceipts;
  quietLog();
  beforeAll(async () => {
    receipts = await receiptsOn(anEngine());
    for (const tenant of ['alpha', 'beta', 'gamma']) {
      await writeBook(receipts, tenant);
      await runsOn(receipts).anOpenTenant(tenant, 1);
    }
  });
  afterAll(() => receipts?.close());

  /** What is done, in its order; the run of beta cannot be kept, and what alpha has to be looked at takes too long. */
  function watched(done: string[]): ReceivablesStore {
    const { store } = receipts.tools;
    return {
      ...store,
      keepRun: (run) => {
        if (run.tenant === 'beta') throw new Error('The run cannot be kept.');
        done.push(`${run.tenant} runs`);
        return store.keepRun(run);
      },
      listExceptions: (tenant, ...asked) => {
        done.push(`${tenant} is looked at`);
        if (tenant === 'alpha') throw new Error('It takes too long.');
        return store.listExceptions(tenant, ...asked);
      },
    };
  }

  it('starts the runs of all tenants before it looks at what was short paid of any, whoever fails', async () => {
    const done: string[] = [];
    await expect(doDailyWork(watched(done), monday)).rejects.toMatchObject({ errors: { length: 2 } });
    expect(done.slice(0, 2).sort()).toEqual(['alpha runs', 'gamma runs']);
    expect(done.slice(2).sort()).toEqual(['alpha is looked at', 'beta is looked at', 'gamma is looked at']);
  });
});
