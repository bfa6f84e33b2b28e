import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stepsOf } from '../../../functions/settlement/journal/step.ts';
import { writeSteps } from '../../../functions/settlement/journal/write-steps.ts';
import { tellResult } from '../../../functions/settlement/orders/refund-result.ts';
import { readUpcomingSums } from '../../../functions/settlement/settlements/upcoming-sums.ts';
import { engines } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { dueOn, now, runsOnEngine, type TestRuns, tenant } from './runs-support.ts';
import { idsOf, SumMarket } from './sums-support.ts';

const minor = (amounts: readonly bigint[]) => amounts.reduce((sum, amount) => sum + amount, 0n);

const { potter, teahouse, van } = idsOf('mkt_sums');

/** Friday’s orders, and the run of Sunday the 28th. */
describe.each(engines())('orders that are added up before the split on $kind', (engine) => {
  let own: TestRuns;
  let sums: SumMarket;
  quietLog();
  beforeAll(async () => {
    own = await runsOnEngine(engine);
    // What does not go stays owed to merchants, so that refunds have something to take.
    own.bank.answer = () => 'NOT_TAKEN';
    sums = await SumMarket.open(own, 'mkt_sums');
  });
  afterAll(() => own?.close());

  it('wait in the sum of their day, supervised, and the merchants are told what is known', async () => {
    for (const no of ['S-1', 'S-2', 'S-3']) await sums.payAndTell(no, 10n);
    expect([await sums.supervised(), await sums.owed()]).toEqual([30n, [0n, 0n, 0n]]);
    const merchant = await own.store.readMerchant(tenant, teahouse);
    if (!merchant) throw new Error('No teahouse.');
    const upcoming = await readUpcomingSums(own.store, merchant, sums.market, 7, new Date('2025-09-26T04:00:00Z'));
    expect(upcoming).toMatchObject({
      isCut: false,
      sums: [{ date: dueOn, sum: { sellerId: potter, version: 1 }, orders: 3n, base: 30n, expected: 10n }],
    });
    const proof = await sums.prove();
    expect(proof).toMatchObject({ isBalanced: true, sums: { received: 30n, shares: 0n, supervised: 30n } });
  });

  it('are told as they are coming, however many of days past are not split yet', async () => {
    const kiln = await SumMarket.open(own, 'mkt_kiln');
    const entries = Array.from({ length: 1_000 }, (_, no) => ({
      ...{ id: `${no}`, date: `2025-09-1${Math.floor(no / 100)}` },
      owner: { kind: 'SUM' as const, id: `${kiln.rule.id}:1:mer_kiln_${no % 100}` },
      line: {
        ...{ kind: 'SUMMED' as const, orderNo: `K-${no}`, subOrderNo: '1' },
        ...{ amount: 10n, fee: 0n, order: 10n, cash: 10n },
      },
    }));
    const result = { outcome: 'LINES' as const, marketId: 'mkt_kiln', entries };
    await writeSteps(own.store, 'kiln', stepsOf([{ tenant, orderNo: 'K', at: '1', result }]), now);
    await kiln.payAndTell('K-U', 90n);
    const upcomingOf = async (id: string) => readUpcomingSums(own.store, await own.merchantOf(id), kiln.market, 7, now);
    expect((await upcomingOf(kiln.ids.potter)).sums).toMatchObject([{ date: dueOn, base: 90n, expected: 30n }]);
    // All or nothing: while the teahouse is suspended all of it is the potter’s.
    const house = await own.merchantOf(kiln.ids.teahouse);
    await own.store.replaceMerchant({ ...house, state: 'SUSPENDED', revision: house.revision + 1 });
    expect((await upcomingOf(kiln.ids.potter)).sums).toMatchObject([{ expected: 90n }]);
  });

  it('bring less into it when a refund comes before the run', async () => {
    await sums.payAndTell('S-4', 9n);
    const { before, after } = await sums.refund('S-4', 'R-4', 9n);
    await sums.tell(before, after);
    expect(await sums.supervised()).toBe(30n);
    expect(await sums.prove()).toMatchObject({
      isBalanced: true,
      sums: { received: 39n, refunds: 9n, supervised: 30n },
    });
  });

  it('are split once by the run of the day, to the cent, and each receiver has a settlement with how it came about', async () => {
    const run = await own.run('mkt_sums', 'first');
    expect(run).toMatchObject({ state: 'ENDED', figures: { settlements: 3, paidOut: 30n } });
    for (const id of [potter, teahouse, van]) {
      expect(await own.settlementOf(id)).toMatchObject({ payout: 10n, figures: { orders: 3n, gross: 10n, net: 10n } });
    }
    const { lines } = await own.store.readLines(tenant, { kind: 'MERCHANT', id: van }, dueOn, { blocks: 9 });
    expect(lines).toMatchObject([
      {
        ...{ kind: 'SUM_SHARE', amount: 10n, sum: { sellerId: potter, orders: 3 } },
        share: { split: 'SUM', sequence: 3, base: 30n, kind: 'WEIGHT', rule: { version: 1 } },
      },
    ]);
    expect([await sums.supervised(), await sums.owed()]).toEqual([0n, [10n, 10n, 10n]]);
    expect(await sums.prove()).toMatchObject({ isBalanced: true, sums: { shares: 30n, supervised: 0n, refunds: 9n } });
    expect(await own.run('mkt_sums', 'again')).toMatchObject({ figures: { settlements: 0 } });
  });

  it('take refunds after it of what each still holds, and give back what failed', async () => {
    const { before, after } = await sums.refund('S-1', 'R-1', 10n);
    expect(after.refunds[0]).toMatchObject({ state: 'FUNDED' });
    await sums.tell(before, after);
    // 10 by 10, 10 and 10.
    expect(await sums.owed()).toEqual([6n, 7n, 7n]);
    expect(await sums.prove()).toMatchObject({ isBalanced: true, sums: { shares: 20n, supervised: 0n, refunds: 19n } });
    const at = now.toISOString();
    const failed = await sums.change('S-1', (order, facts) => tellResult(order, 'R-1', 'FAILED', { at, facts }));
    await sums.tell(failed.before, failed.after);
    const again = await sums.refund('S-2', 'R-2', 10n);
    expect(again.after.refunds[0]?.takes.map(({ amount }) => amount)).toEqual([4n, 3n, 3n]);
    await sums.tell(again.before, again.after);
    const third = await sums.refund('S-3', 'R-3', 10n);
    // 10 by 6, 7 and 7: 3, 3.5 and 3.5.
    expect(third.after.refunds[0]?.takes.map(({ amount }) => amount)).toEqual([3n, 4n, 3n]);
    await sums.tell(third.before, third.after);
  });

  it('split what comes after the day was closed as a sum of its own, and take back what was refunded meanwhile', async () => {
    const late = await SumMarket.open(own, 'mkt_late');
    await late.payAndTell('L-1', 100n);
    await late.payAndTell('L-2', 50n);
    // It is decided before the run, and its line comes after the day was closed.
    const meanwhile = await late.refund('L-1', 'R-1', 100n);
    expect(meanwhile.after.refunds[0]?.takes).toEqual([
      { subOrderNo: '1', leg: { split: 'PLAN', sequence: 1 }, amount: 100n },
    ]);
    await own.run('mkt_late', 'first');
    await late.tell(meanwhile.before, meanwhile.after);
    await late.payAndTell('L-3', 31n);
    await own.run('mkt_late', 'second');
    // 150 by thirds is 50 each; 31 less 100 takes 69 of that, by what each holds.
    expect(await late.owed()).toEqual([27n, 27n, 27n]);
    expect(await late.supervised()).toBe(0n);
    const proof = await late.prove();
    expect(proof).toMatchObject({
      isBalanced: true,
      sums: { received: 181n, shares: 81n, refunds: 100n, supervised: 0n },
    });
    const last = await late.refund('L-3', 'R-3', 31n);
    expect(last.after.refunds[0]?.takes.map(({ amount }) => amount)).toEqual([11n, 10n, 10n]);
  });

  it('are found by a run whatever the age of their day, where they come to it late', async () => {
    const old = await SumMarket.open(own, 'mkt_old');
    const order = await old.pay('O-1', 30n);
    const [autumn, winter] = [new Date('2025-11-30T02:00:00.000Z'), new Date('2025-12-01T02:00:00.000Z')];
    expect(await own.run('mkt_old', 'autumn', '2025-11-30', autumn)).toMatchObject({ days: [] });
    await old.tell(undefined, order, winter);
    const found = await own.run('mkt_old', 'winter', '2025-12-01', winter);
    expect(found).toMatchObject({ days: [{ date: dueOn, sequence: 0 }], figures: { settlements: 3, paidOut: 30n } });
    expect(await old.prove()).toMatchObject({ isBalanced: true, sums: { shares: 30n, supervised: 0n } });
  });

  it('hold whatever two refunds take at once: no share is taken below zero', async () => {
    const busy = await SumMarket.open(own, 'mkt_busy');
    const nos = ['B-1', 'B-2', 'B-3', 'B-4'];
    for (const no of nos) await busy.payAndTell(no, 7n);
    await own.run('mkt_busy', 'first');
    const refunds = await Promise.all(nos.map((no) => busy.refund(no, `R-${no}`, 7n)));
    const taken = refunds.flatMap(({ after }) => after.refunds[0]?.takes ?? []);
    // 28 by thirds: 10, 9 and 9.
    const by = (id: string) => minor(taken.filter(({ from }) => from === id).map(({ amount }) => amount));
    const ids = idsOf('mkt_busy');
    expect([by(ids.potter), by(ids.teahouse), by(ids.van)]).toEqual([10n, 9n, 9n]);
    const sum = { ruleId: busy.rule.id, version: 1, sellerId: ids.potter };
    const state = await own.store.readSumState({ tenant, marketId: 'mkt_busy', sum, date: dueOn });
    expect(state?.held.map(({ held }) => held)).toEqual([0n, 0n, 0n]);
  });
});
