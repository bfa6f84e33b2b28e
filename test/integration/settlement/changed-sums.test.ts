import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RoleAccounts } from '../../../functions/settlement/journal/booking/role-accounts.ts';
import { writeLostLines } from '../../../functions/settlement/journal/write-lost-lines.ts';
import { resolveDispute } from '../../../functions/settlement/orders/act-on-order.ts';
import { findRun, startRun } from '../../../functions/settlement/settlements/start-run.ts';
import { takeTurn } from '../../../functions/settlement/settlements/take-turn.ts';
import { wholeTable } from '../../../functions/settlement/store-whole-table.ts';
import { engines } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { claim } from './journal-support.ts';
import { dueOn, hoursLater, now, runsOnEngine, type TestRuns, tenant } from './runs-support.ts';
import { SumMarket } from './sums-support.ts';

const instant = (text: string) => new Date(text);

/** Of Friday’s orders, each 30, 60 or 90 by thirds. */
describe.each(engines())('orders in a sum that change around its run on $kind', (engine) => {
  let own: TestRuns;
  quietLog();
  beforeAll(async () => {
    own = await runsOnEngine(engine);
  });
  afterAll(() => own?.close());

  it('leave it where the record of their dispute was lost, once what is lost is written', async () => {
    const sums = await SumMarket.open(own, 'mkt_unheard');
    await sums.payAndTell('L-1', 90n);
    await sums.payAndTell('L-2', 30n);
    await sums.dispute('L-1', instant('2025-09-26T05:00:00.000Z'));
    const redrive = () => {
      const tools = { ...own.tools, store: own.store, readAll: wholeTable(own.client, own.table) };
      const time = { from: '2025-09-01T00:00:00.000Z', to: '2025-10-31T00:00:00.000Z' };
      return writeLostLines(tools, new RoleAccounts(), time, instant('2025-09-27T10:00:00.000Z'));
    };
    expect(await redrive()).toMatchObject({ written: 1, left: 0 });
    expect(await redrive()).toMatchObject({ written: 0, left: 0 });
    const on = { from: dueOn, to: dueOn };
    const { totals } = await own.store.readSumTotals({ tenant, marketId: 'mkt_unheard' }, on, undefined, 10);
    expect(totals.map(({ figures }) => figures.net)).toEqual([30n]);
    expect(await own.run('mkt_unheard', 'run')).toMatchObject({ state: 'ENDED', figures: { paidOut: 30n } });
  });

  it('give back what is supervised of them where they came after it was split', async () => {
    const sums = await SumMarket.open(own, 'mkt_after');
    await sums.payAndTell('O-1', 90n);
    await own.run('mkt_after', 'run');
    await sums.payAndTell('O-2', 60n);
    const refund = await sums.refund('O-2', 'R-2', 60n, hoursLater(1));
    expect(refund.after.refunds[0]).toMatchObject({
      state: 'FUNDED',
      takes: [{ leg: { split: 'PLAN', sequence: 1 }, amount: 60n }],
    });
    expect(refund.after.refunds[0]?.takes[0]?.from).toBeUndefined();
    await sums.tell(refund.before, refund.after);
    expect(await sums.supervised()).toBe(0n);
    // What was split stays what it was.
    const first = await sums.refund('O-1', 'R-1', 90n, hoursLater(2));
    expect(first.after.refunds[0]?.takes.map(({ amount, from }) => [from, amount])).toEqual([
      [sums.ids.potter, 30n],
      [sums.ids.teahouse, 30n],
      [sums.ids.van, 30n],
    ]);
  });

  it('are not split again where they are disputed after a run by hand had split them, and partly refunded', async () => {
    const sums = await SumMarket.open(own, 'mkt_hand');
    await sums.payAndTell('D-1', 90n);
    // 01:00 in Chengdu: an hour before the run of the day.
    await own.run('mkt_hand', 'by hand', dueOn, instant('2025-09-27T17:00:00.000Z'));
    for (const id of Object.values(sums.ids)) await own.owe(sums.market, id, 1_000n);
    const refund = await sums.refund('D-1', 'R-1', 30n, instant('2025-09-27T17:20:00.000Z'));
    await sums.tell(refund.before, refund.after);
    const opened = await sums.dispute('D-1', instant('2025-09-27T17:40:00.000Z'));
    await sums.tell(opened.before, opened.after);
    await own.run('mkt_hand', 'daily', dueOn, instant('2025-09-27T18:05:00.000Z'));
    const at = instant('2025-09-29T02:00:00.000Z');
    const resolved = await sums.change('D-1', (order, facts) => resolveDispute(order, facts, at.toISOString()), at);
    await sums.tell(resolved.before, resolved.after);
    await own.run('mkt_hand', 'resolved', '2025-09-29', instant('2025-09-29T04:00:00.000Z'));
    // 90 were paid, 30 given back, 60 given; what is owed beyond was owed from what is supervised.
    expect((await sums.supervised()) + 3_000n).toBe(0n);
  });

  it('are held by a dispute as long as their sum is not split, however late its run is', async () => {
    const sums = await SumMarket.open(own, 'mkt_slow');
    await sums.payAndTell('H-1', 90n);
    // The run of the day should have begun at 02:00 in Chengdu; it is three.
    const opened = await sums.dispute('H-1', instant('2025-09-27T19:00:00.000Z'));
    await sums.tell(opened.before, opened.after);
    expect(await own.run('mkt_slow', 'run', dueOn, hoursLater(1))).toMatchObject({ figures: { paidOut: 0n } });
    expect(await sums.supervised()).toBe(90n);
  });

  it('are held by a dispute that is opened while their sum is left over, and are split when it is resolved', async () => {
    const sums = await SumMarket.open(own, 'mkt_over');
    await sums.payAndTell('V-1', 90n);
    await sums.payAndTell('V-2', 30n);
    const asked = { ...claim('over'), operation: 'start' };
    const { id } = await startRun(own.store, tenant, { marketId: 'mkt_over', businessDate: dueOn }, asked, now);
    const unreadable = async () => {
      throw new Error('unreadable');
    };
    await takeTurn({ ...own.runs, store: { ...own.runs.store, readSplitSums: unreadable } }, tenant, id, now);
    expect(await findRun(own.store, tenant, id)).toMatchObject({ state: 'SETTLING', leftSums: [{ day: 0 }] });
    const opened = await sums.dispute('V-1', hoursLater(1));
    expect(opened.after.disputes[0]?.splitBefore).toBeUndefined();
    await sums.tell(opened.before, opened.after, hoursLater(1));
    await takeTurn(own.runs, tenant, id, hoursLater(3));
    expect(await findRun(own.store, tenant, id)).toMatchObject({ state: 'ENDED', leftSums: [] });
    // Of the 30 of V-2; what V-1 brought stays where it was.
    expect([await sums.owed(), await sums.supervised()]).toEqual([[10n, 10n, 10n], 90n]);
    expect(await own.run('mkt_over', 'rest', dueOn, hoursLater(4))).toMatchObject({ figures: { paidOut: 30n } });
    const at = instant('2025-09-29T02:00:00.000Z');
    const resolved = await sums.change('V-1', (order, facts) => resolveDispute(order, facts, at.toISOString()), at);
    await sums.tell(resolved.before, resolved.after, at);
    const last = await own.run('mkt_over', 'resolved', '2025-09-29', instant('2025-09-29T04:00:00.000Z'));
    expect(last).toMatchObject({ figures: { paidOut: 90n } });
    expect([await sums.owed(), await sums.supervised()]).toEqual([[0n, 0n, 0n], 0n]);
    expect(await sums.prove()).toMatchObject({ isBalanced: true });
  });

  it('have the merchant to whom their sum went as a whole pay the fee that a channel keeps of a refund', async () => {
    const sums = await SumMarket.open(own, 'mkt_kept', { feeBearer: { kind: 'LINE', sequence: 2 } });
    const { potter, teahouse } = sums.ids;
    // Alipay keeps its fee. The rule has the teahouse bear it, which is suspended when the sum is split.
    await sums.tell(undefined, await sums.pay('K-1', 90n, 9n, sums.rule.id, 'ALIPAY'));
    const active = await own.merchantOf(teahouse);
    await own.store.replaceMerchant({ ...active, state: 'SUSPENDED', revision: active.revision + 1 });
    await own.run('mkt_kept', 'run');
    await own.owe(sums.market, potter, 1_000n);
    const refund = await sums.refund('K-1', 'R-1', 90n, hoursLater(5));
    expect(refund.after.refunds[0]).toMatchObject({ state: 'FUNDED', feeBack: 0n });
    expect(refund.after.refunds[0]?.takes.map(({ from, isFee, amount }) => [from, isFee ?? false, amount])).toEqual([
      [potter, false, 81n],
      [potter, true, 9n],
    ]);
  });

  it('take nothing of a person when their refund comes late: the merchant who sells gives it', async () => {
    const sums = await SumMarket.open(own, 'mkt_person');
    const { clawBackSince: _, ...van } = await own.merchantOf(sums.ids.van);
    await own.store.replaceMerchant({ ...van, kind: 'PERSON', revision: van.revision + 1 });
    await sums.payAndTell('P-1', 90n);
    const meanwhile = await sums.refund('P-1', 'R-1', 90n);
    await own.run('mkt_person', 'first');
    await sums.tell(meanwhile.before, meanwhile.after);
    await own.run('mkt_person', 'second');
    // 30 were paid out to each; of the 90 the potter gives the van's too.
    expect(await sums.owed()).toEqual([-60n, -30n, 0n]);
    expect(await sums.supervised()).toBe(0n);
    expect(await sums.prove()).toMatchObject({ isBalanced: true });
  });
});
