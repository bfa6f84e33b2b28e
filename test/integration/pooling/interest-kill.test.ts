import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ledgerStore } from '../../../functions/ledger/store.ts';
import { carryOutInterestRun } from '../../../functions/pooling/interest-runs/carry-out-interest.ts';
import type { InterestRun } from '../../../functions/pooling/interest-runs/interest-run.ts';
import { poolingStore } from '../../../functions/pooling/store.ts';
import type { PoolingTools } from '../../../functions/pooling/tools.ts';
import { setLogSink } from '../../../shared/http/log.ts';
import { anEngine } from '../../support/engines.ts';
import { injectFaults } from '../../support/faulty-client.ts';
import { toolsOn } from '../../support/pooling-tools.ts';
import { localAccess } from '../../support/tables.ts';
import { april, may, notionalExample, on, rate, setTerms, settle, start, tellLines } from './interest-runs.ts';
import { balancesOf, fund, poolingOnEngine, type TestPooling } from './support.ts';

/** Writes that a run of the example makes at the most; the loop below stops where a run came through. */
const writesMax = 40;
const at = on('2026-06-06');

describe('an interest run that breaks off', () => {
  let pooling: TestPooling;
  beforeAll(async () => {
    setLogSink(() => {});
    pooling = await poolingOnEngine(anEngine());
  });
  afterAll(() => pooling?.close());

  /** April is booked, and an item valued in it came late: the run of May books interest and differences. */
  async function begun(tenant: string) {
    const { tools } = pooling;
    const { ids, pool } = await notionalExample(pooling, tenant);
    const terms = { credit: rate('1.00'), debit: rate('4.35'), allocation: { method: 'ABSOLUTE_BALANCE' } };
    await setTerms(tools, pool, terms);
    await settle(tools, pool, april);
    await fund(pooling, tenant, ids.c ?? '', 360_000_000n, { now: on('2026-05-20'), valueDate: '2026-04-01' });
    return { ids, run: await start(tools, pool, may, at) };
  }

  /** What is left of a run once it is at its end: its lines, the balances, its figures. */
  async function endOf(ids: Record<string, string>, { tenant, id }: InterestRun) {
    const run = await pooling.store.readInterestRun(tenant, id);
    if (!run) throw new Error('The run has gone.');
    const lines = await tellLines(pooling.tools, run, ids);
    const firstPaid = lines.findIndex((line) => !line.includes(' -'));
    return {
      status: run.status,
      paysFirst: lines.slice(firstPaid).every((line) => !line.includes(' -')),
      lines: lines.sort(),
      notional: run.notional,
      ended: run.ended,
      balances: await balancesOf(pooling, tenant, Object.values(ids)),
    };
  }

  /** Tools of a process that dies after so many writes: nothing it asks for afterwards happens. */
  function dyingAfter(writes: number): PoolingTools {
    const client = new DynamoDBClient({ endpoint: pooling.endpoint, ...localAccess, maxAttempts: 1 });
    let left = writes;
    client.middlewareStack.add(
      (next, context) => (args) => {
        const isWrite = /^(Put|Update|Delete|TransactWrite|BatchWrite)/.test(context.commandName ?? '');
        if (left < 0 || (isWrite && left-- === 0)) {
          left = -1;
          return Promise.reject(new Error('killed'));
        }
        return next(args);
      },
      { step: 'initialize', name: 'death' },
    );
    const { TABLE_LEDGER = '', TABLE_POOLING = '' } = pooling.tables;
    return toolsOn(poolingStore(client, TABLE_POOLING), ledgerStore(client, TABLE_LEDGER));
  }

  it('after any write is carried on to the same end', async () => {
    const whole = await begun('whole');
    await carryOutInterestRun(pooling.tools, whole.run, at);
    const expected = await endOf(whole.ids, whole.run);
    expect(expected).toMatchObject({ status: 'COMPLETED', paysFirst: true, ended: { failed: 0 } });
    expect(expected.lines.filter((line) => line.endsWith('for 2026-04-01'))).toHaveLength(4);
    let killed = 0;
    for (; killed < writesMax; killed++) {
      const { ids, run } = await begun(`killed ${killed}`);
      const died = await carryOutInterestRun(dyingAfter(killed), run, at).then(
        () => false,
        () => true,
      );
      await carryOutInterestRun(pooling.tools, run, at);
      expect(await endOf(ids, run), `killed after write ${killed}`).toEqual(expected);
      if (!died) break;
    }
    expect(killed).toBeGreaterThan(4);
    expect(killed).toBeLessThan(writesMax);
  }, 120_000);

  it('under faults of the database, or carried out by two at once, ends the same', async () => {
    const whole = await begun('calm');
    await carryOutInterestRun(pooling.tools, whole.run, at);
    const expected = await endOf(whole.ids, whole.run);
    // Each in books of its own, all at once: most of the time goes by in waiting before another try.
    const underFaults = async (seed: number) => {
      const { ids, run } = await begun(`faults ${seed}`);
      const client = new DynamoDBClient({ endpoint: pooling.endpoint, ...localAccess, maxAttempts: 3 });
      const log = injectFaults(client, seed, { conflict: 0.1, throttle: 0.05, timeoutBefore: 0.05, timeoutAfter: 0.1 });
      const { TABLE_LEDGER = '', TABLE_POOLING = '' } = pooling.tables;
      const faulty = toolsOn(poolingStore(client, TABLE_POOLING), ledgerStore(client, TABLE_LEDGER));
      await Promise.allSettled([carryOutInterestRun(faulty, run, at), carryOutInterestRun(faulty, run, at)]);
      await Promise.all([carryOutInterestRun(pooling.tools, run, at), carryOutInterestRun(pooling.tools, run, at)]);
      expect(log.faults.length).toBeGreaterThan(0);
      expect(await endOf(ids, run), String(log)).toEqual(expected);
      client.destroy();
    };
    await Promise.all([1, 2, 3, 4].map(underFaults));
  }, 120_000);
});
