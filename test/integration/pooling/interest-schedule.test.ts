import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toEvents } from '../../../functions/pooling/events.ts';
import { carryOutInterestRun } from '../../../functions/pooling/interest-runs/carry-out-interest.ts';
import { settlementToPlain } from '../../../functions/pooling/interest-runs/interest-items.ts';
import type { InterestRun } from '../../../functions/pooling/interest-runs/interest-run.ts';
import { readSettling } from '../../../functions/pooling/interest-runs/read-settling.ts';
import type { DueSettlement } from '../../../functions/pooling/interest-runs/settlement.ts';
import { startDueInterest } from '../../../functions/pooling/interest-runs/start-due-interest.ts';
import { settlementsOf } from '../../../functions/pooling/keys.ts';
import type { PoolingTools } from '../../../functions/pooling/tools.ts';
import { deriveId } from '../../../shared/identifiers/id.ts';
import { engines } from '../../support/engines.ts';
import {
  agree,
  balances,
  notionalExample,
  type Owner,
  on,
  rate,
  setTerms,
  settle,
  tellLines,
} from './interest-runs.ts';
import { withMembers } from './pools.ts';
import { cause, poolingOnEngine, type TestPooling } from './support.ts';

/** An instant by the clock of Shanghai. */
const at = (text: string) => new Date(`${text.replace(' ', 'T')}:00+08:00`);
const yuan = (amount: string) => ({ amount, currency: 'CNY' });
const quarterly = { frequency: 'QUARTERLY', day: 20, from: '2026-03-21' };
const tiersFrom = (effectiveFrom: string) => [
  { effectiveFrom, baseAmount: yuan('100000.00'), demandRate: '0.35', agreedRate: '1.15' },
];
const minutes = (from: Date, count: number) => new Date(from.getTime() + count * 60_000);

describe.each(engines())('interest by settlement day on $kind', (engine) => {
  let pooling: TestPooling;
  beforeAll(async () => {
    pooling = await poolingOnEngine(engine);
  });
  afterAll(() => pooling?.close());

  /** 600,000.00 since the day before the first period; 100,000.00 of it at 0.35 %, the rest at 1.15 %. */
  async function deposit(tenant: string, settlementDay: object | undefined = quarterly, ratesFrom = '2026-01-01') {
    const minors = { deposit: 60_000_000n, bank: 0n };
    const { deposit: id = '', bank = '' } = await balances(pooling, tenant, minors, { at: on('2026-03-20') });
    const asked = (day: object | undefined, from: string) =>
      agree(pooling.tools, tenant, id, { payerAccountId: bank, terms: tiersFrom(from), settlementDay: day });
    await asked(settlementDay, ratesFrom);
    return { owner: { tenant, id }, ids: { deposit: id, bank }, asked };
  }

  const look = ({ tenant, id }: Owner, now: Date, tools: PoolingTools = pooling.tools) =>
    startDueInterest(tools, { tenant, ownerId: id }, now);
  const waiting = ({ tenant, id }: Owner) => pooling.store.readSettlement(tenant, id);
  const runsOf = async ({ tenant, id }: Owner): Promise<InterestRun[]> =>
    (await pooling.store.listInterestRuns(tenant, id, undefined, 100)).runs.map(({ run }) => run).reverse();

  async function shownOf({ tenant, id }: Owner) {
    const terms = await pooling.store.readInterestTerms(tenant, id);
    return terms && (await readSettling(pooling.store, terms)).nextSettlement;
  }

  /** Looks at it as the job does, and takes what was started to its end as the stream does. */
  async function lookAndCarryOut(owner: Owner, now: Date) {
    await look(owner, now);
    for (const run of await runsOf(owner)) await carryOutInterestRun(pooling.tools, run, now);
  }

  it('books the quarter that ends on the 20th on the 21st at nine, with the settlement day in it', async () => {
    const { tools } = pooling;
    const { owner, ids } = await deposit('quarter');
    await lookAndCarryOut(owner, at('2026-06-21 08:59'));
    expect(await runsOf(owner)).toEqual([]);
    await lookAndCarryOut(owner, at('2026-06-21 09:00'));
    const [run] = await runsOf(owner);
    expect(run).toMatchObject({
      from: '2026-03-21',
      to: '2026-06-21',
      status: 'COMPLETED',
      startedBy: 'SCHEDULE',
      cause: { client: 'yudao', role: 'system', requestId: 'schedule' },
    });
    // 92 days: 100,000.00 × 92 × 0.35 % / 360 = 89.4444…; 500,000.00 × 92 × 1.15 % / 360 = 1,469.4444…
    expect(run && (await tellLines(tools, run, ids))).toEqual(['CREDIT deposit 155889 POSTED']);
    const value = await tools.ledger.readValueDatedBalances(owner.tenant, [owner.id], '2026-06-20');
    expect([...(value.get(owner.id)?.movements ?? [])]).toEqual([['2026-06-21', 155_889n]]);
    expect(await shownOf(owner)).toEqual({ from: '2026-06-21', to: '2026-09-21', at: '2026-09-21T01:00:00.000Z' });
    await look(owner, at('2026-06-21 09:01'));
    expect(await waiting(owner)).toMatchObject({ from: '2026-06-21', lookAt: '2026-09-21T01:00:00.000Z' });
    expect(await runsOf(owner)).toHaveLength(1);
  });

  it('runs every period that is overdue, the oldest first, each once, with the figures it would have had in time', async () => {
    const { owner, ids } = await deposit('overdue', { ...quarterly, frequency: 'MONTHLY' });
    const now = at('2026-07-05 14:00');
    for (let minute = 0; minute < 6; minute++) await lookAndCarryOut(owner, minutes(now, minute));
    const runs = await runsOf(owner);
    expect(runs.map(({ from, to, status }) => [from, to, status])).toEqual([
      ['2026-03-21', '2026-04-21', 'COMPLETED'],
      ['2026-04-21', '2026-05-21', 'COMPLETED'],
      ['2026-05-21', '2026-06-21', 'COMPLETED'],
    ]);
    const told = await Promise.all(runs.map((run) => tellLines(pooling.tools, run, ids)));
    // 31 days: 30.1388… + 495.1388…; 30 days: 29.1666… + 500,525.28 × 30 × 1.15 % / 360 (479.6700…);
    // 31 days: 30.1388… + 501,034.12 × 31 × 1.15 % / 360 (496.1629…). Interest earns interest from the day it is valued on.
    expect(told.flat()).toEqual([
      'CREDIT deposit 52528 POSTED',
      'CREDIT deposit 50884 POSTED',
      'CREDIT deposit 52630 POSTED',
    ]);
    expect(await waiting(owner)).toMatchObject({ from: '2026-06-21', to: '2026-07-21' });
  });

  it('starts a period once, whoever looks at it and however often', async () => {
    const { owner } = await deposit('once');
    const now = at('2026-06-21 09:00');
    await Promise.all([look(owner, now), look(owner, now), look(owner, now)]);
    await look(owner, minutes(now, 1));
    const [run, ...others] = await runsOf(owner);
    expect(others).toEqual([]);
    expect(run).toMatchObject({ round: 1, attempt: 1 });
    await Promise.all([lookAndCarryOut(owner, minutes(now, 2)), lookAndCarryOut(owner, minutes(now, 2))]);
    await look(owner, minutes(now, 3));
    expect(await runsOf(owner)).toMatchObject([{ status: 'COMPLETED', round: 1, attempt: 1, ended: { posted: 1 } }]);
  });

  it('killed after any of its writes is started all the same, once', async () => {
    const now = at('2026-06-21 09:00');
    let killed = 0;
    for (; killed < 10; killed++) {
      const { owner } = await deposit(`killed-${killed}`);
      let left = killed;
      const transact: PoolingTools['store']['transact'] = async (items) => {
        if (left-- <= 0) throw new Error('killed');
        await pooling.store.transact(items);
      };
      const dying = { ...pooling.tools, store: { ...pooling.store, transact } };
      const died = await look(owner, now, dying).then(
        () => false,
        () => true,
      );
      for (let minute = 1; minute <= 3; minute++) await lookAndCarryOut(owner, minutes(now, minute));
      expect(await runsOf(owner), `killed after ${killed} writes`).toMatchObject([
        { status: 'COMPLETED', round: 1, ended: { posted: 1 } },
      ]);
      expect(await waiting(owner)).toMatchObject({ from: '2026-06-21' });
      if (!died) break;
    }
    expect(killed).toBe(2);
  });

  /** What the change from one state of the waiting item to the next tells the bus. */
  const told = (next: DueSettlement | undefined, before: DueSettlement | undefined) =>
    toEvents({
      sequenceNumber: '1',
      kind: 'MODIFY',
      ...(next && { item: settlementToPlain(next) }),
      ...(before && { previous: settlementToPlain(before) }),
    });

  it('that cannot be started stays due, says why, tells it once, and is started when that is mended', async () => {
    const { owner, asked } = await deposit('no-rate', quarterly, '2026-04-01');
    const before = await waiting(owner);
    const now = at('2026-06-21 09:00');
    await look(owner, now);
    const fault = {
      code: 'pooling/interest-rate-missing',
      detail: 'The rates for credit interest begin after 2026-03-21.',
      since: now.toISOString(),
    };
    const shown = { from: '2026-03-21', to: '2026-06-21', at: '2026-06-21T01:00:00.000Z', fault };
    expect(await shownOf(owner)).toEqual(shown);
    const first = await waiting(owner);
    expect(first?.lookAt).toBe(minutes(now, 10).toISOString());
    const { since: occurredAt, ...problem } = fault;
    const data = { accountId: owner.id, from: '2026-03-21', to: '2026-06-21', at: shown.at, problem };
    const type = 'pooling.interest-run-delayed.v1';
    expect(told(first, before)).toMatchObject([{ type, subject: owner.id, occurredAt, data }]);
    await look(owner, minutes(now, 10));
    const second = await waiting(owner);
    expect(second?.lookAt).toBe(minutes(now, 20).toISOString());
    expect(told(second, first)).toEqual([]);
    expect(await shownOf(owner)).toEqual(shown);
    expect(await runsOf(owner)).toEqual([]);
    // Other terms are looked at in the next minute, not when the old ones would have been tried again.
    await asked(quarterly, '2026-01-01');
    expect(await waiting(owner)).toMatchObject({ lookAt: shown.at });
    expect(await shownOf(owner)).not.toHaveProperty('fault');
    await lookAndCarryOut(owner, minutes(now, 21));
    expect(await runsOf(owner)).toMatchObject([{ status: 'COMPLETED', from: '2026-03-21' }]);
  });

  it('waits for the run before to be booked, which is shown but nothing to tell', async () => {
    const { owner } = await deposit('under-way', { ...quarterly, frequency: 'MONTHLY' });
    const now = at('2026-05-22 10:00');
    await look(owner, now);
    const [first] = await runsOf(owner);
    if (!first) throw new Error('The first run is started.');
    // Its lines are fixed, and then the process that books them is killed.
    const postTransfers = () => Promise.reject(new Error('killed'));
    const dying = { ...pooling.tools, ledger: { ...pooling.tools.ledger, postTransfers } };
    await expect(carryOutInterestRun(dying, first, now)).rejects.toThrow('killed');
    const before = await waiting(owner);
    await look(owner, minutes(now, 1));
    expect(await shownOf(owner)).toMatchObject({ from: '2026-04-21', fault: { code: 'request/conflict-retry' } });
    const after = await waiting(owner);
    expect(after?.lookAt).toBe(minutes(now, 2).toISOString());
    expect(told(after, before)).toEqual([]);
    await carryOutInterestRun(pooling.tools, first, minutes(now, 2));
    await lookAndCarryOut(owner, minutes(now, 3));
    expect((await runsOf(owner)).map(({ to, status }) => [to, status])).toEqual([
      ['2026-04-21', 'COMPLETED'],
      ['2026-05-21', 'COMPLETED'],
    ]);
    expect(await shownOf(owner)).not.toHaveProperty('fault');
  });

  it('goes on where a run by hand ended, and leaves a period alone that was run by hand', async () => {
    const { owner } = await deposit('by-hand');
    await settle(pooling.tools, owner, { from: '2026-03-21', to: '2026-06-15' }, at('2026-06-16 10:00'));
    expect(await shownOf(owner)).toMatchObject({ from: '2026-06-15', to: '2026-06-21' });
    await lookAndCarryOut(owner, at('2026-06-21 09:00'));
    await settle(pooling.tools, owner, { from: '2026-06-21', to: '2026-09-21' }, at('2026-09-21 08:00'));
    await look(owner, at('2026-09-21 09:00'));
    expect((await runsOf(owner)).map(({ from, to, startedBy }) => [from, to, startedBy])).toEqual([
      ['2026-03-21', '2026-06-15', 'HAND'],
      ['2026-06-15', '2026-06-21', 'SCHEDULE'],
      ['2026-06-21', '2026-09-21', 'HAND'],
    ]);
    expect(await waiting(owner)).toMatchObject({ from: '2026-09-21', lookAt: '2026-12-21T01:00:00.000Z' });
  });

  it('follows a change of the settlement day at once, and ends with it', async () => {
    const { owner, asked } = await deposit('changed');
    expect(await waiting(owner)).toMatchObject({ lookAt: '2026-06-21T01:00:00.000Z' });
    await asked({ ...quarterly, frequency: 'MONTHLY', day: 31, time: '07:30' }, '2026-01-01');
    expect(await waiting(owner)).toMatchObject({ to: '2026-04-01', lookAt: '2026-03-31T23:30:00.000Z' });
    await asked(undefined, '2026-01-01');
    expect(await waiting(owner)).toBeUndefined();
    expect(await shownOf(owner)).toBeUndefined();
    await look(owner, at('2026-06-21 09:00'));
    expect(await runsOf(owner)).toEqual([]);
    const listed = await pooling.store.readTimed([settlementsOf], '2027-01-01', 500);
    expect(listed.filter(({ tenant }) => tenant === owner.tenant)).toEqual([]);
  });

  it('of a pool is tried again when its terms fit the members again, also where the figures broke off', async () => {
    const { tools } = pooling;
    const tenant = 'outdated';
    const { ids, pool } = await notionalExample(pooling, tenant);
    const shares = ['a', 'c'].map((name) => ({ accountId: ids[name], weight: 1 }));
    const terms = { credit: rate('1.00'), debit: rate('4.35'), allocation: { method: 'RATIO', shares } };
    await setTerms(tools, pool, { ...terms, settlementDay: { frequency: 'MONTHLY', day: 30, from: '2026-04-01' } });
    const membersOf = (...names: string[]) => ({ members: names.map((name) => ({ accountId: ids[name] })) });
    const owner = { tenant, id: pool.id };
    const now = at('2026-05-01 09:00');
    await look(owner, now);
    const without = await withMembers(tools, pool, membersOf('a', 'b'), now);
    const [begun] = await runsOf(owner);
    if (!begun) throw new Error('The run is started.');
    await carryOutInterestRun(tools, begun, now);
    expect(await runsOf(owner)).toMatchObject([
      { status: 'FAILED', problem: { code: 'pooling/interest-terms-outdated' } },
    ]);
    await look(owner, minutes(now, 1));
    expect(await shownOf(owner)).toMatchObject({
      to: '2026-05-01',
      fault: { code: 'pooling/interest-terms-outdated' },
    });
    await withMembers(tools, without, membersOf('a', 'b', 'c'), minutes(now, 2));
    await lookAndCarryOut(owner, minutes(now, 11));
    const [run, ...others] = await runsOf(owner);
    expect(others).toEqual([]);
    expect(run).toMatchObject({ status: 'COMPLETED', round: 2, startedBy: 'SCHEDULE' });
    // The advantage of 16,750.00 in halves.
    expect(run && (await tellLines(tools, run, ids)).filter((line) => line.startsWith('SHARE')).sort()).toEqual([
      'SHARE a 837500 POSTED',
      'SHARE c 837500 POSTED',
    ]);
    expect(await shownOf(owner)).toEqual({ from: '2026-05-01', to: '2026-05-31', at: '2026-05-31T01:00:00.000Z' });
  });

  it('says of a run that was stored before there were settlement days that it was started by hand', async () => {
    const { owner } = await deposit('older', undefined);
    const { startedBy: _, ...older } = await settle(pooling.tools, owner, { from: '2026-03-21', to: '2026-04-01' });
    const id = deriveId('irn', 'older');
    await pooling.store.transact([pooling.store.putInterestRun({ ...older, id, cause } as InterestRun)]);
    expect(await pooling.store.readInterestRun(owner.tenant, id)).toMatchObject({ startedBy: 'HAND' });
  });
});
