import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toEvents } from '../../../functions/pooling/events.ts';
import { poolToPlain } from '../../../functions/pooling/items.ts';
import type { Pool, RunNumber } from '../../../functions/pooling/pool.ts';
import { startDueRun } from '../../../functions/pooling/runs/start-due-run.ts';
import { startRun } from '../../../functions/pooling/runs/start-run.ts';
import { anEngine } from '../../support/engines.ts';
import { carryOnAll, runsOf } from './moves.ts';
import { accountsOf, newPool, runToEnd, withMembers, zeroBalance } from './pools.ts';
import { balancesOf, cause, poolingOnEngine, type TestPooling } from './support.ts';

/** An instant by the clock of Shanghai. */
const at = (text: string) => new Date(`${text.replace(' ', 'T')}:00+08:00`);
const monday = '2026-03-02';
const daily = (times: string[], holiday = 'SKIP') => ({ frequency: 'DAILY', times, holiday });
const mondays = (holiday: string) => ({ frequency: 'WEEKLY', weekdays: [1], times: ['18:30'], holiday });

const numberOf = ({ businessDate, runNumber }: RunNumber) => ({ businessDate, runNumber });

describe('scheduled runs', () => {
  let pooling: TestPooling;
  beforeAll(async () => {
    pooling = await poolingOnEngine(anEngine());
  });
  afterAll(() => pooling?.close());

  /** C1 and C2 hold 100.00 each, and give all of it by schedules of their own. */
  async function scheduled(tenant: string, first: object, second: object | undefined, from: Date) {
    const ids = await accountsOf(pooling, tenant, { hq: 0n, c1: 10_000n, c2: 10_000n }, 'Group');
    const members = [
      { accountId: ids.c1, up: [zeroBalance({ schedule: first })] },
      { accountId: ids.c2, ...(second && { up: [zeroBalance({ schedule: second })] }) },
    ];
    const pool = await withMembers(pooling.tools, await newPool(pooling, tenant, ids.hq ?? ''), { members }, from);
    return {
      ids,
      pool,
      due: (now: Date) => startDueRun(pooling.tools, tenant, pool.id, now),
      read: async () => (await pooling.store.readPool(tenant, pool.id)) as Pool,
      balances: () => balancesOf(pooling, tenant, [ids.hq ?? '', ids.c1 ?? '', ids.c2 ?? '']),
    };
  }

  const twice = (tenant: string, from: Date) => scheduled(tenant, daily(['09:30']), daily(['18:30']), from);
  const morning = { businessDate: monday, runNumber: 10_930, at: '2026-03-02T01:30:00.000Z' };
  const evening = { businessDate: monday, runNumber: 11_830, at: '2026-03-02T10:30:00.000Z' };

  it('are numbered by the times of the pool, and each sweeps who takes part in it', async () => {
    const one = await twice('numbers', at('2026-03-02 09:00'));
    expect((await one.read()).nextRun).toEqual(morning);
    await one.due(at('2026-03-02 09:30'));
    await carryOnAll(pooling.tools, 'numbers');
    expect(await one.balances()).toEqual([10_000n, 0n, 10_000n]);
    expect((await one.read()).nextRun).toEqual(evening);
    await one.due(at('2026-03-02 18:30'));
    await carryOnAll(pooling.tools, 'numbers');
    expect(await one.balances()).toEqual([20_000n, 0n, 0n]);
    expect((await one.read()).nextRun).toEqual({
      businessDate: '2026-03-03',
      runNumber: 10_930,
      at: '2026-03-03T01:30:00.000Z',
    });
  });

  it('do not start before their time', async () => {
    const one = await twice('early', at('2026-03-02 09:00'));
    expect(await one.due(at('2026-03-02 09:29'))).toBeUndefined();
    expect(await runsOf(pooling.tools, one.pool)).toEqual([]);
    expect(await one.due(at('2026-03-02 09:30'))).toMatchObject({
      startedBy: 'SCHEDULE',
      businessDate: monday,
      runNumber: 10_930,
    });
  });

  it('start once, however often and from wherever they are called for', async () => {
    const one = await twice('once', at('2026-03-02 09:00'));
    const now = at('2026-03-02 09:31');
    await Promise.all([one.due(now), one.due(now), one.due(now)]);
    expect(await one.due(now)).toBeUndefined();
    expect(await runsOf(pooling.tools, one.pool)).toHaveLength(1);
    expect(await one.read()).toMatchObject({ nextRun: evening, lastRun: { businessDate: monday, runNumber: 10_930 } });
  });

  it('start up to six hours late, and are left out and told as missed after', async () => {
    const intime = await twice('in-time', at('2026-03-02 09:00'));
    expect(await intime.due(at('2026-03-02 15:30'))).toMatchObject({ runNumber: 10_930 });
    const late = await twice('late', at('2026-03-02 09:00'));
    const before = await late.read();
    expect(await late.due(new Date(at('2026-03-02 15:30').getTime() + 1))).toBeUndefined();
    const after = await late.read();
    expect(after).toMatchObject({ missedRun: morning, nextRun: evening });
    expect(await runsOf(pooling.tools, late.pool)).toEqual([]);
    const change = {
      sequenceNumber: '1',
      kind: 'MODIFY' as const,
      item: poolToPlain(after),
      previous: poolToPlain(before),
    };
    expect(toEvents(change)).toMatchObject([{ type: 'pooling.run-missed.v1', data: morning }]);
  });

  it('that were missed for days are told one by one, until one is in time', async () => {
    const one = await twice('days', at('2026-03-02 09:00'));
    const now = at('2026-03-03 19:00');
    const told: unknown[] = [];
    for (let call = 0; call < 3; call++) {
      expect(await one.due(now)).toBeUndefined();
      told.push((await one.read()).missedRun);
    }
    expect(told).toEqual([
      morning,
      evening,
      { businessDate: '2026-03-03', runNumber: 10_930, at: '2026-03-03T01:30:00.000Z' },
    ]);
    expect(await one.due(now)).toMatchObject({ businessDate: '2026-03-03', runNumber: 11_830 });
  });

  it.each([
    { when: 'in time', now: at('2026-03-02 09:30') },
    { when: 'late', now: at('2026-03-02 17:00') },
  ])('begun by hand under their number are not started again, nor missed, $when', async ({ when, now }) => {
    const one = await twice(`hand-${when}`, at('2026-03-02 09:00'));
    const run = await runToEnd(pooling.tools, one.pool, morning.runNumber, at('2026-03-02 09:10'));
    expect(run.ended?.moved.up).toBe(10_000n);
    expect((await one.read()).nextRun).toEqual(morning);
    expect(await one.due(now)).toBeUndefined();
    const { nextRun, missedRun } = await one.read();
    expect({ nextRun, missedRun }).toEqual({ nextRun: evening, missedRun: undefined });
    expect(await runsOf(pooling.tools, one.pool)).toHaveLength(1);
  });

  it('take place beside runs by hand of the same day, and find what these have left', async () => {
    const one = await twice('beside', at('2026-03-02 09:00'));
    const byHand = await runToEnd(pooling.tools, one.pool, 1, at('2026-03-02 09:10'));
    expect(byHand.ended?.moved.up).toBe(20_000n);
    expect(await one.due(at('2026-03-02 09:30'))).toMatchObject({ ...numberOf(morning), planned: { up: 0n } });
    expect((await one.read()).nextRun).toEqual(evening);
  });

  it('that a run of a later day has left behind are told as missed', async () => {
    const one = await twice('behind', at('2026-03-02 10:00'));
    const request = { businessDate: '2026-03-03', runNumber: 1, startedBy: 'HAND' as const, cause };
    await startRun(pooling.tools, 'behind', one.pool.id, request, at('2026-03-03 00:10'));
    expect(await one.due(at('2026-03-03 00:20'))).toBeUndefined();
    const next = { businessDate: '2026-03-03', runNumber: 10_930 };
    expect(await one.read()).toMatchObject({ missedRun: evening, nextRun: next });
  });

  it('make way for the next only in their own place', async () => {
    const one = await twice('place', at('2026-03-02 10:00'));
    const request = { businessDate: monday, runNumber: 10_930, startedBy: 'SCHEDULE' as const, cause };
    await startRun(pooling.tools, 'place', one.pool.id, request, at('2026-03-02 10:00'));
    expect((await one.read()).nextRun).toEqual(evening);
  });

  // 清明节 of 2026: 4 to 6 April, Saturday to Monday, are off. 9 May, a Saturday, is worked for 劳动节.
  it.each([
    {
      what: 'every day, left out on days off',
      schedule: daily(['18:30']),
      from: '2026-04-03 19:00',
      next: '2026-04-07',
    },
    { what: 'every day, a worked Saturday', schedule: daily(['18:30']), from: '2026-05-08 19:00', next: '2026-05-09' },
    { what: 'Mondays, left out on days off', schedule: mondays('SKIP'), from: '2026-04-01 09:00', next: '2026-04-13' },
    {
      what: 'Mondays, else the next working day',
      schedule: mondays('NEXT'),
      from: '2026-04-01 09:00',
      next: '2026-04-07',
    },
    {
      what: 'Mondays, else the one before',
      schedule: mondays('PREVIOUS'),
      from: '2026-04-01 09:00',
      next: '2026-04-03',
    },
    { what: 'Mondays, days off or not', schedule: mondays('RUN'), from: '2026-04-01 09:00', next: '2026-04-06' },
  ])('keep to the working days of the State Council: $what', async ({ what, schedule, from, next }) => {
    const tenant = `holiday ${what}`.replaceAll(/[^a-z]/gi, '-');
    const one = await scheduled(tenant, schedule, undefined, at(from));
    expect((await one.read()).nextRun).toEqual({ businessDate: next, runNumber: 11_830, at: `${next}T10:30:00.000Z` });
    expect(await one.due(new Date(at(`${next} 18:30`).getTime() - 1))).toBeUndefined();
    const run = await one.due(at(`${next} 18:30`));
    expect(run).toMatchObject({ businessDate: next, planned: { up: 10_000n } });
  });

  it('wait where the calendar is not published, and say so', async () => {
    const one = await scheduled('unpublished', daily(['18:30']), undefined, at('2026-12-31 19:00'));
    const fault = { fault: 'CALENDAR_NOT_PUBLISHED', date: '2027-01-01', askAgainAt: '2026-12-31T16:00:00.000Z' };
    const before = await one.read();
    expect(before.nextRun).toEqual(fault);
    expect(await one.due(at('2027-01-01 00:00'))).toBeUndefined();
    expect(await one.read()).toEqual(before);
    const request = { businessDate: '2027-01-01', runNumber: 1, startedBy: 'HAND' as const, cause };
    const started = startRun(pooling.tools, 'unpublished', one.pool.id, request, at('2027-01-01 09:00'));
    await expect(started).rejects.toMatchObject({ code: 'pooling/calendar-not-published' });
    expect(await one.balances()).toEqual([0n, 10_000n, 10_000n]);
  });

  it('do not ask the calendar where days off do not matter', async () => {
    const one = await scheduled('always', daily(['18:30'], 'RUN'), undefined, at('2026-12-31 19:00'));
    expect((await one.read()).nextRun).toMatchObject({ businessDate: '2027-01-01', runNumber: 11_830 });
    expect(await one.due(at('2027-01-01 18:30'))).toMatchObject({ planned: { up: 10_000n } });
  });
});
