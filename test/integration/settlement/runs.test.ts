import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Entry } from '../../../functions/settlement/journal/entry.ts';
import { groupOf } from '../../../functions/settlement/journal/groups.ts';
import { journalKeys } from '../../../functions/settlement/journal/journal-keys.ts';
import { stepsOf } from '../../../functions/settlement/journal/step.ts';
import { writeSteps } from '../../../functions/settlement/journal/write-steps.ts';
import { askForRetry } from '../../../functions/settlement/settlements/ask-for-retry.ts';
import { startDailyRuns } from '../../../functions/settlement/settlements/daily-runs.ts';
import { payRetried } from '../../../functions/settlement/settlements/pay-retried.ts';
import { findRun, startRun } from '../../../functions/settlement/settlements/start-run.ts';
import { takeTurn } from '../../../functions/settlement/settlements/take-turn.ts';
import { readUpcoming } from '../../../functions/settlement/settlements/upcoming.ts';
import { toItem } from '../../../shared/dynamo/items.ts';
import { engines } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { claim } from './journal-support.ts';
import { dueOn, hoursLater, now, refund, runsOnEngine, share, type TestRuns, tenant } from './runs-support.ts';

const nextDay = '2025-09-29';

describe.each(engines())('settlement runs on $kind', (engine) => {
  let own: TestRuns;
  quietLog();
  beforeAll(async () => {
    own = await runsOnEngine(engine);
  });
  afterAll(() => own?.close());

  it('pay each merchant the sum of its lines in one payout, at the bank or on the ledger, and end', async () => {
    const account = await own.account('书院');
    const market = await own.open('mkt_a', {
      mer_a1: {},
      mer_a2: { payout: { to: 'LEDGER', accountId: account } },
    });
    await own.lines('mkt_a', [
      ['mer_a1', dueOn, share(10_000n)],
      ['mer_a1', dueOn, share(2_500n, 'SO-2')],
      ['mer_a1', dueOn, refund(400n)],
      ['mer_a2', dueOn, share(700n)],
      ['mer_a2', nextDay, share(900n)],
    ]);
    await own.owe(market, 'mer_a1', 12_100n);
    await own.owe(market, 'mer_a2', 1_600n);
    const run = await own.run('mkt_a', 'first');
    expect(run).toMatchObject({ state: 'ENDED', number: 1, days: [{ date: dueOn, sequence: 0 }] });
    expect(run.figures).toMatchObject({ settlements: 2, payouts: 2, paidOut: 12_800n, mismatches: 0 });
    const one = await own.settlementOf('mer_a1');
    expect(one).toMatchObject({
      payout: 12_100n,
      figures: { net: 12_100n, refunds: 400n },
      payouts: [{ state: 'SENT' }],
    });
    const [line] = one.payouts;
    expect(own.bank.paid.get(line?.id ?? '')).toMatchObject({ amount: 12_100n, businessDate: dueOn });
    expect(await own.held(market.accounts.inTransit)).toBe(12_100n);
    const other = await own.settlementOf('mer_a2');
    expect(other).toMatchObject({ payout: 700n, payouts: [{ state: 'PAID' }] });
    expect(await own.held(account)).toBe(700n);
    expect(await own.held((await own.merchantOf('mer_a2')).payableAccountId)).toBe(900n);
    await own.report(line?.id ?? '', 'SETTLED');
    await own.report(line?.id ?? '', 'SETTLED');
    expect(await own.settlementOf('mer_a1')).toMatchObject({ payouts: [{ state: 'PAID' }] });
    expect(await own.held(market.accounts.inTransit)).toBe(0n);
    expect(await own.held(market.accounts.paidOut)).toBe(12_100n);
    expect((await own.settlementOf('mer_a1')).askAt).toBeUndefined();
  });

  it('are one for a day while it is under way; a later one settles what came late, and nothing twice', async () => {
    const market = await own.open('mkt_b', { mer_b1: {} });
    await own.lines('mkt_b', [['mer_b1', dueOn, share(1_000n)]]);
    await own.owe(market, 'mer_b1', 1_300n);
    const start = (key: string) =>
      startRun(
        own.store,
        tenant,
        { marketId: 'mkt_b', businessDate: dueOn },
        { ...claim(key), operation: 'start' },
        now,
      );
    const first = await start('b1');
    expect((await start('b2')).id).toBe(first.id);
    expect((await own.run('mkt_b', 'b3')).id).toBe(first.id);
    await own.lines('mkt_b', [['mer_b1', dueOn, share(300n, 'SO-2')]]);
    const second = await own.run('mkt_b', 'b4');
    expect(second).toMatchObject({ number: 2, state: 'ENDED', days: [{ date: dueOn, sequence: 1 }] });
    expect(await own.settlementOf('mer_b1', dueOn, 1)).toMatchObject({ payout: 300n });
    const third = await own.run('mkt_b', 'b5');
    expect(third).toMatchObject({ number: 3, state: 'ENDED', days: [], figures: { settlements: 0 } });
    expect(await own.held(market.accounts.inTransit)).toBe(1_300n);
  });

  it('settle days before that no run was for, and what came late for them', async () => {
    const market = await own.open('mkt_c', { mer_c1: {} });
    await own.lines('mkt_c', [
      ['mer_c1', '2025-09-20', share(100n)],
      ['mer_c1', '2025-09-26', share(200n)],
    ]);
    await own.owe(market, 'mer_c1', 350n);
    const days = (await own.run('mkt_c', 'c1')).days;
    expect(days).toEqual([
      { date: '2025-09-20', sequence: 0 },
      { date: '2025-09-26', sequence: 0 },
    ]);
    await own.lines('mkt_c', [['mer_c1', '2025-09-20', share(50n, 'SO-9')]]);
    expect((await own.run('mkt_c', 'c2', nextDay, hoursLater(24))).days).toEqual([{ date: '2025-09-20', sequence: 1 }]);
    expect(await own.held(market.accounts.inTransit)).toBe(350n);
  });

  it('are started by themselves for each market, once a day, from two in the morning on its own clock', async () => {
    await own.open('mkt_k', { mer_k1: {} });
    await own.open('mkt_l', {}, { zone: 'America/New_York' });
    const numberOf = (marketId: string, date: string) => own.store.readRunNumber(tenant, marketId, date);
    // 01:59 and 02:00 of 2025-09-28 in Chengdu, where New York has 13:59 and 14:00 of the day before.
    await startDailyRuns(own.store, new Date('2025-09-27T17:59:00.000Z'));
    expect([await numberOf('mkt_k', dueOn), await numberOf('mkt_l', '2025-09-27')]).toEqual([0, 1]);
    for (const minute of ['00', '30']) await startDailyRuns(own.store, new Date(`2025-09-27T18:${minute}:00.000Z`));
    expect([await numberOf('mkt_k', dueOn), await numberOf('mkt_l', '2025-09-27')]).toEqual([1, 1]);
    expect(await numberOf('mkt_l', dueOn)).toBe(0);
  });

  it('refuse a day that has not begun on the market’s clock, and one long before there was a market', async () => {
    await own.open('mkt_d', {});
    await expect(own.run('mkt_d', 'd1', nextDay)).rejects.toMatchObject({
      ...{ code: 'settlement/business-date-ahead', fields: { today: dueOn, errors: [{ pointer: '/businessDate' }] } },
    });
    for (const day of ['0000-01-01', '2015-09-20']) {
      await expect(own.run('mkt_d', 'd3', day)).rejects.toMatchObject({
        ...{ code: 'settlement/business-date-past', fields: { earliest: '2015-09-21' } },
        fields: { errors: [{ pointer: '/businessDate', detail: expect.stringContaining('2015-09-21') }] },
      });
    }
    expect(await own.run('mkt_d', 'd4', '2015-09-21')).toMatchObject({ state: 'ENDED' });
    await expect(own.run('mkt_none', 'd2')).rejects.toMatchObject({ code: 'settlement/market-not-found' });
  });

  it('carry on what a day lacks, keep it back from later sales by rule, or bill it', async () => {
    const market = await own.open('mkt_e', {
      mer_e1: {},
      mer_e2: { shortfall: { kind: 'RECOVER', basisPoints: 3_000n } },
      mer_e3: { shortfall: { kind: 'BILL' } },
      mer_e4: { shortfall: { kind: 'RECOVER', basisPoints: 3_000n } },
    });
    const ids = ['mer_e1', 'mer_e2', 'mer_e3', 'mer_e4'];
    const lines = ids.flatMap((id) => [[id, dueOn, refund(500n)] as const, [id, nextDay, share(1_000n)] as const]);
    await own.lines('mkt_e', [...lines, ['mer_e2', '2025-10-09', share(2_000n)]]);
    // Of what is due tomorrow, refunds took 5.00 of each today.
    for (const id of ids) await own.owe(market, id, id === 'mer_e2' ? 2_500n : 500n);
    await own.fund(market, 600n);
    const run = await own.run('mkt_e', 'e1');
    expect(run.figures).toMatchObject({ payouts: 0, carriedOn: 1_500n, billed: 500n });
    expect(await own.settlementOf('mer_e3')).toMatchObject({ billed: 500n, payout: 0n, payouts: [] });
    expect([await own.held(market.accounts.own), await own.held(market.accounts.claims)]).toEqual([100n, 0n]);
    const upcoming = await readUpcoming(own.store, await own.merchantOf('mer_e2'), market, 7, now);
    expect(upcoming).toMatchObject([{ date: nextDay, figures: { net: 500n }, carriedIn: -500n }]);

    await own.run('mkt_e', 'e2', nextDay, hoursLater(24));
    expect(await own.settlementOf('mer_e1', nextDay)).toMatchObject({ payout: 500n, keptBack: 500n, carriedIn: -500n });
    // By rule 30 % of 10.00 would be kept; of the 7.00 there are 5.00, and the 20.00 of October stay what they are.
    expect(await own.settlementOf('mer_e2', nextDay)).toMatchObject({
      ...{ payout: 500n, keptBack: 500n, carriedOn: 0n },
      payouts: [{ state: 'SENT' }],
    });
    expect(await own.settlementOf('mer_e4', nextDay)).toMatchObject({
      ...{ payout: 500n, keptBack: 500n, carriedOn: 0n },
      payouts: [{ state: 'SENT' }],
    });
    expect(await own.settlementOf('mer_e3', nextDay)).toMatchObject({ payout: 1_000n });
  });

  it('carry what an old day lacks on to today, where the next run finds it', async () => {
    const market = await own.open('mkt_old', { mer_old: {} });
    await own.lines('mkt_old', [
      ['mer_old', '2025-06-02', refund(500n)],
      ['mer_old', nextDay, share(1_200n)],
    ]);
    await own.owe(market, 'mer_old', 700n);
    await own.run('mkt_old', 'old1', '2025-06-02');
    expect(await own.settlementOf('mer_old', '2025-06-02')).toMatchObject({ carriedOn: 500n, carriedTo: dueOn });
    await own.run('mkt_old', 'old2', nextDay, hoursLater(24));
    expect(await own.settlementOf('mer_old', dueOn)).toMatchObject({ carriedIn: -500n, carriedTo: nextDay });
    expect(await own.settlementOf('mer_old', nextDay)).toMatchObject({ payout: 700n, payouts: [{ state: 'SENT' }] });
  });

  it('pay nothing of a merchant whose lines do not add up to its total, and go on with the others', async () => {
    const market = await own.open('mkt_j', { mer_j1: {}, mer_j2: {} });
    await own.lines('mkt_j', [
      ['mer_j1', dueOn, share(1_000n)],
      ['mer_j2', dueOn, share(2_000n)],
    ]);
    await own.owe(market, 'mer_j1', 1_000n);
    await own.owe(market, 'mer_j2', 2_000n);
    const owner = { kind: 'MERCHANT', id: 'mer_j1' } as const;
    const day = { tenant, marketId: 'mkt_j', date: dueOn, owner, group: groupOf(tenant, owner), sequence: 0 };
    const add = (amount: bigint) =>
      own.client.send(
        new UpdateItemCommand({
          TableName: own.table,
          Key: toItem(journalKeys.total(day)),
          UpdateExpression: 'ADD #net :amount',
          ExpressionAttributeNames: { '#net': 'net' },
          ExpressionAttributeValues: toItem({ ':amount': amount }),
        }),
      );
    await add(1n);
    expect(await own.run('mkt_j', 'j1')).toMatchObject({ state: 'ENDED', figures: { mismatches: 1, payouts: 1 } });
    const wrong = await own.settlementOf('mer_j1');
    expect(wrong).toMatchObject({
      state: 'MISMATCH',
      linesNet: 1_000n,
      figures: { net: 1_001n },
      payout: 0n,
      payouts: [],
    });
    expect(await own.settlementOf('mer_j2')).toMatchObject({ state: 'SETTLED', payouts: [{ state: 'SENT' }] });
    await expect(askForRetry(own.runs, tenant, wrong.id, claim('j2'), now)).rejects.toMatchObject({
      ...{ code: 'settlement/nothing-to-retry', fields: { state: 'MISMATCH' } },
    });
    await add(-1n);
    const asked = await askForRetry(own.runs, tenant, wrong.id, claim('j3'), now);
    expect(asked).toMatchObject({ state: 'MISMATCH', revision: 2, provedAt: now.toISOString() });
    expect(await askForRetry(own.runs, tenant, wrong.id, claim('j3'), hoursLater(1))).toEqual(asked);
    await Promise.allSettled([1, 2].map(() => payRetried(own.runs, tenant, wrong.id, now)));
    await payRetried(own.runs, tenant, wrong.id, now);
    const settled = { state: 'SETTLED', payout: 1_000n, payouts: [{ amount: 1_000n, state: 'SENT' }] };
    expect(await own.settlementOf('mer_j1')).toMatchObject(settled);
    expect((await own.settlementOf('mer_j1')).payouts).toHaveLength(1);
  });

  it('finds lines that come late whatever their age, and days that no run was for', async () => {
    const payout = { to: 'LEDGER', accountId: await own.account('late') } as const;
    const market = await own.open('mkt_late', { mer_late: { payout } });
    await own.owe(market, 'mer_late', 1_000n);
    await own.lines('mkt_late', [['mer_late', '2023-01-02', share(300n)]]);
    // Due in time, and no run is for it or any other day until half a year later.
    await own.lines('mkt_late', [['mer_late', '2025-10-09', share(500n)]]);
    expect((await own.run('mkt_late', 'late 1')).days).toEqual([{ date: '2023-01-02', sequence: 0 }]);
    await own.lines('mkt_late', [['mer_late', '2023-01-02', share(200n, 'SO-2')]]);
    const spring = await own.run('mkt_late', 'late 2', '2026-04-01', new Date('2026-04-01T02:00:00.000Z'));
    expect(spring.days).toEqual([
      { date: '2023-01-02', sequence: 1 },
      { date: '2025-10-09', sequence: 0 },
    ]);
    expect(spring).toMatchObject({ state: 'ENDED', figures: { paidOut: 700n } });
  });

  it('split what waited for its last day first, wait until that stands on its day, and settle it with the rest', async () => {
    const market = await own.open('mkt_m', { mer_m1: {} });
    await own.owe(market, 'mer_m1', 900n);
    let records = 0;
    const write = (entries: readonly Entry[]) => {
      records += 1;
      const result = { outcome: 'LINES', marketId: 'mkt_m', entries } as const;
      return writeSteps(own.store, 'agenda', stepsOf([{ tenant, orderNo: 'W', at: String(records), result }]), now);
    };
    const waits = (subOrderNo: string, takesBack?: true): Entry => ({
      ...{ id: subOrderNo, owner: { kind: 'AGENDA', id: 'mkt_m' }, date: '2025-09-27' },
      line: { kind: 'WAITS', orderNo: 'W-1', subOrderNo, ...(takesBack && { takesBack }) },
    });
    await write([waits('1'), waits('2'), waits('2', true)]);
    const ended: string[] = [];
    const tools = {
      ...own.runs,
      endWaiting: async ({ orderNo, subOrderNo }: { orderNo: string; subOrderNo: string }) => {
        ended.push(`${orderNo} ${subOrderNo}`);
        return true;
      },
    };
    const asked = { ...claim('m1'), operation: 'start' };
    const { id } = await startRun(own.store, tenant, { marketId: 'mkt_m', businessDate: dueOn }, asked, now);
    await takeTurn(tools, tenant, id, now);
    expect([ended, await findRun(own.store, tenant, id)]).toMatchObject([['W-1 1'], { state: 'LOOKING', waited: 1 }]);
    await takeTurn(tools, tenant, id, now);
    expect(ended).toEqual(['W-1 1']);
    const owner = { kind: 'MERCHANT', id: 'mer_m1' } as const;
    await write([waits('1', true), { id: 'share', owner, date: dueOn, line: share(900n, 'W-1') }]);
    await takeTurn(tools, tenant, id, hoursLater(1));
    expect(await findRun(own.store, tenant, id)).toMatchObject({
      state: 'ENDED',
      waited: 1,
      figures: { paidOut: 900n },
    });
    expect(ended).toEqual(['W-1 1']);
  });
});
